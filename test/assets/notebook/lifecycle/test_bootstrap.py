"""The inline script, against the real AWS command and a server that speaks S3."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from bundle import ASSETS, PYTHON, digest_of, files_of, render, step, until, write_bundle, write_command, write_zip

ACCOUNT = "123456789012"  # the one that the server takes every caller for
AWS = shutil.which("aws", path=os.path.dirname(sys.executable))
SAYS_SO = "import os, sys; print('ran', *sys.argv[1:], os.environ['AWS_DEFAULT_REGION'])"


@pytest.fixture(scope="module")
def s3():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    log = subprocess.DEVNULL
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
    )

    client = boto3.client(
        "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )

    def answers():
        with contextlib.suppress(EndpointConnectionError):
            return client.create_bucket(Bucket="bundles")

    until(answers, 30)
    yield url, client
    server.terminate()
    server.wait(10)


class Instance:
    """What SageMaker gives an inline script: a few commands, rights on S3, root."""

    def __init__(self, folder, s3):
        self.folder = folder
        self.root = folder / "opt"
        self.commands = folder / "commands"
        self.url, self.s3 = s3
        self.commands.mkdir()
        (self.commands / "python3").symlink_to(PYTHON)
        self.values = {
            "bucket": "bundles",
            "key": f"{folder.name}.zip",
            "region": "us-east-1",
            "account": ACCOUNT,
            "hook": "start",
            "on_error": "fail",
        }

    def publish(self, files):
        write_zip(self.folder / "bundle.zip", files)
        self.s3.upload_file(str(self.folder / "bundle.zip"), self.values["bucket"], self.values["key"])
        self.values["digest"] = digest_of(files)
        return self.root / self.values["digest"]

    def run(self, edit=lambda script: script, **values):
        script = self.folder / "on-start.sh"
        ahead = f"{self.commands}:{os.path.dirname(sys.executable)}"
        text, paths = re.subn(r"(?m)^((?:export )?PATH=)", rf"\1{ahead}:", render(**{**self.values, **values}))
        assert paths == 1
        script.write_text(edit(text))
        environment = {
            "PATH": "/sbin:bin:/usr/sbin:/usr/bin",  # as on the platform, where one is relative
            "ML_INFRA_ROOT": str(self.root),
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
        return subprocess.run(
            ["/bin/bash", script], env=environment, cwd="/", capture_output=True, text=True, timeout=60, check=False
        )


@pytest.fixture
def instance(tmp_path, s3):
    return Instance(tmp_path, s3)


def leftovers(root):
    return list(root.glob(".*"))


def test_the_script_is_small_and_starts_as_one():
    script = (ASSETS / "bootstrap.sh").read_bytes()
    assert script.startswith(b"#!/bin/bash\n")
    assert len(script) <= 1600
    assert b"\r" not in script


def test_it_fetches_verifies_and_runs(instance):
    bundle = instance.publish({"run.py": SAYS_SO.encode(), "steps/é.sh": b"true", "z": b""})
    result = instance.run()
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"ran start --budget 2[678]\d us-east-1\n", result.stdout)
    assert (bundle / "steps" / "é.sh").read_bytes() == b"true"
    assert {path.stat().st_mode & 0o777 for path in [bundle, *bundle.rglob("*")]} == {0o755}
    assert {path.stat().st_uid for path in bundle.rglob("*")} == {os.geteuid()}
    assert leftovers(instance.root) == []


def test_it_fetches_once_for_both_hooks(instance):
    instance.publish({"run.py": SAYS_SO.encode()})
    assert instance.run(hook="create").stdout.startswith("ran create")
    write_command(instance.commands / "aws", "exit 1")
    assert instance.run(hook="start").stdout.startswith("ran start")


def test_it_replaces_a_bundle_that_was_tampered_with(instance):
    bundle = instance.publish({"run.py": SAYS_SO.encode()})
    instance.run()
    (bundle / "run.py").write_text("print('tampered')")
    (bundle / "more").write_text("added")
    assert instance.run().stdout.startswith("ran start")
    assert not (bundle / "more").exists()


@pytest.mark.parametrize(("on_error", "code"), [("continue", 0), ("fail", 1)])
def test_it_never_runs_what_is_not_as_defined(instance, on_error, code):
    instance.publish({"run.py": SAYS_SO.encode()})
    result = instance.run(digest="0" * 64, on_error=on_error)
    assert result.returncode == code
    assert json.loads(result.stdout) == {
        "mlInfra": {"step": "bootstrap", "hook": "start", "error": "not as defined"},
    }
    assert list(instance.root.iterdir()) == []


@pytest.mark.parametrize("name", ["../escaped", "steps/../../escaped", "{folder}/escaped"])
def test_a_name_that_leads_out_of_the_bundle_is_refused(instance, name):
    instance.publish({"run.py": SAYS_SO.encode(), name.format(folder=instance.folder): b"x"})
    result = instance.run()
    assert result.returncode == 1
    assert json.loads(result.stdout)["mlInfra"]["error"] == "not as defined"
    assert list(instance.folder.rglob("escaped")) == []


def test_no_command_comes_out_of_a_bundle(instance):
    trap = f"#!/bin/bash\ntouch {instance.folder}/executed\n".encode()
    names = ("find", "sort", "xargs", "sha256sum", "python3", "rm", "mv")
    instance.publish({"run.py": SAYS_SO.encode(), **{f"bin/{name}": trap for name in names}})
    for values, code in (({"digest": "0" * 64}, 1), ({}, 0), ({}, 0)):
        assert instance.run(**values).returncode == code
        assert not (instance.folder / "executed").exists()


def test_the_path_is_absolute_and_inherits_nothing():
    path = re.findall(r"PATH=(.*)", (ASSETS / "bootstrap.sh").read_text())
    assert path == ["/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]


def test_it_fetches_from_the_bucket_of_that_account_alone(instance):
    instance.publish({"run.py": SAYS_SO.encode()})
    write_command(instance.commands / "aws", f'echo "${{@:1:10}}" >{instance.folder}/call; exec {AWS} "$@"')
    assert instance.run().returncode == 0
    assert (instance.folder / "call").read_text().split() == [
        *("s3api", "get-object", "--region", "us-east-1", "--bucket", "bundles"),
        *("--key", instance.values["key"], "--expected-bucket-owner", ACCOUNT),
    ]


@pytest.mark.parametrize(("failures", "code"), [(2, 0), (3, 1)])
def test_it_tries_three_times(instance, failures, code):
    instance.publish({"run.py": SAYS_SO.encode()})
    calls = instance.folder / "calls"
    write_command(
        instance.commands / "aws", f'echo >>{calls}; (($(wc -l <{calls}) > {failures})) || exit 255; exec {AWS} "$@"'
    )
    result = instance.run()
    assert result.returncode == code
    assert len(calls.read_text()) == 3
    assert ("not fetched" in result.stdout) == (code == 1)
    assert leftovers(instance.root) == []


def test_a_fetch_that_hangs_is_given_up(instance):
    script = (ASSETS / "bootstrap.sh").read_text()
    (kill, limit) = map(int, re.search(r"timeout -k (\d+) (\d+) aws", script).groups())
    assert 3 * (kill + limit + 1) < 50

    instance.publish({"run.py": SAYS_SO.encode()})
    write_command(instance.commands / "aws", "trap '' TERM; while :; do sleep 0.1; done")
    result = instance.run(lambda text: text.replace(f"-k {kill} {limit} aws", "-k 0.1 0.1 aws"), on_error="continue")
    assert result.returncode == 0
    assert "not fetched" in result.stdout


def test_steps_that_hang_are_given_up(instance):
    instance.publish({"run.py": b"import time; time.sleep(60)"})
    result = instance.run(lambda text: text.replace("290 - SECONDS", "1"), on_error="continue")
    assert result.returncode == 0
    assert "ended with 124" in result.stdout


@pytest.mark.parametrize(("code", "on_error", "expected"), [(1, "continue", 1), (2, "continue", 0), (2, "fail", 1)])
def test_the_runner_decides_unless_it_broke(instance, code, on_error, expected):
    instance.publish({"run.py": f"raise SystemExit({code})".encode()})
    assert instance.run(on_error=on_error).returncode == expected


def test_a_script_of_a_user_arrives_as_it_was_written(instance):
    script = """echo 'it'"'"'s' "$(echo nested)" \\`x\\` '@@BUCKET@@' "ünï 🚀" $((1 + 1))\n"""
    source = instance.folder / "source"
    write_bundle(source, [step("of-a-user", script)])
    (source / "run.py").rename(source / "real.py")
    places = ["--log", f"{instance.folder}/log", "--run-dir", f"{instance.folder}/run"]
    (source / "run.py").write_text(
        f"import os, sys; real = sys.argv[0].replace('run.py', 'real.py')\n"
        f"os.execv(sys.executable, [sys.executable, '-I', real, *sys.argv[1:], *{places!r}])"
    )
    bundle = instance.publish(files_of(source))
    result = instance.run()
    assert result.returncode == 0, result.stderr
    assert (bundle / "steps" / "of-a-user.sh").read_text() == script
    assert "it's nested `x` @@BUCKET@@ ünï 🚀 2\n" in result.stdout
