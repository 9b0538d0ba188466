"""Copies from S3, by the real AWS command from a server that speaks S3."""

import json
import os
import signal
import time

import nbformat
import pytest
from storage_box import ACCOUNT, AWS_FOLDER, NotebookBox, ObjectStore

MANY = 1_200


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
    return NotebookBox(tmp_path, store.url)


def settings(bucket, **changes):
    sync = {
        "bucket": bucket.name,
        "prefix": "course/",
        "folder": "lab",
        "include": ["*"],
        "exclude": [],
        "stripOutputs": False,
        "replace": [],
        "overwrite": False,
        **changes,
    }
    return {"syncs": [sync]}


def replace(**values):
    return [{"from": f"<{name}>", "to": value} for name, value in values.items()]


def lab(box):
    return box.volume / "lab"


def files(box):
    return sorted(path.relative_to(lab(box)).as_posix() for path in lab(box).rglob("*") if not path.is_dir())


def notebook(*sources, **metadata):
    cells = [
        nbformat.v4.new_code_cell(
            source,
            execution_count=3,
            metadata={"execution": {"iopub.busy": "now"}, "tags": ["kept"], "scrolled": True},
            outputs=[nbformat.v4.new_output("stream", text="secret\n")],
        )
        for source in sources
    ]
    return nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_markdown_cell("# <Name>")], metadata=metadata)


def test_it_copies_what_is_asked_for(box, bucket):
    for key in ("Lab1.ipynb", "deep/Lab1 ü.ipynb", "Lab2.ipynb", "Lab1-draft.ipynb", "notes.md"):
        bucket.put(f"course/{key}", "{}")
    bucket.put("elsewhere/Lab1.ipynb", "{}")
    bucket.put("course/", "")
    result = box.apply("sync", settings(bucket, include=["Lab1*.ipynb", "deep/*"], exclude=["*draft*"]))
    assert result.returncode == 0, result.stderr
    assert files(box) == ["Lab1.ipynb", "deep/Lab1 ü.ipynb"]
    assert result.stdout == "lab: 2 copied, 0 kept, 0 unchanged\n"
    assert (lab(box) / "Lab1.ipynb").stat().st_mode & 0o777 == 0o644


def test_it_fetches_nothing_that_is_left_out(box, bucket):
    bucket.put("course/a", "1")
    bucket.put("course/b", "1")
    box.apply("sync", settings(bucket, exclude=["b"]))
    assert bucket.fetched() == ["course/a"]


def test_it_takes_a_bucket_of_the_own_account_alone(box, bucket):
    box.record("aws", f'exec {AWS_FOLDER}/aws "$@"')  # the server does not look at this option
    assert box.apply("sync", settings(bucket)).returncode == 0
    [asked_for] = [line for line in box.recorded() if "list-objects-v2" in line]
    assert f"--expected-bucket-owner={ACCOUNT}" in asked_for


def test_an_empty_prefix_means_the_whole_bucket(box, bucket):
    bucket.put("a/b", "1")
    bucket.put("c", "1")
    assert box.apply("sync", settings(bucket, prefix="")).returncode == 0
    assert files(box) == ["a/b", "c"]


def test_an_empty_place_is_no_failure(box, bucket):
    result = box.apply("sync", settings(bucket))
    assert (result.returncode, result.stdout) == (0, "lab: 0 copied, 0 kept, 0 unchanged\n")


def test_a_second_run_fetches_nothing(box, bucket):
    bucket.put("course/a.txt", "one")
    bucket.put("course/b/c.txt", "two")
    box.apply("sync", settings(bucket))
    fetched = bucket.fetched()
    before = {path: os.stat(path) for path in lab(box).rglob("*")}
    assert box.apply("sync", settings(bucket)).stdout == "lab: 0 copied, 0 kept, 2 unchanged\n"
    assert bucket.fetched() == fetched
    assert {path: os.stat(path) for path in lab(box).rglob("*")} == before


def test_a_new_version_replaces_a_file_that_nobody_changed(box, bucket):
    bucket.put("course/a.txt", "one")
    box.apply("sync", settings(bucket))
    bucket.put("course/a.txt", "two")
    assert "1 copied" in box.apply("sync", settings(bucket)).stdout
    assert (lab(box) / "a.txt").read_text() == "two"


