"""What features that build environments share. How they build stands in the tests of packages and glue_sessions."""

import fcntl
import os
import sys

import pytest
from bundle import ASSETS

sys.path.insert(0, str(ASSETS))
from environments import Work, base_python, locked, without_credentials
from instance import FeatureError, Notebook


@pytest.fixture
def notebook(tmp_path):
    places = {"home": str(tmp_path), "root": str(tmp_path)}
    return Notebook("n", "arn:aws:sagemaker:eu-west-1:1:notebook-instance/n", {}, **places)


def test_commands_leave_the_network_as_the_notebook_does(notebook):
    notebook.keep("proxy", {"variables": {"https_proxy": "http://p:1"}})
    assert Work(notebook, 30).run("printenv", "https_proxy", "PIP_NO_INPUT").split() == ["http://p:1", "1"]


def test_commands_share_a_deadline(notebook):
    with pytest.raises(FeatureError, match="timed out"):
        Work(notebook, 0).run("sleep", "30")
    with pytest.raises(FeatureError, match="timed out"):
        Work(notebook, 30).run("sleep", "30", seconds=0.1)


def test_the_base_is_the_python_of_the_image_where_it_works(notebook, tmp_path):
    work = Work(notebook, 30)
    assert base_python(notebook, work)[0] == sys.executable
    python = tmp_path / "anaconda3/envs/python3/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho 3.10 /base\n")
    assert base_python(notebook, work)[0] == sys.executable
    python.chmod(0o755)
    assert base_python(notebook, work) == [str(python), "3.10 /base"]


def test_passwords_of_an_index_are_not_repeated():
    said = without_credentials("see https://aws:to-ken@host/simple, https://x")
    assert said == "see https://***@host/simple, https://x"


def test_two_runs_never_overlap(notebook, tmp_path):
    path = tmp_path / "lock"
    with path.open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(FeatureError, match="another run holds"), locked(path, Work(notebook, 0)):
            pytest.fail("entered")
    with locked(path, Work(notebook, 0)):
        assert os.path.exists(path)
