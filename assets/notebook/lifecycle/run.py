#!/usr/bin/env python3
"""Run the steps that manifest.json, in the same folder, lists for a hook of a notebook instance.

Blocking steps run before Jupyter opens and share a time budget. Background steps, and blocking ones that no longer
fit the budget, run afterwards in a unit of their own. A step that must not fail ends the run when it does.
Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
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
sys.path.insert(0, str(BUNDLE))

from instance import FeatureError, learn, resolve, way_out  # noqa: E402
from journal import DONE, HOOKS, RUNNING, WAITING, Account, Facts, Journal  # noqa: E402  isolated mode hides this folder

USERS = ("root", "ec2-user")
TIMED_OUT = 124
NOT_RUN = 127
SLACK = 1


class StepError(Exception):
    """A step that must not fail has failed."""


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


def command_of(step):
    """The command of a step: a script of the user's, or a feature of ours."""
    file = BUNDLE / step["file"]
    if is_feature(step):
        return [sys.executable, "-I", str(file), step["name"]]
    return [*([] if file.read_bytes()[:2] == b"#!" else ["/bin/bash"]), str(file)]


def is_feature(step):
    return "settings" in step


@contextlib.contextmanager
def input_of(step, facts):
    """What a step reads: a feature its settings and its notebook, a script nothing."""
    if not is_feature(step):
        yield subprocess.DEVNULL
        return
    if facts.notebook is None:
        raise FeatureError(facts.error)
    try:
        settings = resolve(step["settings"], facts.values)
    except FeatureError as error:
        raise FeatureError(f"{error}: {facts.error}" if facts.error else error) from error
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps({"settings": settings, "notebook": dataclasses.asdict(facts.notebook)}).encode())
        file.seek(0)
        yield file


def run_step(step, seconds, journal, output):
    """Run one step and its children within that time; return its exit code and the state to show for it."""
    options, facts = journal.options, journal.facts
    try:
        own = pwd.getpwuid(os.geteuid()).pw_name
        account = Account(options.login, options.home) if step["user"] == "ec2-user" else Account(own)
        with input_of(step, facts) as given:
            process = subprocess.Popen(
                account.command(command_of(step)),
                stdin=given,
                stdout=output,
                stderr=output,
                cwd=account.home,
                env={**account.environment(facts.notebook), **way_out(options.root)},
                start_new_session=True,
            )
    except (OSError, LookupError, FeatureError) as error:
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
        rc, state = run_step(step, seconds, journal, output)
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


def restart_jupyter(journal):
    """Restart Jupyter if a feature asked for it. Nobody uses it yet, and it may not even run."""
    notebook = journal.facts.notebook
    if notebook is None or not notebook.restart_is_asked():
        return
    for command in (["daemon-reload"], ["--no-block", "restart", "jupyter-server.service"]):
        try:
            subprocess.run(
                ["systemctl", *command],
                check=True,
                timeout=20,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            journal.line("restart-jupyter", error=str(getattr(error, "stderr", None) or error).strip())
            return
    journal.line("restart-jupyter", rc=0)


def ask_for_facts(manifest, options):
    """What SageMaker says of this notebook. Without an answer scripts still run, and features with what there is."""
    places = {"login": options.login, "root": str(options.root), "run_dir": str(options.run_dir)}
    try:
        places["home"] = Account(options.login, options.home).home
        return Facts(*learn(manifest, options.metadata, **places))
    except (OSError, LookupError, TypeError, ValueError) as error:
        return Facts(error=f"{type(error).__name__}: {error}")


def idle_seconds(idle, journal):
    """After how long this notebook is idle: what its tag says, if that is a number that could stand in the app."""
    notebook = journal.facts.notebook
    minutes = notebook.tags.get("ml-idle-minutes") if notebook else None
    if minutes is None:
        return idle["idleSeconds"]
    if minutes.isascii() and minutes.isdecimal() and 5 <= int(minutes) <= 10_080:
        return int(minutes) * 60
    journal.line("idle-stop", error="the tag ml-idle-minutes is not a number from 5 to 10080", value=minutes[:20])
    return idle["idleSeconds"]


def start_idle_check(idle, journal):
    """Have a timer look for idleness. Without it the instance still starts: it costs, but it works."""
    for verb in ("stop", "reset-failed"):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            earlier = ["systemctl", verb, "ml-infra-idle.timer", "ml-infra-idle.service"]
            subprocess.run(earlier, check=False, timeout=10, stdin=subprocess.DEVNULL, capture_output=True)
    every = f"{idle['checkSeconds']}s"
    options = ["--unit=ml-infra-idle", f"--on-active={every}", f"--on-unit-active={every}"]
    command = [sys.executable, "-I", str(BUNDLE / "idle_stop.py"), "--idle-seconds", str(idle_seconds(idle, journal))]
    if systemd_run(journal, "ml-infra-idle", [*options, "--property=RuntimeMaxSec=180", *command]):
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
    begin = time.monotonic()
    journal.facts = ask_for_facts(manifest, options)
    if journal.facts.error:
        journal.line("notebook", error=journal.facts.error)
    if options.background:
        run_background(steps, journal)
        return
    if options.hook == "start" and manifest["idle"]:
        start_idle_check(manifest["idle"], journal)
    budget = max(0.0, min(manifest["budgetSeconds"], options.budget - (time.monotonic() - begin)))
    left = run_blocking(steps, budget, journal)
    restart_jupyter(journal)
    if left:
        start_background(journal)


def make_private(folder):
    """Make the folder, if need be, and keep other users out: whoever opens a lock could hold it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def verify(manifest):
    if manifest["version"] != 2:
        raise ValueError(f"manifest.json must be of version 2, got: {manifest['version']}")
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
    parser.add_argument("--metadata", type=Path, default=Path("/opt/ml/metadata/resource-metadata.json"))
    parser.add_argument("--root", type=Path, default=Path("/"), help="what the paths of the system begin with")
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
