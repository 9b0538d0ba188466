"""Copies from S3 into the notebook. What the user has changed is kept, and nothing is ever deleted."""

from __future__ import annotations

import fnmatch
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from instance import FeatureError, run, write

LIST_SECONDS = 900
FETCH_SECONDS = 3_000
# The AWS command takes half a second to start, and as long for each hundred files to look at all patterns that it is
# given. So a few files are fetched by their names, and most of a folder as a whole. Python 3.9, which some versions of
# the command run on, remembers 256 patterns, and the command makes two of each.
BATCH_FILES = 120
BATCH_BYTES = 1 << 30
LONGEST_NAME = 240
LONGEST_PATH = 2_000
LARGEST_TEXT = 64 << 20
SHOWN = 10

TEXTS = re.compile(r"\.(py|r|rmd|md|rst|txt|json|ya?ml|toml|ini|cfg|conf|env|sh|sql|html|xml|js|ts)", re.IGNORECASE)
OF_OUTPUTS = ("ExecuteTime", "collapsed", "execution", "scrolled")
VERSION = 1  # of what is done to a file on its way


def apply(settings, notebook):
    problems = []
    for sync in settings["syncs"]:
        try:
            problems += Sync(sync, notebook).run()
        except (FeatureError, OSError) as error:
            problems.append(f"{sync['folder']}: {error}")
    if problems:
        more = f" and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise FeatureError("; ".join(problems[:SHOWN]) + more)


