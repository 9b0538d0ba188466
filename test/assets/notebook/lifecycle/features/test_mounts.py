"""File systems. What mounts and installs is a command that notes what it was asked for; the rest is real."""

import os
import pwd
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from storage_box import ACCOUNT, AWS_FOLDER, NotebookBox, ObjectStore

RUNS_IT = 'while [[ "$1" == --* ]]; do shift; done; exec "$@"'


@pytest.fixture(scope="module")
def store():
    store = ObjectStore()
    yield store
    store.stop()


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def box(tmp_path, store):
    box = NotebookBox(tmp_path, store.url)
    box.record("systemd-run", RUNS_IT)
    for name in ("mount", "dnf", "mount.efs", "mount.lustre", "mount-s3"):
        box.record(name)
    return box


def efs(port, **changes):
    mount = {"folder": "team", "kind": "efs", "host": "localhost", "port": port, "accessPoint": None, "readOnly": False}
    return {**mount, **changes}


def lustre(port, **changes):
    mount = {
        "folder": "fast",
        "kind": "lustre",
        "host": "localhost",
        "port": port,
        "mountName": "fsx1",
        "readOnly": False,
    }
    return {**mount, **changes}


def s3(bucket, **changes):
    mount = {"folder": "raw", "kind": "s3", "bucket": bucket, "prefix": "raw/", "readOnly": True, "package": None}
    return {**mount, **changes}


def apply(box, *mounts):
    return box.apply("mounts", {"mounts": list(mounts)})


def asked(box, name):
    return [line[1:] for line in box.recorded() if line[0] == name]


def say_mounted(box, *folders):
    (box.root / "proc").mkdir()
    lines = "".join(f"127.0.0.1:/ /mnt/ml-infra/{folder} nfs4 rw 0 0\n" for folder in folders)
    (box.root / "proc/mounts").write_text(f"proc /proc proc rw 0 0\n{lines}\n")


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        ({}, "_netdev,noresvport,tls,iam,nosuid,nodev"),
        ({"accessPoint": "fsap-1"}, "_netdev,noresvport,tls,iam,nosuid,nodev,accesspoint=fsap-1"),
        ({"readOnly": True}, "_netdev,noresvport,tls,iam,nosuid,nodev,ro,soft"),
    ],
)
def test_efs_is_mounted_encrypted_and_with_identity(box, listener, changes, options):
    result = apply(box, efs(listener, **changes))
    assert result.returncode == 0, result.stderr
    point = box.root / "mnt/ml-infra/team"
    assert asked(box, "mount") == [["-t", "efs", "-o", options, "localhost:/", str(point)]]
    assert point.is_dir()
    assert asked(box, "dnf") == []


@pytest.mark.parametrize(("read_only", "more"), [(False, ""), (True, ",ro")])
def test_lustre_is_mounted(box, listener, read_only, more):
    assert apply(box, lustre(listener, readOnly=read_only)).returncode == 0
    point = str(box.root / "mnt/ml-infra/fast")
    options = f"_netdev,relatime,flock,nosuid,nodev{more}"
    assert asked(box, "mount") == [["-t", "lustre", "-o", options, "localhost@tcp:/fsx1", point]]


@pytest.mark.parametrize(
    ("read_only", "more"), [(True, ["--read-only"]), (False, ["--allow-delete", "--allow-overwrite"])]
)
def test_a_bucket_is_mounted_for_its_user(box, store, read_only, more):
    store.bucket("mounted")
    result = apply(box, s3("mounted", readOnly=read_only))
    assert result.returncode == 0, result.stderr
    user = pwd.getpwuid(os.geteuid())
    who = [f"--uid={user.pw_uid}", f"--gid={user.pw_gid}", "--region=us-east-1"]
    point = str(box.root / "mnt/ml-infra/raw")
    assert asked(box, "mount-s3") == [["--allow-other", *who, *more, "--prefix=raw/", "mounted", point]]


def test_what_stays_behind_is_in_no_unit_that_ends(box, listener):
    apply(box, efs(listener))
    [line] = asked(box, "systemd-run")
    assert line[:4] == ["--scope", "--quiet", "--collect", "mount"]


@pytest.mark.parametrize(
    ("command", "mount", "package"),
    [("mount.efs", efs, "amazon-efs-utils"), ("mount.lustre", lustre, "lustre-client")],
)
def test_a_client_that_is_missing_is_installed(box, listener, command, mount, package):
    (box.commands / command).unlink()
    apply(box, mount(listener))
    assert asked(box, "dnf") == [["install", "--assumeyes", "--quiet", package]]


