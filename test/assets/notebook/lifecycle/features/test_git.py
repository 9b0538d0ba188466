"""Identity and credentials for Git: the real Git, a real HTTPS server, the real AWS command line tool."""

import json
import stat
import subprocess

import pytest
from aws_server import AwsServer
from feature_process import FeatureProcess, contents
from git_host import GitHost

NOTHING = {"userName": None, "userEmail": None, "credentials": [], "codeCommitHosts": []}
PASSWORD = "p$(id)`id`'\"\\ ü%=;"


@pytest.fixture(scope="module")
def aws():
    server = AwsServer()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    server = GitHost(tmp_path_factory.mktemp("host"))
    server.create("tool")
    yield server
    server.stop()


@pytest.fixture
def instance(tmp_path, aws, host):
    return FeatureProcess(
        tmp_path, "git", AWS_ENDPOINT_URL=aws.url, GIT_SSL_CAINFO=str(host.certificate), GIT_TERMINAL_PROMPT="0"
    )


def git(instance, *arguments, text=""):
    system = str(instance.root / "etc/gitconfig")
    return instance.call(["git", *arguments], text, GIT_CONFIG_SYSTEM=system)


def configured(instance, key):
    return git(instance, "config", key).stdout.rstrip("\n")


def secret_of(aws, username, password, name="git"):
    return aws.store(name, json.dumps({"username": username, "password": password}))


def test_an_identity_is_that_of_the_settings_unless_a_tag_or_the_user_says_another(instance):
    settings = {**NOTHING, "userName": "The Team", "userEmail": "team@example.com"}
    instance.apply(**settings)
    assert configured(instance, "user.name") == "The Team"
    assert configured(instance, "user.email") == "team@example.com"

    instance.tags = {"ml-git-name": "Alice Ü", "ml-git-email": "alice@example.com"}
    instance.apply(**settings)
    assert configured(instance, "user.name") == "Alice Ü"
    assert configured(instance, "user.email") == "alice@example.com"

    git(instance, "config", "--global", "user.name", "My own")
    instance.apply(**settings)
    assert configured(instance, "user.name") == "My own"


@pytest.mark.parametrize("tag", ["$(touch hacked)`id`;\"\\' ü", "[core]", "# ; x = y", "!touch hacked", "-c"])
def test_a_tag_is_a_name_whatever_it_says(instance, tag):
    instance.tags = {"ml-git-name": tag}
    assert instance.apply(**NOTHING).returncode == 0
    assert configured(instance, "user.name") == tag
    assert list(instance.folder.rglob("hacked")) == []


@pytest.mark.parametrize("tag", ["a\n[core]\n\tpager = touch hacked", "a\r", "a\0b", "<a>", " ", ""])
def test_a_tag_that_no_commit_can_hold_is_ignored_and_said(instance, tag):
    instance.tags = {"ml-git-name": tag}
    result = instance.apply(**{**NOTHING, "userName": "The Team"})
    assert (result.returncode, configured(instance, "user.name")) == (0, "The Team")
    assert result.stdout == "the tag ml-git-name is no name or address that Git could use, and is ignored\n"


def test_the_configuration_keeps_what_it_has_and_a_second_run_changes_nothing(instance, aws, host):
    settings = {
        **NOTHING,
        "userName": "a",
        "credentials": [{"host": host.host, "secret": secret_of(aws, "a", "b")}],
        "codeCommitHosts": ["git-codecommit.eu-west-1.amazonaws.com"],
    }
    config = instance.root / "etc/gitconfig"
    config.parent.mkdir()
    config.write_text("[alias]\n\tst = status\n")
    config.chmod(0o600)
    instance.apply(**settings)
    before = contents(instance.root)
    assert configured(instance, "alias.st") == "status"
    assert stat.S_IMODE(config.stat().st_mode) == 0o644
    instance.apply(**settings)
    assert contents(instance.root) == before


def test_jupyter_is_told_where_the_configuration_is_whichever_git_it_runs(instance):
    instance.apply(**NOTHING)
    drop_in = instance.root / "etc/systemd/system/jupyter-server.service.d/ml-infra-git.conf"
    assert f'Environment="GIT_CONFIG_SYSTEM={instance.root}/etc/gitconfig"' in drop_in.read_text()
    assert instance.wants_restart()


