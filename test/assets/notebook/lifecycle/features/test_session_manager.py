"""Registration with Systems Manager: the real AWS command against a server that notes what it is asked for.

The agent, systemd and dnf exist on an instance alone; they are commands that note what they were asked for.
"""

import datetime
import json
import os
import pwd
import shutil
import tempfile
from pathlib import Path

import pytest
from json_service import JsonService
from storage_box import NotebookBox

ROLE = "arn:aws:iam::123456789012:role/team/nodes"
CODE = "Code+Of/Activation=="
NODE = "mi-0123456789abcdef0"
ALL_RIGHTS = "ssm-user ALL=(ALL) NOPASSWD:ALL\n"


@pytest.fixture
def service():
    service = JsonService(
        DescribeNotebookInstance={"RootAccess": "Disabled"},
        CreateActivation={"ActivationCode": CODE, "ActivationId": "11111111-2222-3333-4444-555555555555"},
        DeregisterManagedInstance={},
    )
    yield service
    service.stop()


@pytest.fixture
def box(tmp_path, service):
    box = NotebookBox(tmp_path, service.url)
    box.tags = {"ml-owner": "alice", "ml-base": "Team-Shared"}
    box.record("systemctl")
    box.record("dnf")
    offer_agent(box)
    return box


def offer_agent(box, node=NODE):
    """An agent that notes how it was called, and what stood in its files then."""
    folder = box.root / "var/lib/amazon/ssm"
    told = json.dumps({"ManagedInstanceID": node, "Region": "us-east-1"})
    files = f"cat {sudoers(box)} {config(box)} >{box.folder}/seen 2>&1"
    box.record("amazon-ssm-agent", f"{files}; mkdir -p {folder}; printf %s '{told}' >{folder}/registration")


def sudoers(box):
    return box.root / "etc/sudoers.d/ssm-agent-users"


def config(box):
    return box.root / "etc/amazon/ssm/amazon-ssm-agent.json"


def kept(box):
    return box.volume / ".ml-infra/session-manager/node"


def start_again(box, node):
    """What a stop and a start leave: the volume, and a new machine besides."""
    (box.root / "var/lib/amazon/ssm/registration").unlink()
    offer_agent(box, node)


def apply(box):
    return box.apply("session_manager", {"roleArn": ROLE})


def test_the_notebook_becomes_a_node_of_its_owner(box, service):
    before = datetime.datetime.now(datetime.timezone.utc)
    result = apply(box)
    assert result.returncode == 0, result.stderr
    [asked] = service.calls("CreateActivation")
    expiry = datetime.datetime.fromtimestamp(asked.pop("ExpirationDate"), datetime.timezone.utc)
    assert datetime.timedelta(minutes=55) < expiry - before < datetime.timedelta(minutes=65)
    assert asked == {
        "IamRole": "team/nodes",
        "RegistrationLimit": 1,
        "DefaultInstanceName": "alice-lab",
        "Tags": [{"Key": "ml-owner", "Value": "alice"}, {"Key": "ml-base", "Value": "Team-Shared"}],
    }
    assert NODE in result.stdout


def test_the_agent_is_registered_while_it_is_stopped(box):
    apply(box)
    activation = ["-code", CODE, "-id", "11111111-2222-3333-4444-555555555555"]
    assert box.recorded() == [
        ["systemctl", "stop", "amazon-ssm-agent"],
        ["amazon-ssm-agent", "-register", *activation, "-region", "us-east-1", "-y"],
        ["systemctl", "start", "amazon-ssm-agent"],
        ["systemctl", "start", "sshd"],
    ]


def test_an_agent_that_is_missing_is_installed(box):
    agent = box.commands / "amazon-ssm-agent"
    agent.rename(box.folder / "agent")
    box.record("dnf", f"mv {box.folder}/agent {agent}")
    assert apply(box).returncode == 0
    assert box.recorded()[0] == ["dnf", "install", "--assumeyes", "--quiet", "amazon-ssm-agent"]


