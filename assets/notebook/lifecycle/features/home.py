"""Links from the home, which is new at each start, to the volume, which stays.

What is on the volume wins. What the home had is copied there if the volume has nothing, and kept beside its link in any
case. Files with credentials of AWS are not among the links: a notebook has a role.
"""

from __future__ import annotations

import os
import shutil
import stat

from instance import FeatureError

FILES = (".bash_history", ".gitconfig", ".aws/config", ".ipython/profile_default/history.sqlite")
FOLDERS = (".ssh", ".config", ".jupyter/lab/user-settings", ".jupyter/lab/workspaces")
PRIVATE = 0o700
KEPT = "before-ml-infra"


def apply(_settings, notebook):
    kept = notebook.state / "home"
    failures = []
    for name in FILES + FOLDERS:
        try:
            link(name, kept, notebook)
        except OSError as error:
            failures.append(f"{name}: {error}")
    if failures:
        raise FeatureError("\n".join(failures))


def link(name, kept, notebook):
    at_home = notebook.volume.parent / name
    on_volume = kept / name
    make_private(on_volume.parent)
    at_home.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    if at_home.is_symlink() and os.readlink(at_home) != str(on_volume):
        print(f"{name}: leads elsewhere already, and is left alone")
        return
    if not os.path.lexists(on_volume):
        fill(name, at_home, on_volume)
    if name in FOLDERS and stat.S_IMODE(on_volume.stat().st_mode) != PRIVATE:
        on_volume.chmod(PRIVATE)
    if at_home.is_symlink():
        return
    if at_home.exists():
        set_aside(at_home)
    new = at_home.with_name(f"{at_home.name}.ml-infra-new")
    new.unlink(missing_ok=True)
    new.symlink_to(on_volume)
    new.replace(at_home)


def fill(name, at_home, on_volume):
    """Put on the volume what the home has, or something empty: whole, or not at all."""
    new = on_volume.with_name(f"{on_volume.name}.ml-infra-new")
    remove(new)
    if at_home.is_symlink() or not at_home.exists():
        if name in FOLDERS:
            new.mkdir(mode=PRIVATE)
        else:
            new.touch(mode=0o600)
    elif at_home.is_dir():
        shutil.copytree(at_home, new, symlinks=True)
    else:
        shutil.copy2(at_home, new)
    new.rename(on_volume)


def set_aside(path):
    """Rename what a link replaces, over nothing that was set aside before."""
    aside = path.with_name(f"{path.name}.{KEPT}")
    number = 1
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{path.name}.{KEPT}-{number}")
    path.rename(aside)
    print(f"{path.name}: what it was is {aside.name}")


def make_private(folder):
    """Make a folder of ours, and those above it: some that are below it hold keys."""
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