@pytest.mark.parametrize("user", ["", "somebody@"])
def test_git_gets_in_with_the_secret_whether_or_not_it_names_a_user(instance, aws, host, user):
    host.pair = f"alice:{PASSWORD}"
    instance.apply(**{**NOTHING, "credentials": [{"host": host.host, "secret": secret_of(aws, "alice", PASSWORD)}]})
    result = git(instance, "ls-remote", host.url("tool").replace("//", f"//{user}"))
    assert "refs/heads/main" in result.stdout, result.stderr


def test_a_new_value_of_the_secret_works_at_once(instance, aws, host):
    host.pair = "alice:first"
    settings = {**NOTHING, "credentials": [{"host": host.host, "secret": secret_of(aws, "alice", "first")}]}
    instance.apply(**settings)
    assert git(instance, "ls-remote", host.url("tool")).returncode == 0
    host.pair = "alice:second"
    assert git(instance, "ls-remote", host.url("tool")).returncode != 0
    secret_of(aws, "alice", "second")
    assert git(instance, "ls-remote", host.url("tool")).returncode == 0


def test_no_other_host_gets_the_secret(instance, aws, host):
    host.pair, host.asked = "alice:kept", []
    settings = {**NOTHING, "credentials": [{"host": "git.example.com", "secret": secret_of(aws, "alice", "kept")}]}
    instance.apply(**settings)
    assert git(instance, "ls-remote", host.url("tool")).returncode != 0
    assert {pair for pair, _ in host.asked} == {""}


@pytest.mark.parametrize(
    "asked",
    [
        "protocol=http\nhost=git.example.com\n",
        "protocol=https\nhost=git.example.com.evil.org\n",
        "protocol=https\nhost=git.example.com:444\n",
        "protocol=https\nhost=\nusername=git.example.com\n",
        "protocol=https\nhost=evil.org\x85host=git.example.com\n",
        "host=git.example.com\n",
        "\0",
        "",
    ],
)
def test_the_program_answers_its_own_host_over_https_alone(instance, aws, asked):
    secret = secret_of(aws, "alice", "kept")
    instance.apply(**{**NOTHING, "credentials": [{"host": "git.example.com", "secret": secret}]})
    result = instance.verb("credential", asked)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_the_program_answers_in_the_words_of_git(instance, aws):
    secret = secret_of(aws, "alice", PASSWORD)
    instance.apply(**{**NOTHING, "credentials": [{"host": "git.example.com", "secret": secret}]})
    result = instance.verb("credential", "capability[]=authtype\nprotocol=https\nhost=Git.Example.com\npath=a=b\n\n")
    assert result.stdout == f"username=alice\npassword={PASSWORD}\n"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "ResourceNotFoundException"),
        ("hunter2", "has no fields username and password"),
        ('{"username": "a", "token": "hunter2"}', "has no fields username and password"),
        ('["hunter2"]', "has no fields username and password"),
        ('{"username": "a", "password": "hunter2\\nhost=evil.org"}', "holds what is no line of text"),
        ('{"username": "a", "password": ["hunter2"]}', "holds what is no line of text"),
    ],
)
def test_a_secret_that_cannot_be_used_is_named_but_not_shown(instance, aws, host, value, why):
    host.pair = "alice:right"
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone" if value is None else aws.store("odd", value)
    instance.apply(**{**NOTHING, "credentials": [{"host": host.host, "secret": arn}]})
    result = git(instance, "ls-remote", host.url("tool"))
    assert result.returncode != 0
    assert why in result.stderr
    assert "hunter2" not in result.stdout + result.stderr


def test_no_secret_stands_on_the_disk_after_use(instance, aws, host):
    host.pair = "alice:n0where"
    instance.apply(**{**NOTHING, "credentials": [{"host": host.host, "secret": secret_of(aws, "alice", "n0where")}]})
    clone = instance.volume / "tool"
    result = git(instance, "clone", host.url("tool"), str(clone))
    assert (clone / "file.txt").exists(), result.stderr
    found = subprocess.run(["grep", "-rIl", "n0where", instance.folder], capture_output=True, text=True, check=False)
    assert found.stdout == ""
    assert "n0where" not in result.stdout + result.stderr


def test_codecommit_takes_the_role_of_the_notebook(instance):
    instance.apply(**{**NOTHING, "codeCommitHosts": ["git-codecommit.eu-west-1.amazonaws.com"]})
    asked = "protocol=https\nhost=git-codecommit.eu-west-1.amazonaws.com\npath=v1/repos/tool\n\n"
    answer = dict(line.split("=", 1) for line in git(instance, "credential", "fill", text=asked).stdout.splitlines())
    assert answer["path"] == "v1/repos/tool"
    assert answer["username"] == "test"  # the id of the access key
    assert len(answer["password"]) > 64
