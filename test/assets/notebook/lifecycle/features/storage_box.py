"""A notebook whose features talk to a real server that speaks S3, and a count of what they ask it."""

import getpass
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer
from quick_aws import QuickAws

ASSETS = Path(__file__).resolve().parents[5] / "assets" / "notebook" / "lifecycle"
PYTHON = os.environ.get("NOTEBOOK_PYTHON", sys.executable)  # the platform has 3.9
AWS_FOLDER = os.path.dirname(sys.executable)
ACCOUNT = "123456789012"  # the one that the server takes every caller for
ARN = f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:notebook-instance/alice-lab"


class ObjectStore:
    """A server that speaks S3, with a log of requests."""

    def __init__(self):
        self.lines = []
        handler = logging.Handler()
        handler.emit = lambda entry: self.lines.append(entry.getMessage())
        logger = logging.getLogger("werkzeug")
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        self.server = ThreadedMotoServer(port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self.client = boto3.client("s3", endpoint_url=self.url, region_name="us-east-1", **keys)

    def requests(self, method, bucket):
        """Paths that were asked for, listings left out."""
        pattern = re.compile(rf"{method} /{bucket}/([^ ?]+)[^ ]* HTTP")
        return [match.group(1) for match in map(pattern.search, self.lines) if match]

    def bucket(self, name):
        self.client.create_bucket(Bucket=name)
        return Bucket(self, name)

    def stop(self):
        self.server.stop()


class Bucket:
    """A bucket of a test alone."""

    def __init__(self, store, name):
        self.store, self.name = store, name

    def put(self, key, content):
        data = content.encode() if isinstance(content, str) else content
        self.store.client.put_object(Bucket=self.name, Key=key, Body=data)

    def plant(self, key, content):
        """Put what HTTP clients would mend on the way, such as `..`."""
        s3_backends[ACCOUNT]["aws"].put_object(self.name, key, content.encode())

    def names(self):
        pages = self.store.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]

    def fetched(self):
        return self.store.requests("GET", self.name)

    def stored(self):
        return self.store.requests("PUT", self.name)


class NotebookBox:
    """A notebook instance in a folder."""

    def __init__(self, folder, url):
        self.folder = folder
        self.root = folder / "root"
        self.home = folder / "home"
        self.volume = self.home / "SageMaker"
        self.commands = folder / "commands"
        self.bundle = folder / "bundle"
        self.tags = {"ml-owner": "alice"}
        self.url = url
        self.volume.mkdir(parents=True)
        self.root.mkdir()
        self.commands.mkdir()
        shutil.copytree(ASSETS, self.bundle, ignore=shutil.ignore_patterns("__pycache__"))

    def command_line(self, feature, *arguments):
        return [PYTHON, "-I", str(self.bundle / "feature.py"), feature, *arguments]

    def environment(self):
        return {
            "PATH": f"{self.commands}:{QuickAws.the_one().folder}:{AWS_FOLDER}:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def context(self, settings):
        notebook = {
            "name": "alice-lab",
            "arn": ARN,
            "tags": self.tags,
            "login": getpass.getuser(),
            "home": str(self.home),
            "root": str(self.root),
            "run_dir": str(self.folder / "run"),
        }
        return json.dumps({"settings": settings, "notebook": notebook})

    def start(self, feature, settings):
        """Begin to apply a feature."""
        (self.folder / "context.json").write_text(self.context(settings))
        with (self.folder / "context.json").open() as given:
            return subprocess.Popen(
                self.command_line(feature),
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self.environment(),
                start_new_session=True,
            )

    def apply(self, feature, settings, timeout=120):
        return self.run(self.command_line(feature), self.context(settings), timeout)

    def verb(self, feature, *arguments):
        return self.run([*self.command_line(feature, *arguments), "--root", str(self.root)])

    def run(self, command, text="", timeout=120):
        return subprocess.run(
            command, input=text, capture_output=True, text=True, env=self.environment(), timeout=timeout, check=False
        )

    def record(self, name, script=""):
        """A command of the platform that only notes what it was asked for."""
        path = self.commands / name
        log = self.folder / "recorded"
        path.write_text(f'#!/bin/bash\n{{ printf "%s\\0" {name} "$@"; echo; }} >>{log}\n{script}\n')
        path.chmod(0o755)

    def recorded(self):
        try:
            lines = (self.folder / "recorded").read_text().splitlines()
        except FileNotFoundError:
            return []
        return [line.rstrip("\0").split("\0") for line in lines]
