from typing import Any

from aws_cdk import Duration, Size, Stack
from cdk_ml_infra import MlInstanceType, MlNotebook, MlSharedInfra, NotebookLifecycle
from constructs import Construct


class TeamStack(Stack):
    """Five notebooks on one base without internet. Each stops after an hour in which nothing happened on it."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        shared = MlSharedInfra(self, "Shared")
        lifecycle = NotebookLifecycle(self, "Lifecycle", shared=shared, idle_stop=Duration.hours(1))

        MlNotebook(self, "alice", shared=shared, lifecycle=lifecycle, owner="alice")
        MlNotebook(self, "bob", shared=shared, lifecycle=lifecycle, owner="bob", volume_size=Size.gibibytes(200))
        MlNotebook(
            self, "charlie", shared=shared, lifecycle=lifecycle, owner="charlie", instance_type=MlInstanceType.M5_XLARGE
        )
        MlNotebook(
            self, "diana", shared=shared, lifecycle=lifecycle, owner="diana", instance_type=MlInstanceType.R5_XLARGE
        )
        MlNotebook(
            self, "eve", shared=shared, lifecycle=lifecycle, owner="eve", instance_type=MlInstanceType.G4_DN_XLARGE
        )

        shared.add_outputs()
