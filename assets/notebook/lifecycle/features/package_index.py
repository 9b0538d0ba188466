"""Where pip, uv and conda take packages from. Files with credentials are for root and the notebook's user alone."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from instance import FeatureError, account_of, run

PIP_CONFIG = "/etc/pip.conf"
UV_CONFIG = "/etc/uv/uv.toml"
CONDA_CONFIG = "/etc/conda/condarc.d/ml-infra-channels.yml"
OURS = "# Written by ml-infra.\n"
TOKEN_SECONDS = 43_200
REFRESH_SECONDS = 14_400
INDEX = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~%+/-]*)?")


def apply(settings, notebook):
    notebook.keep("package_index", settings)
    configure(settings, notebook)
    if settings["kind"] == "codeArtifact" or settings["secret"] is not None:
        notebook.every("package_index", "refresh", REFRESH_SECONDS)


def refresh(settings, notebook):
    """Renew what runs out. What is there stays until there is something new to put in its place."""
    try:
        configure(settings, notebook)
    except FeatureError as error:
        raise FeatureError(f"the credentials were not renewed, and those of before stay: {error}") from error
    print("the credentials were renewed")


def configure(settings, notebook):
    url, pair = (
        code_artifact(settings, notebook) if settings["kind"] == "codeArtifact" else own_index(settings, notebook)
    )
    index = with_credentials(url, pair)
    texts = {
        PIP_CONFIG: f"{OURS}[global]\nindex-url = {index}\n",
        UV_CONFIG: f"{OURS}[[index]]\nurl = {json.dumps(index)}\ndefault = true\n",
    }
    if settings["condaChannels"]:
        host = urlsplit(url).netloc
        near = [pair if urlsplit(channel).netloc == host else None for channel in settings["condaChannels"]]
        channels = [with_credentials(*channel) for channel in zip(settings["condaChannels"], near)]
        lines = "".join(f"  - {json.dumps(channel)}\n" for channel in channels)
        texts[CONDA_CONFIG] = f"{OURS}channels: #!final\n{lines}default_channels: #!final\n{lines}"
    for path, text in texts.items():
        say_what_is_lost(notebook.path(path))
        if pair is None:
            notebook.write(path, text)
        else:
            write_for(notebook.login, notebook.path(path), text)


def own_index(settings, notebook):
    """The index that was given, with user name and password if a secret holds them."""
    if settings["secret"] is None:
        return checked(settings["url"]), None
    answer = notebook.aws("secretsmanager", "get-secret-value", "--secret-id", settings["secret"])
    try:
        content = json.loads(answer["SecretString"])
        pair = [content[field] for field in ("username", "password")]
    except (LookupError, TypeError, ValueError):
        raise FeatureError(f"secret {settings['secret']} has no fields username and password") from None
    if not all(isinstance(text, str) for text in pair):
        raise FeatureError(f"secret {settings['secret']} holds a username or password that is no text")
    return checked(settings["url"]), pair


def code_artifact(settings, notebook):
    """The repository's index and a token for it."""
    domain = [
        f"--domain={settings['domain']}",
        f"--domain-owner={settings['domainOwner'] or notebook.account}",
        f"--region={settings['region'] or notebook.region}",
        "--output=json",
    ]
    place = [f"--repository={settings['repository']}", "--format=pypi"]
    url = ask("repositoryEndpoint", "get-repository-endpoint", *domain, *place)
    token = ask("authorizationToken", "get-authorization-token", *domain, f"--duration-seconds={TOKEN_SECONDS}")
    return checked(f"{url.rstrip('/')}/simple/"), ["aws", token]


def ask(field, *arguments):
    text = run(["aws", "codeartifact", *arguments], timeout=20, env={"AWS_PAGER": ""})
    try:
        value = json.loads(text)[field]
    except (LookupError, TypeError, ValueError):
        value = None
    if not isinstance(value, str) or not value:
        raise FeatureError(f"CodeArtifact has answered {arguments[0]} without {field}")
    return value


def checked(url):
    if not INDEX.fullmatch(url):  # what is known only at deployment was not looked at before
        raise FeatureError("the index must be an HTTPS URL without credentials, query and fragment")
    return url


def with_credentials(url, pair):
    if pair is None:
        return url
    name, password = (quote(text, safe="") for text in pair)
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{name}:{password}@{parts.netloc}"))


def say_what_is_lost(path):
    if path.exists() and not path.read_text(errors="replace").startswith(OURS):
        print(f"{path} was there, and is replaced")


def write_for(login, path, text):
    """Write a file, whole or not at all, that the group of a user can read and others cannot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w") as file:
            os.fchown(file.fileno(), -1, account_of(login).pw_gid)
            os.fchmod(file.fileno(), 0o640)
            file.write(text)
        Path(new).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(new).unlink()
        raise


VERBS = {"refresh": refresh}
