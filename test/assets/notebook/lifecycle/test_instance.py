"""What features know of their notebook: against the real AWS command and a server that speaks SageMaker."""

import http.server
import json
import os
import shutil
import sys
import threading
import typing

import pytest
from aws_server import AwsServer
from bundle import ASSETS, write_command

sys.path.insert(0, str(ASSETS))
from instance import FeatureError, Notebook, learn, resolve, run, shell_quote, systemd_quote, write

CONFIG_ARN = "arn:aws:sagemaker:eu-west-1:1:notebook-instance-lifecycle-config/setup"
HOSTILE = "'\"$(touch /x)`id` ; & | \\ %i %% \t ü\u2028 'quoted' \\n"


@pytest.fixture(scope="module")
def server():
    server = AwsServer()
    yield server
    server.stop()


def tag_list(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


@pytest.fixture
def notebook(server, monkeypatch, tmp_path):
    url, client = server.url, server.client("sagemaker")
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
    assert shutil.which("aws")
    name = f"n{abs(hash(tmp_path)) % 10**9}"
    arn = client.create_notebook_instance(
        NotebookInstanceName=name,
        InstanceType="ml.t3.medium",
        RoleArn="arn:aws:iam::123456789012:role/r",
        Tags=tag_list(
            {"ml-owner": "alice", "ml-git-name": HOSTILE, "ml-env-KNOWN": "x", "ml-env-UNKNOWN": "y", "z": "z"}
        ),
    )["NotebookInstanceArn"]
    metadata = tmp_path / "metadata.json"
    metadata.write_text(json.dumps({"ResourceName": name, "ResourceArn": arn}))
    return metadata


def manifest(values=(), variables=()):
    settings = {"variables": dict.fromkeys(variables, "")}
    return {"values": list(values), "steps": [{"name": "environment", "settings": settings}, {"name": "script"}]}


def test_of_the_tags_only_those_with_a_meaning_are_seen(notebook):
    known, values, error = learn(manifest(variables=["KNOWN"]), notebook)
    assert error is None
    assert known.tags == {"ml-owner": "alice", "ml-git-name": HOSTILE, "ml-env-KNOWN": "x"}
    assert (known.owner, known.region, known.partition, known.account) == ("alice", "eu-west-1", "aws", "123456789012")
    assert values == {}


class TagsOfConfigurations(http.server.BaseHTTPRequestHandler):
    """Stands in for SageMaker, because moto keeps no tags of lifecycle configurations."""

    answers: typing.ClassVar = {
        ("DescribeNotebookInstance", "NotebookInstanceName", "alice"): {"NotebookInstanceLifecycleConfigName": "Setup"},
        ("DescribeNotebookInstanceLifecycleConfig", "NotebookInstanceLifecycleConfigName", "Setup"): {
            "NotebookInstanceLifecycleConfigArn": CONFIG_ARN
        },
        ("ListTags", "ResourceArn", CONFIG_ARN): {"Tags": tag_list({"ml-setting-0": HOSTILE, "Name": "any"})},
        ("ListTags", "ResourceArn", "arn:aws:sagemaker:eu-west-1:1:notebook-instance/alice"): {"Tags": []},
    }

    def do_POST(self):
        action = self.headers["X-Amz-Target"].split(".")[1]
        ((key, value),) = json.loads(self.rfile.read(int(self.headers["Content-Length"]))).items()
        body = json.dumps(self.answers[(action, key, value)]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(("asked", "known"), [("ml-setting-0", {"ml-setting-0": HOSTILE}), ("ml-setting-1", {})])
def test_values_are_those_tags_of_the_configuration_that_are_asked_for(notebook, monkeypatch, asked, known):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TagsOfConfigurations)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    arn = "arn:aws:sagemaker:eu-west-1:1:notebook-instance/alice"
    notebook.write_text(json.dumps({"ResourceName": "alice", "ResourceArn": arn}))
    assert learn(manifest(values=[asked]), notebook)[1:] == (known, None)
    server.shutdown()


def test_without_rights_nothing_is_known_but_the_name(notebook, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    known, values, error = learn(manifest(), notebook)
    assert known.name
    assert (known.tags, values) == ({}, {})
    assert error.startswith("aws ended with")


def test_a_missing_value_is_named():
    assert resolve({"a": [{"$value": "k"}, {"b": "$value"}]}, {"k": HOSTILE}) == {"a": [HOSTILE, {"b": "$value"}]}
    with pytest.raises(FeatureError, match="ml-setting-7"):
        resolve([{"$value": "ml-setting-7"}], {"k": "v"})


@pytest.mark.parametrize("value", [HOSTILE, "", "a\nb", "'", "'''", "$HOME", "-n"])
def test_a_quoted_word_is_one_word_of_a_shell(value):
    assert run(["bash", "-c", f"printf %s {shell_quote(value)}"]) == value


def test_a_quoted_word_of_a_unit_keeps_its_quotes_and_is_no_specifier():
    assert systemd_quote('A=a "b" \\ %h $x') == '"A=a \\"b\\" \\\\ %%h $x"'


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a" / "b.conf"
    write(path, "one", 0o640)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("one", 0o640)
    path.unlink()
    path.mkdir()
    (path / "in the way").touch()
    with pytest.raises(OSError, match=r"b\.conf"):
        write(path, "two")
    assert [entry.name for entry in path.parent.iterdir()] == ["b.conf"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["false"], "false ended with 1"),
        (["bash", "-c", "echo why >&2; exit 3"], "bash ended with 3: why"),
        (["no-such-command"], "no-such-command: "),
        (["sleep", "30"], "timed out"),
    ],
)
def test_a_command_that_fails_says_why(command, message):
    with pytest.raises(FeatureError, match=message):
        run(command, timeout=1)


def test_variables_reach_login_shells_as_they_are(tmp_path):
    notebook = Notebook(
        "n", "arn:aws:sagemaker:eu-west-1:1:notebook-instance/n", {}, root=str(tmp_path), run_dir=str(tmp_path)
    )
    notebook.give_to_jupyter("x", {"A": HOSTILE, "B": "b"})
    script = f'. {tmp_path}/etc/profile.d/ml-infra-x.sh; printf \'%s\\0\' "$A" "$B"'
    assert run(["sh", "-c", script]).split("\0")[:2] == [HOSTILE, "b"]
    unit = (tmp_path / "etc/systemd/system/jupyter-server.service.d/ml-infra-x.conf").read_text().split("\n")
    assert unit[0] == "[Service]"
    assert unit[2] == 'Environment="B=b"'
    assert unit[3:] == [""]
    assert notebook.restart_is_asked()


def test_a_timer_leaves_the_network_as_the_notebook_does(tmp_path, monkeypatch):
    write_command(tmp_path / "bin" / "systemd-run", f'printf "%s\\n" "$@" >{tmp_path}/asked')
    write_command(tmp_path / "bin" / "systemctl", "true")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin", prepend=os.pathsep)
    arn = "arn:aws:sagemaker:eu-west-1:1:notebook-instance/n"
    notebook = Notebook("n", arn, {}, root=str(tmp_path))
    notebook.keep("proxy", {"variables": {"https_proxy": "http://p:1"}})
    notebook.every("package_index", "refresh", 60)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert "--setenv=https_proxy=http://p:1" in asked
    assert asked[-2:] == ["package_index", "refresh"]
