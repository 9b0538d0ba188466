from typing import Any

from aws_cdk import Acknowledgment, CfnOutput, Stack, Validations
from aws_cdk import aws_codeartifact as codeartifact
from aws_cdk import aws_iam as iam
from cdk_ml_infra import MlSharedInfra
from constructs import Construct

from project.package_repository import PACKAGE_REPOSITORY, PACKAGE_SERVICES, package_domain


class BaseStack(Stack):
    """What all projects stand on: one data lake, one network, one source of packages.

    Published under the name of the stack.
    """

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        shared = MlSharedInfra(self, "Shared")

        domain = codeartifact.CfnDomain(self, "PackageDomain", domain_name=package_domain(self.stack_name))
        codeartifact.CfnRepository(
            self,
            "PackageRepository",
            domain_name=domain.attr_name,
            repository_name=PACKAGE_REPOSITORY,
            external_connections=["public:pypi"],
        )
        for service in PACKAGE_SERVICES:
            shared.network.require_service(service)

        # Attach it to the role of whoever brings data in. All projects read what it writes.
        ingestion = iam.ManagedPolicy(
            self,
            "Ingestion",
            description="Brings data into the lake: writes below raw/ of the datasets",
            statements=[
                iam.PolicyStatement(
                    actions=["s3:PutObject", "s3:AbortMultipartUpload"],
                    resources=[shared.storage.datasets.arn_for_objects("raw/*")],
                )
            ],
        )
        shared.encryption_key.grant(ingestion, "kms:Decrypt", "kms:GenerateDataKey")
        Validations.of(ingestion).acknowledge(
            Acknowledgment(
                id="AwsSolutions-IAM5[Resource::<SharedStorageDatasetsD8C3A638.Arn>/raw/*]",
                reason="Names of objects are not known before; the prefix bounds them",
            )
        )
        CfnOutput(self, "IngestionPolicyArn", value=ingestion.managed_policy_arn)

        shared.add_outputs()
        shared.publish(self.stack_name)
