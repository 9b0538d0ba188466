import pytest
from aws_cdk import App
from aws_cdk.assertions import Match, Template

from team.team_stack import TeamStack

NOTEBOOK = "AWS::SageMaker::NotebookInstance"


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.from_stack(TeamStack(App(), "Test"))


def test_nobody_is_root_or_has_a_way_to_the_internet(template: Template) -> None:
    template.all_resources_properties(NOTEBOOK, {"RootAccess": "Disabled", "DirectInternetAccess": "Disabled"})


@pytest.mark.parametrize("owner", ["alice", "bob", "charlie", "diana", "eve"])
def test_each_of_the_team_has_a_notebook_and_a_role(template: Template, owner: str) -> None:
    tags = Match.array_with([{"Key": "ml-owner", "Value": owner}])

    for resource_type in [NOTEBOOK, "AWS::IAM::Role"]:
        template.resource_properties_count_is(resource_type, {"Tags": tags}, 1)


def test_notebooks_stop_when_nothing_happens_on_them(template: Template) -> None:
    template.resource_count_is("AWS::SageMaker::NotebookInstanceLifecycleConfig", 1)
    template.all_resources_properties(NOTEBOOK, {"LifecycleConfigName": Match.any_value()})