class Sync:
    """One folder, and where it comes from."""

    def __init__(self, sync, notebook):
        self.sync, self.notebook = sync, notebook
        self.folder = notebook.volume / sync["folder"]
        place = "\0".join([sync["bucket"], sync["prefix"], sync["folder"]])
        digest = hashlib.sha256(place.encode()).hexdigest()[:16]
        self.record_path = notebook.state / "sync" / f"{digest}.json"
        self.staging = notebook.state / "sync" / f"{digest}.new"
        self.changes = Changes(sync["stripOutputs"], [(entry["from"], entry["to"]) for entry in sync["replace"]])
        self.counts = dict.fromkeys(("copied", "kept", "unchanged"), 0)
        self.problems = []
        self.leaves_out = False

    def run(self):
        require_inside(self.folder, self.notebook.volume)
        self.folder.mkdir(parents=True, exist_ok=True)
        record = self.read_record()
        wanted = self.listing()
        stale = [name for name, entry in wanted.items() if not self.is_current(name, entry, record)]
        self.counts["unchanged"] = len(wanted) - len(stale)
        as_a_whole = not self.leaves_out and is_most(stale, wanted)
        try:
            if as_a_whole:
                self.fetch_all()
            for batch in batches(stale, wanted):
                if not as_a_whole:
                    self.fetch(batch)
                for name in batch:
                    self.deliver(name, wanted[name], record)
                write(self.record_path, json.dumps(record))
        finally:
            shutil.rmtree(self.staging, ignore_errors=True)
        print(f"{self.sync['folder']}: " + ", ".join(f"{count} {what}" for what, count in self.counts.items()))
        return self.problems

    def listing(self):
        """What S3 has for this folder: names relative to it, with size and ETag."""
        found = self.notebook.aws(
            "s3api",
            "list-objects-v2",
            f"--bucket={self.sync['bucket']}",
            f"--prefix={self.sync['prefix']}",
            f"--expected-bucket-owner={self.notebook.account}",
            "--query=Contents[].[Key,ETag,Size]",
            timeout=LIST_SECONDS,
        )
        names = {}
        for key, etag, size in found or []:
            name = key[len(self.sync["prefix"]) :]
            if name.endswith("/") or not name or not self.is_asked_for(name):
                continue
            if not is_safe(name):
                self.leave_out(f"for its name: {json.dumps(key)}")
                continue
            names[name] = {"etag": etag, "size": size}
        folders = {parent.as_posix() for name in names for parent in Path(name).parents}
        for name in folders & set(names):
            self.leave_out(f"for there is a folder of that name: {json.dumps(name)}")
            del names[name]
        return names

    def leave_out(self, reason):
        self.leaves_out = True
        print(f"left out, {reason}")

    def is_asked_for(self, name):
        def matches(patterns):
            return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)

        return matches(self.sync["include"]) and not matches(self.sync["exclude"])

    def is_current(self, name, entry, record):
        known = record.get(name, {})
        same = known.get("etag") == entry["etag"] and known.get("changes") == self.changes.digest
        return same and os.path.lexists(self.folder / name)

    def fetch(self, names):
        """Fetch these and no others."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.ask_for("cp", "--recursive", "--exclude=*", *[f"--include={as_pattern(name)}" for name in names])

    def fetch_all(self):
        """Fetch all that is asked for. What an earlier run that was cut off has left is not fetched again."""
        included = [f"--include={pattern}" for pattern in self.sync["include"]]
        self.ask_for("sync", "--exclude=*", *included, *[f"--exclude={pattern}" for pattern in self.sync["exclude"]])

    def ask_for(self, command, *options):
        """Have the AWS command fetch files. What goes wrong is told by what is missing afterwards."""
        self.staging.mkdir(parents=True, exist_ok=True)
        source = f"s3://{self.sync['bucket']}/{self.sync['prefix']}"
        places = [source, self.staging, f"--region={self.notebook.region}"]
        try:
            run(["aws", "s3", command, *places, "--only-show-errors", *options], timeout=FETCH_SECONDS)
        except FeatureError as error:
            print(error)

    def deliver(self, name, entry, record):
        new, target = self.staging / name, self.folder / name
        if not new.is_file() or new.is_symlink() or new.stat().st_size != entry["size"]:
            self.problems.append(f"{json.dumps(name)} was not fetched")
            return
        try:
            note = self.changes.make(new)
            if note:
                print(f"{json.dumps(name)} is as in S3: {note}")
            self.put(name, new, target, entry, record)
        except (FeatureError, OSError) as error:
            self.problems.append(f"{json.dumps(name)}: {error}")

    def put(self, name, new, target, entry, record):
        require_inside(target.parent, self.folder)
        known, delivered = record.get(name, {}), digest_of(new)
        here = digest_of(target)
        if here not in (None, delivered, known.get("sha256")) and not (self.sync["overwrite"] and target.is_file()):
            print(f"kept as it is: {json.dumps(name)}")
            self.counts["kept"] += 1
            delivered = known.get("sha256")
        elif here != delivered:
            target.parent.mkdir(parents=True, exist_ok=True)
            new.chmod(0o644)
            new.replace(target)
            self.counts["copied"] += 1
        else:
            self.counts["unchanged"] += 1
        record[name] = {"etag": entry["etag"], "changes": self.changes.digest, "sha256": delivered}

    def read_record(self):
        try:
            record = json.loads(self.record_path.read_text())
            return {name: entry for name, entry in record.items() if isinstance(entry, dict)}
        except (OSError, ValueError, AttributeError):
            return {}


class Changes:
    """What is done to a file between S3 and the notebook."""

    def __init__(self, strip_outputs, replace):
        self.strip_outputs = strip_outputs
        self.values = dict(replace)
        longest_first = sorted(self.values, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first))) if replace else None
        description = json.dumps([VERSION, strip_outputs, sorted(replace)])
        self.digest = hashlib.sha256(description.encode()).hexdigest()[:16]

    def make(self, file):
        """Change the file. Returns why not, where it should have been."""
        suffix = file.suffix.lower()
        is_notebook = suffix == ".ipynb"
        if not (is_notebook and self.strip_outputs) and not (
            self.pattern and (is_notebook or TEXTS.fullmatch(file.suffix))
        ):
            return None
        if file.stat().st_size > LARGEST_TEXT:
            return "it is too large to be looked into"
        data = file.read_bytes()
        try:
            text = data.decode()
            changed = self.in_notebook(text) if is_notebook else self.in_text(text, in_json=suffix == ".json")
        except (ValueError, RecursionError) as error:
            return f"{type(error).__name__}: {error}"
        if changed != text:
            file.write_bytes(changed.encode())
        return None

    def in_text(self, text, in_json=False):
        def value(match):
            value = self.values[match.group()]
            return json.dumps(value)[1:-1] if in_json else value

        return self.pattern.sub(value, text)

    def in_notebook(self, text):
        notebook = json.loads(text)
        before = json.dumps(notebook)
        if (
            not isinstance(notebook, dict)
            or notebook.get("nbformat") != 4
            or not isinstance(notebook.get("cells"), list)
        ):
            raise ValueError("not a notebook of format 4")
        if self.strip_outputs:
            strip_outputs(notebook)
        if self.pattern:
            notebook = self.in_strings(notebook)
        if json.dumps(notebook) == before:
            return text
        # A lone half of a character can stand in JSON as an escape alone.
        escaped = json.dumps(notebook, indent=1)
        readable = json.dumps(notebook, indent=1, ensure_ascii=False)
        return (escaped if re.search("[\ud800-\udfff]", readable) else readable) + "\n"

    def in_strings(self, data):
        if isinstance(data, dict):
            return {key: self.in_strings(entry) for key, entry in data.items()}
        if isinstance(data, list):
            return [self.in_strings(entry) for entry in data]
        return self.in_text(data) if isinstance(data, str) else data


def strip_outputs(notebook):
    metadata = notebook.get("metadata")
    if isinstance(metadata, dict):
        metadata.pop("widgets", None)
    for cell in notebook["cells"]:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        cell["outputs"] = []
        cell["execution_count"] = None
        metadata = cell.get("metadata")
        for name in OF_OUTPUTS if isinstance(metadata, dict) else ():
            metadata.pop(name, None)


def is_safe(name):
    """Whether a key can be a file below the folder, and nowhere else."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or len(part.encode()) > LONGEST_NAME for part in parts):
        return False
    return len(name.encode()) <= LONGEST_PATH and not re.search("[\0-\x1f\x7f-\x9f\u2028\u2029]", name)


def as_pattern(name):
    """A pattern that nothing but this name matches."""
    return re.sub(r"[*?\[]", r"[\g<0>]", name)


def is_most(names, entries):
    """Whether it is quicker to fetch all than these by their names."""
    size, total = (sum(entries[name]["size"] for name in some) for some in (names, entries))
    return len(names) > BATCH_FILES and size * 2 >= total and len(names) * 2 >= len(entries)


def batches(names, entries):
    batch, size = [], 0
    for name in sorted(names):
        if batch and (len(batch) == BATCH_FILES or size + entries[name]["size"] > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += entries[name]["size"]
    if batch:
        yield batch


def require_inside(path, folder):
    real, limit = os.path.realpath(path), os.path.realpath(folder)
    if os.path.commonpath([real, limit]) != limit:
        raise FeatureError(f"{path} leads out of {folder}")
    here = next(place for place in (path, *path.parents) if os.path.lexists(place))
    if not here.is_dir():
        raise FeatureError(f"{here} is not a folder")


def digest_of(path):
    """The digest of a file, or None if there is none. What is no plain file is nobody's but the user's."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "the user's"
    if not path.exists():
        return None
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
