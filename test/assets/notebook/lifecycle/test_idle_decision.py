"""When to stop: the decision alone, on times that a test can choose."""

import importlib.util
import socket
import sys
import time

import pytest
from bundle import ASSETS

spec = importlib.util.spec_from_file_location("idle_stop", ASSETS / "idle_stop.py")
idle_stop = sys.modules["idle_stop"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(idle_stop)

CONFIG = {"idleSeconds": 3600, "checkSeconds": 300, "graceSeconds": 600, "maxErrors": 12}
NOW = 1_700_000_000
UPTIME = 90_000
LONG_AGO = NOW - 80_000


def state(**changes):
    """The state that a check left 300 seconds ago."""
    last = {"since": LONG_AGO, "active": LONG_AGO, "checked": NOW - 300, "uptime": UPTIME - 300}
    return idle_stop.State(**{**last, **changes})


@pytest.mark.parametrize(
    ("last", "seen", "stop", "reason"),
    [
        (None, None, False, "first check"),
        (None, LONG_AGO, False, "first check"),
        (state(), None, True, "idle"),
        (state(), NOW - 3600, True, "idle"),
        (state(), NOW - 3599, False, "in use"),
        (state(), NOW, False, "in use"),
        (state(), NOW + 9999, False, "in use"),
        (state(active=NOW - 3599), None, False, "in use"),
        (state(active=NOW - 3599), LONG_AGO, False, "in use"),
        (state(since=NOW - 599), None, False, "just started"),
        (state(errors=20), None, True, "idle"),
        (state(checked=NOW + 7200), None, False, "the clock has jumped"),
        (state(checked=NOW - 7200), None, False, "the clock has jumped"),
        (state(uptime=UPTIME + 1), None, False, "the clock has jumped"),
        (state(checked=NOW - 330), None, True, "idle"),
        (state(active=float("nan")), None, False, "in use"),
    ],
)
def test_decide(last, seen, stop, reason):
    decision = idle_stop.decide(CONFIG, last, NOW, UPTIME, seen)
    assert (decision.stop, decision.reason) == (stop, reason)
    assert decision.state.errors == 0
    assert (decision.state.checked, decision.state.uptime) == (NOW, UPTIME)


def test_the_grace_holds_even_where_it_is_longer_than_the_idle_time():
    config = {**CONFIG, "idleSeconds": 60}
    assert not idle_stop.decide(config, state(since=NOW - 599, active=NOW - 599), NOW, UPTIME, None).stop
    assert idle_stop.decide(config, state(since=NOW - 600, active=NOW - 600), NOW, UPTIME, None).stop


def test_activity_once_seen_is_kept():
    kept = idle_stop.decide(CONFIG, state(), NOW, UPTIME, NOW - 10).state
    assert kept.active == NOW - 10
    assert idle_stop.decide(CONFIG, kept, NOW + 300, UPTIME + 300, None).state.active == NOW - 10


def test_after_a_jump_the_clock_starts_again():
    kept = idle_stop.decide(CONFIG, state(checked=NOW + 7200), NOW, UPTIME, None).state
    assert (kept.since, kept.active) == (NOW, NOW)


def test_errors_count_and_keep_the_rest():
    last = state(errors=3)
    assert idle_stop.after_error(last, NOW, UPTIME) == state(errors=4)
    assert idle_stop.after_error(None, NOW, UPTIME).errors == 1


@pytest.mark.parametrize(
    "timestamp",
    [
        "2023-11-14T22:13:20Z",
        "2023-11-14T22:13:20.123456Z",
        "2023-11-14T22:13:20.1Z",
        "2023-11-14T22:13:20.123456789+00:00",
        "2023-11-14T22:13:20",
        "2023-11-14T22:13:20.5",
        "2023-11-14T23:43:20+01:30",
    ],
)
def test_times_with_and_without_fractions(timestamp, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert idle_stop.seconds_of(timestamp) == NOW


@pytest.mark.parametrize("timestamp", ["", "yesterday", "2023-11-14"])
def test_no_time_is_no_answer(timestamp):
    with pytest.raises(ValueError, match="does not match"):
        idle_stop.seconds_of(timestamp)


@pytest.mark.parametrize(
    ("kernel_state", "expected"),
    [("busy", NOW), ("starting", NOW), ("restarting", NOW), ("idle", NOW - 3600), ("dead", NOW - 3600)],
)
def test_a_kernel_at_work_is_active_now(kernel_state, expected):
    kernel = {"execution_state": kernel_state, "last_activity": "2023-11-14T21:13:20.5Z"}
    assert idle_stop.activity([kernel], [], NOW) == expected


def test_the_latest_of_all_counts():
    old, late = ({"execution_state": "idle", "last_activity": f"2023-11-14T{hour}:13:20Z"} for hour in (10, 21))
    assert idle_stop.activity([old, late], [], NOW) == NOW - 3600
    assert idle_stop.activity([old], [late], NOW) == NOW - 3600
    assert idle_stop.activity([], [], NOW) is None


def test_a_server_that_does_not_answer_is_given_up(monkeypatch):
    assert idle_stop.REQUEST_SECONDS == 10
    monkeypatch.setattr(idle_stop, "REQUEST_SECONDS", 0.2)
    begin = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError, match="timed out"):
        idle_stop.ask(f"http://127.0.0.1:{silent.getsockname()[1]}/api/kernels")
    assert time.monotonic() - begin < 2
