package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// ProjectOptions hold what a project needs, whatever base it stands on.
type ProjectOptions struct {
	awscdk.StackProps

	// Project is the name: owner of its notebooks and data, and the tag ml-project of its costs.
	Project string

	// Members work on it, each on a notebook.
	Members []string

	// InstanceType is the machine of each notebook.
	InstanceType cdkmlinfra.MlInstanceType

	// VolumeSize is that of each notebook. It holds the packages too, and can grow, but not shrink.
	VolumeSize awscdk.Size

	// Packages are those of the field, with their versions.
	Packages []string
}

// ProjectStackProps put a project on a base.
type ProjectStackProps struct {
	ProjectOptions

	// Base is the name of the stack that published the base.
	Base string
}

// NewProjectStack makes the notebooks of one project, deployed and destroyed without any other stack.
func NewProjectStack(scope constructs.Construct, id string, props *ProjectStackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, &props.StackProps)

	services := packageServices()
	shared := cdkmlinfra.MlSharedInfra_FromPublished(stack, jsii.String("Shared"), &props.Base,
		&cdkmlinfra.PublishedInfraOptions{Services: &services})
	lifecycle := cdkmlinfra.NewNotebookLifecycle(stack, jsii.String("Lifecycle"), &cdkmlinfra.NotebookLifecycleProps{
		Shared:   shared,
		IdleStop: awscdk.Duration_Hours(jsii.Number(1)),
		PackageIndex: cdkmlinfra.PackageIndex_CodeArtifact(&cdkmlinfra.CodeArtifactIndexOptions{
			Domain:     jsii.String(packageDomain(props.Base)),
			Repository: jsii.String(packageRepository),
		}),
		PipPackages: jsii.Strings(props.Packages...),
		KernelName:  jsii.Sprintf("Python (%s)", props.Project),
		Backup:      &cdkmlinfra.BackupOptions{},
	})
	for _, member := range props.Members {
		cdkmlinfra.NewMlNotebook(stack, &member, &cdkmlinfra.MlNotebookProps{
			Shared:       shared,
			Lifecycle:    lifecycle,
			Owner:        &props.Project,
			Project:      &props.Project,
			InstanceType: props.InstanceType,
			VolumeSize:   props.VolumeSize,
		})
	}

	return stack
}
