package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssnssubscriptions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// EnvironmentStackProps hold what differs between environments.
type EnvironmentStackProps struct {
	awscdk.StackProps

	// Environment is how careful the environment is.
	Environment cdkmlinfra.MlEnvironment

	// Owners have a notebook each: a person, or a service that people run together.
	Owners []string

	// InstanceType is the machine of each notebook.
	InstanceType cdkmlinfra.MlInstanceType

	// VolumeSize is that of each notebook. It can grow, but not shrink.
	VolumeSize awscdk.Size

	// Jobs is what jobs of the owners have to look like.
	Jobs *cdkmlinfra.JobRules

	// Schedule says when notebooks are started and stopped. Without it, people start them and idle stop stops them.
	Schedule cdkmlinfra.NotebookSchedule

	// MaxUptime is for how long a notebook runs at most. Without it, as long as it is busy.
	MaxUptime awscdk.Duration

	// AlarmEmail is who is told when a notebook fails or fills up. Without it, nobody.
	AlarmEmail string

	// RecordDataAccess records who read and wrote which object.
	RecordDataAccess bool
}

// NewEnvironmentStack makes one base with its notebooks, for one environment.
func NewEnvironmentStack(scope constructs.Construct, id string, props *EnvironmentStackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, &props.StackProps)
	cdkmlinfra.MlEnvironment_Set(stack, props.Environment)

	boundary := cdkmlinfra.NewMlPermissionsBoundary(stack, jsii.String("Boundary"), nil)
	shared := cdkmlinfra.NewMlSharedInfra(stack, jsii.String("Shared"), &cdkmlinfra.MlSharedInfraProps{
		PermissionsBoundary: boundary.Policy(),
		Jobs:                props.Jobs,
	})
	var metrics *cdkmlinfra.MetricsOptions
	if props.AlarmEmail != "" {
		metrics = &cdkmlinfra.MetricsOptions{}
	}
	lifecycle := cdkmlinfra.NewNotebookLifecycle(stack, jsii.String("Lifecycle"), &cdkmlinfra.NotebookLifecycleProps{
		Shared:               shared,
		IdleStop:             awscdk.Duration_Hours(jsii.Number(1)),
		Backup:               &cdkmlinfra.BackupOptions{},
		Metrics:              metrics,
		EnvironmentVariables: &map[string]*string{"STAGE": props.Environment.Name()},
	})
	cdkmlinfra.NewMlNotebookFleet(stack, jsii.String("Notebooks"), &cdkmlinfra.MlNotebookFleetProps{
		Shared: shared,
		Owners: jsii.Strings(props.Owners...),
		Defaults: &cdkmlinfra.NotebookOptions{
			Lifecycle:    lifecycle,
			InstanceType: props.InstanceType,
			VolumeSize:   props.VolumeSize,
			Schedule:     props.Schedule,
			MaxUptime:    props.MaxUptime,
		},
	})

	if props.AlarmEmail != "" {
		alarms := cdkmlinfra.NewNotebookAlarms(stack, jsii.String("Alarms"), &cdkmlinfra.NotebookAlarmsProps{Shared: shared})
		alarms.Topic().AddSubscription(awssnssubscriptions.NewEmailSubscription(&props.AlarmEmail, nil))
		awscdk.Validations_Of(alarms).Acknowledge(&awscdk.Acknowledgment{
			Id:     jsii.String("Serverless-SNSRedrivePolicy"),
			Reason: jsii.String("A mail that is not delivered needs no queue: CloudWatch keeps the state of the alarm"),
		})
	}
	if props.RecordDataAccess {
		cdkmlinfra.NewDataAccessTrail(stack, jsii.String("Trail"), &cdkmlinfra.DataAccessTrailProps{
			Bases: &[]cdkmlinfra.IMlSharedInfra{shared},
		})
	}
	shared.AddOutputs()

	return stack
}