@pytest.mark.parametrize("answer", [{"RootAccess": "Disabled"}, {}, None])
def test_without_root_access_sessions_have_no_way_to_root(box, service, answer):
    service.answers["DescribeNotebookInstance"] = answer
    sudoers(box).parent.mkdir(parents=True)
    sudoers(box).write_text(ALL_RIGHTS)
    assert apply(box).returncode == 0
    assert all(line.startswith("#") for line in sudoers(box).read_text().splitlines())
    assert sudoers(box).stat().st_mode & 0o777 == 0o440
    assert "NOPASSWD" not in (box.folder / "seen").read_text()


def test_the_way_to_root_is_closed_before_the_agent_is_even_installed(box):
    (box.commands / "amazon-ssm-agent").unlink()
    box.record("dnf", f"cp {sudoers(box)} {box.folder}/seen; exit 1")
    assert apply(box).returncode != 0
    assert (box.folder / "seen").read_text().startswith("# Written by ml-infra")


def test_with_root_access_the_rules_stay_as_the_agent_writes_them(box, service):
    service.answers["DescribeNotebookInstance"] = {"RootAccess": "Enabled"}
    sudoers(box).parent.mkdir(parents=True)
    sudoers(box).write_text(ALL_RIGHTS)
    assert apply(box).returncode == 0
    assert sudoers(box).read_text() == ALL_RIGHTS


def test_the_credentials_of_the_agent_are_not_shared_with_the_commands_of_root(box):
    config(box).parent.mkdir(parents=True)
    config(box).write_text(json.dumps({"Mds": {"CommandWorkersLimit": 1}, "Profile": {"KeyAutoRotateDays": 1}}))
    assert apply(box).returncode == 0
    written = {"Mds": {"CommandWorkersLimit": 1}, "Profile": {"KeyAutoRotateDays": 1, "ShareCreds": False}}
    assert json.loads(config(box).read_text()) == written
    assert '"ShareCreds": false' in (box.folder / "seen").read_text()


@pytest.mark.parametrize("text", ["{", "[]", '{"Profile": 3}'])
def test_a_broken_configuration_of_the_agent_registers_nothing(box, service, text):
    config(box).parent.mkdir(parents=True)
    config(box).write_text(text)
    result = apply(box)
    assert result.returncode != 0
    assert "amazon-ssm-agent.json cannot be read" in result.stderr
    assert service.calls("CreateActivation") == []


def test_a_second_run_registers_nothing(box, service):
    apply(box)
    before = (config(box).stat(), sudoers(box).read_text(), kept(box).read_text())
    assert apply(box).returncode == 0
    assert len(service.calls("CreateActivation")) == 1
    assert service.calls("DeregisterManagedInstance") == []
    assert (config(box).stat(), sudoers(box).read_text(), kept(box).read_text()) == before


def test_a_run_that_was_cut_off_before_the_registration_is_made_up_for(box, service):
    box.record("amazon-ssm-agent", "exit 137")
    assert apply(box).returncode != 0
    offer_agent(box)
    assert apply(box).returncode == 0
    assert len(service.calls("CreateActivation")) == 2


def test_an_agent_that_was_registered_but_not_started_is_started(box, service):
    apply(box)
    (box.folder / "recorded").unlink()
    assert apply(box).returncode == 0
    assert ["systemctl", "start", "amazon-ssm-agent"] in box.recorded()


def test_the_node_of_before_the_stop_is_removed(box, service):
    apply(box)
    start_again(box, "mi-fedcba98765432100")
    assert apply(box).returncode == 0
    assert service.calls("DeregisterManagedInstance") == [{"InstanceId": NODE}]
    assert kept(box).read_text() == "mi-fedcba98765432100"


def test_a_node_that_cannot_be_removed_keeps_no_notebook_back(box, service):
    apply(box)
    del service.answers["DeregisterManagedInstance"]
    start_again(box, "mi-fedcba98765432100")
    assert apply(box).returncode == 0
    assert kept(box).read_text() == "mi-fedcba98765432100"


