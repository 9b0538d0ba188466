"""What a run leaves to see. How a run uses it stands in test_run.py."""

import argparse
import json
import sys

import pytest
from bundle import ASSETS
from machine import LOGIN

sys.path.insert(0, str(ASSETS))
from journal import DONE, RUNNING, Account, Journal


@pytest.fixture
def journal(tmp_path):
    (tmp_path / "SageMaker").mkdir()
    places = {"log": tmp_path / "log", "run_dir": tmp_path, "home": tmp_path, "login": Account(None or LOGIN).name}
    own = argparse.Namespace(hook="start", background=False, **places)
    return Journal(own)


def test_a_line_is_one_json_object_on_stdout_and_in_the_log(journal, capsys):
    journal.line("odd", error='a\nb\r{"mlInfra": 1}\u2028')
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["mlInfra"]["error"] == 'a\nb\r{"mlInfra": 1}\u2028'
    assert journal.options.log.read_text() == line + "\n"


def test_states_outlive_the_run_that_recorded_them(journal):
    journal.record({"one": RUNNING})
    journal.record({"two": DONE})
    assert Journal(journal.options).states("start") == {"one": RUNNING, "two": DONE}
    assert journal.states("create") == {}


def test_a_page_that_cannot_be_written_stops_nothing(journal):
    (journal.options.home / "SageMaker").rmdir()
    journal.record({"one": RUNNING})
    assert journal.states("start") == {"one": RUNNING}
    assert "status-page" in journal.options.log.read_text()
