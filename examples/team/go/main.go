package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(cdkmlinfra.NewMlComplianceChecks(nil))
	NewTeamStack(app, "Team", &TeamStackProps{
		StackProps: awscdk.StackProps{
			Description:           jsii.String("Notebooks of a team"),
			TerminationProtection: jsii.Bool(true),
		},
	})
	app.Synth(nil)
}
