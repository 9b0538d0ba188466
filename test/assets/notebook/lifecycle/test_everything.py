"""A lifecycle with every feature, as the library synthesizes it: what runs, and what comes of each feature."""

import getpass
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from bundle import ASSETS, PYTHON, write_command
from machine import Machine

APP = Path(__file__).resolve().parent / "everything" / "app.cjs"
LIBRARY = ASSETS.parents[2] / "lib" / "index.js"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    assert LIBRARY.exists(), "the library must be compiled first: npx projen compile"
    out = tmp_path_factory.mktemp("assembly")
    subprocess.run(["node", APP, out], check=True, timeout=120, capture_output=True)
    (resource,) = [
        each
        for each in json.loads((out / "Everything.template.json").read_text())["Resources"].values()
        if each["Type"] == "AWS::SageMaker::NotebookInstanceLifecycleConfig"
    ]
    (folder,) = [path for path in out.iterdir() if path.name.startswith("asset.")]
    return resource["Properties"], folder


def joined(value):
    """A text of a template, with names in place of what is known only at deployment."""
    if isinstance(value, str):
        return value
    ((name, argument),) = value.items()
    if name == "Fn::Join":
        return argument[0].join(joined(part) for part in argument[1])
    if name == "Fn::Sub":
        return argument.replace("${AWS::AccountId}", "123456789012").replace("${AWS::Region}", "eu-west-1")
    if name == "Fn::Base64":
        return joined(argument)
    return {"AWS::Region": "eu-west-1", "AWS::AccountId": "123456789012", "AWS::Partition": "aws"}.get(
        str(argument), f"value-of-{argument if isinstance(argument, str) else '-'.join(argument)}"
    )


ANSWERS = """#!{python}
import json, sys
words = sys.argv[1:]
with open({log!r}, "a") as log:
    log.write(json.dumps(words) + "\\n")
answers = json.loads(open({answers!r}).read())
call = " ".join(words[:2])
if call == "sagemaker list-tags":
    arn = words[words.index("--resource-arn") + 1]
    tags = answers["config"] if "lifecycle-config" in arn else answers["notebook"]
    print(json.dumps({{"Tags": [{{"Key": key, "Value": value}} for key, value in tags.items()]}}))
elif call in answers["calls"]:
    print(json.dumps(answers["calls"][call]))
else:
    print("{{}}")
"""
CALLS = {
    "sagemaker describe-notebook-instance": {
        "NotebookInstanceLifecycleConfigName": "Everything",
        "RootAccess": "Disabled",
    },
    "sagemaker describe-notebook-instance-lifecycle-config": {
        "NotebookInstanceLifecycleConfigArn": "arn:aws:sagemaker:eu-west-1:1:notebook-instance-lifecycle-config/e"
    },
    "codeartifact get-authorization-token": {"authorizationToken": "token", "expiration": "2030-01-01T00:00:00Z"},
    "codeartifact get-repository-endpoint": {
        "repositoryEndpoint": "https://team-123456789012.d.codeartifact.eu-west-1.amazonaws.com/pypi/pypi/"
    },
    "ssm create-activation": {"ActivationId": "00000000-0000-0000-0000-000000000000", "ActivationCode": "code"},
}
RECORDED = ("systemctl", "systemd-run", "mount", "dnf", "docker", "amazon-ssm-agent")
UPDATE_TRUST = "mkdir -p {root}/etc/pki/tls/certs; cat {root}/etc/pki/ca-trust/source/anchors/* >{root}/{bundle}"


