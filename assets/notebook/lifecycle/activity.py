"""What counts as somebody using this instance: what is looked at, and what each finding means.

Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import math
import os
import pwd
import re
import ssl
import stat
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import PurePosixPath

from usage import Sample, gpu_percent, machine_percent, process_percent, processes, sample

REQUEST_SECONDS = 10
ANSWER_BYTES = 10_000_000
CLOCK_SKEW = 60
NEVER = 100  # a percentage that is never exceeded
PSEUDO_TERMINALS = range(136, 144)  # the major numbers of their devices
NOT_AT_WORK = {b"T", b"t", b"Z", b"X"}  # stopped or dead


@dataclasses.dataclass(frozen=True)
class Seen:
    """What a check has found, before anybody says what it means."""

    setting_up: bool = False
    command: bool = False  # runs in a terminal
    kernels: list = dataclasses.field(default_factory=list)
    terminals: list = dataclasses.field(default_factory=list)
    sample: Sample | None = None
    gpu: float | None = None
    touched: float | None = None  # the keep-alive file


def look(config, options, uptime):
    """Look at everything that may count. Jupyter is asked last: while it is set up, it may not answer."""
    account = pwd.getpwnam(options.login)
    seen = Seen(
        setting_up=setting_up(options.state.parent),
        command=config["countTerminals"] and working(options.proc),
        sample=sample(options.proc, account.pw_uid, uptime),
        touched=touched(options.home or account.pw_dir, config["keepAliveFile"].removeprefix("~/")),
    )
    if seen.setting_up or seen.command:
        return seen
    return dataclasses.replace(
        seen,
        gpu=gpu_percent() if config["gpuThreshold"] < NEVER else None,
        kernels=ask(f"{options.url}/api/kernels"),
        terminals=terminals_of(options.url) if config["countTerminals"] else [],
    )


def usage(seen, before):
    """What was used since the sample before, in percent, as far as it is known."""
    measured = {} if seen.gpu is None else {"gpu": seen.gpu}
    if before and seen.sample:
        measured["cpu"] = machine_percent(before, seen.sample)
        measured["processCpu"] = process_percent(before, seen.sample)
    return measured


def signs(config, seen, measured, now):
    """The moment of the latest activity of each kind."""
    moments = [moment_of(kernel, now) for kernel in seen.kernels]
    age = math.inf if seen.touched is None else now - seen.touched
    at_work = {
        "setup": seen.setting_up,
        "command in a terminal": seen.command,
        "open tab": config["countOpenTabs"] and any(kernel.get("connections") != 0 for kernel in seen.kernels),
        "processes": measured.get("processCpu", 0) > config["processCpuThreshold"],
        "cpu": measured.get("cpu", 0) > config["cpuThreshold"],
        "gpu": measured.get("gpu", 0) > config["gpuThreshold"],
        "keep-alive file": -CLOCK_SKEW <= age < config["keepAliveSeconds"],
    }
    found = {name: now for name, is_so in at_work.items() if is_so}
    if moments:
        found["kernel"] = max(moments)
    if seen.terminals:
        found["terminal"] = max(seconds_of(terminal["last_activity"]) for terminal in seen.terminals)
    return found


def moment_of(kernel, now):
    """When a kernel was last active. One in any state but rest is active now."""
    last = seconds_of(kernel["last_activity"])
    return last if kernel.get("execution_state") == "idle" else now


def seconds_of(timestamp):
    """Seconds since the epoch, of an ISO time with or without fractions; one without a zone is UTC."""
    whole = re.sub(r"\.\d+", "", timestamp)
    zoned = whole if re.search(r"(Z|[+-]\d\d:?\d\d)$", whole) else whole + "Z"
    return datetime.strptime(zoned, "%Y-%m-%dT%H:%M:%S%z").timestamp()


def ask(url):
    """The list that Jupyter on this machine answers with, past any proxy, whatever certificate it made for itself."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(url, timeout=REQUEST_SECONDS) as response:
        answer = json.loads(response.read(ANSWER_BYTES))
    if not isinstance(answer, list):
        raise ValueError(f"{url} answers with no list")
    return answer


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


def at_work_in_terminal(process):
    """Whether a process, by its line in /proc, runs in a pseudo-terminal and is not the shell that leads there."""
    pid = process.split(b" ", 1)[0]
    state, _, _, session, device = process.rpartition(b")")[2].split()[:5]  # the name before may hold anything
    major = int(device) >> 8 & 0xFFF
    return major in PSEUDO_TERMINALS and int(session) != int(pid) and state not in NOT_AT_WORK


def working(proc):
    """Whether any command runs in a terminal. Jupyter sees only what is typed and printed there."""
    for folder in processes(proc):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            if at_work_in_terminal((folder / "stat").read_bytes()):
                return True
    return False


def touched(home, name):
    """When a file below a home was last touched; None where there is no such file.

    Its owner may plant links there and may date a file as they like: no link is followed, and a time that was set
    forward counts as the moment when it was set, which only the system writes.
    """
    *folders, last = PurePosixPath(name).parts
    with contextlib.ExitStack() as opened:
        try:
            place = open_folder(home, None, opened)
            for folder in folders:
                place = open_folder(folder, place, opened)
            found = os.stat(last, dir_fd=place, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None
    return min(found.st_mtime, found.st_ctime) if stat.S_ISREG(found.st_mode) else None


def open_folder(path, place, opened):
    flags = os.O_PATH | os.O_DIRECTORY | (os.O_NOFOLLOW if place is not None else 0)
    handle = os.open(path, flags, dir_fd=place)
    opened.callback(os.close, handle)
    return handle
