"""The idle check as a process, against a real Jupyter server with a certificate that it made for itself."""

import contextlib
import fcntl
import http.server
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime

import pytest
import websocket
from bundle import ASSETS, PYTHON, until, write_command
from jupyter_client import BlockingKernelClient

UNCHECKED = ssl._create_unverified_context()
HOUR = 3600


class Jupyter:
    def __init__(self, port, runtime):
        self.url = f"https://localhost:{port}"
        self.socket_url = f"wss://localhost:{port}"
        self.runtime = runtime

    def call(self, method, path):
        request = urllib.request.Request(
            f"{self.url}/api/{path}", method=method, data=b"{}" if method == "POST" else None
        )
        with urllib.request.urlopen(request, timeout=10, context=UNCHECKED) as response:
            return json.loads(response.read() or "null")

    def kernel(self):
        """A kernel at rest, which no session knows."""
        name = self.call("POST", "kernels")["id"]
        client = BlockingKernelClient(connection_file=str(self.runtime / f"kernel-{name}.json"))
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        # the server learns the state of a kernel from its next message, and may have missed the first
        until(lambda: client.kernel_info(reply=True, timeout=10) and self.state_of(name) == "idle")
        return name, client

    def state_of(self, kernel):
        return self.call("GET", f"kernels/{kernel}")["execution_state"]

    def quiet_for(self, kind, name):
        last = self.call("GET", f"{kind}/{name}")["last_activity"].replace("Z", "+00:00")
        return time.time() - datetime.fromisoformat(last).timestamp()

    def clear(self):
        for kind, key in (("kernels", "id"), ("terminals", "name")):
            for entry in self.call("GET", kind):
                self.call("DELETE", f"{kind}/{entry[key]}")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    certify = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=notebook"]
    subprocess.run([*certify, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    options = [f"--ServerApp.port={port}", f"--ServerApp.certfile={certificate}", f"--ServerApp.keyfile={key}"]
    options += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--ServerApp.open_browser=False"]
    options += ["--ServerApp.allow_root=True", f"--ServerApp.root_dir={folder}"]
    places = {f"JUPYTER_{kind}_DIR": str(folder) for kind in ("CONFIG", "DATA", "RUNTIME")}
    log = (folder / "log").open("w")
    command = [sys.executable, "-m", "jupyter_server", *options]
    process = subprocess.Popen(command, env={**os.environ, **places}, stdout=log, stderr=log)
    jupyter = Jupyter(port, folder)

    def answers():
        with contextlib.suppress(urllib.error.URLError):
            return jupyter.call("GET", "status")

    until(answers, 30)
    yield jupyter
    process.terminate()
    process.wait(20)


@pytest.fixture
def jupyter(server):
    yield server
    server.clear()


class Check:
    """The idle check of one instance."""

    def __init__(self, folder):
        self.folder = folder
        self.state = folder / "run" / "idle.json"
        self.calls = folder / "calls"
        self.proc = folder / "proc"
        self.proc.mkdir()
        self.aws(0)
        arn = "arn:aws:sagemaker:eu-central-1:123456789012:notebook-instance/my-notebook"
        (folder / "metadata.json").write_text(json.dumps({"ResourceArn": arn, "ResourceName": "my-notebook"}))

    def aws(self, code):
        write_command(self.folder / "aws", f'echo "$@" >>{self.calls}; echo "said no" >&2; exit {code}')

    def unused_for(self, seconds, errors=0):
        """Pretend that checks have run for so long without seeing any activity."""
        now, uptime = time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)
        since = now - seconds
        last = {"since": since, "active": since, "checked": now - 1, "uptime": uptime - 1, "errors": errors}
        self.state.parent.mkdir(exist_ok=True)
        self.state.write_text(json.dumps(last))

    def run(self, url, **config):
        idle = {"idleSeconds": HOUR, "checkSeconds": 300, "graceSeconds": 0, "maxErrors": 3, **config}
        (self.folder / "manifest.json").write_text(json.dumps({"version": 1, "steps": [], "idle": idle}))
        places = {"config": "manifest.json", "state": "run/idle.json", "metadata": "metadata.json", "aws": "aws"}
        places["proc"] = "proc"  # the terminals of whoever runs the tests are none of this instance
        options = [f"--{name}={self.folder / place}" for name, place in places.items()]
        command = [PYTHON, "-I", ASSETS / "idle_stop.py", *options, f"--log={self.folder}/log", f"--url={url}"]
        environment = {
            "PATH": os.environ["PATH"],
            "https_proxy": "http://localhost:1",
            "http_proxy": "http://localhost:1",
        }
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
        lines = [json.loads(line)["mlInfra"] for line in result.stdout.splitlines()]
        assert (self.folder / "log").read_text().endswith(result.stdout)
        return result.returncode, lines[-1]

    def stops(self):
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def check(tmp_path):
    return Check(tmp_path)


def test_an_unused_instance_stops_with_one_call(jupyter, check):
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url) == (0, {"step": "idle-stop", "stop": "accepted"})
    assert check.stops() == [
        "sagemaker stop-notebook-instance --notebook-instance-name my-notebook --region eu-central-1",
    ]
    reason = json.loads((check.folder / "log").read_text().splitlines()[0])["mlInfra"]
    assert reason == {"step": "idle-stop", "reason": "idle", "seconds": 2 * HOUR, "idleSeconds": HOUR, "stop": "now"}


