using Amazon.CDK;
using Amazon.CDK.AWS.CodeArtifact;
using Amazon.CDK.AWS.IAM;
using CdkMlInfra;
using Constructs;

namespace ProjectApp;

/// <summary>
/// What all projects stand on: one data lake, one network, one source of packages. Published under the name of the stack.
/// </summary>
public class BaseStack : Stack
{
    public BaseStack(Construct scope, string id, IStackProps? props = null) : base(scope, id, props)
    {
        var shared = new MlSharedInfra(this, "Shared");

        var domain = new CfnDomain(this, "PackageDomain", new CfnDomainProps
        {
            DomainName = PackageRepository.DomainOf(StackName),
        });
        new CfnRepository(this, "PackageRepository", new CfnRepositoryProps
        {
            DomainName = domain.AttrName,
            RepositoryName = PackageRepository.Name,
            ExternalConnections = ["public:pypi"],
        });
        foreach (var service in PackageRepository.Services)
        {
            shared.Network.RequireService(service);
        }

        // Attach it to the role of whoever brings data in. All projects read what it writes.
        var ingestion = new ManagedPolicy(this, "Ingestion", new ManagedPolicyProps
        {
            Description = "Brings data into the lake: writes below raw/ of the datasets",
            Statements =
            [
                new PolicyStatement(new PolicyStatementProps
                {
                    Actions = ["s3:PutObject", "s3:AbortMultipartUpload"],
                    Resources = [shared.Storage.Datasets.ArnForObjects("raw/*")],
                }),
            ],
        });
        shared.EncryptionKey.Grant(ingestion, "kms:Decrypt", "kms:GenerateDataKey");
        Validations.Of(ingestion).Acknowledge(new Acknowledgment
        {
            Id = "AwsSolutions-IAM5[Resource::<SharedStorageDatasetsD8C3A638.Arn>/raw/*]",
            Reason = "Names of objects are not known before; the prefix bounds them",
        });
        new CfnOutput(this, "IngestionPolicyArn", new CfnOutputProps { Value = ingestion.ManagedPolicyArn });

        shared.AddOutputs();
        shared.Publish(StackName);
    }
}
