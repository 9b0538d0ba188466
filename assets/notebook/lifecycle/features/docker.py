"""Images and containers of Docker on the volume, where they have room and survive a stop."""

from __future__ import annotations

import contextlib
import json

from instance import FeatureError, run

CONFIG = "/etc/docker/daemon.json"
FOLDER = ".docker"
REMEDY = (
    "this notebook has no root access, so links that its user plants below ~/SageMaker would have Docker's daemon,"
    " which is root, write anywhere: give the notebook root access, or build images elsewhere"
)


def apply(_settings, notebook):
    if root_access(notebook) != "Enabled":
        raise FeatureError(REMEDY)
    wanted = str(notebook.volume / FOLDER)
    with contextlib.suppress(FeatureError):  # a daemon that does not run is started below
        if data_root() == wanted:
            print(f"images and containers are in {wanted} already")
            return
    notebook.write(CONFIG, json.dumps({**read_config(notebook), "data-root": wanted}, indent=2) + "\n")
    run(["systemctl", "restart", "docker"], timeout=45)
    found = data_root()
    if found != wanted:
        raise FeatureError(f"Docker still has its data in {found}: is a folder given where the service is defined?")
    print(f"images and containers are in {wanted}")


def root_access(notebook):
    asked = ["sagemaker", "describe-notebook-instance", "--notebook-instance-name", notebook.name]
    return notebook.aws(*asked, timeout=15).get("RootAccess")


def data_root():
    return run(["docker", "info", "--format", "{{.DockerRootDir}}"], timeout=15).strip()


def read_config(notebook):
    """What the image says of Docker, such as its runtime for GPUs. It must stay."""
    try:
        config = json.loads(notebook.path(CONFIG).read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise FeatureError(f"{CONFIG} is no JSON: {error}") from error
    if not isinstance(config, dict):
        raise FeatureError(f"{CONFIG} must hold an object")
    return config
