"""The kernels of Glue's interactive sessions, in an environment of their own on the volume.

An environment is named after what is in it, is complete once it has its stamp, and is built again if it has none or no
longer runs. What sessions begin with stands in a configuration file of AWS that the kernels alone read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import time
from pathlib import Path

from environments import Work, base_python, locked, without_credentials
from instance import FeatureError, run, write

SECONDS = 1_700  # for all of it; the lifecycle allows somewhat more
VERSION = 1  # of how an environment is built
PACKAGE = "aws-glue-sessions==1.0.9"
STAMP = ".ml-infra-complete"
KEY = re.compile("[0-9a-f]{16}")
KERNELS = {"glue_pyspark": ("Glue PySpark", "python"), "glue_spark": ("Glue Spark", "scala")}
CAN_START = "import {}".format(", ".join(f"aws_glue_interactive_sessions_kernel.{name}.GlueKernel" for name in KERNELS))
LAUNCHER = '''"""A kernel of aws-glue-sessions, which by itself trusts any certificate and asks pypi.org for news."""

import importlib
import sys

kernel = importlib.import_module(f"aws_glue_interactive_sessions_kernel.{sys.argv.pop(1)}.GlueKernel")

import boto3.session  # after the kernel, which brings its own description of the API
from ipykernel.kernelapp import IPKernelApp

make_client = boto3.session.Session.client


def client(self, *arguments, **options):
    if options.get("verify") is False:
        del options["verify"]
    return make_client(self, *arguments, **options)


class GlueKernel(kernel.GlueKernel):
    def _get_latest_kernel_version(self, name):
        return None


boto3.session.Session.client = client
IPKernelApp.launch_instance(kernel_class=GlueKernel)
'''


def apply(settings, notebook):
    configuration = configuration_of(settings, notebook)
    folder = notebook.state / "glue-sessions"
    folder.mkdir(parents=True, exist_ok=True)
    work = Work(notebook, SECONDS)
    with locked(folder / "lock", work):
        base = base_python(notebook, work)
        key = hashlib.sha256(json.dumps([VERSION, PACKAGE, *base]).encode()).hexdigest()[:16]
        environment = folder / key
        if not usable(environment):
            try:
                build(environment, base[0], work)
            except (FeatureError, OSError) as error:
                shutil.rmtree(environment, ignore_errors=True)
                raise FeatureError(without_credentials(error)) from error
        write(folder / "config", configuration, 0o600)
        register(environment, folder / "config", notebook)
        for other in folder.iterdir():
            if other != environment and KEY.fullmatch(other.name) and not other.is_symlink():
                shutil.rmtree(other, ignore_errors=True)
        print(f"the kernels {', '.join(KERNELS)} run in {environment}")


def configuration_of(settings, notebook):
    """What the kernels read. Without the tags AWS refuses a session, and so nobody uses that of another."""
    tags = {key: notebook.tags[key] for key in ("ml-owner", "ml-base") if key in notebook.tags}
    if len(tags) < 2:
        raise FeatureError("the tags ml-owner and ml-base of this notebook are not known, without which AWS refuses")
    values = {
        "region": notebook.region,
        "glue_role_arn": settings["roleArn"],
        "glue_version": settings["glueVersion"],
        "glue_worker_type": settings["workerType"],
        "glue_number_of_workers": settings["numberOfWorkers"],
        "glue_idle_timeout": settings["idleMinutes"],
        "glue_tags": json.dumps(tags),
    }
    for name, value in values.items():
        if not str(value).isprintable():
            raise FeatureError(f"{name} must stand on one line, got: {value!r}")
    return "[default]\n" + "".join(f"{name} = {value}\n" for name, value in values.items())


def usable(environment):
    """Whether the environment was completed and its kernels still start."""
    with contextlib.suppress(FeatureError):
        if (environment / STAMP).exists():
            check(environment)
            return True
    return False


def check(environment):
    run([environment / "bin/python", "-I", "-c", CAN_START], timeout=180)


def build(environment, python, work):
    """Build in place, because nothing in an environment finds its way after a move. The stamp comes last."""
    began = time.monotonic()
    shutil.rmtree(environment, ignore_errors=True)
    install = [environment / "bin/python", "-m", "pip", "install", "--progress-bar", "off", PACKAGE]
    for command in ([python, "-m", "venv", environment], install):
        work.run(*command)
    check(environment)
    write(environment / STAMP, "")
    print(f"built in {time.monotonic() - began:.0f} s")


def register(environment, config, notebook):
    """Offer the kernels. The home folder, where they are looked for, is new at every start."""
    launcher = environment / "launch.py"
    write(launcher, LAUNCHER)
    for name, (title, language) in KERNELS.items():
        spec = {
            "argv": [str(environment / "bin/python"), str(launcher), name, "-f", "{connection_file}"],
            "display_name": title,
            "language": language,
            "env": {"AWS_CONFIG_FILE": str(config), "PYTHONNOUSERSITE": "1"},
        }
        write(Path(notebook.home) / f".local/share/jupyter/kernels/{name}/kernel.json", json.dumps(spec, indent=1))
