from aws_cdk import Duration, Size
from cdk_ml_infra import JobRules, MlEnvironment, MlInstanceType, NotebookSchedule

from environment.settings import Settings

# What jobs look like before they may touch what customers depend on.
CAREFUL_JOBS = JobRules(inter_container_traffic_encryption=True, max_runtime=Duration.days(1))

# People try things: cheap machines in office hours, short jobs on few kinds of machines.
DEV = Settings(
    description="Machine learning: development",
    tags={"cost-center": "ml-research"},
    environment=MlEnvironment.DEV,
    owners=["alice", "bob", "charlie"],
    instance_type=MlInstanceType.T3_MEDIUM,
    volume_size=Size.gibibytes(20),
    schedule=NotebookSchedule.weekdays(start="08:00", stop="19:00", time_zone="Europe/Berlin"),
    max_uptime=Duration.hours(12),
    jobs=JobRules(
        instance_types=[MlInstanceType.M5_XLARGE, MlInstanceType.G4_DN_XLARGE],
        max_runtime=Duration.hours(4),
    ),
)

# The rehearsal: built and watched like production, on smaller machines.
STAGING = Settings(
    description="Machine learning: staging",
    tags={"cost-center": "ml-platform", "data-classification": "confidential"},
    environment=MlEnvironment.STAGING,
    owners=["forecast", "scoring"],
    instance_type=MlInstanceType.M5_XLARGE,
    volume_size=Size.gibibytes(50),
    max_uptime=Duration.days(2),
    jobs=CAREFUL_JOBS,
    alarm_email="ml-staging@example.com",
)

# Owners are services that people run together. Everything is kept, watched, and its data access recorded.
PROD = Settings(
    description="Machine learning: production",
    tags={"cost-center": "ml-platform", "data-classification": "confidential", "business-owner": "analytics"},
    environment=MlEnvironment.PROD,
    owners=["forecast", "scoring"],
    instance_type=MlInstanceType.M5_2_XLARGE,
    volume_size=Size.gibibytes(200),
    jobs=CAREFUL_JOBS,
    alarm_email="ml-production@example.com",
    record_data_access=True,
)