@pytest.fixture
def machine(template):
    properties, folder = template
    machine = Machine(Path(tempfile.mkdtemp(prefix="machine-")))
    machine.folder.chmod(0o755)
    shutil.copytree(folder, machine.bundle)
    journal = machine.bundle / "journal.py"
    journal.write_text(journal.read_text().replace('"PATH": "', f'"PATH": "{machine.commands}:'))
    answers = {
        "config": {tag["Key"]: joined(tag["Value"]) for tag in properties["Tags"]},
        "notebook": {
            "ml-owner": "alice",
            "ml-base": "b",
            "ml-env-STAGE": "$(touch touched)",
            "ml-git-name": "Al; reboot",
        },
        "calls": CALLS,
    }
    (machine.folder / "answers.json").write_text(json.dumps(answers))
    aws = machine.commands / "aws"
    places = {"log": f"{machine.folder}/calls", "answers": f"{machine.folder}/answers.json"}
    aws.write_text(ANSWERS.format(python=PYTHON, **places))
    aws.chmod(0o755)
    (machine.commands / "python3").symlink_to(PYTHON)
    for name in RECORDED:
        write_command(machine.commands / name, f'echo "{name} $*" >>{machine.folder}/commands.log')
    for step in (machine.bundle / "steps").iterdir():
        step.chmod(0o755)
    (machine.folder / "proc").symlink_to("/proc")
    trust = UPDATE_TRUST.format(root=machine.folder, bundle="etc/pki/tls/certs/ca-bundle.crt")
    write_command(machine.commands / "update-ca-trust", trust)
    yield machine
    shutil.rmtree(machine.folder)


def start(machine, *options):
    command = [PYTHON, "-I", machine.bundle / "run.py", "start", *options, "--log", machine.log]
    command += ["--run-dir", machine.run_dir, "--login", getpass.getuser(), "--home", machine.home]
    command += ["--metadata", machine.metadata, "--root", machine.folder]
    env = {"PATH": f"{machine.commands}:{os.environ['PATH']}"}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=200, check=False)


DONE = {
    *("certificates", "proxy", "package_index", "environment", "home", "git", "spark", "metrics", "sync", "backup"),
    *("own", "guard"),
}
NOT_HERE = {
    "jupyter": "Jupyter is not where it was expected",
    "docker": "this notebook has no root access",
    "code_server": "it needs jupyter-server-proxy beside Jupyter",
    "session_manager": "names no managed node",
    "mounts": "does not answer at port 2049",
    "repositories": "Could not resolve host: git.example.com",
    "packages": "No matching distribution found for polars==1.34.0",
    "glue_sessions": "No matching distribution found for aws-glue-sessions",
}


def test_every_feature_runs_and_says_what_it_could_not_do_here(machine):
    blocking, background = start(machine), start(machine, "--background")
    output = blocking.stdout + background.stdout
    states = json.loads((machine.run_dir / "setup-start.json").read_text())
    assert {name for name, state in states.items() if state == "done"} == DONE
    assert set(states) - DONE == set(NOT_HERE)
    for name, why in NOT_HERE.items():
        assert any(line.startswith(f"{name}| ") and why in line for line in output.splitlines()), name
    assert (blocking.returncode, background.returncode) == (0, 0)
    assert "Traceback" not in output


def test_a_second_start_changes_nothing_of_the_system(machine):
    start(machine)
    first = {path: path.read_bytes() for path in (machine.folder / "etc").rglob("*") if path.is_file()}
    assert len(first) > 15
    start(machine)
    assert {path: path.read_bytes() for path in (machine.folder / "etc").rglob("*") if path.is_file()} == first


def test_hostile_tags_and_texts_run_nothing(machine):
    output = start(machine).stdout
    assert not list(machine.folder.rglob("touched"))
    profile = (machine.folder / "etc/profile.d/ml-infra-environment.sh").read_text()
    shell = ["bash", "-c", f'{profile}\nprintf "%s\\n" "$STAGE" "$PLAN"']
    lines = subprocess.run(shell, capture_output=True, text=True, check=True, cwd=machine.folder).stdout.splitlines()
    assert lines == ["$(touch touched)", "plan-of-the-user $(touch x) `id` \"'"]
    assert not list(machine.folder.rglob("touched"))
    assert "reboot" not in output
