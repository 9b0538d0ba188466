package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscodeartifact"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// NewBaseStack makes what all projects stand on: one data lake, one network, one source of packages. It is published
// under the name of the stack.
func NewBaseStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)
	shared := cdkmlinfra.NewMlSharedInfra(stack, jsii.String("Shared"), nil)

	domain := awscodeartifact.NewCfnDomain(stack, jsii.String("PackageDomain"), &awscodeartifact.CfnDomainProps{
		DomainName: jsii.String(packageDomain(*stack.StackName())),
	})
	awscodeartifact.NewCfnRepository(stack, jsii.String("PackageRepository"), &awscodeartifact.CfnRepositoryProps{
		DomainName:          domain.AttrName(),
		RepositoryName:      jsii.String(packageRepository),
		ExternalConnections: jsii.Strings("public:pypi"),
	})
	for _, service := range packageServices() {
		shared.Network().RequireService(service)
	}

	// Attach it to the role of whoever brings data in. All projects read what it writes.
	ingestion := awsiam.NewManagedPolicy(stack, jsii.String("Ingestion"), &awsiam.ManagedPolicyProps{
		Description: jsii.String("Brings data into the lake: writes below raw/ of the datasets"),
		Statements: &[]awsiam.PolicyStatement{
			awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
				Actions:   jsii.Strings("s3:PutObject", "s3:AbortMultipartUpload"),
				Resources: &[]*string{shared.Storage().Datasets().ArnForObjects(jsii.String("raw/*"))},
			}),
		},
	})
	shared.EncryptionKey().Grant(ingestion, jsii.String("kms:Decrypt"), jsii.String("kms:GenerateDataKey"))
	awscdk.Validations_Of(ingestion).Acknowledge(&awscdk.Acknowledgment{
		Id:     jsii.String("AwsSolutions-IAM5[Resource::<SharedStorageDatasetsD8C3A638.Arn>/raw/*]"),
		Reason: jsii.String("Names of objects are not known before; the prefix bounds them"),
	})
	awscdk.NewCfnOutput(stack, jsii.String("IngestionPolicyArn"), &awscdk.CfnOutputProps{
		Value: ingestion.ManagedPolicyArn(),
	})

	shared.AddOutputs()
	shared.Publish(stack.StackName())

	return stack
}
