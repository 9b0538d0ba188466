"""Features, run the way an instance runs them: as processes, with their context on stdin, in a folder of their own."""

import getpass
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bundle import PYTHON, until, write_bundle, write_command

__all__ = ["PYTHON", "FeatureProcess", "contents", "until"]

BIN = os.path.dirname(sys.executable)


class FeatureProcess:
    """A notebook instance in a folder, on which features run."""

    def __init__(self, folder, name, **environment):
        self.folder = folder
        self.name = name
        self.bundle = folder / "bundle"
        self.root = folder / "root"
        self.home = folder / "home"
        self.volume = self.home / "SageMaker"
        self.run_dir = folder / "run"
        self.commands = folder / "commands"
        self.tags = {}
        self.login = getpass.getuser()
        for path in (self.root, self.volume, self.run_dir, self.commands):
            path.mkdir(parents=True)
        write_bundle(self.bundle, [])
        self.environment = {
            "PATH": f"{self.commands}:{BIN}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            **environment,
        }

    def stand_in(self, command, script):
        """A command of the platform, replaced."""
        write_command(self.commands / command, script)

    def notebook(self):
        return {
            "name": "alice",
            "arn": "arn:aws:sagemaker:eu-west-1:123456789012:notebook-instance/alice",
            "tags": self.tags,
            "login": self.login,
            "home": str(self.home),
            "root": str(self.root),
            "run_dir": str(self.run_dir),
        }

    def apply(self, **settings):
        context = json.dumps({"settings": settings, "notebook": self.notebook()})
        return self.call([PYTHON, "-I", self.bundle / "feature.py", self.name], context)

    def verb(self, verb, text=""):
        return self.call([PYTHON, "-I", self.bundle / "feature.py", self.name, verb, "--root", self.root], text)

    def call(self, command, text="", cwd="/", **environment):
        given = {**self.environment, **environment}
        return subprocess.run(
            [str(part) for part in command],
            input=text,
            env=given,
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def wants_restart(self):
        return (self.run_dir / "restart-jupyter").exists()


def contents(folder):
    """All that stands below a folder: links by where they lead, files by their bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
    return found
