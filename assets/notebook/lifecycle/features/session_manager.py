"""The notebook as a managed node of Systems Manager, for SSH and forwarded ports without an open port."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import shutil

from instance import FeatureError, account_of, run

SUDOERS = "/etc/sudoers.d/ssm-agent-users"
NO_SUDO = "# Written by ml-infra: without a rule, sessions of Session Manager have no way to root.\n"
AGENT_CONFIG = "/etc/amazon/ssm/amazon-ssm-agent.json"
REGISTRATION = "/var/lib/amazon/ssm/registration"
UNIT = "amazon-ssm-agent"
REGISTER_SECONDS = 120
NODE = re.compile(r"mi-[0-9a-f]{8,32}")
KEEP_NODE = 'umask 077 && mkdir -p "${1%/*}" && printf %s "$2" >"$1.new" && mv -fT "$1.new" "$1"'


def apply(settings, notebook):
    guard_root(notebook)
    if shutil.which(UNIT) is None:
        run(["dnf", "install", "--assumeyes", "--quiet", UNIT], timeout=300)
    node = registered(notebook)
    if node is None:
        run(["systemctl", "stop", UNIT], timeout=60)
        keep_credentials_apart(notebook)
        register(settings, notebook)
        node = registered(notebook)
        if node is None:
            raise FeatureError(f"the agent has registered, but {REGISTRATION} names no managed node")
    run(["systemctl", "start", UNIT], timeout=60)
    print(f"managed node {node}: aws ssm start-session --target {node} --region {notebook.region}")
    forget_earlier(node, notebook)
    try:
        run(["systemctl", "start", "sshd"], timeout=30)
    except FeatureError as error:
        print(f"there is no SSH server, so ports can be forwarded, but ssh does not work: {error}")


def guard_root(notebook):
    """The agent gives the user of its sessions all rights by sudo, unless it finds its file of rules in place."""
    try:
        asked = ["sagemaker", "describe-notebook-instance", "--notebook-instance-name", notebook.name]
        access = (notebook.aws(*asked, timeout=15) or {}).get("RootAccess")
    except FeatureError as error:
        print(f"whether this notebook has root access is not known, so sessions get none: {error}")
        access = None
    if access != "Enabled":
        notebook.write(SUDOERS, NO_SUDO, 0o440)


def keep_credentials_apart(notebook):
    """Else the agent writes its own credentials where root's commands look before they ask for the notebook's role."""
    path = notebook.path(AGENT_CONFIG)
    try:
        config = json.loads(path.read_text()) if path.exists() else {}
        config["Profile"] = {**config.get("Profile", {}), "ShareCreds": False}
    except (ValueError, TypeError, AttributeError) as error:
        raise FeatureError(f"{AGENT_CONFIG} cannot be read: {error}") from error
    notebook.write(AGENT_CONFIG, json.dumps(config, indent=4) + "\n", 0o600)


def registered(notebook):
    """The node that this machine is, if it is one."""
    with contextlib.suppress(OSError, ValueError, TypeError, LookupError):
        known = json.loads(notebook.path(REGISTRATION).read_text())
        if known["Region"] == notebook.region and NODE.fullmatch(known["ManagedInstanceID"]):
            return known["ManagedInstanceID"]
    return None


def register(settings, notebook):
    activation = activate(settings, notebook)
    code, id_ = activation["ActivationCode"], activation["ActivationId"]
    try:
        run([UNIT, "-register", "-code", code, "-id", id_, "-region", notebook.region, "-y"], timeout=REGISTER_SECONDS)
    except FeatureError as error:
        raise FeatureError(str(error).replace(code, "***")) from None  # this goes to the log


def activate(settings, notebook):
    """A right for one machine, for an hour, to become a node that carries the tags of the notebook."""
    tags = [{"Key": key, "Value": notebook.tags[key]} for key in ("ml-owner", "ml-base") if key in notebook.tags]
    if len(tags) < 2:
        raise FeatureError("the tags ml-owner and ml-base of this notebook are not known, without which AWS refuses")
    expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    return notebook.aws(
        "ssm",
        "create-activation",
        "--iam-role",
        settings["roleArn"].split(":role/", 1)[-1],  # AWS wants the path and the name
        "--registration-limit",
        "1",
        "--expiration-date",
        expiry.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "--default-instance-name",
        notebook.name,
        "--tags",
        json.dumps(tags),
    )


def forget_earlier(node, notebook):
    """Remove the node that this notebook was before it stopped: each start makes a new one."""
    kept = str(notebook.state / "session-manager" / "node")
    try:
        with contextlib.suppress(FeatureError):
            earlier = run(as_user(notebook, "head", "-c", "40", kept), timeout=10).strip()
            if earlier != node and NODE.fullmatch(earlier):
                notebook.aws("ssm", "deregister-managed-instance", "--instance-id", earlier)
                print(f"{earlier}, which this notebook was before, is deregistered")
    finally:
        with contextlib.suppress(FeatureError):
            run(as_user(notebook, "sh", "-c", KEEP_NODE, "sh", kept, node), timeout=10)


def as_user(notebook, *command):
    """What is on the volume belongs to its user, and root follows no link there."""
    is_own = account_of(notebook.login).pw_uid == os.geteuid()
    return list(command) if is_own else ["runuser", "-u", notebook.login, "--", *command]
