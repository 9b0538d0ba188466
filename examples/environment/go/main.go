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
	NewEnvironmentStack(app, "EnvironmentDev", dev())
	NewEnvironmentStack(app, "EnvironmentStaging", staging())
	NewEnvironmentStack(app, "EnvironmentProd", prod())
	app.Synth(nil)
}
