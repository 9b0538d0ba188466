"""File systems of the network, below /mnt/ml-infra, with links to them on the volume that its user makes."""

from __future__ import annotations

import shutil
import socket

from instance import FeatureError, account_of, run
from journal import Account

MOUNTS = "/mnt/ml-infra"
CONNECT_SECONDS = 10
INSTALL_SECONDS = 240
MOUNT_SECONDS = 60
# Nobody becomes root by a file that somebody else put there.
HARMLESS = ("nosuid", "nodev")
LINK = """
if [ -L "$2" ] && [ "$(readlink -- "$2")" = "$1" ]; then exit 0; fi
if [ -e "$2" ] || [ -L "$2" ]; then echo "$2 exists already" >&2; exit 1; fi
ln -sT -- "$1" "$2"
"""


def apply(settings, notebook):
    problems = []
    for mount in settings["mounts"]:
        folder = mount["folder"]
        try:
            if is_mounted(folder, notebook):
                print(f"{folder}: mounted already")
            else:
                KINDS[mount["kind"]](mount, notebook)
                print(f"{folder}: mounted")
            link(folder, notebook)
        except (FeatureError, OSError) as error:
            problems.append(f"{folder}: {error}")
    if problems:
        raise FeatureError("; ".join(problems))


def is_mounted(folder, notebook):
    try:
        lines = notebook.path("/proc/mounts").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return False
    return any(line.split()[1:2] == [f"{MOUNTS}/{folder}"] for line in lines)


def mount_efs(mount, notebook):
    require_answer(mount)
    install("mount.efs", "amazon-efs-utils")
    options = ["_netdev", "noresvport", "tls", "iam", *HARMLESS]
    if mount["accessPoint"]:
        options.append(f"accesspoint={mount['accessPoint']}")
    # A write that was given up could leave half a file; a read that is repeated for ever helps nobody.
    options += ["ro", "soft"] if mount["readOnly"] else []
    file_system = mount["host"].split(".")[0]
    run_detached(["mount", "-t", "efs", "-o", ",".join(options), f"{file_system}:/", point_of(mount, notebook)])


def mount_lustre(mount, notebook):
    require_answer(mount)
    install("mount.lustre", "lustre-client")
    options = ["_netdev", "relatime", "flock", *HARMLESS, *(["ro"] if mount["readOnly"] else [])]
    source = f"{mount['host']}@tcp:/{mount['mountName']}"
    run_detached(["mount", "-t", "lustre", "-o", ",".join(options), source, point_of(mount, notebook)])


def mount_s3(mount, notebook):
    notebook.aws(
        "s3api",
        "list-objects-v2",
        f"--bucket={mount['bucket']}",
        f"--prefix={mount['prefix']}",
        f"--expected-bucket-owner={notebook.account}",
        "--max-items=1",
        timeout=CONNECT_SECONDS * 2,
    )
    package = mount["package"]
    install("mount-s3", str(notebook.file("mounts", package)) if package else "mount-s3")
    user = account_of(notebook.login)
    options = ["--allow-other", f"--uid={user.pw_uid}", f"--gid={user.pw_gid}", f"--region={notebook.region}"]
    options += ["--read-only"] if mount["readOnly"] else ["--allow-delete", "--allow-overwrite"]
    if mount["prefix"]:
        options.append(f"--prefix={mount['prefix']}")
    run_detached(["mount-s3", *options, mount["bucket"], point_of(mount, notebook)])


KINDS = {"efs": mount_efs, "lustre": mount_lustre, "s3": mount_s3}


def require_answer(mount):
    """Whether the file system can be reached: a mount itself would wait for minutes."""
    place = (mount["host"], mount["port"])
    try:
        socket.create_connection(place, CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as error:
        raise FeatureError(f"{place[0]} does not answer at port {place[1]}: {error}") from error


def install(command, package):
    if shutil.which(command) is None:
        run(["dnf", "install", "--assumeyes", "--quiet", package], timeout=INSTALL_SECONDS)


def point_of(mount, notebook):
    point = notebook.path(f"{MOUNTS}/{mount['folder']}")
    point.mkdir(parents=True, exist_ok=True)
    return point


def run_detached(command):
    """Run what leaves a process behind, in a scope of its own: the unit of this run ends with all that is in it."""
    run(["systemd-run", "--scope", "--quiet", "--collect", *command], timeout=MOUNT_SECONDS)


def link(folder, notebook):
    """The user makes the link: root follows none that is planted on the volume."""
    user = Account(notebook.login, notebook.home)
    arguments = [f"{MOUNTS}/{folder}", str(notebook.volume / folder)]
    run(user.command(["sh", "-c", LINK, "sh", *arguments]), timeout=10)
