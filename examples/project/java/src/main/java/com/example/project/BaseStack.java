package com.example.project;

import io.github.cdkmlinfra.MlService;
import io.github.cdkmlinfra.MlSharedInfra;
import java.util.List;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.codeartifact.CfnDomain;
import software.amazon.awscdk.services.codeartifact.CfnRepository;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * What all projects stand on: one data lake, one network, one source of packages.
 *
 * <p>Published under the name of the stack.
 */
public final class BaseStack extends Stack {
    public BaseStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);
        final MlSharedInfra shared = new MlSharedInfra(this, "Shared");

        final CfnDomain domain = CfnDomain.Builder.create(this, "PackageDomain")
                .domainName(PackageRepository.domainOf(getStackName()))
                .build();
        CfnRepository.Builder.create(this, "PackageRepository")
                .domainName(domain.getAttrName())
                .repositoryName(PackageRepository.NAME)
                .externalConnections(List.of("public:pypi"))
                .build();
        for (final MlService service : PackageRepository.SERVICES) {
            shared.getNetwork().requireService(service);
        }

        // Attach it to the role of whoever brings data in. All projects read what it writes.
        final ManagedPolicy ingestion = ManagedPolicy.Builder.create(this, "Ingestion")
                .description("Brings data into the lake: writes below raw/ of the datasets")
                .statements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of("s3:PutObject", "s3:AbortMultipartUpload"))
                        .resources(List.of(shared.getStorage().getDatasets().arnForObjects("raw/*")))
                        .build()))
                .build();
        shared.getEncryptionKey().grant(ingestion, "kms:Decrypt", "kms:GenerateDataKey");
        Validations.of(ingestion).acknowledge(Acknowledgment.builder()
                .id("AwsSolutions-IAM5[Resource::<SharedStorageDatasetsD8C3A638.Arn>/raw/*]")
                .reason("Names of objects are not known before; the prefix bounds them")
                .build());
        CfnOutput.Builder.create(this, "IngestionPolicyArn").value(ingestion.getManagedPolicyArn()).build();

        shared.addOutputs();
        shared.publish(getStackName());
    }
}
