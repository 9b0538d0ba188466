"""The state machine of schedules, run by an interpreter against notebooks in every state."""

import json

import pytest
from interpreter import HOURS, cloud, definition, refused, throttled

HOSTILE = """it's "not" $(allowed) `here` {% $x %}\n ünïcode"""


@pytest.fixture
def aws(monkeypatch):
    with cloud(monkeypatch) as account:
        yield account


def run(aws, action, *names, **substitutions):
    return aws.run(definition("schedule", **substitutions), action=action, names=list(names))


@pytest.mark.parametrize(
    ("action", "history", "done"),
    [
        ("stop", ["InService"], True),
        ("stop", ["Pending", "InService"], True),
        ("stop", ["Pending", "Pending", "Pending", "InService"], True),
        ("stop", ["Updating", "InService"], True),
        ("stop", ["PendingMaintenance", "InMaintenance", "InService"], True),
        ("stop", ["Updating", "Stopped"], False),
        ("stop", ["Pending", "Failed"], False),
        ("stop", ["Stopped"], False),
        ("stop", ["Stopping"], False),
        ("stop", ["Deleting"], False),
        ("stop", ["Failed"], False),
        ("start", ["Stopped"], True),
        ("start", ["Stopping", "Stopped"], True),
        ("start", ["Updating", "Stopped"], True),
        ("start", ["InService"], False),
        ("start", ["Pending"], False),
        ("start", ["PendingMaintenance"], False),
        ("start", ["InMaintenance"], False),
        ("start", ["Deleting"], False),
        ("start", ["Failed"], False),
    ],
)
def test_does_what_the_state_of_a_notebook_asks_for(aws, action, history, done):
    aws.notebook("alice", *history)

    end = run(aws, action, "alice")

    assert end.status == "SUCCEEDED"
    assert aws.done == ([(action, "alice")] if done else [])
    assert aws.looks["alice"] == len(history)


@pytest.mark.parametrize(("action", "status"), [("stop", "Pending"), ("start", "Stopping")])
def test_gives_up_on_a_notebook_that_never_settles_and_says_so(aws, action, status):
    aws.notebook("alice", status)

    end = run(aws, action, "alice", PatienceSeconds=0)

    assert (end.status, end.error) == ("FAILED", "NotebooksNotHandled")
    assert end.cause == f"alice: still {status}"
    assert aws.done == []


@pytest.mark.parametrize("action", ["start", "stop"])
def test_passes_over_a_notebook_that_is_gone(aws, action):
    aws.notebook("alice", {"start": "Stopped", "stop": "InService"}[action])

    end = run(aws, action, "gone", "alice")

    assert end.status == "SUCCEEDED"
    assert aws.done == [(action, "alice")]


@pytest.mark.parametrize(
    ("call", "action", "status", "times"),
    [
        ("describe", "stop", "InService", 6),
        ("stop", "stop", "InService", 4),
        ("start", "start", "Stopped", 4),
    ],
)
def test_tries_again_ever_later_when_throttled(aws, call, action, status, times):
    aws.notebook("alice", status)
    aws.fail(call, throttled(), times)

    end = run(aws, action, "alice")

    assert end.status == "SUCCEEDED"
    assert aws.done == [(action, "alice")]
    assert len(aws.pauses) == times
    assert all(0 <= pause <= min(60, 2 * 2**index) for index, pause in enumerate(aws.pauses))
    assert any(pause != 2 * 2**index for index, pause in enumerate(aws.pauses)), "without jitter"


@pytest.mark.parametrize(("call", "retries"), [("describe", 6), ("stop", 4)])
def test_says_so_when_it_is_throttled_for_good(aws, call, retries):
    aws.notebook("alice", "InService")
    aws.fail(call, throttled(), 100)

    end = run(aws, "stop", "alice")

    assert end.status == "FAILED"
    assert end.cause.startswith("alice: ")
    assert "Rate exceeded" in end.cause
    assert len(aws.pauses) == retries


def test_handles_all_others_when_one_fails_and_names_it(aws):
    names = [f"notebook-{index}" for index in range(15)]
    for name in names:
        aws.notebook(name, "InService")
    aws.fail("stop", refused("AccessDeniedException", HOSTILE), 100, name="notebook-3")

    end = run(aws, "stop", *names)

    assert end.status == "FAILED"
    assert sorted(name for _, name in aws.done) == sorted(set(names) - {"notebook-3"})
    assert "notebook-3: " in end.cause
    assert "$(allowed)" in end.cause
    assert "notebook-4" not in end.cause


def test_is_content_when_its_user_stops_the_notebook_first(aws):
    aws.notebook("alice", "InService")

    def stopped_by_user():
        aws.backend.notebook_instances["alice"].status = "Stopping"

    aws.fail("stop", refused("ValidationException", "Status (Stopping)"), 5, then=stopped_by_user)

    end = run(aws, "stop", "alice")

    assert end.status == "SUCCEEDED"
    assert aws.done == []
    assert aws.looks["alice"] == 2


def test_running_twice_at_once_does_everything_once(aws):
    aws.notebook("alice", "InService")
    text = definition("schedule")

    executions = [aws.start(text, action="stop", names=["alice"]) for _ in range(3)]

    assert {aws.end_of(execution).status for execution in executions} == {"SUCCEEDED"}
    assert aws.done == [("stop", "alice")]


def test_handles_a_list_without_notebooks(aws):
    assert run(aws, "stop").status == "SUCCEEDED"


def states_of(machine):
    for name, state in machine["States"].items():
        yield name, state
        if "ItemProcessor" in state:
            yield from states_of(state["ItemProcessor"])


def walk(machine):
    """Checks what Step Functions checks last or never: each state is reached, and leads to one that is there."""
    reached, waiting = set(), [machine["StartAt"]]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            state = machine["States"][name]
            branches = [*state.get("Choices", []), *state.get("Catch", [])]
            targets = [state.get("Next"), state.get("Default"), *(branch["Next"] for branch in branches)]
            waiting += [target for target in targets if target]
            assert any(targets) or state.get("End") or state["Type"] in ("Succeed", "Fail")
    assert reached == set(machine["States"])
    for state in machine["States"].values():
        if "ItemProcessor" in state:
            walk(state["ItemProcessor"])


@pytest.mark.parametrize("name", sorted(path.name.split(".")[0] for path in HOURS.iterdir()))
def test_every_call_is_bounded_and_retried_and_no_state_is_a_dead_end(name):
    machine = json.loads(definition(name))
    walk(machine)
    assert machine["QueryLanguage"] == "JSONata"
    assert 0 < machine["TimeoutSeconds"] <= 31_536_000
    tasks = [state for _, state in states_of(machine) if state["Type"] == "Task"]
    assert len(tasks) == 3
    for task in tasks:
        assert task["Resource"].startswith("arn:aws:states:::aws-sdk:sagemaker:")
        assert task["TimeoutSeconds"] <= 60
        assert [retry["JitterStrategy"] for retry in task["Retry"]] == ["FULL"]
        assert [catch["ErrorEquals"] for catch in task["Catch"]] == [["States.ALL"]]
