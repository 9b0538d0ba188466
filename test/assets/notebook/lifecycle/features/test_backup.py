"""Copies of the volume, by the real AWS command to a server that speaks S3."""

import json
import os
import re
import socket
import subprocess

import pytest
from storage_box import NotebookBox, ObjectStore

PLACE = "users/alice/notebooks/alice-lab/"


@pytest.fixture(scope="module")
def store():
    store = ObjectStore()
    yield store
    store.stop()


@pytest.fixture
def bucket(store, request):
    name = "".join(c if c.isalnum() else "-" for c in request.node.name.lower())
    return store.bucket(f"b-{name[-50:].strip('-')}")


@pytest.fixture
def box(tmp_path, store):
    box = NotebookBox(tmp_path, store.url)
    box.record("systemd-run")
    box.record("systemctl")
    return box


def settings(bucket, **changes):
    return {"bucket": bucket.name, "byBase": False, "everySeconds": 86_400, "exclude": [], **changes}


def write(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def work(box):
    files = {"a.ipynb": "{}", "deep/ü b.py": "x", "deep/.git/HEAD": "ref", "$(id).txt": "y"}
    for name, text in files.items():
        path = box.volume / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        # S3 knows whole seconds: a file of the same second as its copy is sent again.
        os.utime(path, (path.stat().st_mtime - 3_600,) * 2)
    return sorted(f"{PLACE}{name}" for name in files)


def restored(box):
    return sorted(path for path in (box.volume / "restored").iterdir() if not path.name.startswith("."))


def test_it_copies_the_work_of_the_user_at_once(box, bucket):
    expected = work(box)
    result = box.apply("backup", settings(bucket))
    assert result.returncode == 0, result.stderr
    assert sorted(bucket.names()) == expected
    made = json.loads((box.volume / ".ml-infra" / "backup.json").read_text())
    assert made["to"] == f"s3://{bucket.name}/{PLACE}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["at"])
    assert made["leftOut"] is None


def test_bases_are_kept_apart_in_a_bucket_that_several_have(box, bucket):
    work(box)
    box.tags["ml-base"] = "b1"
    assert box.apply("backup", settings(bucket, byBase=True)).returncode == 0
    assert all(name.startswith("b1/users/alice/notebooks/") for name in bucket.names())
    for base in ("", "../b2", "b/c"):
        box.tags["ml-base"] = base
        result = box.apply("backup", settings(bucket, byBase=True))
        assert "the tag ml-base must name a base" in result.stderr


def test_it_copies_again_and_again_as_the_user(box, bucket):
    box.apply("backup", settings(bucket, everySeconds=3_600))
    [timer] = [line for line in box.recorded() if line[0] == "systemd-run"]
    assert "--unit=ml-infra-backup-now" in timer
    assert "--on-unit-active=3600s" in timer
    assert timer[timer.index("backup") :][:2] == ["backup", "now"]
    login = json.loads(box.context({}))["notebook"]["login"]
    assert (f"--uid={login}" in timer) == (login != "root")


def test_caches_links_and_what_is_asked_for_are_left_out(box, bucket):
    expected = work(box)
    left_out = [".cache/x", "deep/__pycache__/x", "d/.ipynb_checkpoints/x", "d/node_modules/x", ".docker/x", "big/x"]
    for name in [*left_out, "SETUP-STATUS.md", ".ml-infra/state"]:
        (box.volume / name).parent.mkdir(parents=True, exist_ok=True)
        (box.volume / name).write_text("not to be copied")
    (box.folder / "mounted").mkdir()
    (box.folder / "mounted" / "huge").write_text("not to be copied")
    (box.volume / "team").symlink_to(box.folder / "mounted")
    (box.volume / "file").symlink_to(box.folder / "mounted" / "huge")
    result = box.apply("backup", settings(bucket, exclude=["big/*"]))
    assert result.returncode == 0, result.stderr
    assert sorted(bucket.names()) == expected


def test_a_second_copy_sends_what_changed_and_deletes_nothing(box, bucket):
    expected = work(box)
    box.apply("backup", settings(bucket))
    before = len(bucket.stored())
    (box.volume / "a.ipynb").unlink()
    (box.volume / "deep" / "ü b.py").write_text("longer")
    assert box.verb("backup", "now").returncode == 0
    assert sorted(bucket.names()) == expected
    assert len(bucket.stored()) == before + 1


def test_the_command_for_users_does_the_same(box, bucket):
    box.apply("backup", settings(bucket))
    expected = work(box)
    command = [str(box.root / "usr/local/bin/ml-infra-backup")]
    assert box.run(command).returncode == 0
    assert sorted(bucket.names()) == expected


def test_a_socket_stops_no_copy(box, bucket):
    expected = work(box)
    with socket.socket(socket.AF_UNIX) as listener:
        name = box.folder / "s"
        listener.bind(str(name))
        name.rename(box.volume / "socket")
        result = box.apply("backup", settings(bucket))
    assert result.returncode == 0, result.stderr
    assert sorted(bucket.names()) == expected
    assert "socket" in json.loads((box.volume / ".ml-infra" / "backup.json").read_text())["leftOut"]


def test_a_copy_that_fails_says_why_and_claims_nothing(box, bucket):
    work(box)
    result = box.apply("backup", {**settings(bucket), "bucket": "there-is-none"})
    assert result.returncode != 0
    assert "NoSuchBucket" in result.stderr
    assert not (box.volume / ".ml-infra" / "backup.json").exists()
    assert (box.root / "usr/local/bin/ml-infra-backup").exists()


@pytest.mark.parametrize("verb", [["now"], ["restore", "old-lab"]])
def test_nobody_but_its_user_touches_the_volume(box, bucket, verb):
    box.apply("backup", settings(bucket))
    kept = box.root / "etc/ml-infra/backup.json"
    login = json.loads(kept.read_text())["notebook"]["login"]
    kept.write_text(kept.read_text().replace(f'"login": "{login}"', '"login": "nobody"'))
    work(box)
    result = box.verb("backup", *verb)
    assert result.returncode != 0
    assert "only nobody can do this" in result.stderr
    assert bucket.names() == []
    assert not (box.volume / "restored").exists()


def test_two_copies_never_run_at_once(box, bucket):
    box.apply("backup", settings(bucket))
    work(box)
    lock = box.volume / ".ml-infra" / "backup.lock"
    with subprocess.Popen(["flock", lock, "sh", "-c", "echo; cat"], stdin=-1, stdout=-1) as holder:
        holder.stdout.readline()
        assert "already" in box.verb("backup", "now").stdout
        holder.stdin.close()
    assert bucket.names() == []


def test_a_tag_brings_back_the_copy_of_another_notebook_once(box, bucket):
    bucket.put("users/alice/notebooks/old-lab/deep/a.ipynb", "old")
    bucket.put("users/alice/notebooks/old-lab/b c.txt", "old")
    write(box.volume, deep__a="mine")
    box.tags["ml-restore-from"] = "old-lab"
    result = box.apply("backup", settings(bucket))
    assert result.returncode == 0, result.stderr
    [folder] = restored(box)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ", folder.name)
    assert (folder / "deep/a.ipynb").read_text() == "old"
    assert (folder / "b c.txt").read_text() == "old"
    assert (box.volume / "deep/a").read_text() == "mine"
    box.apply("backup", settings(bucket))
    assert restored(box) == [folder]


def test_restoring_on_demand_never_writes_over_what_is_there(box, bucket):
    work(box)
    box.apply("backup", settings(bucket))
    (box.volume / "a.ipynb").write_text("newer work")
    command = [str(box.root / "usr/local/bin/ml-infra-restore"), "alice-lab"]
    for _ in range(2):
        result = box.run(command)
        assert result.returncode == 0, result.stderr
    assert len(restored(box)) == 2
    assert [(folder / "a.ipynb").read_text() for folder in restored(box)] == ["{}", "{}"]
    assert (box.volume / "a.ipynb").read_text() == "newer work"


HOSTILE = ["../bob/notebooks/lab", "..", "", "a/b", "-rf", "a b", "$(id)", "a\n", "ü", "a" * 64, "lab-"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_no_notebook_has_is_no_prefix(box, bucket, name):
    bucket.put("users/bob/notebooks/lab/secret", "of bob")
    work(box)
    box.tags["ml-restore-from"] = name
    result = box.apply("backup", settings(bucket))
    assert result.returncode != 0
    assert "the name of a notebook must be" in result.stderr
    assert not (box.volume / "restored").exists()
    assert f"{PLACE}a.ipynb" in bucket.names()  # the copy is made all the same


@pytest.mark.parametrize("owner", ["../bob", "", "a/b", "a\n"])
def test_an_owner_that_cannot_be_is_no_prefix(box, bucket, owner):
    work(box)
    box.tags["ml-owner"] = owner
    result = box.apply("backup", settings(bucket))
    assert result.returncode != 0
    assert "ml-owner" in result.stderr
    assert bucket.names() == []


def test_nothing_to_restore_is_told_and_tried_again(box, bucket):
    box.tags["ml-restore-from"] = "old-lab"
    result = box.apply("backup", settings(bucket))
    assert result.returncode != 0
    assert "there is no copy in" in result.stderr
    assert restored(box) == []
    bucket.put("users/alice/notebooks/old-lab/a", "old")
    assert box.apply("backup", settings(bucket)).returncode == 0
    assert [(folder / "a").read_text() for folder in restored(box)] == ["old"]


def test_hostile_keys_are_restored_nowhere_else(box, bucket):
    bucket.put("users/alice/notebooks/old-lab/good", "content of good")
    for key in ("../../../bad", "a/../../../bad", "/bad/absolute"):
        bucket.plant(f"users/alice/notebooks/old-lab/{key}", f"content of {key}")
    box.tags["ml-restore-from"] = "old-lab"
    box.apply("backup", settings(bucket))
    written = [path for path in box.folder.rglob("*") if path.is_file() and path.read_bytes().startswith(b"content of")]
    [folder] = restored(box)
    assert all(folder in path.parents for path in written)
    assert (folder / "good").read_text() == "content of good"


def test_a_restore_that_was_cut_off_leaves_nothing(box, bucket):
    bucket.put("users/alice/notebooks/old-lab/a", "old")
    left = box.volume / "restored" / ".2026-01-01T00-00-00Z.new"
    left.mkdir(parents=True)
    (left / "half").write_text("half")
    box.tags["ml-restore-from"] = "old-lab"
    box.apply("backup", settings(bucket))
    assert len(list((box.volume / "restored").iterdir())) == 1


def test_it_restores_through_no_link(box, bucket):
    bucket.put("users/alice/notebooks/old-lab/a", "old")
    (box.folder / "outside").mkdir()
    (box.volume / "restored").symlink_to(box.folder / "outside")
    box.tags["ml-restore-from"] = "old-lab"
    result = box.apply("backup", settings(bucket))
    assert "leads elsewhere" in result.stderr
    assert list((box.folder / "outside").iterdir()) == []
