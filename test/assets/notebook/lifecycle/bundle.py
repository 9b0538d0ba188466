"""Bundles of steps as the library writes them, and scripts as SageMaker receives them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
import zipfile
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[4] / "assets" / "notebook" / "lifecycle"
SCRIPTS = [path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.py")]
PYTHON = os.environ.get("NOTEBOOK_PYTHON", sys.executable)  # the platform has 3.9


def step(name, script, **changes):
    """A step of a manifest, with its script under a key that write_bundle takes out again."""
    return {
        "name": name,
        "hook": "start",
        "file": f"steps/{name}.sh",
        "phase": "blocking",
        "user": "root",
        "timeoutSeconds": 20,
        "onFailure": "continue",
        "script": script,
        **changes,
    }


def write_bundle(folder, steps, budget=240, idle=None, version=2, values=()):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "steps").mkdir(parents=True)
    for name in SCRIPTS:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ASSETS / name, folder / name)
    for entry in steps:
        script = entry.pop("script")
        if script is not None:
            (folder / entry["file"]).write_text(script)
            (folder / entry["file"]).chmod(0o755)
    manifest = {"version": version, "budgetSeconds": budget, "steps": steps, "values": list(values), "idle": idle}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def digest_of(files):
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def files_of(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def write_zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def render(**values):
    script = (ASSETS / "bootstrap.sh").read_text()
    for name, value in values.items():
        placeholder = f"@@{name.upper()}@@"
        assert script.count(f"'{placeholder}'") == 1
        script = script.replace(placeholder, value)
    assert "@@" not in script
    return script


def write_command(path, script):
    """A command that stands in for one of the platform."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)


def until(condition, seconds=15):
    """The first true value of a condition, which must come in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"did not happen within {seconds} s")