def test_what_the_user_changed_is_kept(box, bucket):
    bucket.put("course/a.txt", "one")
    box.apply("sync", settings(bucket))
    (lab(box) / "a.txt").write_text("mine")
    bucket.put("course/a.txt", "two")
    assert 'kept as it is: "a.txt"' in box.apply("sync", settings(bucket)).stdout
    assert (lab(box) / "a.txt").read_text() == "mine"
    fetched = bucket.fetched()
    box.apply("sync", settings(bucket))
    assert bucket.fetched() == fetched
    assert (lab(box) / "a.txt").read_text() == "mine"


def test_what_was_there_before_is_kept(box, bucket):
    bucket.put("course/a.txt", "one")
    lab(box).mkdir()
    (lab(box) / "a.txt").write_text("mine")
    box.apply("sync", settings(bucket))
    assert (lab(box) / "a.txt").read_text() == "mine"


def test_overwrite_lets_a_new_version_replace_a_changed_file(box, bucket):
    bucket.put("course/a.txt", "one")
    box.apply("sync", settings(bucket, overwrite=True))
    (lab(box) / "a.txt").write_text("mine")
    box.apply("sync", settings(bucket, overwrite=True))
    assert (lab(box) / "a.txt").read_text() == "mine"
    bucket.put("course/a.txt", "two")
    box.apply("sync", settings(bucket, overwrite=True))
    assert (lab(box) / "a.txt").read_text() == "two"


def test_nothing_is_deleted_and_a_deleted_copy_comes_back(box, bucket):
    bucket.put("course/a.txt", "one")
    bucket.put("course/b.txt", "one")
    box.apply("sync", settings(bucket))
    bucket.store.client.delete_object(Bucket=bucket.name, Key="course/a.txt")
    (lab(box) / "b.txt").unlink()
    box.apply("sync", settings(bucket))
    assert files(box) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("record", ["[1]", "{", '{"a.txt": 1}'])
def test_a_lost_record_costs_no_work(box, bucket, record):
    bucket.put("course/a.txt", "one")
    bucket.put("course/b.txt", "one")
    box.apply("sync", settings(bucket))
    (lab(box) / "b.txt").write_text("mine")
    [path] = (box.volume / ".ml-infra" / "sync").glob("*.json")
    path.write_text(record)
    assert box.apply("sync", settings(bucket)).returncode == 0
    bucket.put("course/a.txt", "two")
    box.apply("sync", settings(bucket))
    assert (lab(box) / "a.txt").read_text() == "two"
    assert (lab(box) / "b.txt").read_text() == "mine"


HOSTILE = [
    "../outside",
    "../../.bashrc",
    "a/../../outside",
    "/etc/ml-infra",
    "x//y",
    "./z",
    "a/./b",
    "new\nline",
    "carriage\rreturn",
    "del\x7f",
    "long" * 100,
]
ODD = ["$(touch owned)", "`id`", "-rf", 'a b\'s "c"', "ünï\u0303/日本", "*", "[a]", "?", "%2e%2e", "x;y|z", "~", "\\"]


def test_hostile_keys_write_nowhere_else(box, bucket):
    for key in [*HOSTILE, *ODD]:
        bucket.plant(f"course/{key}", f"content of {key}")
    result = box.apply("sync", settings(bucket))
    assert result.returncode == 0, result.stdout + result.stderr
    assert files(box) == sorted(ODD)
    assert all((lab(box) / key).read_text() == f"content of {key}" for key in ODD)
    assert result.stdout.count("left out, for its name") == len(HOSTILE)
    written = [
        path for path in box.folder.rglob("*") if path.is_file() and path.read_bytes().startswith(b"content of ")
    ]
    assert sorted(path for path in written) == sorted(lab(box) / key for key in ODD)


def test_a_file_gives_way_to_a_folder_of_its_name(box, bucket):
    bucket.put("course/a", "file")
    bucket.put("course/a/b", "in folder")
    result = box.apply("sync", settings(bucket))
    assert result.returncode == 0
    assert files(box) == ["a/b"]
    assert 'left out, for there is a folder of that name: "a"' in result.stdout


def test_no_link_leads_it_outside(box, bucket):
    bucket.put("course/a/b.txt", "one")
    bucket.put("course/c.txt", "one")
    outside = box.folder / "outside"
    outside.mkdir()
    (outside / "c.txt").write_text("mine")
    lab(box).mkdir()
    (lab(box) / "a").symlink_to(outside)
    (lab(box) / "c.txt").symlink_to(outside / "c.txt")
    result = box.apply("sync", settings(bucket, overwrite=False))
    assert result.returncode != 0
    assert "leads out of" in result.stderr
    assert [path.name for path in outside.iterdir()] == ["c.txt"]
    assert (outside / "c.txt").read_text() == "mine"


