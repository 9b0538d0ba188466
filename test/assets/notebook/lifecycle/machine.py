"""A notebook instance in a folder: the places and commands that the scripts look for."""

import contextlib
import fcntl
import getpass
import json
import os
import shutil
import subprocess

import pytest
from bundle import PYTHON, write_bundle, write_command

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:notebook-instance/alice"
IS_ROOT = os.geteuid() == 0
LOGIN = "nobody" if IS_ROOT else getpass.getuser()
AS_ROOT = pytest.mark.skipif(not IS_ROOT, reason="only root becomes another user")


class Machine:
    """A notebook instance in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.bundle = folder / "bundle"
        self.home = folder / "home"
        self.page = self.home / "SageMaker" / "SETUP-STATUS.md"
        self.log = folder / "ml-infra.log"
        self.run_dir = folder / "run"
        self.commands = folder / "commands"
        self.page.parent.mkdir(parents=True)
        self.commands.mkdir()
        for path in (self.home, self.page.parent):
            shutil.chown(path, LOGIN)
        self.metadata = folder / "metadata.json"
        self.metadata.write_text(json.dumps({"ResourceName": "alice", "ResourceArn": ARN}))
        self.answer({"ml-owner": "alice"})

    def answer(self, tags):
        """Have the AWS command say that whatever it is asked for has these tags."""
        (self.folder / "tags.json").write_text(json.dumps({"Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}))
        write_command(self.commands / "aws", f'printf "%s" "$(<{self.folder}/tags.json)"')

    def define(self, *steps, **manifest):
        write_bundle(self.bundle, list(steps), **manifest)

    def command(self, hook="start", *options):
        places = ["--log", self.log, "--run-dir", self.run_dir, "--login", LOGIN, "--home", self.home]
        places += ["--metadata", self.metadata, "--root", self.folder]
        return [PYTHON, "-I", self.bundle / "run.py", hook, *places, *options]

    def environment(self):
        return {"PATH": str(self.commands), "SECRET": "of the caller", "AWS_DEFAULT_REGION": "eu-west-1"}

    def start(self, hook="start", *options):
        return subprocess.Popen(self.command(hook, *options), env=self.environment(), stdout=subprocess.PIPE)

    def run(self, hook="start", *options):
        command = self.command(hook, *options)
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=25, check=False)

    def lines(self, name=None):
        parsed = []
        for line in self.log.read_text().splitlines() if self.log.exists() else []:
            with contextlib.suppress(ValueError, KeyError, TypeError):
                parsed.append(json.loads(line)["mlInfra"])
        return [line for line in parsed if name in (None, line["step"])]

    def is_at_rest(self):
        for path in self.run_dir.glob("*.lock"):
            with path.open() as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
        return True

    def read(self, name):
        path = self.folder / name
        return path.read_text() if path.exists() else ""
