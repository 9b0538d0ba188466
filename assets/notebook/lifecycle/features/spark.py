"""Where the Spark kernels of the image, Sparkmagic, find Livy. Whether it answers is seen when a kernel is used."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

from instance import FeatureError, write

CONFIG = ".sparkmagic/config.json"
KERNELS = ("kernel_python_credentials", "kernel_scala_credentials", "kernel_r_credentials")
LIVY_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


def apply(settings, notebook):
    url = settings["livyUrl"]
    if not LIVY_URL.fullmatch(url):
        raise FeatureError(f"{re.sub('//.*@', '//***@', url)!r} is not the address of a Livy server")
    path = (Path(notebook.home) / CONFIG).resolve()  # it may stand on the volume, behind a link
    before = read_config(path)
    credentials = {"username": "", "password": "", "url": url, "auth": "None"}
    after = {**before, **dict.fromkeys(KERNELS, credentials)}
    if after != before:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        write(path, json.dumps(after, indent=2) + "\n", mode)
    print(f"the Spark kernels use {url}")


def read_config(path):
    """What the image or the user has configured. All but the addresses must stay."""
    try:
        config = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise FeatureError(f"~/{CONFIG} cannot be read: {error}") from error
    if not isinstance(config, dict):
        raise FeatureError(f"~/{CONFIG} must hold an object")
    return config