def test_a_folder_that_leads_outside_the_volume_is_refused(box, bucket):
    bucket.put("course/a", "one")
    (box.folder / "outside").mkdir()
    lab(box).symlink_to(box.folder / "outside")
    result = box.apply("sync", settings(bucket))
    assert result.returncode != 0
    assert list((box.folder / "outside").iterdir()) == []


def test_a_users_file_where_a_folder_must_be_fails_alone(box, bucket):
    bucket.put("course/a/b", "one")
    bucket.put("course/c", "one")
    lab(box).mkdir()
    (lab(box) / "a").write_text("mine")
    result = box.apply("sync", settings(bucket))
    assert "is not a folder" in result.stderr
    assert files(box) == ["a", "c"]
    assert (lab(box) / "a").read_text() == "mine"


def test_outputs_are_stripped_and_the_notebook_is_still_one(box, bucket):
    source = notebook("print(1)", widgets={"state": {}}, kernelspec={"name": "python3", "display_name": "Python"})
    bucket.put("course/a.ipynb", nbformat.writes(source))
    assert box.apply("sync", settings(bucket, stripOutputs=True)).returncode == 0
    result = nbformat.read(lab(box) / "a.ipynb", as_version=4)
    nbformat.validate(result)
    assert result.cells[0].outputs == []
    assert result.cells[0].execution_count is None
    assert result.cells[0].metadata == {"tags": ["kept"]}
    assert result.cells[0].source == "print(1)"
    assert result.cells[1].source == "# <Name>"
    assert result.metadata == {"kernelspec": {"name": "python3", "display_name": "Python"}}


HOSTILE_VALUE = "a\"b\\c\n\t'</script> $(id) \u2028 ünï <Other>"


def test_placeholders_in_a_notebook_take_any_value(box, bucket):
    bucket.put("course/a.ipynb", nbformat.writes(notebook("bucket = '<Name>' # <Other>", "a\n<Name>")))
    box.apply("sync", settings(bucket, replace=replace(Name=HOSTILE_VALUE, Other="other")))
    result = nbformat.read(lab(box) / "a.ipynb", as_version=4)
    nbformat.validate(result)
    assert result.cells[0].source == f"bucket = '{HOSTILE_VALUE}' # other"
    assert result.cells[1].source == f"a\n{HOSTILE_VALUE}"
    assert result.cells[2].source == f"# {HOSTILE_VALUE}"
    assert result.cells[0].outputs[0].text == "secret\n"


@pytest.mark.parametrize("name", ["a.py", "a.md", "a.TXT", "a.yaml", "a.sh"])
def test_placeholders_in_texts_are_replaced(box, bucket, name):
    bucket.put(f"course/{name}", "x = <Name>\r\n<Unknown> <Name")
    box.apply("sync", settings(bucket, replace=replace(Name="a\\1 b")))
    assert (lab(box) / name).read_bytes() == b"x = a\\1 b\r\n<Unknown> <Name"


def test_a_value_does_not_break_json(box, bucket):
    bucket.put("course/a.json", '{"bucket":  "<Name>"}')
    box.apply("sync", settings(bucket, replace=replace(Name=HOSTILE_VALUE)))
    assert json.loads((lab(box) / "a.json").read_text()) == {"bucket": HOSTILE_VALUE}


def test_the_longest_placeholder_wins(box, bucket):
    bucket.put("course/a.txt", "NAME NAMES")
    values = [{"from": "NAME", "to": "one"}, {"from": "NAMES", "to": "NAME"}]
    box.apply("sync", settings(bucket, replace=values))
    assert (lab(box) / "a.txt").read_text() == "one NAME"


BROKEN = {
    "cut.ipynb": b'{"cells": [',
    "list.ipynb": b"[]",
    "old.ipynb": b'{"nbformat": 3, "worksheets": ["<Name>"]}',
    "deep.ipynb": b"[" * 100_000,
    "latin.py": b"# \xfc <Name>",
    "data.bin": b"\x00<Name>",
    "bom.ipynb": b'\xef\xbb\xbf{"cells": [], "nbformat": 4}',
}


def test_what_cannot_be_changed_stays_as_it_is_and_is_told(box, bucket):
    for name, content in BROKEN.items():
        bucket.put(f"course/{name}", content)
    result = box.apply("sync", settings(bucket, stripOutputs=True, replace=replace(Name="value")))
    assert result.returncode == 0, result.stderr
    assert {name: (lab(box) / name).read_bytes() for name in BROKEN} == BROKEN
    assert result.stdout.count("is as in S3") == len(BROKEN) - 1


