"""What features know of the notebook instance that they run on, and the few things that they do to it.

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
import tempfile
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
COMMAND_SECONDS = 60
ASK_SECONDS = 15
STDERR_KEPT = 2_000

# Tags of an instance that mean something here. What any other tag says is never looked at.
KNOWN_TAGS = (
    "ml-owner",
    "ml-base",
    "ml-environment",
    "ml-project",
    "ml-idle-minutes",
    "ml-git-name",
    "ml-git-email",
    "ml-restore-from",
)
VARIABLE_TAG = "ml-env-"


class FeatureError(Exception):
    """A feature could not do what it is for. The message is for whoever reads the log."""


@dataclasses.dataclass(frozen=True)
class Notebook:
    """The instance: who it is, what its tags say, and where its files are."""

    name: str
    arn: str
    tags: dict
    login: str = "ec2-user"
    home: str = "/home/ec2-user"
    root: str = "/"  # what system paths begin with; tests have their own
    run_dir: str = "/run/ml-infra"

    @property
    def region(self):
        return self.arn.split(":")[3]

    @property
    def partition(self):
        return self.arn.split(":")[1]

    @property
    def account(self):
        return self.arn.split(":")[4]

    @property
    def owner(self):
        return self.tags.get("ml-owner", "team")

    @property
    def volume(self):
        """The folder that survives a stop. Its user may put anything there, so root must not write below it."""
        return Path(self.home) / "SageMaker"

    @property
    def state(self):
        """Where features keep what must survive a stop, on the volume. For features that run as the user."""
        return self.volume / ".ml-infra"

    def path(self, absolute):
        """A path of the system."""
        return Path(self.root) / str(absolute).lstrip("/")

    def file(self, feature, name):
        """A file that was delivered with a feature."""
        return BUNDLE / "files" / feature / name

    def aws(self, *arguments, timeout=COMMAND_SECONDS):
        """What the AWS CLI answers, as data."""
        command = ["aws", *arguments, "--region", self.region, "--output", "json"]
        text = run(command, timeout=timeout, env={"AWS_PAGER": ""})
        return json.loads(text) if text.strip() else None

    def write(self, path, text, mode=0o644):
        """Write a file of the system, whole or not at all."""
        write(self.path(path), text, mode)

    def command(self, feature, verb):
        """A command line that runs a verb of a feature later, with the settings that `keep` has kept."""
        root = [] if self.root == "/" else ["--root", self.root]
        return [sys.executable, "-I", str(BUNDLE / "feature.py"), *root, feature, verb]

    def keep(self, feature, settings):
        """Keep the settings of a feature for its verbs. Anybody on the instance can read them."""
        context = {"settings": settings, "notebook": dataclasses.asdict(self)}
        self.write(kept_path(feature), json.dumps(context))

    def every(self, feature, verb, seconds, user="root", limit=3600):
        """Run a verb of a feature again and again, the first time after that many seconds. Only root can ask."""
        unit = f"ml-infra-{feature.replace('_', '-')}-{verb}"
        for action in ("stop", "reset-failed"):
            with contextlib.suppress(FeatureError):
                run(["systemctl", action, f"{unit}.timer", f"{unit}.service"], timeout=10)
        options = [f"--unit={unit}", f"--on-active={seconds}s", f"--on-unit-active={seconds}s"]
        options += [f"--setenv={name}={value}" for name, value in way_out(self.root).items()]
        if user != "root":
            options.append(f"--uid={user}")
        run(["systemd-run", *options, f"--property=RuntimeMaxSec={limit}", *self.command(feature, verb)], timeout=10)

    def give_to_jupyter(self, name, variables):
        """Have terminals and kernels see variables, from the next start of Jupyter on."""
        exports = "".join(f"export {key}={shell_quote(value)}\n" for key, value in variables.items())
        self.write(f"/etc/profile.d/ml-infra-{name}.sh", exports)
        lines = "".join(f"Environment={systemd_quote(f'{key}={value}')}\n" for key, value in variables.items())
        self.write(f"/etc/systemd/system/jupyter-server.service.d/ml-infra-{name}.conf", f"[Service]\n{lines}")
        self.ask_for_restart()

    def ask_for_restart(self):
        """Have Jupyter restarted, once, after all blocking steps. Only root can ask."""
        (Path(self.run_dir) / "restart-jupyter").touch()

    def restart_is_asked(self):
        """Whether a feature has asked since the last call."""
        try:
            (Path(self.run_dir) / "restart-jupyter").unlink()
            return True
        except FileNotFoundError:
            return False


def learn(manifest, metadata, **places):
    """Ask SageMaker what the tags say: of the instance, and of its lifecycle configuration if it holds values.

    Returns the notebook, the deploy-time values, and what went wrong, if anything did.
    """
    known = json.loads(Path(metadata).read_text())
    notebook = Notebook(known["ResourceName"], known["ResourceArn"], {}, **places)
    try:
        own = tags_of(notebook, notebook.arn)
        wanted = {tag: value for tag, value in own.items() if tag in KNOWN_TAGS or tag in variable_tags(manifest)}
        notebook = dataclasses.replace(notebook, tags=wanted)
        values = values_of(manifest, notebook) if manifest["values"] else {}
    except FeatureError as error:
        return notebook, {}, str(error)
    return notebook, values, None


def variable_tags(manifest):
    """The variables that a notebook may have a value of its own for: those that its lifecycle has one for."""
    settings = (step.get("settings", {}) for step in manifest["steps"] if step.get("name") == "environment")
    return {VARIABLE_TAG + name for environment in settings for name in environment.get("variables", {})}


def values_of(manifest, notebook):
    described = ask_about(notebook, "notebook-instance", notebook.name)
    config = described["NotebookInstanceLifecycleConfigName"]
    arn = ask_about(notebook, "notebook-instance-lifecycle-config", config)["NotebookInstanceLifecycleConfigArn"]
    tags = tags_of(notebook, arn)
    return {key: tags[key] for key in manifest["values"] if key in tags}


def ask_about(notebook, kind, name):
    return notebook.aws("sagemaker", f"describe-{kind}", f"--{kind}-name", name, timeout=ASK_SECONDS)


def tags_of(notebook, arn):
    answer = notebook.aws("sagemaker", "list-tags", "--resource-arn", arn, timeout=ASK_SECONDS)
    return {tag["Key"]: tag["Value"] for tag in answer["Tags"]}


def way_out(root):
    """Variables with which commands leave the network the way the notebook does: its proxy, what it trusts."""
    paths = [Path(root) / kept_path(feature).lstrip("/") for feature in ("proxy", "certificates")]
    kept = [json.loads(path.read_text())["settings"]["variables"] for path in paths if path.exists()]
    return {name: value for variables in kept for name, value in variables.items()}


def kept_path(feature):
    return f"/etc/ml-infra/{feature}.json"


def run(command, timeout=COMMAND_SECONDS, text=None, env=None, cwd="/"):
    """Run a command and return what it prints. It gets no shell, and its children no say in how long this takes."""
    try:
        result = subprocess.run(
            [str(part) for part in command],
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            env=None if env is None else {**os.environ, **env},
            cwd=cwd,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FeatureError(f"{command[0]}: {error}") from error
    if result.returncode != 0:
        raise FeatureError(f"{command[0]} ended with {result.returncode}: {result.stderr.strip()[-STDERR_KEPT:]}")
    return result.stdout


def write(path, text, mode=0o644):
    """Write a file whole or not at all. Text or bytes."""
    data = text.encode() if isinstance(text, str) else text
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), mode)
        Path(new).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(new).unlink()
        raise


def shell_quote(value):
    """A word of a shell. In single quotes nothing but a single quote means anything."""
    return "'" + value.replace("'", "'\\''") + "'"


def systemd_quote(value):
    """A word of a systemd unit: escapes inside double quotes, and the percent sign, are all that mean anything."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def resolve(settings, values):
    """Settings with deploy-time values in place of `{"$value": key}`."""
    if isinstance(settings, dict):
        if set(settings) == {"$value"}:
            key = settings["$value"]
            if key not in values:
                raise FeatureError(f"the tag {key} of the lifecycle configuration is not known")
            return values[key]
        return {key: resolve(entry, values) for key, entry in settings.items()}
    if isinstance(settings, list):
        return [resolve(entry, values) for entry in settings]
    return settings


def is_root():
    return os.geteuid() == 0


def account_of(login):
    return pwd.getpwnam(login)
