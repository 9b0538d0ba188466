from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import Duration, Size, Stack
from cdk_ml_infra import BackupOptions, MlInstanceType, MlNotebook, MlSharedInfra, NotebookLifecycle, PackageIndex
from constructs import Construct

from project.package_repository import PACKAGE_REPOSITORY, PACKAGE_SERVICES, package_domain


@dataclass(frozen=True, kw_only=True)
class Project:
    """What a project needs, whatever base it stands on."""

    description: str

    name: str
    """Owner of its notebooks and data, and the tag `ml-project` of its costs."""

    members: Sequence[str]
    """Who works on it, each on a notebook."""

    instance_type: MlInstanceType
    """Machine of each notebook."""

    volume_size: Size
    """Volume of each notebook. It holds the packages too, and can grow, but not shrink."""

    packages: Sequence[str]
    """Packages of the field, with their versions."""


class ProjectStack(Stack):
    """The notebooks of one project, deployed and destroyed without any other stack."""

    def __init__(self, scope: Construct, construct_id: str, project: Project, *, base: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, description=project.description, **kwargs)
        shared = MlSharedInfra.from_published(self, "Shared", base, services=PACKAGE_SERVICES)
        lifecycle = NotebookLifecycle(
            self,
            "Lifecycle",
            shared=shared,
            idle_stop=Duration.hours(1),
            package_index=PackageIndex.code_artifact(domain=package_domain(base), repository=PACKAGE_REPOSITORY),
            pip_packages=list(project.packages),
            kernel_name=f"Python ({project.name})",
            backup=BackupOptions(),
        )
        for member in project.members:
            MlNotebook(
                self,
                member,
                shared=shared,
                lifecycle=lifecycle,
                owner=project.name,
                project=project.name,
                instance_type=project.instance_type,
                volume_size=project.volume_size,
            )
