#!/usr/bin/env python3
"""Run the steps that manifest.json, in the same folder, lists for a hook of a notebook instance.

Blocking steps run before Jupyter opens and share a time budget. Background steps, and blocking ones that no longer
fit the budget, run afterwards in a unit of their own. A step that must not fail ends the run when it does.
Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
HOOKS = ("create", "start")
USERS = ("root", "ec2-user")
WAITING = "waiting"
RUNNING = "running"
DONE = "done"
TIMED_OUT = 124
NOT_RUN = 127
OUTPUT_KEPT = 65_536
SLACK = 1
REMOVE_PAGE = 'rm -f "$1"'
WRITE_PAGE = """
trap 'rm -f "$new"' EXIT
new=$(mktemp "$1.XXXXXX") && cat >"$new" && chmod 644 "$new" && mv -fT "$new" "$1"
"""


class StepError(Exception):
    """A step that must not fail has failed."""


class Account:
    """Who runs a command: root, or whoever works in the notebook."""

    def __init__(self, name, home=None):
        entry = pwd.getpwnam(name)
        self.name = name
        self.home = str(home or entry.pw_dir)
        self.is_own = entry.pw_uid == os.geteuid()

    def command(self, command):
        return command if self.is_own else ["runuser", "-u", self.name, "--", *command]

    def environment(self):
        return {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": self.home,
            "USER": self.name,
            "LOGNAME": self.name,
            "AWS_DEFAULT_REGION": os.environ.get("AWS_DEFAULT_REGION", ""),
        }


class Journal:
    """What is known of a run: lines in the log and on stdout, states on disk, a page for whoever opens JupyterLab."""

    def __init__(self, options):
        self.options = options
        self.phase = "background" if options.background else "blocking"

    def line(self, step, **facts):
        text = json.dumps({"mlInfra": {"step": step, "hook": self.options.hook, "phase": self.phase, **facts}})
        print(text, flush=True)
        with contextlib.suppress(OSError), self.options.log.open("a") as log:
            log.write(text + "\n")

    def output(self, step, file):
        """Repeat the end of what a step wrote. No line of it can pass for one of this journal."""
        begin = max(0, os.fstat(file.fileno()).st_size - OUTPUT_KEPT)
        written = os.pread(file.fileno(), OUTPUT_KEPT, begin)  # a child that is left may still write at the end
        text = "".join(f"{step}| {line}\n" for line in written.decode(errors="replace").splitlines())
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        with contextlib.suppress(OSError), self.options.log.open("ab") as log:
            log.write(text.encode())

    def states(self, hook):
        try:
            return json.loads(self._states_path(hook).read_text())
        except FileNotFoundError:
            return {}

    def record(self, states):
        path = self._states_path(self.options.hook)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({**self.states(self.options.hook), **states}))
        new.replace(path)
        try:
            self._show()
        except (OSError, LookupError, subprocess.SubprocessError) as error:
            self.line("status-page", error=str(error))

    def _states_path(self, hook):
        return self.options.run_dir / f"setup-{hook}.json"

    def _show(self):
        """Write the page as its owner: root follows no link that the owner of the folder may have planted there."""
        states = [(hook, *entry) for hook in HOOKS for entry in self.states(hook).items()]
        rows = "".join(f"| {name} | {hook} | {state} |\n" for hook, name, state in states)
        text = f"# Setup of this notebook\n\n| Step | Hook | State |\n|---|---|---|\n{rows}\nLog: {self.options.log}\n"
        script = REMOVE_PAGE if all(state == DONE for _, _, state in states) else WRITE_PAGE
        owner = Account(self.options.login, self.options.home)
        page = f"{owner.home}/SageMaker/SETUP-STATUS.md"
        command = owner.command(["sh", "-c", script, "sh", page])
        subprocess.run(command, input=text, text=True, check=True, timeout=10, cwd="/", env=owner.environment())


@contextlib.contextmanager
def locked(path, deadline=None):
    """Hold the lock of a phase, so that two runs never overlap; wait no longer than the deadline."""
    with path.open("a") as file:
        os.fchmod(file.fileno(), 0o600)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if deadline is not None and time.monotonic() >= deadline:
                    break
                time.sleep(0.1)
        yield


def run_step(step, seconds, options, output):
    """Run one step and its children within that time; return its exit code and the state to show for it."""
    file = BUNDLE / step["file"]
    try:
        own = pwd.getpwuid(os.geteuid()).pw_name
        account = Account(options.login, options.home) if step["user"] == "ec2-user" else Account(own)
        interpreter = [] if file.read_bytes()[:2] == b"#!" else ["/bin/bash"]
        process = subprocess.Popen(
            account.command([*interpreter, str(file)]),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=account.home,
            env=account.environment(),
            start_new_session=True,
        )
    except (OSError, LookupError) as error:
        output.write(f"{error}\n".encode())
        return NOT_RUN, "could not run"
    try:
        rc = process.wait(seconds)
        return rc, f"failed with {rc}" if rc else DONE
    except subprocess.TimeoutExpired:
        return TIMED_OUT, f"timed out after {seconds:.0f} s"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def output_of(step, journal):
    """A file for one step alone: no step holds the log, and a child that it leaves hangs no caller."""
    with tempfile.TemporaryFile(buffering=0) as file:
        fcntl.fcntl(file, fcntl.F_SETFL, os.O_APPEND)
        try:
            yield file
        finally:
            journal.output(step["name"], file)


def run_and_record(step, seconds, journal):
    journal.record({step["name"]: RUNNING})
    begin = time.monotonic()
    with output_of(step, journal) as output:
        rc, state = run_step(step, seconds, journal.options, output)
    journal.line(step["name"], rc=rc, seconds=round(time.monotonic() - begin, 1))
    journal.record({step["name"]: state})
    if state != DONE and step["onFailure"] == "fail":
        raise StepError(f"{step['name']} {state}")


def run_blocking(steps, budget, journal):
    """Run the blocking steps; return whether any step is left for the background."""
    deadline = time.monotonic() + budget
    hook = journal.options.hook
    with locked(journal.options.run_dir / "setup-blocking.lock", deadline):
        journal.record({step["name"]: WAITING for step in steps})
        overflow = False
        for step in steps:
            must_not_fail = step["onFailure"] == "fail"
            if step["phase"] == "background" or (overflow and not must_not_fail):
                continue
            left = deadline - time.monotonic()
            if step["timeoutSeconds"] <= left + SLACK or (must_not_fail and left > 0):
                run_and_record(step, min(step["timeoutSeconds"], left), journal)
            elif must_not_fail:
                raise StepError(f"{step['name']} no longer fits the budget of {budget:.0f} s")
            else:
                overflow = True
                journal.line(step["name"], moved="background", budgetSeconds=budget)
        return WAITING in journal.states(hook).values()


def run_background(steps, journal):
    """Run, in order, what the blocking run left waiting."""
    hook = journal.options.hook
    with locked(journal.options.run_dir / "setup-background.lock"):
        for step in steps:
            if journal.states(hook).get(step["name"], WAITING) == WAITING:
                run_and_record(step, step["timeoutSeconds"], journal)


def start_background(journal):
    """Leave a run behind that outlives this one and holds nothing of it open."""
    command = [sys.executable, "-I", str(BUNDLE / "run.py"), *sys.argv[1:], "--background"]
    region = os.environ.get("AWS_DEFAULT_REGION", "")
    unit = f"ml-infra-setup-{journal.options.hook}"
    options = [f"--unit={unit}", "--collect", "--no-block", f"--setenv=AWS_DEFAULT_REGION={region}"]
    if not systemd_run(journal, unit, [*options, *command]):
        null = subprocess.DEVNULL
        subprocess.Popen(command, stdin=null, stdout=null, stderr=null, cwd="/", start_new_session=True)


def start_idle_check(idle, journal):
    """Have a timer look for idleness. Without it the instance still starts: it costs, but it works."""
    for verb in ("stop", "reset-failed"):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            earlier = ["systemctl", verb, "ml-infra-idle.timer", "ml-infra-idle.service"]
            subprocess.run(earlier, check=False, timeout=10, stdin=subprocess.DEVNULL, capture_output=True)
    every = f"{idle['checkSeconds']}s"
    options = ["--unit=ml-infra-idle", f"--on-active={every}", f"--on-unit-active={every}"]
    command = [sys.executable, "-I", str(BUNDLE / "idle_stop.py")]
    if systemd_run(journal, "ml-infra-idle", [*options, "--property=RuntimeMaxSec=120", *command]):
        journal.line("idle-stop", rc=0)
    else:
        journal.line("idle-stop", rc=1, error="not installed: this notebook does not stop by itself")


def systemd_run(journal, unit, arguments):
    try:
        command = ["systemd-run", *arguments]
        subprocess.run(command, check=True, timeout=10, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return True
    except (OSError, subprocess.SubprocessError) as error:
        journal.line("systemd-run", unit=unit, error=str(getattr(error, "stderr", None) or error).strip())
        return False


def run(manifest, steps, journal):
    options = journal.options
    if options.background:
        run_background(steps, journal)
        return
    if options.hook == "start" and manifest["idle"]:
        start_idle_check(manifest["idle"], journal)
    if run_blocking(steps, min(manifest["budgetSeconds"], options.budget), journal):
        start_background(journal)


def make_private(folder):
    """Make the folder, if need be, and keep other users out: whoever opens a lock could hold it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def verify(manifest):
    if manifest["version"] != 1:
        raise ValueError(f"manifest.json must be of version 1, got: {manifest['version']}")
    for step in manifest["steps"]:
        if step["user"] not in USERS:
            raise ValueError(f"the user of {step['name']} must be one of {', '.join(USERS)}, got: {step['user']}")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("hook", choices=HOOKS)
    parser.add_argument("--background", action="store_true", help="run what the blocking run left")
    parser.add_argument("--budget", type=float, default=float("inf"), help="seconds, if fewer than in the manifest")
    parser.add_argument("--log", type=Path, default=Path("/var/log/ml-infra.log"))
    parser.add_argument("--run-dir", type=Path, default=Path("/run/ml-infra"))
    parser.add_argument("--login", default="ec2-user", help="who works in the notebook")
    parser.add_argument("--home", type=Path, help="the home of that user, if not the one of the account")
    return parser.parse_args(arguments)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    options = parse(sys.argv[1:])
    manifest = json.loads((BUNDLE / "manifest.json").read_text())
    steps = [step for step in manifest["steps"] if step["hook"] == options.hook]
    journal = Journal(options)
    try:
        make_private(options.run_dir)
        verify(manifest)
        run(manifest, steps, journal)
    except StepError as failure:
        journal.line("run", error=str(failure))
        return 1
    except Exception as error:  # a fault of this runner locks nobody out, unless a step of the hook must not fail
        journal.line("run", error=f"{type(error).__name__}: {error}")
        return int(any(step["onFailure"] == "fail" for step in steps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
