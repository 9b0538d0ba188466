"""The step runner, run as the instance runs it: as a process, with real steps."""

import json
import os
import pwd
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest
from bundle import PYTHON, step, until, write_command
from machine import AS_ROOT, IS_ROOT, LOGIN, Machine


@pytest.fixture
def machine():
    folder = Path(tempfile.mkdtemp(prefix="machine-"))
    folder.chmod(0o755)
    machine = Machine(folder)
    yield machine
    until(machine.is_at_rest)
    shutil.rmtree(folder)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_blocking_steps_run_in_order_and_say_so(machine):
    note = f"echo $0 >>{machine.folder}/order; echo 'printed by a step: ü'"
    machine.define(step("zuerst", note), step("first", note), step("other-hook", note, hook="create"))
    result = machine.run()
    assert result.returncode == 0
    assert [Path(line).stem for line in machine.read("order").split()] == ["zuerst", "first"]
    assert [(line["step"], line["hook"], line["phase"], line["rc"]) for line in machine.lines()] == [
        ("zuerst", "start", "blocking", 0),
        ("first", "start", "blocking", 0),
    ]
    assert result.stdout.count("printed by a step: ü") == 2
    assert json.loads(result.stdout.splitlines()[1])["mlInfra"]["step"] == "zuerst"
    assert not machine.page.exists()


@pytest.mark.parametrize("shebang", ["", "#!/usr/bin/env bash\n"])
def test_a_step_has_a_clean_environment_and_a_home(machine, shebang):
    machine.define(step("look", f"{shebang}pwd; id -un; env", user="ec2-user"))
    output = [line.replace("look| ", "", 1) for line in machine.run().stdout.splitlines()]
    assert output[:2] == [str(machine.home), LOGIN]
    home = pwd.getpwnam(LOGIN).pw_dir if IS_ROOT else machine.home  # runuser knows no other home
    assert f"HOME={home}" in output
    assert f"USER={LOGIN}" in output
    assert "AWS_DEFAULT_REGION=eu-west-1" in output
    assert "ML_OWNER=alice" in output
    assert not any("SECRET" in line for line in output)


def test_a_step_leaves_the_network_as_the_notebook_does(machine):
    for feature, variables in {"proxy": {"https_proxy": "http://p:1"}, "certificates": {"PIP_CERT": "/c"}}.items():
        path = machine.folder / "etc" / "ml-infra" / f"{feature}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"settings": {"variables": variables}, "notebook": {}}))
    machine.define(step("look", "env", user="ec2-user"))
    output = machine.run().stdout
    assert "look| https_proxy=http://p:1\n" in output
    assert "look| PIP_CERT=/c\n" in output


def test_a_step_can_neither_forge_nor_truncate_the_log(machine):
    forged = '{"mlInfra": {"step": "forged", "rc": 0}}'
    reopens = "for fd in 1 2; do echo lost >/proc/self/fd/$fd; : >/proc/self/fd/$fd; done"
    machine.define(
        step("first", "echo kept"),
        step("liar", f"{reopens}; printf 'a\\n{forged}\\n\\r{forged}\\xe2\\x80\\xa8{forged}\\n\\xff'"),
    )
    result = machine.run()
    assert [line["step"] for line in machine.lines()] == ["first", "liar"]
    assert machine.log.read_text() == result.stdout
    lines = result.stdout.splitlines()
    assert lines[0] == "first| kept"
    assert lines[2:-1] == ["liar| a", f"liar| {forged}", "liar| ", *[f"liar| {forged}"] * 2, "liar| \ufffd"]


def test_of_a_long_output_the_end_is_kept(machine):
    machine.define(step("long", "seq 100000; echo the end"))
    result = machine.run()
    assert machine.log.read_text() == result.stdout
    assert "long| 99999\nlong| 100000\nlong| the end\n" in result.stdout
    assert "long| 50000\n" not in result.stdout
    assert sum(len(line) - len("long| ") for line in result.stdout.splitlines(True)[:-1]) == 65_536