def test_a_notebook_with_half_a_character_keeps_it(box, bucket):
    text = json.dumps({"cells": [{"cell_type": "raw", "source": "\ud800 <Name>"}], "nbformat": 4})
    bucket.put("course/a.ipynb", text)
    box.apply("sync", settings(bucket, replace=replace(Name="x")))
    assert json.loads((lab(box) / "a.ipynb").read_text())["cells"][0]["source"] == "\ud800 x"


def test_a_new_value_reaches_files_that_nobody_changed(box, bucket):
    bucket.put("course/a.txt", "<Name>")
    bucket.put("course/b.txt", "<Name>")
    box.apply("sync", settings(bucket, replace=replace(Name="one")))
    (lab(box) / "b.txt").write_text("mine")
    box.apply("sync", settings(bucket, replace=replace(Name="two")))
    assert (lab(box) / "a.txt").read_text() == "two"
    assert (lab(box) / "b.txt").read_text() == "mine"


def test_one_missing_bucket_hides_no_other(box, bucket):
    bucket.put("course/a", "one")
    other = {**settings(bucket)["syncs"][0], "bucket": "there-is-none", "folder": "other"}
    both = {"syncs": [other, *settings(bucket)["syncs"]]}
    result = box.apply("sync", both)
    assert result.returncode != 0
    assert "NoSuchBucket" in result.stderr
    assert files(box) == ["a"]


def kill_when(process, condition):
    """Cut a run off, unless it is through before."""
    deadline = time.monotonic() + 120
    while process.poll() is None and not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_many_files_are_copied_even_when_cut_off_twice(box, bucket):
    names = [f"{number % 7}/{number}.txt" for number in range(MANY)]
    for name in names:
        bucket.plant(f"course/{name}", f"<Name> {name}")
    given = settings(bucket, replace=replace(Name="x"), exclude=["none*"])
    kept = box.volume / ".ml-infra" / "sync"
    kill_when(box.start("sync", given), lambda: len(list(kept.rglob("*.txt"))) > 300)
    assert list(lab(box).rglob("*.txt")) == []
    (lab(box) / "0").mkdir()
    (lab(box) / names[0]).write_text("mine")
    kill_when(box.start("sync", given), lambda: len(list(lab(box).rglob("*.txt"))) > 100)
    result = box.apply("sync", given, timeout=300)
    assert result.returncode == 0, result.stderr
    assert files(box) == sorted(names)
    texts = {name: (lab(box) / name).read_text() for name in names}
    assert texts == {**{name: f"x {name}" for name in names}, names[0]: "mine"}
    assert [path.suffix for path in kept.iterdir()] == [".json"]
    fetched = len(bucket.fetched())
    assert fetched < 1.5 * MANY
    assert f"{MANY} unchanged" in box.apply("sync", given).stdout
    assert len(bucket.fetched()) == fetched


def test_a_few_of_many_are_fetched_alone(box, bucket):
    for number in range(150):
        bucket.plant(f"course/{number}.txt", "old")
    assert "150 copied" in box.apply("sync", settings(bucket)).stdout
    for name in ("7.txt", "new [1]*.txt"):
        bucket.plant(f"course/{name}", "new")
    fetched = len(bucket.fetched())
    assert "2 copied, 0 kept, 149 unchanged" in box.apply("sync", settings(bucket)).stdout
    assert len(bucket.fetched()) == fetched + 2


def test_hostile_keys_among_many_write_nowhere_else(box, bucket):
    for number in range(150):
        bucket.plant(f"course/{number}.txt", "content of")
    bucket.plant("course/../../outside", "content of")
    assert box.apply("sync", settings(bucket)).returncode == 0
    written = [path for path in box.folder.rglob("*") if path.is_file() and path.read_bytes() == b"content of"]
    assert {path.parent for path in written} == {lab(box)}
    assert len(written) == 150


def test_patterns_mean_the_same_for_many(box, bucket):
    for number in range(150):
        bucket.plant(f"course/a/{number}.ipynb", "{}")
        bucket.plant(f"course/a/draft-{number}.ipynb", "{}")
    given = settings(bucket, include=["*.ipynb", "*.md"], exclude=["*/draft*"])
    assert "150 copied" in box.apply("sync", given).stdout
    assert len(bucket.fetched()) == 150
