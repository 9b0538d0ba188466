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
        (state(errors=1), None, False, "in use"),
        (state(errors=20), LONG_AGO, False, "in use"),
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
    [
        ("idle", NOW - 3600),
        *((other, NOW) for other in ("busy", "starting", "restarting", "dead", "unknown", "", "Idle", None)),
    ],
)
def test_a_kernel_in_any_state_but_idle_is_active_now(kernel_state, expected):
    kernel = {"execution_state": kernel_state, "last_activity": "2023-11-14T21:13:20.5Z"}
    assert idle_stop.activity([kernel], [], NOW) == expected


def test_a_kernel_without_a_state_is_active_now():
    assert idle_stop.activity([{"last_activity": "2023-11-14T21:13:20.5Z"}], [], NOW) == NOW


@pytest.mark.parametrize(
    ("stat", "expected"),
    [
        (b"70 (python) S 60 70 60 34817 70 4194304", True),
        (b"70 (python) R 60 70 60 34817 70 4194304", True),
        (b"70 (python) D 60 70 60 34817 70 4194304", True),
        (b"70 (a (b) c) S 60 70 60 34817 70 4194304", True),
        (b"70 () Z 1 1 70 0 ) S 60 70 60 34817 70 4194304", True),
        (b"70 (a\nb \xff) S 60 70 60 34817 70 4194304", True),
        (b"70 (python) S 60 70 60 36863 70 0", True),  # 143, 255
        (b"70 (python) S 60 70 60 1083400 70 0", True),  # 136, 264
        (b"60 (bash) S 50 60 60 34817 60 4194304", False),  # leads the session
        (b"60 (ba) S 1 60 1 34817) S 50 60 60 34817 60 0", False),
        (b"70 (python) Z 60 70 60 34817 70 4194304", False),
        (b"70 (python) T 60 70 60 34817 60 4194304", False),
        (b"70 (python) t 60 70 60 34817 60 4194304", False),
        (b"70 (python) X 60 70 60 34817 60 4194304", False),
        (b"70 (kernel) S 60 70 60 0 -1 4194304", False),  # no terminal
        (b"70 (agetty) S 60 70 60 1025 70 0", False),  # 4, 1: a console
        (b"70 (python) S 60 70 60 34815 70 0", False),  # 135, 255
        (b"70 (python) S 60 70 60 36864 70 0", False),  # 144, 0
    ],
)
def test_what_works_in_a_terminal(stat, expected, tmp_path):
    assert idle_stop.at_work_in_terminal(stat) is expected
    for folder in ("self", "70", "71"):  # 71 has just ended
        (tmp_path / folder).mkdir()
    (tmp_path / "70" / "stat").write_bytes(stat + b"\n")
    (tmp_path / "self" / "stat").write_bytes(b"70 (python) S 60 70 60 34817 70 0\n")
    assert idle_stop.working(tmp_path) is expected


@pytest.mark.parametrize("stat", [b"", b"70", b"70 (python) S 60 70", b"70 (python) S 60 70 x 34817 70"])
def test_a_process_that_makes_no_sense_is_no_answer(stat):
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        idle_stop.at_work_in_terminal(stat)


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