def test_no_other_user_can_open_what_the_runs_share(machine):
    machine.run_dir.mkdir()
    machine.run_dir.chmod(0o777)
    lock = machine.run_dir / "setup-blocking.lock"
    lock.touch()
    lock.chmod(0o666)
    reads = f"exec 9<{lock} && flock -sn 9" if IS_ROOT else "false"
    machine.define(step("reads", reads, user="ec2-user"), step("later", "true", phase="background"))
    assert machine.run().returncode == 0
    until(lambda: machine.lines("later"))
    assert machine.run_dir.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in machine.run_dir.glob("*.lock")}
    assert modes == {"setup-blocking.lock": 0o600, "setup-background.lock": 0o600}
    assert machine.lines("reads")[0]["rc"] == 1


@pytest.mark.parametrize("user", ["", "daemon", "Root", None])
@pytest.mark.parametrize(("on_failure", "code"), [("continue", 0), ("fail", 1)])
def test_a_step_of_any_other_user_is_refused(machine, user, on_failure, code):
    note = f"echo >>{machine.folder}/ran"
    machine.define(step("good", note), step("odd", note, user=user, onFailure=on_failure))
    assert machine.run().returncode == code
    assert machine.lines("run")[0]["error"] == (
        f"ValueError: the user of odd must be one of root, ec2-user, got: {user}"
    )
    assert machine.read("ran") == ""


@pytest.mark.parametrize("user", ["root", "ec2-user"])
def test_a_step_out_of_time_is_killed_with_its_children(machine, user):
    pids = machine.home / "pids"
    machine.define(step("slow", f"sleep 300 & echo $$ $! >{pids}; wait", user=user, timeoutSeconds=1))
    begin = time.monotonic()
    assert machine.run().returncode == 0
    assert time.monotonic() - begin < 5
    for pid in pids.read_text().split():
        until(lambda pid=pid: not is_alive(pid))
    assert machine.lines("slow")[0]["rc"] == 124
    assert "| slow | start | timed out after 1 s |" in machine.page.read_text()


@pytest.mark.parametrize(
    ("script", "rc"),
    [("exit 3", 3), ("kill -9 $$", -9), ("sleep 60", 124), (None, 127)],
    ids=["fails", "is killed", "hangs", "is absent"],
)
def test_only_a_step_that_must_not_fail_fails_the_start(machine, script, rc):
    for on_failure, code in (("continue", 0), ("fail", 1)):
        after = step("after", f"echo {on_failure} >>{machine.folder}/after")
        machine.define(step("bad", script, onFailure=on_failure, timeoutSeconds=1), after)
        assert machine.run().returncode == code
        assert machine.lines("bad")[-1]["rc"] == rc
    assert machine.read("after").split() == ["continue"]


def test_a_step_that_no_longer_fits_moves_to_the_background_with_those_after_it(machine):
    note = f"echo $0 >>{machine.folder}/order"
    machine.define(
        step("slow", f"sleep 1.2; {note}", timeoutSeconds=3),
        step("big", f"sleep 1; {note}", timeoutSeconds=4),
        step("small", note, timeoutSeconds=1),
        step("vital", note, timeoutSeconds=9, onFailure="fail"),
        budget=4,
    )
    assert machine.run().returncode == 0
    until(lambda: len(machine.lines("small")) == 1)
    assert [Path(line).stem for line in machine.read("order").split()] == ["slow", "vital", "big", "small"]
    assert [(line["step"], line.get("moved"), line["phase"]) for line in machine.lines() if "unit" not in line] == [
        ("slow", None, "blocking"),
        ("big", "background", "blocking"),
        ("vital", None, "blocking"),
        ("big", None, "background"),
        ("small", None, "background"),
    ]


def test_the_budget_bounds_a_step_that_must_not_fail(machine):
    machine.define(
        step("slow", "sleep 60", timeoutSeconds=1, onFailure="continue"),
        step("vital", "sleep 60", timeoutSeconds=20, onFailure="fail"),
        budget=2,
    )
    begin = time.monotonic()
    assert machine.run().returncode == 1
    assert 2 < time.monotonic() - begin < 4


