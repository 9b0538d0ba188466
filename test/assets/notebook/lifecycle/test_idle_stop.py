"""The idle check as a process, against a real Jupyter server, with real processes and files."""

import fcntl
import http.server
import json
import os
import signal
import socket
import threading
import time

import idle_check
import pytest
from bundle import until
from idle_check import HOUR, used_by

server, jupyter, check, spawn = idle_check.server, idle_check.jupyter, idle_check.check, idle_check.spawn  # fixtures

BUSY = "while :; do :; done"
CONTAINER = "0::/system.slice/docker-" + "0123456789abcdef" * 4 + ".scope\n"


def test_an_unused_instance_stops_with_one_call(jupyter, check):
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url) == (0, {"step": "idle-stop", "stop": "accepted"})
    assert check.stops() == [
        "sagemaker stop-notebook-instance --notebook-instance-name my-notebook --region eu-central-1",
    ]
    reason = json.loads((check.folder / "log").read_text().splitlines()[0])["mlInfra"]
    idle = {"reason": "idle", "by": "start", "seconds": 2 * HOUR, "idleSeconds": HOUR}
    assert reason == {"step": "idle-stop", **idle, "cpu": 0.0, "processCpu": 0.0, "stop": "now"}


def test_the_first_check_only_starts_the_clock(jupyter, check):
    _, line = check.run(jupyter.url, idleSeconds=0)
    assert line["reason"] == "first check"
    code, line = check.run(jupyter.url, idleSeconds=0)
    assert (code, line["stop"]) == (0, "accepted")


def test_the_grace_of_a_start(jupyter, check):
    check.unused_for(50)
    assert check.run(jupyter.url, idleSeconds=10, graceSeconds=600)[1]["reason"] == "just started"
    assert check.stops() == []


def test_the_tag_of_a_notebook_goes_before_the_configuration(jupyter, check):
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url, f"--idle-seconds={3 * HOUR}")[1]["idleSeconds"] == 3 * HOUR
    assert check.stops() == []
    assert check.outcome(jupyter.url, "--idle-seconds=300", idleSeconds=9 * HOUR) == "accepted"


def test_a_kernel_at_rest_counts_by_its_last_activity_and_a_busy_one_as_active(jupyter, check):
    kernel, client = jupyter.kernel()
    assert check.outcome(jupyter.url) == "kernel"

    client.execute("import time\nwhile True: time.sleep(0.01)")
    until(lambda: jupyter.state_of(kernel) == "busy")
    until(lambda: jupyter.quiet_for("kernels", kernel) > 1)
    assert check.outcome(jupyter.url, idleSeconds=1) == "kernel"

    jupyter.call("POST", f"kernels/{kernel}/interrupt")
    until(lambda: jupyter.state_of(kernel) == "idle")
    client.stop_channels()
    until(lambda: check.outcome(jupyter.url, idleSeconds=1) == "accepted")


def test_an_open_tab_counts_only_where_it_was_asked_for(jupyter, check):
    kernel, client = jupyter.kernel()
    client.stop_channels()
    tab = jupyter.tab(kernel)
    until(lambda: jupyter.call("GET", f"kernels/{kernel}")["connections"] == 1)
    until(lambda: jupyter.state_of(kernel) == "idle" and jupyter.quiet_for("kernels", kernel) > 1)
    assert check.outcome(jupyter.url, idleSeconds=1) == "accepted"
    assert check.outcome(jupyter.url, idleSeconds=1, countOpenTabs=True) == "open tab"
    tab.close()
    until(lambda: check.outcome(jupyter.url, idleSeconds=1, countOpenTabs=True) == "accepted")


def test_closing_the_last_notebook_does_not_stop_at_once(jupyter, check):
    kernel, client = jupyter.kernel()
    client.stop_channels()
    check.unused_for(2 * HOUR)
    check.run(jupyter.url)
    jupyter.call("DELETE", f"kernels/{kernel}")
    assert jupyter.call("GET", "kernels") == []
    line = check.run(jupyter.url)[1]
    assert (line["reason"], line["by"]) == ("in use", "kernel")
    assert check.stops() == []


