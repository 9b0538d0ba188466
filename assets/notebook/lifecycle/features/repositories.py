"""Clones of repositories. One that is there is fetched, and otherwise left to whoever works with it."""

from __future__ import annotations

import shutil
import time
from pathlib import PurePosixPath

from instance import FeatureError, run

SECONDS = 3_400  # for all of them; the lifecycle allows somewhat more
CONFIG = "/etc/gitconfig"
GUARDS = (
    "protocol.allow=never",
    "protocol.https.allow=always",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
)


def apply(settings, notebook):
    deadline = time.monotonic() + SECONDS
    failures = []
    for repository in settings["repositories"]:
        try:
            bring(repository, notebook, deadline)
        except (FeatureError, OSError) as error:
            failures.append(f"{repository['folder']}: {error}")
    if failures:
        raise FeatureError("\n".join(failures))


def bring(repository, notebook, deadline):
    folder = PurePosixPath(repository["folder"])
    if folder.is_absolute() or ".." in folder.parts or not folder.parts:
        raise FeatureError("not a folder below the volume")
    target = notebook.volume / folder
    if (target / ".git").exists():
        git(notebook, deadline, "-C", target, "fetch", "--prune", "--no-recurse-submodules")
        print(f"{folder}: fetched")
    elif target.exists() and any(target.iterdir()):
        raise FeatureError("is there, is not a clone, and is left alone")
    else:
        clone(repository, target, notebook, deadline)
        print(f"{folder}: cloned")


def clone(repository, target, notebook, deadline):
    """Clone beside the target, so that what stands there is a whole clone or nothing."""
    partial = target.with_name(f".{target.name}.ml-infra-partial")
    if partial.exists():
        shutil.rmtree(partial)
    partial.parent.mkdir(parents=True, exist_ok=True)
    branch = [] if repository["branch"] is None else [f"--branch={repository['branch']}"]
    try:
        git(notebook, deadline, "clone", *branch, "--", repository["url"], partial)
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def git(notebook, deadline, *arguments):
    """Run Git so that it asks nobody, speaks HTTPS alone and runs nothing that a repository brings along."""
    environment = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "GIT_CONFIG_SYSTEM": str(notebook.path(CONFIG)),
    }
    guards = [part for guard in GUARDS for part in ("-c", guard)]
    return run(["git", *guards, *arguments], timeout=max(1, deadline - time.monotonic()), env=environment)
