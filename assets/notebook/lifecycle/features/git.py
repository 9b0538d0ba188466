"""Identity and credentials for Git, in the configuration of the system. What a user configures wins over it."""

from __future__ import annotations

import json
import sys

from instance import FeatureError, run, shell_quote

CONFIG = "/etc/gitconfig"
IDENTITY = (("user.name", "ml-git-name", "userName"), ("user.email", "ml-git-email", "userEmail"))
FOR_CODE_COMMIT = "!aws codecommit credential-helper $@"


def apply(settings, notebook):
    notebook.keep("git", settings)
    # Git of conda has a configuration of its own for the system, and would not see this one.
    notebook.give_to_jupyter("git", {"GIT_CONFIG_SYSTEM": str(notebook.path(CONFIG))})
    notebook.path(CONFIG).parent.mkdir(parents=True, exist_ok=True)
    for key, tag, setting in IDENTITY:
        value = identity(tag, notebook.tags.get(tag), settings[setting])
        if value:
            configure(notebook, key, value)
    for credential in settings["credentials"]:
        configure(notebook, f"credential.https://{credential['host']}.helper", asking_us(notebook))
    for host in settings["codeCommitHosts"]:
        configure(notebook, f"credential.https://{host}.helper", FOR_CODE_COMMIT)
        configure(notebook, f"credential.https://{host}.useHttpPath", "true")
    if notebook.path(CONFIG).exists():
        notebook.path(CONFIG).chmod(0o644)


def identity(tag, tagged, default):
    """Who the tag says that commits are by, if it can be said in a commit."""
    if tagged is None:
        return default
    if any(not character.isprintable() or character in "<>" for character in tagged) or not tagged.strip():
        print(f"the tag {tag} is no name or address that Git could use, and is ignored")
        return default
    return tagged


def configure(notebook, key, value):
    run(["git", "config", "--file", notebook.path(CONFIG), "--replace-all", key, value], timeout=10)


def asking_us(notebook):
    """A command that Git takes for a credential program. What it is told to store or to erase, it ignores."""
    command = " ".join(shell_quote(word) for word in notebook.command("git", "credential"))
    return f'!f() {{ if [ "$1" = get ]; then exec {command}; fi; }}; f'


def answer(settings, notebook):
    """Answer Git, as described in gitcredentials(7): the protocol and the host decide, a user name does not."""
    lines = sys.stdin.read().split("\n")
    asked = dict(line.split("=", 1) for line in lines if "=" in line)
    known = {credential["host"]: credential["secret"] for credential in settings["credentials"]}
    secret = known.get(asked.get("host", "").lower())
    if secret is None or asked.get("protocol") != "https":
        return
    username, password = read(secret, notebook)
    sys.stdout.write(f"username={username}\npassword={password}\n")


def read(secret, notebook):
    """User name and password, neither of which must ever stand in an error."""
    value = notebook.aws("secretsmanager", "get-secret-value", "--secret-id", secret)
    try:
        content = json.loads(value["SecretString"])
        pair = [content[field] for field in ("username", "password")]
    except (LookupError, TypeError, ValueError):
        raise FeatureError(f"secret {secret} has no fields username and password") from None
    for text in pair:
        if not isinstance(text, str) or any(character in "\r\n\0" for character in text):
            raise FeatureError(f"secret {secret} holds what is no line of text")
    return pair


VERBS = {"credential": answer}