def test_a_terminal_counts_by_its_last_output_unless_terminals_do_not(jupyter, check):
    name, terminal = jupyter.terminal()
    until(lambda: jupyter.quiet_for("terminals", name) > 3)
    terminal.send(json.dumps(["stdin", "echo $((6 * 7))\r\n"]))
    until(lambda: "42" in terminal.recv())
    assert check.outcome(jupyter.url, idleSeconds=3) == "terminal"
    assert check.outcome(jupyter.url, countTerminals=False) == "accepted"
    terminal.close()
    until(lambda: check.outcome(jupyter.url, idleSeconds=1) == "accepted")


def test_a_silent_command_in_a_terminal_is_activity(jupyter, check):
    name, terminal = jupyter.terminal()
    terminal.send(json.dumps(["stdin", f"bash -c 'echo $$ $PPID >{check.folder}/pids; exec sleep 300'\r"]))
    pids = check.folder / "pids"
    command, shell = until(lambda: pids.exists() and pids.read_text().split())

    def outcome(**config):
        until(lambda: jupyter.quiet_for("terminals", name) > 1)
        return check.outcome(jupyter.url, idleSeconds=1, processCpuThreshold=10_000, **config)

    check.see(shell)
    until(lambda: outcome() == "accepted")
    check.see(command)
    assert outcome() == "command in a terminal"
    assert outcome(countTerminals=False) == "accepted"
    terminal.send(json.dumps(["stdin", "\x1a"]))
    until(lambda: outcome() == "accepted")
    terminal.send(json.dumps(["stdin", "bg\r"]))
    until(lambda: outcome() == "command in a terminal")
    os.kill(int(command), signal.SIGKILL)
    until(lambda: outcome() == "accepted")
    terminal.close()


@pytest.mark.parametrize("command", [["sh", "-c", BUSY], ["setsid", "sh", "-c", BUSY], ["nohup", "sh", "-c", BUSY]])
def test_a_process_that_computes_without_a_terminal_is_activity(jupyter, check, spawn, command):
    pid = spawn(*command)
    check.see(pid)
    check.run(jupyter.url)
    begin = used_by(pid)
    until(lambda: used_by(pid) - begin > 0.3)
    check.measured()
    assert check.run(jupyter.url)[1]["by"] == "processes"
    assert check.stops() == []
    assert check.outcome(jupyter.url, processCpuThreshold=10_000, cpuThreshold=100) == "accepted"


def test_a_container_that_computes_is_activity_whoever_it_belongs_to(jupyter, check, spawn):
    pid = spawn("setsid", "sh", "-c", BUSY)
    folder = check.proc / str(pid)
    folder.mkdir()
    (folder / "stat").symlink_to(f"/proc/{pid}/stat")
    (folder / "status").write_text("Name:\tsh\nUid:\t77777\t77777\t77777\t77777\n")
    (folder / "cmdline").write_text("sh\0-c\0")
    (folder / "cgroup").write_text("0::/system.slice/agent.service\n")
    until(lambda: check.outcome(jupyter.url) == "accepted")
    (folder / "cgroup").write_text(CONTAINER)
    until(lambda: check.outcome(jupyter.url) == "processes")


def test_a_process_that_only_waits_is_none(jupyter, check, spawn):
    check.see(spawn("setsid", "sleep", "300"))
    check.run(jupyter.url)
    check.measured()
    assert check.run(jupyter.url)[1].get("stop") == "accepted"


def test_what_jupyter_itself_uses_is_none(jupyter, check):
    check.see(jupyter.pid)
    assert used_by(jupyter.pid) > 0.3
    assert check.outcome(jupyter.url) == "accepted"


def test_a_machine_at_work_is_activity_whoever_works(jupyter, check):
    check.unused_for(2 * HOUR)
    (check.proc / "stat").write_text("cpu  60 0 10 100050 0 0 0 0 0 0\n")
    line = check.run(jupyter.url)[1]
    assert (line["by"], line["cpu"]) == ("cpu", 50.0)


