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
import json
import math
import signal
import subprocess
import sys
import time
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
sys.path.insert(0, str(BUNDLE))

import notice  # noqa: E402  the isolated mode of Python hides this folder
from activity import look, signs, usage  # noqa: E402
from usage import Sample  # noqa: E402

STOP_SECONDS = 60
LOOK_SECONDS = 75
CLOCK_JUMP = 60


@dataclasses.dataclass(frozen=True)
class State:
    """What checks remember of each other until the instance stops. Times are seconds since the epoch."""

    since: float  # the first check
    active: float  # the latest activity ever seen
    checked: float  # the latest check, by the clock
    uptime: float  # the latest check, by a clock that nobody sets
    errors: int = 0  # failed checks in a row
    by: str = "start"  # what the latest activity was
    warned: bool = False  # whether the page is shown
    sample: Sample | None = None


@dataclasses.dataclass(frozen=True)
class Decision:
    stop: bool
    reason: str
    idle_seconds: float
    state: State
    measured: dict = dataclasses.field(default_factory=dict)
    stop_in: float | None = None  # seconds until the stop, if it is time to say so


def fresh(now, uptime, sample=None):
    return State(since=now, active=now, checked=now, uptime=uptime, sample=sample)


def decide(config, state, now, uptime, seen):
    """Say whether to stop, given the state of the last check, if any, and what is seen now."""
    if state is None:
        return Decision(False, "first check", 0, fresh(now, uptime, seen.sample))
    jump = (now - state.checked) - (uptime - state.uptime)
    if uptime < state.uptime or abs(jump) > CLOCK_JUMP:
        return Decision(False, "the clock has jumped", 0, fresh(now, uptime, seen.sample))
    measured = usage(seen, state.sample)
    active, by = latest(state, signs(config, seen, measured, now), now)
    idle = now - active
    left = max(config["idleSeconds"] - idle, config["graceSeconds"] - (now - state.since))
    warning = 0 < left <= min(config["warnSeconds"], config["idleSeconds"] / 2) and not config["dryRun"]
    kept = dataclasses.replace(fresh(now, uptime, seen.sample), since=state.since, active=active, by=by, warned=warning)
    if left <= 0:
        return Decision(True, "idle", idle, dataclasses.replace(kept, warned=state.warned), measured)
    reason = "in use" if idle < config["idleSeconds"] else "just started"
    return Decision(False, reason, idle, kept, measured, left if warning else None)


def latest(state, found, now):
    """The latest activity ever seen, and what it was."""
    if state.errors > 0:  # whatever happened while checks failed
        return now, "failed check"
    by = max(found, key=found.get, default=None)
    if by is None or found[by] <= state.active:
        return min(now, state.active), state.by
    return min(now, found[by]), by


def after_error(state, now, uptime):
    """The state that a failed check leaves: one more error, and no knowledge of any activity."""
    state = state or fresh(now, uptime)
    return dataclasses.replace(state, errors=state.errors + 1)


def load(path):
    """The state of the last check, or None where there is none that makes sense."""
    try:
        data = json.loads(path.read_text())
        state = State(**{**data, "sample": Sample.of(data.get("sample"))})
        times = [state.since, state.active, state.checked, state.uptime, state.errors]
        in_order = 0 < state.since <= state.active <= state.checked
        return state if all(map(math.isfinite, times)) and in_order else None
    except (OSError, ValueError, TypeError, AttributeError):
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


@contextlib.contextmanager
def within(seconds):
    """Bound what is done here, whoever answers how slowly: a check that is killed from outside leaves no trace."""

    def give_up(*_):
        raise TimeoutError(f"took longer than {seconds} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def check(config, options):
    """Check once; return the facts to log and the exit code."""
    now, uptime = time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)
    state = load(options.state)
    try:
        with within(LOOK_SECONDS):
            seen = look(config, options, uptime)
        decision = decide(config, state, now, uptime, seen)
    except Exception as error:
        state = after_error(state, now, uptime)
        save(options.state, state)
        gave_up = state.errors >= config["maxErrors"]
        level = "error" if gave_up else "warning"
        return {level: f"not checked: {type(error).__name__}: {error}", "errors": state.errors}, int(gave_up)
    save(options.state, decision.state)
    tell(config, options, state, decision, now)
    facts = facts_of(config, decision)
    if not decision.stop:
        return facts, 0
    if config["dryRun"]:
        return {**facts, "stop": "not in a dry run"}, 0
    report(options.log, {**facts, "stop": "now"})
    try:
        stop(options)
    except (OSError, LookupError, ValueError, subprocess.SubprocessError) as error:
        return {"error": f"not stopped: {getattr(error, 'stderr', None) or error}"}, 1
    return {"stop": "accepted"}, 0


def tell(config, options, before, decision, now):
    """Show the page while the end is near; take it away after, also the one that the last stop left."""
    try:
        if decision.stop_in is not None:
            text = notice.text_of(config, decision.idle_seconds, now, decision.stop_in)
            notice.show(options.login, options.home, text)
        elif not decision.stop and (before is None or before.warned):
            notice.hide(options.login, options.home)
    except (OSError, LookupError, subprocess.SubprocessError) as error:
        report(options.log, {"warning": f"page: {getattr(error, 'stderr', None) or error}"})


def facts_of(config, decision):
    idle = {"by": decision.state.by, "seconds": round(decision.idle_seconds), "idleSeconds": config["idleSeconds"]}
    near = {} if decision.stop_in is None else {"stopIn": round(decision.stop_in)}
    measured = {name: round(percent, 1) for name, percent in decision.measured.items()}
    return {"reason": decision.reason, **idle, **near, **measured}


def report(log_path, facts):
    text = json.dumps({"mlInfra": {"step": "idle-stop", **facts}})
    print(text, flush=True)
    with contextlib.suppress(OSError), log_path.open("a") as log:
        log.write(text + "\n")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=Path, default=BUNDLE / "manifest.json")
    parser.add_argument("--idle-seconds", type=int, help="in place of what the configuration says")
    parser.add_argument("--state", type=Path, default=Path("/run/ml-infra/idle.json"))
    parser.add_argument("--metadata", type=Path, default=Path("/opt/ml/metadata/resource-metadata.json"))
    parser.add_argument("--log", type=Path, default=Path("/var/log/ml-infra.log"))
    parser.add_argument("--url", default="https://localhost:8443", help="where Jupyter answers")
    parser.add_argument("--proc", type=Path, default=Path("/proc"), help="where the system lists its processes")
    parser.add_argument("--aws", default="aws", help="the AWS command")
    parser.add_argument("--login", default="ec2-user", help="who works in the notebook")
    parser.add_argument("--home", type=Path, help="the home of that user, if not the one of the account")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    try:
        config = json.loads(options.config.read_text())["idle"]
        facts, code = check({**config, "idleSeconds": options.idle_seconds or config["idleSeconds"]}, options)
    except Exception as error:  # without a state that is kept, nothing is ever idle
        facts, code = {"error": f"not checked: {type(error).__name__}: {error}"}, 1
    report(options.log, facts)
    return code


if __name__ == "__main__":
    sys.exit(main())
