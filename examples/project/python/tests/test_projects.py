import pytest
from aws_cdk import App
from aws_cdk.assertions import Match, Template

from project.base_stack import BaseStack
from project.package_repository import package_domain
from project.project_stack import Project, ProjectStack
from project.projects import FORECASTING, NLP, RECOMMENDATION, VISION

BASE = "TestBase"
NOTEBOOK = "AWS::SageMaker::NotebookInstance"


@pytest.mark.parametrize("project", [NLP, VISION, FORECASTING, RECOMMENDATION], ids=lambda project: project.name)
def test_members_share_the_role_and_the_tags_of_their_project(project: Project) -> None:
    template = Template.from_stack(ProjectStack(App(), "Test", project, base=BASE))

    tags = Match.array_with([{"Key": "ml-owner", "Value": project.name}, {"Key": "ml-project", "Value": project.name}])
    template.resource_properties_count_is(NOTEBOOK, {"Tags": tags}, len(project.members))
    template.resource_properties_count_is("AWS::IAM::Role", {"Path": Match.any_value()}, 1)


def test_projects_read_only_what_the_base_publishes() -> None:
    app = App()
    stacks = [BaseStack(app, BASE), ProjectStack(app, "Test", NLP, base=BASE)]

    base, project = [Template.from_stack(stack) for stack in stacks]

    published = {each["Properties"]["Name"] for each in base.find_resources("AWS::SSM::Parameter").values()}
    read = {each["Default"] for each in project.find_parameters("*").values() if "/ml-infra/" in each["Default"]}
    assert read
    assert read <= published


def test_bases_that_differ_have_domains_that_differ() -> None:
    domains = [package_domain(base) for base in ["SeaLionBase", "SealionBase", "SLBase", "A1BBase"]]

    assert domains == ["sea-lion-base", "sealion-base", "s-l-base", "a1-b-base"]