@pytest.mark.parametrize(
    "text", ["$(touch x)", "--instance-id", "i-0123456789abcdef0", "mi-0123456789abcdef0\nmi-", "", "\0"]
)
def test_what_somebody_else_wrote_on_the_volume_removes_nothing(box, service, text):
    kept(box).parent.mkdir(parents=True)
    kept(box).write_text(text)
    assert apply(box).returncode == 0
    assert service.calls("DeregisterManagedInstance") == []
    assert kept(box).read_text() == NODE


@pytest.mark.parametrize("how", ["exit 1", "echo $* >&2; exit 1"])
def test_the_code_of_the_activation_is_in_no_message(box, how):
    box.record("amazon-ssm-agent", how)
    result = apply(box)
    assert result.returncode != 0
    assert "amazon-ssm-agent ended with 1" in result.stderr
    assert CODE not in result.stdout + result.stderr


def test_an_agent_that_hangs_does_not_show_the_code(box):
    feature = box.bundle / "features/session_manager.py"
    patient = feature.read_text()
    feature.write_text(patient.replace("REGISTER_SECONDS = 120", "REGISTER_SECONDS = 2"))
    assert feature.read_text() != patient
    box.record("amazon-ssm-agent", "exec sleep 30")
    result = apply(box)
    assert result.returncode != 0
    assert "timed out" in result.stderr
    assert CODE not in result.stdout + result.stderr


def test_a_registration_that_left_no_trace_is_told(box):
    box.record("amazon-ssm-agent")
    result = apply(box)
    assert result.returncode != 0
    assert "names no managed node" in result.stderr


@pytest.mark.parametrize("missing", ["ml-owner", "ml-base"])
def test_without_the_tags_nothing_is_asked_for(box, service, missing):
    del box.tags[missing]
    result = apply(box)
    assert result.returncode != 0
    assert "without which AWS refuses" in result.stderr
    assert service.calls("CreateActivation") == []


@pytest.mark.parametrize("value", ["file:///etc/passwd", "a,Key=ml-base,Value=b", "$(touch x)`id`", "ä '\"\n"])
def test_a_hostile_tag_stays_a_value(box, service, value):
    box.tags["ml-owner"] = value
    assert apply(box).returncode == 0
    assert service.calls("CreateActivation")[0]["Tags"][0] == {"Key": "ml-owner", "Value": value}


def test_a_refusal_is_told(box, service):
    del service.answers["CreateActivation"]
    result = apply(box)
    assert result.returncode != 0
    assert "not authorized to call CreateActivation" in result.stderr
    assert ["amazon-ssm-agent"] not in [call[:1] for call in box.recorded()]


def test_without_an_ssh_server_ports_can_still_be_forwarded(box):
    box.record("systemctl", '[ "$2" != sshd ]')
    result = apply(box)
    assert result.returncode == 0
    assert "there is no SSH server" in result.stdout


@pytest.fixture
def open_folder():
    """A folder that other users may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_root_follows_no_link_that_the_user_has_planted(box, service, open_folder):
    secret = open_folder / "secret"
    secret.write_text("mi-fedcba98765432100")
    secret.chmod(0o600)
    link = open_folder / "home/SageMaker/.ml-infra/session-manager/node"
    link.parent.mkdir(parents=True)
    link.symlink_to(secret)
    for path in (open_folder / "home", *(open_folder / "home").rglob("*")):
        os.chown(path, pwd.getpwnam("nobody").pw_uid, -1, follow_symlinks=False)
    context = json.loads(box.context({"roleArn": ROLE}))
    context["notebook"].update(login="nobody", home=str(open_folder / "home"))
    result = box.run(box.command_line("session_manager"), json.dumps(context))
    assert result.returncode == 0, result.stderr
    assert service.calls("DeregisterManagedInstance") == []
    assert secret.read_text() == "mi-fedcba98765432100"
    assert link.read_text() == NODE
    assert link.owner() == "nobody"
