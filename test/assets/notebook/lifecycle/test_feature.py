"""How a feature is run: as a process, with its context on stdin, and later by one of its verbs."""

import json
import subprocess

import pytest
from bundle import PYTHON, write_bundle

CONTEXT = {
    "settings": {"a": "ü'\"$(id)"},
    "notebook": {"name": "n", "arn": "arn:aws:sagemaker:eu-west-1:1:x/n", "tags": {}},
}
SOURCE = """
import json, sys
from instance import FeatureError

def apply(settings, notebook):
    if settings == {"fail": True}:
        raise FeatureError("it cannot be done")
    notebook.keep("shown", settings)
    print(json.dumps([settings, notebook.region, sys.flags.isolated]))

def again(settings, notebook, *arguments):
    print(json.dumps([settings, notebook.name, arguments]))

def hidden(settings, notebook):
    print("hidden")

VERBS = {"again": again}
"""


@pytest.fixture
def call(tmp_path):
    write_bundle(tmp_path / "bundle", [])
    (tmp_path / "bundle" / "features" / "shown.py").write_text(SOURCE)

    def run(*arguments, settings=None):
        context = {**CONTEXT, "notebook": {**CONTEXT["notebook"], "root": str(tmp_path)}}
        context["settings"] = CONTEXT["settings"] if settings is None else settings
        command = [PYTHON, "-I", tmp_path / "bundle" / "feature.py", *arguments, "--root", tmp_path]
        return subprocess.run(
            command, input=json.dumps(context), capture_output=True, text=True, timeout=20, check=False
        )

    return run


def test_a_feature_is_applied_with_what_stdin_says(call):
    assert json.loads(call("shown").stdout) == [CONTEXT["settings"], "eu-west-1", 1]


def test_a_verb_runs_later_with_the_settings_that_were_kept(call):
    call("shown")
    assert json.loads(call("shown", "again").stdout) == [CONTEXT["settings"], "n", []]


def test_a_failure_is_said_in_a_sentence(call):
    result = call("shown", settings={"fail": True})
    assert (result.returncode, result.stderr) == (1, "shown: it cannot be done\n")


def test_only_verbs_can_be_called(call):
    call("shown")
    result = call("shown", "hidden")
    assert result.returncode != 0
    assert "hidden\n" not in result.stdout
