from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, Size
from cdk_ml_infra import JobRules, MlEnvironment, MlInstanceType, NotebookSchedule


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What differs between environments."""

    description: str

    environment: MlEnvironment
    """How careful the environment is."""

    owners: Sequence[str]
    """Who has a notebook: a person, or a service that people run together."""

    instance_type: MlInstanceType
    """Machine of each notebook."""

    volume_size: Size
    """Volume of each notebook. It can grow, but not shrink."""

    jobs: JobRules
    """What jobs of the owners have to look like."""

    tags: Mapping[str, str]
    """Tags of everything in the stack, for cost and compliance."""

    schedule: NotebookSchedule | None = None
    """When notebooks are started and stopped. Without it, people start them and idle stop stops them."""

    max_uptime: Duration | None = None
    """For how long a notebook runs at most. Without it, as long as it is busy."""

    alarm_email: str | None = None
    """Who is told when a notebook fails or fills up. Without it, nobody."""

    record_data_access: bool = False
    """Records who read and wrote which object."""
