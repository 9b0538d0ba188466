#!/usr/bin/env python3
"""Stop this notebook instance once nobody has used it for a while.

A timer runs one check at a time. Whatever cannot be known, the answer is "in use": a check never stops an instance on
an error, on a state it cannot read, or after the clock has jumped.
Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import fcntl
import json
import math
import re
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

REQUEST_SECONDS = 10
STOP_SECONDS = 60
CLOCK_JUMP = 60
PSEUDO_TERMINALS = range(136, 144)  # the major numbers of their devices
NOT_AT_WORK = {b"T", b"t", b"Z", b"X"}  # stopped or dead


@dataclasses.dataclass(frozen=True)
class State:
    """What checks remember of each other until the instance stops. Times are seconds since the epoch."""

    since: float  # the first check
    active: float  # the latest activity ever seen
    checked: float  # the latest check, by the clock
    uptime: float  # the latest check, by a clock that nobody sets
    errors: int = 0  # failed checks in a row


@dataclasses.dataclass(frozen=True)
class Decision:
    stop: bool
    reason: str
    idle_seconds: float
    state: State


def fresh(now, uptime):
    return State(since=now, active=now, checked=now, uptime=uptime)


def decide(config, state, now, uptime, seen):
    """Say whether to stop, given the state of the last check, if any, and the latest activity seen now, if any."""
    if state is None:
        return Decision(False, "first check", 0, fresh(now, uptime))
    jump = (now - state.checked) - (uptime - state.uptime)
    if uptime < state.uptime or abs(jump) > CLOCK_JUMP:
        return Decision(False, "the clock has jumped", 0, fresh(now, uptime))
    unseen = state.errors > 0  # whatever happened while checks failed
    active = now if unseen else min(now, max(state.active, seen or 0))
    idle = now - active
    kept = State(since=state.since, active=active, checked=now, uptime=uptime)
    if now - state.since < config["graceSeconds"]:
        return Decision(False, "just started", idle, kept)
    if idle >= config["idleSeconds"]:
        return Decision(True, "idle", idle, kept)
    return Decision(False, "in use", idle, kept)


def after_error(state, now, uptime):
    """The state that a failed check leaves: one more error, and no knowledge of any activity."""
    state = state or fresh(now, uptime)
    return dataclasses.replace(state, errors=state.errors + 1)


def seconds_of(timestamp):
    """Seconds since the epoch, of an ISO time with or without fractions; one without a zone is UTC."""
    whole = re.sub(r"\.\d+", "", timestamp)
    zoned = whole if re.search(r"(Z|[+-]\d\d:?\d\d)$", whole) else whole + "Z"
    return datetime.strptime(zoned, "%Y-%m-%dT%H:%M:%S%z").timestamp()


def activity(kernels, terminals, now):
    """The latest activity of a list of kernels and of terminals, or None where there are neither."""
    moments = [seconds_of(k["last_activity"]) if k.get("execution_state") == "idle" else now for k in kernels]
    moments += [seconds_of(t["last_activity"]) for t in terminals]
    return max(moments, default=None)


def ask(url):
    """What Jupyter on this machine answers: past any proxy, and whatever certificate it made for itself."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(url, timeout=REQUEST_SECONDS) as response:
        return json.load(response)


def terminals_of(url):
    try:
        return ask(f"{url}/api/terminals")
    except urllib.error.HTTPError as error:
        if error.code == 404:  # a server without terminals
            return []
        raise


def setting_up(folder):
    """Whether a run of the steps holds its lock."""
    for path in folder.glob("setup-*.lock"):
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    return False


def at_work_in_terminal(stat):
    """Whether a process, by its line in /proc, runs in a pseudo-terminal and is not the shell that leads there."""
    pid = stat.split(b" ", 1)[0]
    state, _, _, session, device = stat.rpartition(b")")[2].split()[:5]  # the name before may hold anything
    major = int(device) >> 8 & 0xFFF
    return major in PSEUDO_TERMINALS and int(session) != int(pid) and state not in NOT_AT_WORK


def working(proc):
    """Whether any command runs in a terminal. Jupyter sees only what is typed and printed there."""
    for folder in proc.iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended
                if at_work_in_terminal((folder / "stat").read_bytes()):
                    return True
    return False


def look(options, now):
    if setting_up(options.state.parent) or working(options.proc):
        return now
    return activity(ask(f"{options.url}/api/kernels"), terminals_of(options.url), now)


def load(path):
    """The state of the last check, or None where there is none that makes sense."""
    try:
        state = State(**json.loads(path.read_text()))
        finite = all(map(math.isfinite, dataclasses.astuple(state)))
        in_order = 0 < state.since <= state.active <= state.checked
        return state if finite and in_order else None
    except (OSError, ValueError, TypeError):
        return None


def save(path, state):
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(dataclasses.asdict(state)))
    new.replace(path)


def stop(options):
    """Ask SageMaker to stop this instance. Raises where it does not accept."""
    metadata = json.loads(options.metadata.read_text())
    region = metadata["ResourceArn"].split(":")[3]
    name = metadata["ResourceName"]
    command = [options.aws, "sagemaker", "stop-notebook-instance", "--notebook-instance-name", name, "--region", region]
    subprocess.run(command, check=True, timeout=STOP_SECONDS, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def check(config, options):
    """Check once; return the facts to log and the exit code."""
    now, uptime = time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)
    state = load(options.state)
    try:
        seen = look(options, now)
    except Exception as error:
        state = after_error(state, now, uptime)
        save(options.state, state)
        gave_up = state.errors >= config["maxErrors"]
        level = "error" if gave_up else "warning"
        return {level: f"not checked: {type(error).__name__}: {error}", "errors": state.errors}, int(gave_up)
    decision = decide(config, state, now, uptime, seen)
    save(options.state, decision.state)
    facts = {"reason": decision.reason, "seconds": round(decision.idle_seconds), "idleSeconds": config["idleSeconds"]}
    if not decision.stop:
        return facts, 0
    report(options.log, {**facts, "stop": "now"})
    try:
        stop(options)
    except (OSError, LookupError, ValueError, subprocess.SubprocessError) as error:
        return {"error": f"not stopped: {getattr(error, 'stderr', None) or error}"}, 1
    return {"stop": "accepted"}, 0


def report(log_path, facts):
    text = json.dumps({"mlInfra": {"step": "idle-stop", **facts}})
    print(text, flush=True)
    with contextlib.suppress(OSError), log_path.open("a") as log:
        log.write(text + "\n")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=Path, default=Path(__file__).resolve().parent / "manifest.json")
    parser.add_argument("--state", type=Path, default=Path("/run/ml-infra/idle.json"))
    parser.add_argument("--metadata", type=Path, default=Path("/opt/ml/metadata/resource-metadata.json"))
    parser.add_argument("--log", type=Path, default=Path("/var/log/ml-infra.log"))
    parser.add_argument("--url", default="https://localhost:8443", help="where Jupyter answers")
    parser.add_argument("--proc", type=Path, default=Path("/proc"), help="where the system lists its processes")
    parser.add_argument("--aws", default="aws", help="the AWS command")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    try:
        facts, code = check(json.loads(options.config.read_text())["idle"], options)
    except Exception as error:  # without a state that is kept, nothing is ever idle
        facts, code = {"error": f"not checked: {type(error).__name__}: {error}"}, 1
    report(options.log, facts)
    return code


if __name__ == "__main__":
    sys.exit(main())