def test_without_time_left_a_step_that_must_not_fail_fails_the_run(machine):
    machine.define(step("vital", "true", onFailure="fail"))
    assert machine.run("start", "--budget", "0").returncode == 1
    assert machine.lines("run")[0]["error"] == "vital no longer fits the budget of 0 s"


def test_a_background_step_does_not_hold_the_caller(machine):
    pid = machine.folder / "pid"
    machine.define(
        step("quick", "true"), step("long", f"echo $$ >{pid}; echo printed; exec sleep 30", phase="background")
    )
    begin = time.monotonic()
    assert machine.run().returncode == 0  # reads stdout and stderr to their end
    assert time.monotonic() - begin < 1
    number = int(until(lambda: machine.read("pid").strip()))
    assert is_alive(number)
    assert "| long | start | running |" in machine.page.read_text()
    os.kill(number, signal.SIGKILL)
    until(lambda: machine.lines("long"))
    assert machine.lines("long")[0]["phase"] == "background"


def test_a_child_that_a_blocking_step_leaves_does_not_hold_the_caller(machine):
    machine.define(step("leaves", f"sleep 30 & echo $! >{machine.folder}/pid"))
    begin = time.monotonic()
    assert machine.run().returncode == 0
    assert time.monotonic() - begin < 1
    os.kill(int(machine.read("pid")), signal.SIGKILL)


def test_the_page_goes_when_all_steps_succeeded(machine):
    machine.page.write_text("of an earlier start")
    gate = machine.folder / "gate"
    machine.define(step("waits", f"until [[ -e {gate} ]]; do sleep 0.05; done", phase="background"))
    assert machine.run().returncode == 0
    until(lambda: "| waits | start | running |" in machine.page.read_text())
    assert f"Log: {machine.log}" in machine.page.read_text()
    assert machine.page.owner() == LOGIN
    gate.touch()
    until(lambda: not machine.page.exists())
    assert list(machine.page.parent.iterdir()) == []


def test_the_page_stays_when_a_step_of_any_hook_failed(machine):
    machine.define(step("one", "exit 7", hook="create"), step("two", "true"))
    assert machine.run("create").returncode == 0
    assert machine.run("start").returncode == 0
    assert "| one | create | failed with 7 |\n| two | start | done |" in machine.page.read_text()


def test_a_link_in_place_of_the_page_is_not_followed(machine):
    victim = machine.folder / "victim"
    victim.write_text("precious")
    machine.page.symlink_to(victim)
    machine.define(step("bad", "exit 1"))
    assert machine.run().returncode == 0
    assert victim.read_text() == "precious"
    assert not machine.page.is_symlink()
    assert "failed with 1" in machine.page.read_text()


@AS_ROOT
@pytest.mark.parametrize("script", ["exit 1", "true"], ids=["written", "removed"])
def test_a_link_in_place_of_the_folder_leads_nowhere_that_its_owner_may_not_write(machine, script):
    victim = machine.folder / "victim"
    victim.mkdir()
    (victim / "SETUP-STATUS.md").write_text("precious")
    machine.page.parent.rmdir()
    machine.page.parent.symlink_to(victim)
    machine.define(step("only", script))
    assert machine.run().returncode == 0
    assert [path.read_text() for path in victim.iterdir()] == ["precious"]
    assert machine.lines("status-page")


