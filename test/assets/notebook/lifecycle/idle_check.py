"""A Jupyter server with a certificate that it made for itself, and the idle check of an instance that it runs on."""

import contextlib
import getpass
import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

import pytest
import websocket
from bundle import ASSETS, PYTHON, until, write_command
from jupyter_client import BlockingKernelClient

UNCHECKED = ssl._create_unverified_context()
HOUR = 3600
LOGIN = getpass.getuser()
CONFIG = {
    "idleSeconds": HOUR,
    "checkSeconds": 300,
    "graceSeconds": 0,
    "maxErrors": 3,
    "warnSeconds": 600,
    "cpuThreshold": 25,
    "processCpuThreshold": 10,
    "gpuThreshold": 5,
    "keepAliveFile": "~/SageMaker/.keep-alive",
    "keepAliveSeconds": 12 * HOUR,
    "countTerminals": True,
    "countOpenTabs": False,
    "dryRun": False,
}


class Jupyter:
    def __init__(self, port, runtime, pid):
        self.pid = pid
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

    def terminal(self):
        """A terminal, and a connection to it."""
        name = self.call("POST", "terminals")["name"]
        url = f"{self.socket_url}/terminals/websocket/{name}"
        return name, websocket.create_connection(url, sslopt={"cert_reqs": ssl.CERT_NONE}, timeout=10)

    def tab(self, kernel):
        """What a browser opens to a kernel."""
        url = f"{self.socket_url}/api/kernels/{kernel}/channels"
        return websocket.create_connection(url, sslopt={"cert_reqs": ssl.CERT_NONE}, timeout=10)

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
    jupyter = Jupyter(port, folder, process.pid)

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
    """The idle check of one instance, on a machine at rest where none of the processes of this one can be seen."""

    def __init__(self, folder):
        self.folder = folder
        self.state = folder / "run" / "idle.json"
        self.calls = folder / "calls"
        self.proc = folder / "proc"
        self.volume = folder / "home" / "SageMaker"
        self.page = self.volume / "IDLE-STOP.md"
        self.keep_alive = self.volume / ".keep-alive"
        self.commands = folder / "commands"
        self.proc.mkdir()
        self.volume.mkdir(parents=True)
        (self.proc / "stat").write_text("cpu  10 0 10 100000 0 0 0 0 0 0\n")
        self.aws(0)
        arn = "arn:aws:sagemaker:eu-central-1:123456789012:notebook-instance/my-notebook"
        (folder / "metadata.json").write_text(json.dumps({"ResourceArn": arn, "ResourceName": "my-notebook"}))

    def aws(self, code):
        write_command(self.folder / "aws", f'echo "$@" >>{self.calls}; echo "said no" >&2; exit {code}')

    def gpu(self, script):
        """Have the command of the driver do this."""
        write_command(self.commands / "nvidia-smi", script)

    def see(self, pid):
        """Have the check see a process of this machine."""
        (self.proc / str(pid)).symlink_to(f"/proc/{pid}")

    def unused_for(self, seconds, **changes):
        """Pretend that checks have run for so long without seeing any activity, the last one a second ago."""
        now, uptime = time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)
        since = now - seconds
        sample = {"uptime": uptime - 1, "busy": 20, "total": 100_020, "processes": {}}
        last = {"since": since, "active": since, "checked": now - 1, "uptime": uptime - 1, "sample": sample}
        self.state.parent.mkdir(exist_ok=True)
        self.state.write_text(json.dumps({**last, **changes}))

    def measured(self):
        """Pretend that the latest check was a second ago and counted what it did, after a long time without use."""
        last = json.loads(self.state.read_text())
        self.unused_for(2 * HOUR, sample={**last["sample"], "uptime": time.clock_gettime(time.CLOCK_BOOTTIME) - 1})

    def run(self, url, *options, **config):
        (self.folder / "manifest.json").write_text(json.dumps({"version": 2, "idle": {**CONFIG, **config}}))
        places = {"config": "manifest.json", "state": "run/idle.json", "metadata": "metadata.json", "aws": "aws"}
        places |= {"proc": "proc", "home": "home", "log": "log"}
        command = [PYTHON, "-I", ASSETS / "idle_stop.py", f"--url={url}", f"--login={LOGIN}", *options]
        command += [f"--{name}={self.folder / place}" for name, place in places.items()]
        environment = {
            "PATH": f"{self.commands}:{os.environ['PATH']}",
            "https_proxy": "http://localhost:1",
            "http_proxy": "http://localhost:1",
        }
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=40, check=False)
        lines = [json.loads(line)["mlInfra"] for line in result.stdout.splitlines()]
        assert (self.folder / "log").read_text().endswith(result.stdout)
        return result.returncode, lines[-1]

    def outcome(self, url, *options, **config):
        """What became of an instance that was idle as far as anybody knew: stopped, or why not."""
        self.unused_for(2 * HOUR)
        line = self.run(url, *options, **config)[1]
        return line.get("stop") or line.get("by") or line["warning"]

    def stops(self):
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def check(tmp_path):
    return Check(tmp_path)


def used_by(pid):
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def spawn():
    started = []

    def start(*command):
        """The number of a process that ends with the test."""
        started.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))
        return started[-1].pid

    yield start
    for process in started:
        process.kill()
        process.wait()