def test_a_gpu_at_work_is_activity_and_one_at_rest_or_without_a_driver_is_none(jupyter, check):
    for script, expected in [
        ("echo 3; echo 60", "gpu"),
        ("echo 0; echo 5", "accepted"),
        ("echo '[N/A]'", "accepted"),
        ("echo 60; exit 9", "accepted"),
    ]:
        check.gpu(script)
        assert check.outcome(jupyter.url) == expected
    check.gpu("echo 60")
    assert check.outcome(jupyter.url, gpuThreshold=60) == "accepted"


def test_a_gpu_that_does_not_answer_stops_nothing_and_holds_nothing_up(jupyter, check):
    check.gpu("sleep 300 & wait")
    begin = time.monotonic()
    assert "nvidia-smi has not answered" in check.outcome(jupyter.url)
    assert time.monotonic() - begin < 30
    assert check.stops() == []
    assert check.outcome(jupyter.url, gpuThreshold=100) == "accepted"


@pytest.mark.parametrize(
    ("age", "config", "expected"),
    [
        (0, {}, "keep-alive file"),
        (11 * HOUR, {}, "keep-alive file"),
        (13 * HOUR, {}, "accepted"),
        (HOUR, {"keepAliveSeconds": 600}, "accepted"),
        (0, {"keepAliveSeconds": 0}, "accepted"),
        (0, {"keepAliveFile": "~/SageMaker/other"}, "accepted"),
        (-40 * 365 * 24 * HOUR, {}, "keep-alive file"),
    ],
)
def test_a_file_keeps_it_alive_for_so_long(jupyter, check, age, config, expected):
    check.keep_alive.touch()
    os.utime(check.keep_alive, (time.time() - age,) * 2)
    assert check.outcome(jupyter.url, **config) == expected


def test_a_file_dated_into_the_future_counts_no_longer_than_any_other(jupyter, check):
    check.keep_alive.touch()
    os.utime(check.keep_alive, (4_000_000_000,) * 2)
    until(lambda: check.outcome(jupyter.url, keepAliveSeconds=2) == "accepted")


def test_a_link_to_a_file_that_is_always_fresh_does_not_count(jupyter, check):
    check.keep_alive.symlink_to("/proc/self/status")
    assert check.outcome(jupyter.url) == "accepted"


def test_a_dry_run_says_what_it_would_do_and_does_nothing(jupyter, check):
    check.unused_for(2 * HOUR)
    for _ in range(2):
        code, line = check.run(jupyter.url, dryRun=True)
        assert (code, line["reason"], line["stop"]) == (0, "idle", "not in a dry run")
    check.unused_for(HOUR - 60)
    assert "stopIn" not in check.run(jupyter.url, dryRun=True)[1]
    assert (check.stops(), check.page.exists()) == ([], False)


def test_a_page_announces_the_stop_and_goes_when_the_notebook_is_used(jupyter, check):
    check.unused_for(HOUR - 601)
    assert "stopIn" not in check.run(jupyter.url)[1]
    assert not check.page.exists()
    check.unused_for(HOUR - 300)
    line = check.run(jupyter.url)[1]
    assert (line["reason"], line["stopIn"]) == ("in use", pytest.approx(300, abs=5))
    assert check.page.read_text().startswith("# This notebook stops at about ")
    check.run(jupyter.url)
    assert check.page.exists()
    check.keep_alive.touch()
    check.run(jupyter.url)
    assert not check.page.exists()


def test_the_page_that_the_last_stop_left_goes_with_the_first_check(jupyter, check):
    check.page.write_text("of the last stop\n")
    check.run(jupyter.url)
    assert not check.page.exists()


def test_a_page_that_cannot_be_written_changes_nothing(jupyter, check):
    check.volume.rmdir()
    check.unused_for(HOUR - 300)
    assert check.run(jupyter.url)[1]["reason"] == "in use"
    assert '"warning": "page: ' in (check.folder / "log").read_text()
    assert check.outcome(jupyter.url) == "accepted"


