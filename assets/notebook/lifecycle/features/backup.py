"""Copies of the volume in S3, on a timer and on demand, and back. As root only the timer and the commands are made."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import time

from instance import FeatureError, account_of, run, shell_quote, write
from journal import Account

COPY_SECONDS = 14_000
NOTEBOOK = re.compile(r"(?=.{1,63}\Z)[A-Za-z0-9](-*[A-Za-z0-9])*")
OWNER = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._@+=-]{0,62}")

AT_THE_TOP = (".ml-infra/*", ".docker/*", ".Trash-*/*", "lost+found/*", "SETUP-STATUS.md", "restored/.*.new/*")
ANYWHERE = (".cache", "__pycache__", ".ipynb_checkpoints", "node_modules")
COMMANDS = {"ml-infra-backup": "now", "ml-infra-restore": "restore"}


def apply(settings, notebook):
    notebook.keep("backup", settings)
    for name, verb in COMMANDS.items():
        line = " ".join(shell_quote(word) for word in notebook.command("backup", verb))
        notebook.write(f"/usr/local/bin/{name}", f'#!/bin/sh\nexec {line} "$@"\n', 0o755)
    notebook.every("backup", "now", settings["everySeconds"], user=notebook.login, limit=COPY_SECONDS)
    user = Account(notebook.login, notebook.home)
    env = {"HOME": user.home, "USER": user.name, "LOGNAME": user.name}
    print(run(user.command(notebook.command("backup", "start")), timeout=COPY_SECONDS, env=env))


def start(settings, notebook):
    """What the user's part of a start is: restore what a tag asks for, once, and make a copy."""
    source = notebook.tags.get("ml-restore-from")
    failure = None
    if source is not None:
        try:
            restore_once(settings, notebook, source)
        except FeatureError as error:
            failure = error
    now(settings, notebook)
    if failure:
        raise failure


def now(settings, notebook):
    """Copy what is new. Nothing is deleted in S3."""
    require_user(notebook)
    place = place_of(settings, notebook, notebook.name)
    with locked(notebook, "backup") as is_mine:
        if not is_mine:
            print("a copy is being made already")
            return
        anywhere = [pattern for name in ANYWHERE for pattern in (f"{name}/*", f"*/{name}/*")]
        patterns = [*AT_THE_TOP, *anywhere, *settings["exclude"]]
        excluded = [f"--exclude={pattern}" for pattern in patterns]
        warning = copy(notebook, notebook.volume, place, "--no-follow-symlinks", *excluded)
        made = {"to": place, "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "leftOut": warning}
        write(notebook.state / "backup.json", json.dumps(made, indent=2) + "\n")
    print(f"copied to {place}")


def restore(settings, notebook, *names):
    """Fetch the copy of a notebook of the same owner into a new folder, over nothing that is there."""
    if len(names) != 1:
        raise FeatureError("name one notebook: ml-infra-restore NAME")
    require_user(notebook)
    place = place_of(settings, notebook, names[0])
    folder = notebook.volume / "restored"
    volume = os.path.realpath(notebook.volume)
    if os.path.realpath(folder) != os.path.join(volume, "restored"):
        raise FeatureError(f"{folder} leads elsewhere")
    with locked(notebook, "restore") as is_mine:
        if not is_mine:
            raise FeatureError("a copy is being fetched already")
        folder.mkdir(exist_ok=True)
        for left in folder.glob(".*.new"):
            shutil.rmtree(left, ignore_errors=True)
        stamp = time.strftime("%Y-%m-%dT%H-%M-%SZ", time.gmtime())
        new = folder / f".{stamp}.new"
        new.mkdir()
        try:
            warning = copy(notebook, place, new)
            if not any(new.iterdir()):
                raise FeatureError(f"there is no copy in {place}")
            name = next(name for name in numbered(stamp) if not os.path.lexists(folder / name))
            new.rename(folder / name)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    print(f"restored {place} to {folder / name}" + (f"; {warning}" if warning else ""))


def restore_once(settings, notebook, source):
    place_of(settings, notebook, source)
    stamp = notebook.state / "restored" / source
    if not stamp.exists():
        restore(settings, notebook, source)
        write(stamp, "")


def require_user(notebook):
    """Root would follow links that are planted on the volume."""
    if os.geteuid() != account_of(notebook.login).pw_uid:
        raise FeatureError(f"only {notebook.login} can do this; leave sudo out")


def place_of(settings, notebook, name):
    """Where the copy of a notebook is. Names come from tags and from users."""
    if not NOTEBOOK.fullmatch(name):
        raise FeatureError(
            f"the name of a notebook must be 1 to 63 letters, digits and dashes, got: {json.dumps(name)}"
        )
    if not OWNER.fullmatch(notebook.owner):
        raise FeatureError(f"the tag ml-owner must name an owner, got: {json.dumps(notebook.owner)}")
    area = f"users/{notebook.owner}"
    if settings["byBase"]:
        base = notebook.tags.get("ml-base", "")
        if not OWNER.fullmatch(base):
            raise FeatureError(f"the tag ml-base must name a base, got: {json.dumps(base)}")
        area = f"{base}/{area}"
    return f"s3://{settings['bucket']}/{area}/notebooks/{name}/"


def copy(notebook, source, target, *options):
    """Copy a tree. Returns what the command warned of, such as a file that vanished or a socket."""
    command = ["aws", "s3", "sync", source, target, "--only-show-errors", f"--region={notebook.region}", *options]
    try:
        run(command, timeout=COPY_SECONDS)
    except FeatureError as error:
        lines = str(error).splitlines()
        if lines[0].startswith("aws ended with 2:") and "warning: " in lines[-1]:
            print(error)
            return str(error)
        raise
    return None


@contextlib.contextmanager
def locked(notebook, name):
    notebook.state.mkdir(exist_ok=True)
    with (notebook.state / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def numbered(name):
    yield name
    count = 1
    while True:
        count += 1
        yield f"{name}-{count}"


VERBS = {"start": start, "now": now, "restore": restore}
