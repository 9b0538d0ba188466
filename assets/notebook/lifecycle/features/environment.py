"""Variables for terminals and kernels. Secrets are fetched whenever one of these starts, and are kept nowhere."""

from __future__ import annotations

import json
import sys

from instance import VARIABLE_TAG, FeatureError, shell_quote

SHELL_PROFILE = "/etc/profile.d/ml-infra-secrets.sh"
BASH_PROFILE = "/etc/ml-infra/secrets.bash"
KERNEL_CONFIG = "/etc/ipython/ipython_kernel_config.py"
OURS = "# Written by ml-infra: secrets of the notebook, as environment variables.\n"

FOR_BASH = (
    OURS
    + """while IFS= read -r -d '' pair; do export "$pair"; done < <({command})
"""
)
FOR_SHELLS = (
    OURS
    + """if [ -n "${{BASH_VERSION:-}}" ]; then . {bash_profile}; fi
"""
)
FOR_KERNELS = (
    OURS
    + """import os, subprocess
try:
    pairs = subprocess.run({command!r}, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60).stdout
    os.environ.update(pair.split("=", 1) for pair in pairs.decode().split("\\0") if pair)
except Exception as error:
    print(f"ml-infra: secrets were not fetched: {{error}}")
"""
)


def apply(settings, notebook):
    variables = {
        name: notebook.tags.get(VARIABLE_TAG + name, default) for name, default in settings["variables"].items()
    }
    notebook.give_to_jupyter("environment", variables)
    if settings["secrets"]:
        offer_secrets(settings, notebook)


def offer_secrets(settings, notebook):
    notebook.keep("environment", settings)
    command = notebook.command("environment", "secrets")
    quoted = " ".join(shell_quote(word) for word in command)
    notebook.write(BASH_PROFILE, FOR_BASH.format(command=quoted))
    notebook.write(SHELL_PROFILE, FOR_SHELLS.format(bash_profile=notebook.path(BASH_PROFILE)))
    config = notebook.path(KERNEL_CONFIG)
    if config.exists() and not config.read_text().startswith(OURS):
        raise FeatureError(f"{config} is not ours: kernels do not see the secrets, terminals do")
    notebook.write(KERNEL_CONFIG, FOR_KERNELS.format(command=command))


def print_secrets(settings, notebook):
    """Print NAME=value for each secret, with a NUL after each, so that no value can pass for something else."""
    failures = []
    for name, secret in settings["secrets"].items():
        try:
            sys.stdout.write(f"{name}={value_of(secret, notebook)}\0")
        except FeatureError as error:
            failures.append(str(error))
    if failures:
        raise FeatureError("; ".join(failures))


def value_of(secret, notebook):
    answer = notebook.aws("secretsmanager", "get-secret-value", "--secret-id", secret["id"])
    text = answer.get("SecretString")
    if text is None:
        raise FeatureError(f"secret {secret['id']} is binary")
    if secret["field"] is not None:
        try:
            text = json.loads(text)[secret["field"]]
        except (ValueError, LookupError, TypeError):
            raise FeatureError(f"secret {secret['id']} has no field {secret['field']}") from None
    if not isinstance(text, str) or "\0" in text:
        raise FeatureError(f"secret {secret['id']} is not a text")
    return text


VERBS = {"secrets": print_secrets}