def test_without_a_list_of_processes_nothing_stops(jupyter, check):
    check.unused_for(2 * HOUR)
    (check.proc / "stat").unlink()
    check.proc.rmdir()
    code, line = check.run(jupyter.url)
    assert (code, line["errors"]) == (0, 1)
    assert check.stops() == []


def test_an_account_that_does_not_exist_stops_nothing(jupyter, check):
    assert "KeyError" in check.outcome(jupyter.url, "--login=nobody-of-that-name")
    assert check.stops() == []


def test_a_setup_that_still_runs_is_activity(jupyter, check):
    check.unused_for(2 * HOUR)
    with (check.state.parent / "setup-background.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert check.run(jupyter.url)[1]["by"] == "setup"
    assert check.outcome(jupyter.url) == "accepted"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"{}",
        b"[1, 2]",
        b"\xff\xfe",
        b'{"since": 1, "active": 1, "checked": 1}',
        b'{"since": "1", "active": "1", "checked": "1", "uptime": "1"}',
        b'{"since": NaN, "active": NaN, "checked": NaN, "uptime": NaN}',
        b'{"since": 1, "active": 0, "checked": 1, "uptime": 1}',
    ],
)
def test_a_state_that_makes_no_sense_starts_the_clock_again(jupyter, check, content):
    check.state.parent.mkdir()
    check.state.write_bytes(content)
    assert check.run(jupyter.url, idleSeconds=0)[1]["reason"] == "first check"
    assert check.stops() == []
    assert json.loads(check.state.read_text())["since"] == pytest.approx(time.time(), abs=10)


def test_a_clock_that_was_set_starts_the_clock_again(jupyter, check):
    check.unused_for(2 * HOUR, checked=time.time() - HOUR)
    assert check.run(jupyter.url)[1]["reason"] == "the clock has jumped"
    assert check.stops() == []


def test_a_stop_that_is_refused_is_tried_again(jupyter, check):
    check.unused_for(2 * HOUR)
    check.aws(255)
    assert check.run(jupyter.url) == (1, {"step": "idle-stop", "error": "not stopped: said no\n"})
    assert check.run(jupyter.url)[0] == 1
    check.aws(0)
    assert check.run(jupyter.url)[0] == 0
    assert len(check.stops()) == 3


def test_a_stop_without_metadata_is_an_error(jupyter, check):
    check.unused_for(2 * HOUR)
    (check.folder / "metadata.json").write_text("{}")
    code, line = check.run(jupyter.url)
    assert code == 1
    assert line["error"].startswith("not stopped")


def test_a_server_that_is_down_never_stops_the_instance(jupyter, check):
    check.unused_for(2 * HOUR)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"https://localhost:{free.getsockname()[1]}"
    results = [check.run(nowhere) for _ in range(4)]
    assert [code for code, _ in results] == [0, 0, 1, 1]
    assert ["error" in line for _, line in results] == [False, False, True, True]
    assert [line["errors"] for _, line in results] == [1, 2, 3, 4]
    assert check.run(jupyter.url)[1]["by"] == "failed check"
    assert json.loads(check.state.read_text())["errors"] == 0
    assert check.stops() == []
    assert check.outcome(jupyter.url) == "accepted"


def test_a_server_that_hangs_never_stops_the_instance(check):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "timed out" in check.outcome(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert check.stops() == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b"{}"),
        (200, b"null"),
        (200, b'["?"]'),
        (200, b'[{"execution_state": "idle"}]'),
        (403, b"{}"),
        (404, b"{}"),
        (500, b""),
    ],
)
def test_an_answer_that_makes_no_sense_never_stops_the_instance(check, status, body):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    check.unused_for(2 * HOUR)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        code, line = check.run(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert (code, line["errors"]) == (0, 1)
    assert "warning" in line
    assert check.stops() == []


def test_without_a_place_for_its_state_it_says_so(jupyter, check):
    (check.folder / "run").write_text("a file where the folder should be")
    code, line = check.run(jupyter.url, idleSeconds=0)
    assert code == 1
    assert line["error"].startswith("not checked")
    assert check.stops() == []
