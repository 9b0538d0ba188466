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

	base := "ProjectBase"
	NewBaseStack(app, base, &awscdk.StackProps{
		Description:           jsii.String("Data lake and network of all projects"),
		TerminationProtection: jsii.Bool(true),
	})
	NewProjectStack(app, "ProjectNlp", &ProjectStackProps{Base: base, ProjectOptions: nlp()})
	NewProjectStack(app, "ProjectVision", &ProjectStackProps{Base: base, ProjectOptions: vision()})
	NewProjectStack(app, "ProjectForecasting", &ProjectStackProps{Base: base, ProjectOptions: forecasting()})
	NewProjectStack(app, "ProjectRecommendation", &ProjectStackProps{Base: base, ProjectOptions: recommendation()})
	app.Synth(nil)
}
