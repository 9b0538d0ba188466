"""Settings of JupyterLab and its server, and extensions beside it.

Root writes the configuration, which is outside of all that the user can write. Extensions go into the environment that
Jupyter runs in, which is below the home of the user, and so are installed as that user.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from pathlib import Path

from instance import FeatureError, account_of, is_root, run, write

SETTINGS = "/etc/jupyter/labconfig/default_setting_overrides.d/ml-infra.json"
# Of the folder jupyter_server_config.d, Jupyter reads nothing but which extensions are on.
SERVER_CONFIG = "/etc/jupyter/jupyter_server_config.json"
ENVIRONMENT = "anaconda3/envs/JupyterSystemEnv"  # below the home; not checked on a live account
FETCH_SECONDS = 100
INSTALL_SECONDS = 30
CHECK_SECONDS = 20
ALL_SECONDS = 172  # the lifecycle allows somewhat more


def apply(settings, notebook):
    changed = place(notebook, SETTINGS, json.loads(notebook.file("jupyter", "settings.json").read_text()))
    changed |= merge(notebook, SERVER_CONFIG, json.loads(notebook.file("jupyter", "server.json").read_text()))
    if changed:
        notebook.ask_for_restart()
    if settings["extensions"]:
        notebook.keep("jupyter", settings)
        said = run(as_user(notebook), timeout=ALL_SECONDS, env={"HOME": notebook.home, "USER": notebook.login})
        if said:
            print(said, end="")
            notebook.ask_for_restart()


def place(notebook, path, content):
    """Write a file of ours, if it says something and did not say it yet."""
    text = json.dumps(content, indent=2) + "\n"
    file = notebook.path(path)
    if not content or (file.exists() and file.read_text() == text):
        return False
    notebook.write(path, text)
    return True


def merge(notebook, path, content):
    """Write into a file that the platform may have, too: trait by trait, ours win."""
    file = notebook.path(path)
    try:
        there = json.loads(file.read_text()) if file.exists() else {}
        merged = {**there, **{name: {**there.get(name, {}), **traits} for name, traits in content.items()}}
    except (TypeError, ValueError, AttributeError) as error:
        raise FeatureError(f"{file} is no configuration of Jupyter, and is left alone: {error}") from error
    return place(notebook, path, merged) if merged != there else False


def as_user(notebook):
    command = notebook.command("jupyter", "extensions")
    other = is_root() and account_of(notebook.login).pw_uid != 0
    return ["runuser", "-u", notebook.login, "--", *command] if other else command


def install(settings, notebook):
    """Add extensions to the environment of Jupyter. Nothing that is there changes, so that all can be taken back."""
    deadline = time.monotonic() + FETCH_SECONDS
    python = Path(notebook.home) / ENVIRONMENT / "bin" / "python"
    if not python.exists():
        raise FeatureError(f"Jupyter is not where it was expected: {python} does not exist")
    installed = packages(python)
    wanted = dict(extension.split("==") for extension in settings["extensions"])
    for name, version in wanted.items():
        found = installed.get(normal(name), version)
        if found != version:
            raise FeatureError(f"{name} is there in version {found}, which the platform may need: leave it out")
    missing = [f"{name}=={version}" for name, version in wanted.items() if normal(name) not in installed]
    if not missing:
        return
    wheels = fetch(missing, installed, python, notebook, deadline)
    requirements = (wheels / "requirements.txt").read_text().split()
    try:
        pip(python, INSTALL_SECONDS, "install", "--no-index", "--no-deps", "--find-links", wheels, *requirements)
        check(python, installed)
    except FeatureError as error:
        take_back(requirements, python, installed, error)
    print(f"installed {' '.join(requirements)}")


def packages(python):
    listed = json.loads(pip(python, CHECK_SECONDS, "list", "--format=json"))
    return {normal(entry["name"]): entry["version"] for entry in listed}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def fetch(missing, installed, python, notebook, deadline):
    """Have the wheels on the volume: those that extensions need beyond what is installed, and no other."""
    folder = notebook.state / "jupyter-extensions"
    key = hashlib.sha256(json.dumps([missing, installed], sort_keys=True).encode()).hexdigest()
    wheels = folder / key
    if wheels.exists():
        return wheels
    if folder.exists():
        shutil.rmtree(folder)
    new = folder / "new"
    new.mkdir(parents=True)
    constraints = new / "constraints.txt"
    write(constraints, "".join(f"{name}=={version}\n" for name, version in installed.items()))
    options = ["--only-binary=:all:", "--constraint", constraints]
    report = new / "report.json"
    pip(python, deadline - time.monotonic(), "install", "--dry-run", "--report", report, *options, *missing)
    found = [entry["metadata"] for entry in json.loads(report.read_text())["install"]]
    requirements = [f"{entry['name']}=={entry['version']}" for entry in found]
    pip(python, deadline - time.monotonic(), "download", "--no-deps", *options, "--dest", new, *requirements)
    write(new / "requirements.txt", "\n".join(requirements))
    new.rename(wheels)
    return wheels


def check(python, installed):
    """Whether Jupyter would still start."""
    modules = ["jupyter_server.serverapp"] + (["jupyterlab.labapp"] if "jupyterlab" in installed else [])
    run([python, "-c", f"import {', '.join(modules)}"], timeout=CHECK_SECONDS)


def take_back(requirements, python, installed, error):
    names = [requirement.split("==")[0] for requirement in requirements]
    pip(python, INSTALL_SECONDS, "uninstall", "--yes", *names)
    if packages(python) != installed:
        raise FeatureError(f"the extensions could not be taken back, stop and start the notebook: {error}")
    check(python, installed)
    raise FeatureError(f"taken back, because Jupyter would not work with them: {error}")


def pip(python, seconds, *arguments):
    common = ["--disable-pip-version-check", "--no-input", "--retries=2"]
    return run([python, "-m", "pip", *common, *arguments], timeout=max(1, seconds))


VERBS = {"extensions": install}
