"""What was used: from files as the system writes them, real processes, and a command that speaks like the driver's."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bundle import ASSETS, until, write_command

sys.path.insert(0, str(ASSETS))
import usage
from usage import Sample

TICK = usage.TICKS_PER_SECOND
DOCKER = "0::/system.slice/docker-" + "0123456789abcdef" * 4 + ".scope\n"


def test_the_machine_counts_what_it_did_and_not_what_others_took(tmp_path):
    (tmp_path / "stat").write_text("cpu  1 2 4 8 16 32 64 128 256 512\ncpu0 9 9 9 9 9 9 9 9 9 9\nintr 1\n")
    assert usage.machine_ticks(tmp_path) == (1 + 2 + 4 + 32 + 64, 1 + 2 + 4 + 8 + 16 + 32 + 64)


def test_percent_of_all_cores():
    assert usage.machine_percent(Sample(0, 100, 1000, {}), Sample(9, 150, 1200, {})) == 25
    assert usage.machine_percent(Sample(0, 100, 1000, {}), Sample(9, 100, 1000, {})) == 0


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        ({"7:1": 100}, {"7:1": 100}, 0),
        ({"7:1": 100}, {"7:1": 100 + TICK}, 10),
        ({"7:1": 100}, {"7:1": 100 + 20 * TICK}, 200),
        ({"7:1": 100}, {"7:2": 5 * TICK}, 50),  # another process of that number
        ({"7:1": 100}, {}, 0),
        ({}, {"7:1": TICK, "8:1": TICK}, 20),
        ({"7:1": 100}, {"7:1": 90}, 0),
    ],
)
def test_percent_of_a_core(before, after, percent):
    assert usage.process_percent(Sample(0, 0, 0, before), Sample(10, 0, 0, after)) == percent


def test_without_time_between_nothing_was_used():
    assert usage.process_percent(Sample(5, 0, 0, {}), Sample(5, 0, 0, {"7:1": 100})) == 0


@pytest.mark.parametrize("name", [b"python", b"a (b) c", b") S 1 1 1 1", b"a\nb \xff"])
def test_a_process_has_used_its_own_time_and_that_of_children_that_ended(name):
    fields = b" ".join(str(number).encode() for number in range(4, 53))
    assert usage.ticks_of(b"70 (" + name + b") S " + fields) == ("70:22", 14 + 15 + 16 + 17)


@pytest.mark.parametrize(
    ("owner", "group", "command", "counts"),
    [
        (1000, "0::/system.slice/jupyter-server.service\n", "python\0train.py\0", True),
        (1000, "0::/user.slice\n", "python\0-m\0ipykernel_launcher\0", True),
        (1000, "0::/user.slice\n", "", True),
        (0, DOCKER, "python\0train.py\0", True),
        (0, "0::/docker/" + "ab" * 32 + "\n", "python\0", True),
        (0, "11:cpu:/docker/" + "ab" * 32 + "/inner\n10:x:/\n", "python\0", True),
        (0, "0::/system.slice/docker.service\n", "dockerd\0", False),
        (0, "0::/system.slice/amazon-cloudwatch-agent.service\n", "agent\0", False),
        (10_000, "0::/\n", "python\0", False),
        (1000, "0::/\n", "/opt/env/bin/python3\0/opt/env/bin/jupyter-lab\0--config=x\0", False),
        (1000, "0::/\n", "python\0-I\0-m\0jupyter_server\0", False),
        (1000, "0::/\n", "/opt/env/bin/jupyter-notebook\0", False),
        (1000, "0::/\n", "python\0/opt/env/bin/jupyter-nbconvert\0--execute\0", True),
        (1000, "0::/\n", "python\0train.py\0--name\0a\0jupyter-lab\0", True),
    ],
)
def test_whose_processes_count(owner, group, command, counts, tmp_path):
    folder = tmp_path / "70"
    folder.mkdir()
    (folder / "stat").write_text("70 (python) S " + " ".join(["7"] * 49))
    (folder / "status").write_text(f"Name:\tpython\nUid:\t{owner}\t0\t0\t0\nGid:\t1\n")
    (folder / "cgroup").write_text(group)
    (folder / "cmdline").write_text(command)
    (tmp_path / "71").mkdir()  # has just ended
    (tmp_path / "self").mkdir()
    assert usage.process_ticks(tmp_path, 1000) == ({"70:7": 28} if counts else {})


def test_a_real_process_that_computes_and_one_that_waits(tmp_path):
    at_work = subprocess.Popen(["sh", "-c", "while :; do :; done"])
    waiting = subprocess.Popen(["sleep", "300"])
    try:
        for process in (at_work, waiting):
            (tmp_path / str(process.pid)).symlink_to(f"/proc/{process.pid}")
        first = usage.process_ticks(tmp_path, os.getuid())
        names = {name.split(":")[0]: name for name in first}

        def used(process):
            name = names[str(process.pid)]
            return usage.process_ticks(tmp_path, os.getuid())[name] - first[name]

        until(lambda: used(at_work) > TICK / 5)
        assert used(waiting) == 0
    finally:
        at_work.kill()
        waiting.kill()
        at_work.wait()
        waiting.wait()


@pytest.fixture
def gpu(tmp_path):
    def answers(script):
        write_command(tmp_path / "nvidia-smi", script)
        return str(tmp_path / "nvidia-smi")

    return answers


@pytest.mark.parametrize(
    ("printed", "percent"),
    [
        ("0\n", 0),
        ("37\n", 37),
        ("3\n98\n0\n", 98),
        (" 12 \r\n", 12),
        ("[N/A]\n4\n", 4),
        ("[N/A]\n", None),
        ("[Not Supported]\nERR!\n", None),
        ("", None),
        ("12 %\n-1\n1e9\nnan\n99999\n", None),
    ],
)
def test_the_busiest_gpu(gpu, printed, percent):
    command = gpu(f'[ "$*" = "{" ".join(usage.GPU_QUERY)}" ] && printf {printed!r}')
    assert usage.gpu_percent(command) == percent


@pytest.mark.parametrize("script", ["echo 99; exit 9", "exit 6", "kill -9 $$"])
def test_where_the_driver_does_not_answer_there_is_no_gpu(gpu, script):
    assert usage.gpu_percent(gpu(script)) is None


def test_without_the_command_there_is_no_gpu(tmp_path):
    assert usage.gpu_percent(str(tmp_path / "nvidia-smi")) is None
    (tmp_path / "nvidia-smi").write_bytes(b"\0no program")
    (tmp_path / "nvidia-smi").chmod(0o755)
    assert usage.gpu_percent(str(tmp_path / "nvidia-smi")) is None


def test_a_command_that_hangs_is_given_up_with_its_children(gpu, tmp_path):
    command = gpu(f"trap '' TERM; sleep 300 & echo $! >{tmp_path}/pid; wait; sleep 300")
    begin = time.monotonic()
    with pytest.raises(TimeoutError, match="has not answered within"):
        usage.gpu_percent(command, 0.5)
    assert time.monotonic() - begin < 5
    child = int((tmp_path / "pid").read_text())
    until(lambda: is_dead(child))


def is_dead(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "x",
        {},
        {"uptime": 1, "busy": 1, "total": 1},
        {"uptime": "1", "busy": 1, "total": 1, "processes": {}},
        {"uptime": 1, "busy": 1, "total": 1, "processes": []},
        {"uptime": 1, "busy": 1, "total": 1, "processes": {"7:1": "x"}},
        {"uptime": 1, "busy": 1, "total": 1, "processes": {}, "more": 1},
    ],
)
def test_a_sample_that_makes_no_sense_is_none(data):
    assert Sample.of(data) is None
