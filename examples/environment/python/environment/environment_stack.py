from typing import Any

from aws_cdk import Acknowledgment, Duration, Stack, Validations
from aws_cdk import aws_sns_subscriptions as subscriptions
from cdk_ml_infra import (
    BackupOptions,
    DataAccessTrail,
    MetricsOptions,
    MlEnvironment,
    MlNotebookFleet,
    MlPermissionsBoundary,
    MlSharedInfra,
    NotebookAlarms,
    NotebookLifecycle,
    NotebookOptions,
)
from constructs import Construct

from environment.settings import Settings


class EnvironmentStack(Stack):
    """One base with its notebooks, for one environment."""

    def __init__(self, scope: Construct, construct_id: str, settings: Settings, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, description=settings.description, tags=dict(settings.tags), **kwargs)
        MlEnvironment.set(self, settings.environment)

        boundary = MlPermissionsBoundary(self, "Boundary")
        shared = MlSharedInfra(self, "Shared", permissions_boundary=boundary.policy, jobs=settings.jobs)
        lifecycle = NotebookLifecycle(
            self,
            "Lifecycle",
            shared=shared,
            idle_stop=Duration.hours(1),
            backup=BackupOptions(),
            metrics=MetricsOptions() if settings.alarm_email else None,
            environment_variables={"STAGE": settings.environment.name},
        )
        MlNotebookFleet(
            self,
            "Notebooks",
            shared=shared,
            owners=list(settings.owners),
            defaults=NotebookOptions(
                lifecycle=lifecycle,
                instance_type=settings.instance_type,
                volume_size=settings.volume_size,
                schedule=settings.schedule,
                max_uptime=settings.max_uptime,
            ),
        )

        if settings.alarm_email:
            alarms = NotebookAlarms(self, "Alarms", shared=shared)
            alarms.topic.add_subscription(subscriptions.EmailSubscription(settings.alarm_email))
            Validations.of(alarms).acknowledge(
                Acknowledgment(
                    id="Serverless-SNSRedrivePolicy",
                    reason="A mail that is not delivered needs no queue: CloudWatch keeps the state of the alarm",
                )
            )
        if settings.record_data_access:
            DataAccessTrail(self, "Trail", bases=[shared])
        shared.add_outputs()