@pytest.mark.parametrize("phase", ["blocking", "background"])
def test_two_runs_do_not_overlap(machine, phase):
    options = ["--background"] if phase == "background" else []
    note = f"echo begin >>{machine.folder}/order; sleep 0.5; echo end >>{machine.folder}/order; exit 1"
    machine.define(step("alone", note, phase=phase), step("too", note, phase=phase))
    for run in [machine.start("start", *options), machine.start("start", *options)]:
        run.communicate(timeout=20)
    order = machine.read("order").split()
    assert len(order) == (8 if phase == "blocking" else 4)
    assert order == ["begin", "end"] * (len(order) // 2)


def test_a_start_waits_for_another_no_longer_than_its_budget(machine):
    machine.define(step("vital", f"echo >>{machine.folder}/begun; exec sleep 5", onFailure="fail"))
    first = machine.start()
    until(lambda: machine.read("begun"))
    begin = time.monotonic()
    assert machine.run("start", "--budget", "1").returncode == 1
    assert time.monotonic() - begin < 3
    first.terminate()
    first.communicate(timeout=5)


def test_a_run_that_is_stopped_takes_its_step_along(machine):
    machine.define(step("long", f"echo $$ >{machine.folder}/pid; exec sleep 30"))
    run = machine.start()
    pid = until(lambda: machine.read("pid").strip())
    run.terminate()
    run.communicate(timeout=5)
    assert run.returncode == 143
    until(lambda: not is_alive(pid))


def test_systemd_holds_the_background_where_it_can(machine):
    write_command(machine.commands / "systemd-run", f'printf "%s\\n" "$@" >{machine.folder}/arguments')
    machine.define(step("later", "true", phase="background"))
    assert machine.run().returncode == 0
    arguments = machine.read("arguments").splitlines()
    assert arguments[:4] == [
        "--unit=ml-infra-setup-start",
        "--collect",
        "--no-block",
        "--setenv=AWS_DEFAULT_REGION=eu-west-1",
    ]
    assert arguments[4:8] == [PYTHON, "-I", str(machine.bundle / "run.py"), "start"]
    assert arguments[-1] == "--background"
    assert machine.lines("later") == []


IDLE = {"idleSeconds": 3600, "checkSeconds": 300, "graceSeconds": 600, "maxErrors": 12}


def test_the_idle_check_gets_a_timer(machine):
    write_command(machine.commands / "systemctl", f'echo "$1" >>{machine.folder}/order')
    write_command(machine.commands / "systemd-run", f'echo "$@" >>{machine.folder}/order')
    machine.define(idle=IDLE)
    assert machine.run("create").returncode == 0
    assert machine.read("order") == ""
    assert machine.run("start").returncode == 0
    assert machine.read("order").splitlines() == [
        "stop",
        "reset-failed",
        "--unit=ml-infra-idle --on-active=300s --on-unit-active=300s --property=RuntimeMaxSec=180 "
        f"{PYTHON} -I {machine.bundle}/idle_stop.py --idle-seconds 3600",
    ]


@pytest.mark.parametrize(
    ("tag", "seconds", "complaint"),
    [("5", 300, False), ("10080", 604_800, False), ("4", 3600, True), ("1e2", 3600, True), ("$(id)", 3600, True)],
)
def test_a_tag_gives_a_notebook_an_idle_time_of_its_own(machine, tag, seconds, complaint):
    write_command(machine.commands / "systemd-run", f'echo "$@" >>{machine.folder}/order')
    machine.answer({"ml-idle-minutes": tag})
    machine.define(idle=IDLE)
    machine.run()
    assert machine.read("order").split()[-1] == str(seconds)
    assert any("ml-idle-minutes" in line.get("error", "") for line in machine.lines("idle-stop")) == complaint


FEATURE = {"file": "feature.py", "user": "root", "hook": "start", "phase": "blocking", "timeoutSeconds": 20}
SHOW = (
    "import json\n\ndef apply(settings, notebook):\n    print(json.dumps([settings, notebook.tags, notebook.name]))\n"
)


def define_feature(machine, settings, source=SHOW, on_failure="continue", **manifest):
    machine.define(
        {**FEATURE, "name": "shown", "settings": settings, "onFailure": on_failure, "script": None}, **manifest
    )
    (machine.bundle / "features" / "shown.py").write_text(source)


def test_a_feature_gets_its_settings_and_the_tags_that_mean_something(machine):
    hostile = {"a": "'\"$(touch x)`id`\n\u2028ü"}
    machine.answer({"ml-owner": "alice", "ml-git-name": "$(reboot)", "ml-env-SECRET": "x", "other": "y"})
    define_feature(machine, hostile)
    output = machine.run().stdout.splitlines()[0]
    shown = json.loads(output.replace("shown| ", "", 1))
    assert shown == [hostile, {"ml-owner": "alice", "ml-git-name": "$(reboot)"}, "alice"]


ANSWERS = """
case "$2 $4" in
"describe-notebook-instance alice") echo '{"NotebookInstanceLifecycleConfigName": "Setup-X"}' ;;
"describe-notebook-instance-lifecycle-config Setup-X") echo '{"NotebookInstanceLifecycleConfigArn": "arn:x"}' ;;
"list-tags arn:x") echo '{"Tags": [{"Key": "ml-setting-0", "Value": "bucket"}, {"Key": "Name", "Value": "n"}]}' ;;
*) echo '{"Tags": []}' ;;
esac
"""


def test_deploy_time_values_are_tags_of_the_lifecycle_configuration(machine):
    write_command(machine.commands / "aws", ANSWERS)
    define_feature(machine, {"sync": [{"bucket": {"$value": "ml-setting-0"}}]}, values=["ml-setting-0"])
    assert json.loads(machine.run().stdout.splitlines()[0].split("| ", 1)[1])[0] == {"sync": [{"bucket": "bucket"}]}


@pytest.mark.parametrize(("on_failure", "code"), [("continue", 0), ("fail", 1)])
def test_a_feature_whose_values_are_not_known_fails_and_says_why(machine, on_failure, code):
    write_command(machine.commands / "aws", "echo 'An error occurred (AccessDenied)' >&2; exit 254")
    define_feature(machine, {"bucket": {"$value": "ml-setting-0"}}, on_failure=on_failure, values=["ml-setting-0"])
    result = machine.run()
    assert result.returncode == code
    assert "shown| the tag ml-setting-0 of the lifecycle configuration is not known" in result.stdout
    assert "AccessDenied" in machine.lines("notebook")[0]["error"]
    assert "| shown | start | could not run |" in machine.page.read_text()


def test_without_any_answer_from_sagemaker_scripts_still_run(machine):
    machine.metadata.unlink()
    machine.define(step("works", "true"))
    assert machine.run().returncode == 0
    assert machine.lines("works")[0]["rc"] == 0
    assert "FileNotFoundError" in machine.lines("notebook")[0]["error"]


RESTARTS = "def apply(settings, notebook):\n    notebook.ask_for_restart()\n"


def test_jupyter_is_restarted_once_after_the_blocking_steps_if_a_feature_asks(machine):
    write_command(machine.commands / "systemctl", f'echo "$@" >>{machine.folder}/order')
    define_feature(machine, {}, source=RESTARTS)
    machine.run()
    assert machine.read("order").splitlines() == ["daemon-reload", "--no-block restart jupyter-server.service"]
    define_feature(machine, {})
    machine.run()
    assert len(machine.read("order").splitlines()) == 2


def test_without_the_timer_the_instance_starts_and_says_so(machine):
    write_command(machine.commands / "systemd-run", "echo no such bus >&2; exit 1")
    machine.define(step("vital", "true", onFailure="fail"), idle=IDLE)
    assert machine.run().returncode == 0
    assert machine.lines("systemd-run")[0]["error"] == "no such bus"
    assert machine.lines("idle-stop")[0]["error"] == "not installed: this notebook does not stop by itself"


@pytest.mark.parametrize(("on_failure", "code"), [("continue", 0), ("fail", 1)])
def test_a_fault_of_the_runner_fails_only_where_a_step_must_not(machine, on_failure, code):
    machine.define(step("any", "true", onFailure=on_failure), version=1)
    assert machine.run().returncode == code
    assert "must be of version 2, got: 1" in machine.lines("run")[0]["error"]
