"""code-server behind Jupyter, which guards it: a launcher, and one release on the volume.

Root writes the launcher, which is outside of all that the user can write, and touches nothing of the volume. The user
fetches the release: ahead of time in a unit of its own, and else when code-server is first opened.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath

from instance import FeatureError, run

SERVER_CONFIG = "/etc/jupyter/jupyter_server_config.json"
PACKAGES = "anaconda3/envs/JupyterSystemEnv/lib"  # below the home; not checked on a live account
UNIT = "ml-infra-code-server-fetch"
SOCKET = "ML_INFRA_CODE_SERVER_SOCKET"
FETCH_SECONDS = 900
BLOCK = 1 << 20
LARGEST = 4 << 30  # bytes that a release may unpack to


def apply(settings, notebook):
    if not any((Path(notebook.home) / PACKAGES).glob("python3*/site-packages/jupyter_server_proxy")):
        raise FeatureError("it needs jupyter-server-proxy beside Jupyter: name it in jupyter.extensions")
    notebook.keep("code_server", settings)
    offer(notebook)
    fetch_ahead(notebook)


def offer(notebook):
    """Tell Jupyter of code-server, in a file that the platform may have, too."""
    file = notebook.path(SERVER_CONFIG)
    try:
        config = json.loads(file.read_text()) if file.exists() else {}
        proxy = config.get("ServerProxy", {})
        servers = {**proxy.get("servers", {}), "code-server": launcher(notebook)}
        merged = {**config, "ServerProxy": {**proxy, "servers": servers}}
    except (TypeError, ValueError, AttributeError) as error:
        raise FeatureError(f"{file} is no configuration of Jupyter, and is left alone: {error}") from error
    if merged != config:
        notebook.write(SERVER_CONFIG, json.dumps(merged, indent=2) + "\n")
        notebook.ask_for_restart()


def launcher(notebook):
    return {
        "command": notebook.command("code_server", "serve"),
        "environment": {SOCKET: "{unix_socket}"},
        "unix_socket": True,
        "timeout": FETCH_SECONDS,
        "launcher_entry": {"title": "VS Code"},
        "new_browser_tab": True,
    }


def fetch_ahead(notebook):
    """Have the release on the volume before somebody waits for it. Opening code-server does the same, if need be."""
    command = notebook.command("code_server", "fetch")
    options = [f"--unit={UNIT}", f"--uid={notebook.login}", "--collect", "--no-block", "--property=RuntimeMaxSec=1800"]
    try:
        run(["systemd-run", *options, *command], timeout=10)
    except FeatureError as error:
        print(f"it is fetched when it is first opened, and not ahead of that: {error}")


def fetch(settings, notebook):
    """The release on the volume, by its hash. Two runs never overlap."""
    folder = notebook.state / "code-server"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    release = folder / settings["sha256"]
    with locked(folder / "lock"):
        if not release.exists():
            new = folder / "new"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            try:
                archive = download(settings, new / "archive", notebook)
                unpack(archive, new / "release")
                (new / "release").rename(release)
            finally:
                shutil.rmtree(new, ignore_errors=True)
        remove_others(folder, release)
    return release


@contextlib.contextmanager
def locked(path):
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def download(settings, archive, notebook):
    place = ["--bucket", settings["bucket"], "--key", settings["key"]]
    notebook.aws("s3api", "get-object", *place, str(archive), timeout=FETCH_SECONDS)
    digest = hashlib.sha256()
    with archive.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    if digest.hexdigest() != settings["sha256"]:
        raise FeatureError(f"the release has the SHA-256 {digest.hexdigest()}, and is not unpacked")
    return archive


def unpack(archive, target):
    """Unpack files and folders first and links last, so that no file is ever written through a link."""
    target.mkdir()
    try:
        with tarfile.open(archive, "r:gz") as tar:
            links = unpack_files(tar, target)
        for path, member in links:
            tie(path, member, target)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise FeatureError(f"the release cannot be unpacked: {error}") from error
    for path, member in links:
        if not is_below(path, target):
            raise FeatureError(f"the release has a link that leads out of it: {member.name}")


def unpack_files(tar, target):
    """Unpack all but the links, and return these."""
    links = []
    size = 0
    for member in tar:
        path = target / inside(member.name)
        size += member.size
        if size > LARGEST:
            raise FeatureError("the release unpacks to more than 4 GiB")
        if member.isdir():
            path.mkdir(parents=True, exist_ok=True)
        elif member.isreg():
            path.parent.mkdir(parents=True, exist_ok=True)
            copy(tar.extractfile(member), path, member.mode)
        elif member.issym() or member.islnk():
            links.append((path, member))
        else:
            raise FeatureError(f"the release has something that is no file: {member.name}")
    return links


def inside(name):
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise FeatureError(f"the release has a name that leads out of it: {name}")
    return path


def copy(source, path, mode):
    with path.open("xb") as file:
        shutil.copyfileobj(source, file, BLOCK)
    path.chmod(0o755 if mode & 0o100 else 0o644)


def tie(path, member, target):
    """Make a link. A hard one becomes a copy."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_below(path.parent, target):
        raise FeatureError(f"the release has a name that leads out of it: {member.name}")
    if member.issym():
        path.symlink_to(member.linkname)
        return
    original = target / inside(member.linkname)
    if not is_below(original, target) or not original.is_file():
        raise FeatureError(f"the release has a link that leads nowhere: {member.name}")
    shutil.copy2(original, path)


def is_below(path, folder):
    real, top = os.path.realpath(path), os.path.realpath(folder)
    return real == top or real.startswith(f"{top}/")


def remove_others(folder, release):
    for path in folder.iterdir():
        if path.is_dir() and path != release and len(path.name) == len(release.name):
            shutil.rmtree(path, ignore_errors=True)


def serve(settings, notebook):
    """Become code-server, listening where Jupyter told it to and nobody else reaches it."""
    release = fetch(settings, notebook)
    programs = sorted(release.glob("*/bin/code-server"))
    if not programs:
        raise FeatureError("the release has no bin/code-server")
    kept = notebook.state / "code-server"
    options = [
        *("--auth", "none", "--socket", os.environ.pop(SOCKET), "--socket-mode", "600"),
        *("--user-data-dir", str(kept / "data"), "--extensions-dir", str(kept / "extensions")),
        *("--disable-telemetry", "--disable-update-check"),
        str(notebook.volume),
    ]
    os.execv(programs[0], [str(programs[0]), *options])  # noqa: S606  there is no shell to start it with


VERBS = {"fetch": fetch, "serve": serve}