def test_the_first_check_only_starts_the_clock(jupyter, check):
    _, line = check.run(jupyter.url, idleSeconds=0)
    assert line["reason"] == "first check"
    code, line = check.run(jupyter.url, idleSeconds=0)
    assert (code, line["stop"]) == (0, "accepted")


def test_the_grace_of_a_start(jupyter, check):
    check.unused_for(50)
    assert check.run(jupyter.url, idleSeconds=10, graceSeconds=600)[1]["reason"] == "just started"
    assert check.stops() == []


def test_a_kernel_at_rest_counts_by_its_last_activity_and_a_busy_one_as_active(jupyter, check):
    kernel, client = jupyter.kernel()
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url)[1]["reason"] == "in use"

    client.execute("import time\nwhile True: time.sleep(0.01)")
    until(lambda: jupyter.state_of(kernel) == "busy")
    until(lambda: jupyter.quiet_for("kernels", kernel) > 1)
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url, idleSeconds=1)[1]["reason"] == "in use"

    jupyter.call("POST", f"kernels/{kernel}/interrupt")
    until(lambda: jupyter.state_of(kernel) == "idle")
    client.stop_channels()
    check.unused_for(2 * HOUR)
    until(lambda: check.run(jupyter.url, idleSeconds=1)[1].get("stop") == "accepted")


def test_closing_the_last_notebook_does_not_stop_at_once(jupyter, check):
    kernel, client = jupyter.kernel()
    client.stop_channels()
    check.unused_for(2 * HOUR)
    check.run(jupyter.url)
    jupyter.call("DELETE", f"kernels/{kernel}")
    assert jupyter.call("GET", "kernels") == []
    assert check.run(jupyter.url)[1]["reason"] == "in use"
    assert check.stops() == []


def test_a_terminal_counts_by_its_last_output(jupyter, check):
    name = jupyter.call("POST", "terminals")["name"]
    terminal = websocket.create_connection(
        f"{jupyter.socket_url}/terminals/websocket/{name}", sslopt={"cert_reqs": ssl.CERT_NONE}, timeout=10
    )
    until(lambda: jupyter.quiet_for("terminals", name) > 3)
    terminal.send(json.dumps(["stdin", "echo $((6 * 7))\r\n"]))
    until(lambda: "42" in terminal.recv())
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url, idleSeconds=3)[1]["reason"] == "in use"

    terminal.close()
    check.unused_for(2 * HOUR)
    until(lambda: check.run(jupyter.url, idleSeconds=1)[1].get("stop") == "accepted")


def test_a_silent_command_in_a_terminal_is_activity(jupyter, check):
    name = jupyter.call("POST", "terminals")["name"]
    terminal = websocket.create_connection(
        f"{jupyter.socket_url}/terminals/websocket/{name}", sslopt={"cert_reqs": ssl.CERT_NONE}, timeout=10
    )
    terminal.send(json.dumps(["stdin", f"bash -c 'echo $$ $PPID >{check.folder}/pids; exec sleep 300'\r"]))
    pids = check.folder / "pids"
    command, shell = until(lambda: pids.exists() and pids.read_text().split())

    def outcome():
        until(lambda: jupyter.quiet_for("terminals", name) > 1)
        check.unused_for(2 * HOUR)
        line = check.run(jupyter.url, idleSeconds=1)[1]
        return line.get("stop") or line["reason"]

    def link(pid):
        (check.proc / pid).symlink_to(f"/proc/{pid}")

    link(shell)
    until(lambda: outcome() == "accepted")
    link(command)
    assert outcome() == "in use"
    terminal.send(json.dumps(["stdin", "\x1a"]))
    until(lambda: outcome() == "accepted")
    terminal.send(json.dumps(["stdin", "bg\r"]))
    until(lambda: outcome() == "in use")
    os.kill(int(command), signal.SIGKILL)
    until(lambda: outcome() == "accepted")
    terminal.close()


def test_without_a_list_of_processes_nothing_stops(jupyter, check):
    check.unused_for(2 * HOUR)
    check.proc.rmdir()
    code, line = check.run(jupyter.url)
    assert (code, line["errors"]) == (0, 1)
    assert check.stops() == []


def test_a_setup_that_still_runs_is_activity(jupyter, check):
    check.unused_for(2 * HOUR)
    with (check.state.parent / "setup-background.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert check.run(jupyter.url)[1]["reason"] == "in use"
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url)[1]["stop"] == "accepted"


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
    assert check.stops() == []
    assert check.run(jupyter.url)[1]["reason"] == "in use"
    assert json.loads(check.state.read_text())["errors"] == 0
    assert check.stops() == []
    check.unused_for(2 * HOUR)
    assert check.run(jupyter.url)[1]["stop"] == "accepted"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
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
