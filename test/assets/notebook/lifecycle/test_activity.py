"""What is looked at: times, processes, files and answers, each alone. What counts stands in test_idle_decision.py."""

import os
import socket
import sys
import time

import pytest
from bundle import ASSETS

sys.path.insert(0, str(ASSETS))
import activity

NOW = 1_700_000_000


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
    assert activity.seconds_of(timestamp) == NOW


@pytest.mark.parametrize("timestamp", ["", "yesterday", "2023-11-14"])
def test_no_time_is_no_answer(timestamp):
    with pytest.raises(ValueError, match="does not match"):
        activity.seconds_of(timestamp)


@pytest.mark.parametrize(
    ("kernel_state", "expected"),
    [
        ("idle", NOW - 3600),
        *((other, NOW) for other in ("busy", "starting", "restarting", "dead", "unknown", "", "Idle", None)),
    ],
)
def test_a_kernel_in_any_state_but_idle_is_active_now(kernel_state, expected):
    kernel = {"execution_state": kernel_state, "last_activity": "2023-11-14T21:13:20.5Z"}
    assert activity.moment_of(kernel, NOW) == expected


def test_a_kernel_without_a_state_is_active_now():
    assert activity.moment_of({"last_activity": "2023-11-14T21:13:20.5Z"}, NOW) == NOW


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
    assert activity.at_work_in_terminal(stat) is expected
    for folder in ("self", "70", "71"):  # 71 has just ended
        (tmp_path / folder).mkdir()
    (tmp_path / "70" / "stat").write_bytes(stat + b"\n")
    (tmp_path / "self" / "stat").write_bytes(b"70 (python) S 60 70 60 34817 70 0\n")
    assert activity.working(tmp_path) is expected


@pytest.mark.parametrize("stat", [b"", b"70", b"70 (python) S 60 70", b"70 (python) S 60 70 x 34817 70"])
def test_a_process_that_makes_no_sense_is_no_answer(stat):
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        activity.at_work_in_terminal(stat)


def test_a_server_that_does_not_answer_is_given_up(monkeypatch):
    assert activity.REQUEST_SECONDS == 10
    monkeypatch.setattr(activity, "REQUEST_SECONDS", 0.2)
    begin = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError, match="timed out"):
        activity.ask(f"http://127.0.0.1:{silent.getsockname()[1]}/api/kernels")
    assert time.monotonic() - begin < 2


def test_a_file_counts_from_when_it_was_last_touched(tmp_path):
    file = tmp_path / "a" / "b" / "keep"
    file.parent.mkdir(parents=True)
    assert activity.touched(tmp_path, "a/b/keep") is None
    file.touch()
    assert activity.touched(tmp_path, "a/b/keep") == file.stat().st_mtime
    os.utime(file, (NOW, NOW))
    assert activity.touched(tmp_path, "a/b/keep") == NOW


def test_a_file_of_the_future_counts_from_when_it_was_dated_so(tmp_path):
    file = tmp_path / "keep"
    file.touch()
    os.utime(file, (4_000_000_000, 4_000_000_000))
    assert activity.touched(tmp_path, "keep") == pytest.approx(time.time(), abs=10)


@pytest.mark.parametrize("planted", ["link to a file", "link to nothing", "folder", "pipe", "link of a folder"])
def test_what_is_no_file_of_its_own_does_not_count(planted, tmp_path):
    home, outside = tmp_path / "home", tmp_path / "outside"
    (home / "inner").mkdir(parents=True)
    outside.mkdir()
    (outside / "keep").touch()
    file = home / "inner" / "keep"
    if planted == "link to a file":
        file.symlink_to(outside / "keep")
    elif planted == "link to nothing":
        file.symlink_to(home / "nothing")
    elif planted == "folder":
        file.mkdir()
    elif planted == "pipe":
        os.mkfifo(file)
    else:
        file.parent.rmdir()
        file.parent.symlink_to(outside)
    assert activity.touched(home, "inner/keep") is None


def test_no_handle_is_left_open(tmp_path):
    (tmp_path / "inner").mkdir()
    before = len(os.listdir("/proc/self/fd"))
    for name in ("inner/keep", "nothing/keep", "keep"):
        activity.touched(tmp_path, name)
    assert len(os.listdir("/proc/self/fd")) == before
