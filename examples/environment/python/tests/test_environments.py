import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from environment.environment_stack import EnvironmentStack
from environment.environments import DEV, PROD, STAGING
from environment.settings import Settings

NOTEBOOK = "AWS::SageMaker::NotebookInstance"


def template(settings: Settings) -> Template:
    return Template.from_stack(EnvironmentStack(App(), "Test", settings))


@pytest.mark.parametrize(("settings", "policy"), [(DEV, "Delete"), (STAGING, "Delete"), (PROD, "Retain")])
def test_only_production_keeps_notebooks_that_are_removed(settings: Settings, policy: str) -> None:
    notebooks = template(settings).find_resources(NOTEBOOK)

    assert {notebook["DeletionPolicy"] for notebook in notebooks.values()} == {policy}
    assert len(notebooks) == len(settings.owners)


@pytest.mark.parametrize(("settings", "alarms", "trails"), [(DEV, 0, 0), (STAGING, 3, 0), (PROD, 3, 1)])
def test_what_is_watched(settings: Settings, alarms: int, trails: int) -> None:
    synthesized = template(settings)

    synthesized.resource_count_is("AWS::CloudWatch::Alarm", alarms)
    synthesized.resource_count_is("AWS::CloudTrail::Trail", trails)


def test_staging_has_smaller_machines_than_production() -> None:
    template(STAGING).all_resources_properties(NOTEBOOK, {"InstanceType": "ml.m5.xlarge"})
    template(PROD).all_resources_properties(NOTEBOOK, {"InstanceType": "ml.m5.2xlarge"})
