"""The state machine of maximum uptimes, run by an interpreter against notebooks that come and go."""

import time
from datetime import timedelta

import pytest
from interpreter import cloud, definition, refused, throttled

LIMIT = {"ml-max-uptime": "60", "ml-owner": "alice"}
OVER = timedelta(minutes=61)
SOON_OVER = timedelta(minutes=59, seconds=59.1)


@pytest.fixture
def aws(monkeypatch):
    with cloud(monkeypatch) as account:
        yield account


def run(aws, **substitutions):
    return aws.run(definition("uptime", **substitutions), name="alice")


def test_stops_a_notebook_whose_time_is_over(aws):
    aws.notebook("alice", ("InService", OVER), tags=LIMIT)

    assert run(aws).status == "SUCCEEDED"
    assert aws.done == [("stop", "alice")]


def test_waits_for_the_end_of_the_time_and_not_less(aws):
    begin = time.monotonic()
    aws.notebook("alice", ("InService", SOON_OVER), tags=LIMIT)

    assert run(aws).status == "SUCCEEDED"

    assert aws.done == [("stop", "alice")]
    assert aws.looks["alice"] == 2
    assert time.monotonic() - begin >= 0.9


def test_waits_for_the_end_of_the_new_time_when_it_was_started_again_meanwhile(aws):
    begin = time.monotonic()
    restarted = ("InService", timedelta(minutes=59, seconds=58.5))
    aws.notebook("alice", ("InService", SOON_OVER), restarted, tags=LIMIT)

    assert run(aws).status == "SUCCEEDED"

    assert aws.done == [("stop", "alice")]
    assert aws.looks["alice"] == 3
    assert time.monotonic() - begin >= 2.4


@pytest.mark.parametrize("status", ["Stopping", "Stopped", "Pending", "Updating", "Deleting", "Failed"])
def test_leaves_a_notebook_alone_that_does_not_run_any_more(aws, status):
    aws.notebook("alice", ("InService", SOON_OVER), status, tags=LIMIT)

    assert run(aws).status == "SUCCEEDED"
    assert aws.done == []


def test_has_nothing_to_do_when_the_notebook_is_gone(aws):
    assert run(aws).status == "SUCCEEDED"


def test_counts_a_limit_that_was_raised_meanwhile(aws):
    aws.notebook("alice", ("InService", SOON_OVER), tags=LIMIT)

    execution = aws.start(definition("uptime", MostWaits=1), name="alice")
    time_to_read(aws)
    aws.set_tags("alice", {**LIMIT, "ml-max-uptime": "600"})

    assert aws.end_of(execution).status == "SUCCEEDED"
    assert aws.looks["alice"] == 2
    assert aws.done == []


def test_leaves_a_notebook_alone_whose_limit_was_taken_away_meanwhile(aws):
    aws.notebook("alice", ("InService", SOON_OVER), tags=LIMIT)

    execution = aws.start(definition("uptime"), name="alice")
    time_to_read(aws)
    aws.set_tags("alice", {"ml-owner": "alice"})

    assert aws.end_of(execution).status == "SUCCEEDED"
    assert aws.looks["alice"] == 2
    assert aws.done == []


def test_events_that_come_twice_stop_a_notebook_once(aws):
    aws.notebook("alice", ("InService", SOON_OVER), tags=LIMIT)
    text = definition("uptime")

    executions = [aws.start(text, name="alice") for _ in range(3)]

    assert {aws.end_of(execution).status for execution in executions} == {"SUCCEEDED"}
    assert aws.done == [("stop", "alice")]


def test_follows_a_notebook_that_is_started_again_and_again_for_so_long_only(aws):
    aws.notebook("alice", *[("InService", SOON_OVER)] * 5, tags=LIMIT)

    assert run(aws, MostWaits=2).status == "SUCCEEDED"

    assert aws.done == []
    assert aws.looks["alice"] == 3


@pytest.mark.parametrize(("call", "times"), [("describe", 6), ("list_tags", 6), ("stop", 4)])
def test_tries_again_when_throttled(aws, call, times):
    aws.notebook("alice", ("InService", OVER), tags=LIMIT)
    aws.fail(call, throttled(), times)

    assert run(aws).status == "SUCCEEDED"
    assert aws.done == [("stop", "alice")]
    assert len(aws.pauses) == times


@pytest.mark.parametrize("call", ["describe", "list_tags", "stop"])
def test_says_so_when_it_is_not_allowed_to(aws, call):
    aws.notebook("alice", ("InService", OVER), tags=LIMIT)
    aws.fail(call, refused("AccessDeniedException", "not authorized"), 100)

    end = run(aws)

    assert (end.status, end.error) == ("FAILED", "NotebookNotHandled")
    assert end.cause.startswith("alice: ")
    assert "not authorized" in end.cause
    assert aws.done == []


def test_is_content_when_its_user_stops_the_notebook_first(aws):
    aws.notebook("alice", ("InService", OVER), tags=LIMIT)

    def stopped_by_user():
        aws.backend.notebook_instances["alice"].status = "Stopping"

    aws.fail("stop", refused("ValidationException", "Status (Stopping)"), 5, then=stopped_by_user)

    assert run(aws).status == "SUCCEEDED"
    assert aws.done == []


def test_stops_nothing_because_of_a_limit_that_is_no_number(aws):
    aws.notebook("alice", ("InService", OVER), tags={"ml-max-uptime": "soon"})

    assert run(aws).status == "FAILED"
    assert aws.done == []


def time_to_read(aws):
    """Until the tags were read for the first time, which is after the first look."""
    until(lambda: aws.tags_read["alice"] == 1)


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