@pytest.mark.parametrize("package", [None, "raw.rpm"])
def test_mountpoint_comes_from_the_bundle_if_it_is_there(box, store, package):
    store.bucket("packaged")
    (box.commands / "mount-s3").unlink()
    apply(box, s3("packaged", package=package))
    expected = str(box.bundle / "files/mounts/raw.rpm") if package else "mount-s3"
    assert asked(box, "dnf") == [["install", "--assumeyes", "--quiet", expected]]


def test_the_user_sees_it_by_a_link(box, listener):
    apply(box, efs(listener))
    assert os.readlink(box.volume / "team") == "/mnt/ml-infra/team"


def test_a_second_run_mounts_nothing(box, listener):
    apply(box, efs(listener))
    say_mounted(box, "team")
    before = (box.volume / "team").lstat().st_mtime_ns
    result = apply(box, efs(listener))
    assert result.stdout == "team: mounted already\n"
    assert len(asked(box, "mount")) == 1
    assert (box.volume / "team").lstat().st_mtime_ns == before


def test_a_mount_of_a_similar_name_is_another(box, listener):
    say_mounted(box, "team-2", "x/team")
    apply(box, efs(listener))
    assert len(asked(box, "mount")) == 1


KEPT = ("st_ino", "st_mode", "st_uid", "st_size", "st_mtime_ns")


@pytest.mark.parametrize("planted", ["file", "folder", "link"])
def test_what_the_user_has_in_its_place_stays(box, listener, planted):
    place = box.volume / "team"
    if planted == "file":
        place.write_text("mine")
    elif planted == "folder":
        place.mkdir()
    else:
        place.symlink_to("/etc")
    before = place.lstat()  # but for the time of access: a link is read
    result = apply(box, efs(listener))
    assert result.returncode != 0
    assert "exists already" in result.stderr
    assert [getattr(place.lstat(), name) for name in KEPT] == [getattr(before, name) for name in KEPT]


def test_what_does_not_answer_is_not_mounted_and_hides_nothing(box, listener):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = apply(box, efs(port), lustre(listener))
    assert result.returncode != 0
    assert f"localhost does not answer at port {port}" in result.stderr
    assert [line[1] for line in asked(box, "mount")] == ["lustre"]
    assert not (box.volume / "team").is_symlink()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 300, "-", "..", "$(id)"])
def test_a_name_that_nobody_has_is_told(box, host):
    result = apply(box, efs(2049, host=host))
    assert result.returncode != 0
    assert "does not answer" in result.stderr
    assert asked(box, "mount") == []


def test_it_takes_a_bucket_of_the_own_account_alone(box, store):
    box.record("aws", f'exec {AWS_FOLDER}/aws "$@"')  # the server does not look at this option
    store.bucket("owned")
    assert apply(box, s3("owned")).returncode == 0
    [asked_for] = [line for line in box.recorded() if "list-objects-v2" in line]
    assert f"--expected-bucket-owner={ACCOUNT}" in asked_for


def test_a_bucket_that_is_not_there_is_not_mounted(box):
    result = apply(box, s3("there-is-none"))
    assert result.returncode != 0
    assert "NoSuchBucket" in result.stderr
    assert asked(box, "mount-s3") == []


def test_a_mount_that_fails_says_why(box, listener):
    box.record("mount", "echo 'access denied by server' >&2; exit 32")
    result = apply(box, efs(listener))
    assert "access denied by server" in result.stderr
    assert not (box.volume / "team").is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_root_leaves_the_volume_to_its_user(store, listener):
    folder = Path(tempfile.mkdtemp(prefix="mounts-"))  # those of pytest are closed to other users
    folder.chmod(0o755)
    try:
        box = NotebookBox(folder, store.url)
        for name in ("mount", "mount.efs"):
            box.record(name)
        box.record("systemd-run", RUNS_IT)
        shutil.chown(box.volume, "nobody")
        context = box.context({"mounts": [efs(listener)]}).replace('"login": "root"', '"login": "nobody"')
        result = box.run(box.command_line("mounts"), context)
        assert result.returncode == 0, result.stderr
        assert (box.volume / "team").lstat().st_uid == pwd.getpwnam("nobody").pw_uid
    finally:
        shutil.rmtree(folder)
