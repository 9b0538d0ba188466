"""An environment on the volume with packages of the team, and the kernel that runs in it.

A new environment is built beside the one in use, and takes its place when it is complete. Its folder says by its name
what is in it, so that it is built once however often the notebook starts.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from environments import Work, base_python, locked, without_credentials
from instance import FeatureError, write

SECONDS = 3_500  # for all of it; the lifecycle allows somewhat more
VERSION = 1  # of how an environment is built
STAMP = ".ml-infra-complete"
CURRENT = "current"
KEY = re.compile("[0-9a-f]{16}")
IPYKERNEL = re.compile(r"ipykernel(?![\w.-])", re.IGNORECASE)
KERNEL = ".local/share/jupyter/kernels/ml-infra/kernel.json"
HAS_KERNEL = "import importlib.util as u, sys; sys.exit(u.find_spec('ipykernel') is None)"


def apply(settings, notebook):
    folder = notebook.state / "environments"
    folder.mkdir(parents=True, exist_ok=True)
    work = Work(notebook, SECONDS)
    with locked(folder / "lock", work):
        before = usable(folder / CURRENT, work)
        if before:
            register(before, settings, notebook)  # the home folder, where it stands, is new at every start
        plan = plan_of(settings, notebook, work)
        wanted = folder / plan.key
        if not usable(wanted, work):
            try:
                build(wanted, plan, work)
            except (FeatureError, OSError) as error:
                shutil.rmtree(wanted, ignore_errors=True)
                after = "; the environment of before stays in use" if before else ""
                raise FeatureError(f"{without_credentials(error)}{after}") from error
        point(folder / CURRENT, wanted)
        register(wanted, settings, notebook)
        remove_others(folder, wanted)
        print(f"kernel {settings['kernelName']!r} runs in {wanted}")


class Plan:
    """What an environment is made from."""

    def __init__(self, settings, requirements, base, conda):
        self.pip, self.conda = settings["pipPackages"], settings["condaPackages"]
        self.requirements = requirements
        self.base = base
        self.conda_command = conda
        made_from = [VERSION, self.pip, self.conda, requirements, base]
        self.key = hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]

    def requirement_files(self):
        """What pip is given, one text for each file; files in one list are resolved together."""
        lines = [*self.pip, *(self.requirements or "").splitlines()]
        needs_kernel = not self.conda and not any(IPYKERNEL.match(line.strip()) for line in lines)
        own = "".join(f"{line}\n" for line in [*self.pip, *(["ipykernel"] if needs_kernel else [])])
        texts = [text for text in (self.requirements, own) if text]
        # A file with hashes makes pip ask for the hash of whatever else is installed along.
        return [[text] for text in texts] if "--hash" in (self.requirements or "") else [texts] if texts else []


def plan_of(settings, notebook, work):
    requirements = notebook.file("packages", "requirements.txt").read_text() if settings["requirementsFile"] else None
    if settings["condaPackages"]:
        return Plan(settings, requirements, None, conda_command(notebook))
    return Plan(settings, requirements, base_python(notebook, work), None)


def conda_command(notebook):
    own = Path(notebook.home) / "anaconda3/bin/conda"
    found = str(own) if own.exists() else shutil.which("conda")
    if found is None:
        raise FeatureError("there is no conda, which 'condaPackages' needs")
    return found


def usable(environment, work):
    """The environment, without links, if it was completed and its Python still runs."""
    with contextlib.suppress(OSError, FeatureError):
        environment = environment.resolve(strict=True)
        if (environment / STAMP).exists():
            work.run(environment / "bin/python", "-c", HAS_KERNEL, seconds=60)
            return environment
    return None


def build(environment, plan, work):
    """Build in place, because nothing in an environment finds its way after a move. The stamp comes last."""
    began = time.monotonic()
    shutil.rmtree(environment, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        if plan.conda:
            specs = file_of(scratch, "conda.txt", "".join(f"{line}\n" for line in [*plan.conda, "pip", "ipykernel"]))
            work.run(plan.conda_command, "create", "--yes", "--quiet", "--prefix", environment, "--file", specs)
        else:
            work.run(plan.base[0], "-m", "venv", environment)
        for number, texts in enumerate(plan.requirement_files()):
            files = [file_of(scratch, f"{number}-{index}.txt", text) for index, text in enumerate(texts)]
            named = [word for file in files for word in ("--requirement", file)]
            work.run(environment / "bin/python", "-m", "pip", "install", "--progress-bar", "off", *named)
    work.run(environment / "bin/python", "-c", "import ipykernel", seconds=120)
    write(environment / STAMP, "")
    print(f"built in {time.monotonic() - began:.0f} s")


def file_of(folder, name, text):
    path = Path(folder) / name
    path.write_text(text)
    return path


def point(link, environment):
    """Lead a link to the environment, whole or not at all. Terminals use it; kernels that run must not notice."""
    new = link.with_name(".current.new")
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    new.symlink_to(environment.name)
    new.replace(link)


def register(environment, settings, notebook):
    """Offer the kernel, with what its commands need to land in the same environment."""
    place = "CONDA_PREFIX" if settings["condaPackages"] else "VIRTUAL_ENV"
    spec = {
        "argv": [str(environment / "bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": settings["kernelName"],
        "language": "python",
        "metadata": {"debugger": True},
        "env": {"PATH": f"{environment}/bin:${{PATH}}", place: str(environment), "PYTHONNOUSERSITE": "1"},
    }
    write(Path(notebook.home) / KERNEL, json.dumps(spec, indent=1))


def remove_others(folder, environment):
    for other in folder.iterdir():
        if other == environment or other.is_symlink() or not KEY.fullmatch(other.name):
            continue
        if is_in_use(other):
            print(f"{other} is in use, and is removed at a later start")
            continue
        with contextlib.suppress(FileNotFoundError):
            (other / STAMP).unlink()
        shutil.rmtree(other, ignore_errors=True)


def is_in_use(environment):
    """Whether a process of this user was started from the environment, or in it."""
    place = os.fsencode(f"{environment}/")
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            if place in (process / "cmdline").read_bytes() or place in (process / "environ").read_bytes():
                return True
    return False
