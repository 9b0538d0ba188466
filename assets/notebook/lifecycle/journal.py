"""What a run of the steps leaves to see: lines in the log, states on disk, a page for whoever opens JupyterLab.

Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pwd
import subprocess
import sys

from instance import Notebook

HOOKS = ("create", "start")
WAITING = "waiting"
RUNNING = "running"
DONE = "done"
OUTPUT_KEPT = 65_536
GIVEN_TO_STEPS = ("ml-owner", "ml-base", "ml-environment", "ml-project")  # as ML_OWNER and so on
REMOVE_PAGE = 'rm -f "$1"'
WRITE_PAGE = """
trap 'rm -f "$new"' EXIT
new=$(mktemp "$1.XXXXXX") && cat >"$new" && chmod 644 "$new" && mv -fT "$new" "$1"
"""


@dataclasses.dataclass(frozen=True)
class Facts:
    """What is known of the notebook, and why not more."""

    notebook: Notebook | None = None
    values: dict = dataclasses.field(default_factory=dict)
    error: str | None = None


class Account:
    """Who runs a command: root, or whoever works in the notebook."""

    def __init__(self, name, home=None):
        entry = pwd.getpwnam(name)
        self.name = name
        self.home = str(home or entry.pw_dir)
        self.is_own = entry.pw_uid == os.geteuid()

    def command(self, command):
        return command if self.is_own else ["runuser", "-u", self.name, "--", *command]

    def environment(self, notebook=None):
        tags = notebook.tags if notebook else {}
        named = {tag.upper().replace("-", "_"): tags[tag] for tag in GIVEN_TO_STEPS if tag in tags}
        return {
            **named,
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": self.home,
            "USER": self.name,
            "LOGNAME": self.name,
            "AWS_DEFAULT_REGION": os.environ.get("AWS_DEFAULT_REGION", ""),
        }


class Journal:
    """What is known of a run: lines in the log and on stdout, states on disk, a page for whoever opens JupyterLab."""

    def __init__(self, options):
        self.options = options
        self.facts = Facts()
        self.phase = "background" if options.background else "blocking"

    def line(self, step, **facts):
        text = json.dumps({"mlInfra": {"step": step, "hook": self.options.hook, "phase": self.phase, **facts}})
        print(text, flush=True)
        with contextlib.suppress(OSError), self.options.log.open("a") as log:
            log.write(text + "\n")

    def output(self, step, file):
        """Repeat the end of what a step wrote. No line of it can pass for one of this journal."""
        begin = max(0, os.fstat(file.fileno()).st_size - OUTPUT_KEPT)
        written = os.pread(file.fileno(), OUTPUT_KEPT, begin)  # a child that is left may still write at the end
        text = "".join(f"{step}| {line}\n" for line in written.decode(errors="replace").splitlines())
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        with contextlib.suppress(OSError), self.options.log.open("ab") as log:
            log.write(text.encode())

    def states(self, hook):
        try:
            return json.loads(self._states_path(hook).read_text())
        except FileNotFoundError:
            return {}

    def record(self, states):
        path = self._states_path(self.options.hook)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({**self.states(self.options.hook), **states}))
        new.replace(path)
        try:
            self._show()
        except (OSError, LookupError, subprocess.SubprocessError) as error:
            self.line("status-page", error=str(error))

    def _states_path(self, hook):
        return self.options.run_dir / f"setup-{hook}.json"

    def _show(self):
        """Write the page as its owner: root follows no link that the owner of the folder may have planted there."""
        states = [(hook, *entry) for hook in HOOKS for entry in self.states(hook).items()]
        rows = "".join(f"| {name} | {hook} | {state} |\n" for hook, name, state in states)
        text = f"# Setup of this notebook\n\n| Step | Hook | State |\n|---|---|---|\n{rows}\nLog: {self.options.log}\n"
        script = REMOVE_PAGE if all(state == DONE for _, _, state in states) else WRITE_PAGE
        owner = Account(self.options.login, self.options.home)
        page = f"{owner.home}/SageMaker/SETUP-STATUS.md"
        command = owner.command(["sh", "-c", script, "sh", page])
        subprocess.run(command, input=text, text=True, check=True, timeout=10, cwd="/", env=owner.environment())
