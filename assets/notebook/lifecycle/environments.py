"""What features that build environments of Python share: a deadline, the way out of the network, a base, a lock.

Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import contextlib
import fcntl
import re
import sys
import time
from pathlib import Path

from instance import FeatureError, run, way_out

CREDENTIALS = re.compile(r"//[^/@\s]+@")
SHOW_VERSION = "import sys, venv, ensurepip; print('{}.{} {}'.format(*sys.version_info[:2], sys.base_prefix))"


class Work:
    """Commands that share a deadline and the way out of the network that the notebook has."""

    def __init__(self, notebook, seconds):
        self.deadline = time.monotonic() + seconds
        self.environment = {"PYTHONNOUSERSITE": "1", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        self.environment.update(way_out(notebook.root))

    def run(self, *command, seconds=None):
        left = max(1, self.deadline - time.monotonic())
        return run(command, timeout=left if seconds is None else min(seconds, left), env=self.environment)


def base_python(notebook, work):
    """A Python that can make environments, with its version and its place: if these change, so does what is built."""
    anaconda = Path(notebook.home) / "anaconda3"
    for candidate in (anaconda / "envs/python3/bin/python", anaconda / "bin/python", sys.executable):
        with contextlib.suppress(FeatureError):
            return [str(candidate), work.run(candidate, "-I", "-c", SHOW_VERSION, seconds=60).strip()]
    raise FeatureError("there is no Python that can make environments")


def without_credentials(error):
    """What went wrong, without the password of an index that pip may have repeated."""
    return CREDENTIALS.sub("//***@", str(error))


@contextlib.contextmanager
def locked(path, work):
    """Hold a lock, so that two runs never overlap."""
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > work.deadline:
                    raise FeatureError(f"another run holds {path}") from None
                time.sleep(0.2)
        yield
