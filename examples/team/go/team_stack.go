package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// TeamStackProps are the properties of the stack that NewTeamStack makes.
type TeamStackProps struct {
	awscdk.StackProps
}

// NewTeamStack makes five notebooks on one base without internet. Each stops after an hour in which nothing happened on it.
func NewTeamStack(scope constructs.Construct, id string, props *TeamStackProps) awscdk.Stack {
	var stackProps awscdk.StackProps
	if props != nil {
		stackProps = props.StackProps
	}
	stack := awscdk.NewStack(scope, &id, &stackProps)

	shared := cdkmlinfra.NewMlSharedInfra(stack, jsii.String("Shared"), nil)
	lifecycle := cdkmlinfra.NewNotebookLifecycle(stack, jsii.String("Lifecycle"), &cdkmlinfra.NotebookLifecycleProps{
		Shared:   shared,
		IdleStop: awscdk.Duration_Hours(jsii.Number(1)),
	})

	cdkmlinfra.NewMlNotebook(stack, jsii.String("alice"), &cdkmlinfra.MlNotebookProps{
		Shared:    shared,
		Lifecycle: lifecycle,
		Owner:     jsii.String("alice"),
	})
	cdkmlinfra.NewMlNotebook(stack, jsii.String("bob"), &cdkmlinfra.MlNotebookProps{
		Shared:     shared,
		Lifecycle:  lifecycle,
		Owner:      jsii.String("bob"),
		VolumeSize: awscdk.Size_Gibibytes(jsii.Number(200)),
	})
	cdkmlinfra.NewMlNotebook(stack, jsii.String("charlie"), &cdkmlinfra.MlNotebookProps{
		Shared:       shared,
		Lifecycle:    lifecycle,
		Owner:        jsii.String("charlie"),
		InstanceType: cdkmlinfra.MlInstanceType_M5_XLARGE(),
	})
	cdkmlinfra.NewMlNotebook(stack, jsii.String("diana"), &cdkmlinfra.MlNotebookProps{
		Shared:       shared,
		Lifecycle:    lifecycle,
		Owner:        jsii.String("diana"),
		InstanceType: cdkmlinfra.MlInstanceType_R5_XLARGE(),
	})
	cdkmlinfra.NewMlNotebook(stack, jsii.String("eve"), &cdkmlinfra.MlNotebookProps{
		Shared:       shared,
		Lifecycle:    lifecycle,
		Owner:        jsii.String("eve"),
		InstanceType: cdkmlinfra.MlInstanceType_G4DN_XLARGE(),
	})

	shared.AddOutputs()

	return stack
}
