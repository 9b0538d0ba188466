"""Variables and secrets: in a real shell and a real kernel, from the real AWS command and a server of secrets."""

import json
import os
import subprocess
import sys

import pytest
from aws_server import AwsServer
from bundle import ASSETS
from jupyter_client import KernelManager

HOSTILE = "'\"$(touch /x)`id` \\ %i ü ; & | end"
ARN = "arn:aws:sagemaker:eu-west-1:123456789012:notebook-instance/alice"


@pytest.fixture(scope="module")
def secrets():
    server = AwsServer()
    server.store("plain", f"{HOSTILE}\nsecond line")
    server.store("fields", json.dumps({"password": HOSTILE, "port": 5432}))
    server.secrets.create_secret(Name="binary", SecretBinary=b"\0")
    yield {"AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    server.stop()


class Instance:
    def __init__(self, root, environment):
        self.root = root
        self.environment = {
            "PATH": f"{os.path.dirname(sys.executable)}:/usr/bin:/bin",
            "IPYTHONDIR": str(root / "ipython"),
            "HOME": str(root),
            **environment,
        }

    def feature(self, *arguments, settings=None, tags=None):
        places = {"root": str(self.root), "run_dir": str(self.root), "home": str(self.root)}
        context = {"settings": settings, "notebook": {"name": "alice", "arn": ARN, "tags": tags or {}, **places}}
        command = [sys.executable, "-I", str(ASSETS / "feature.py"), "environment", *arguments]
        given = json.dumps(context)
        options = {"capture_output": True, "text": True, "timeout": 60, "check": False}
        return subprocess.run(command, input=given, env=self.environment, **options)

    def apply(self, variables=None, secrets=None, tags=None):
        settings = {"variables": variables or {}, "secrets": secrets or {}}
        return self.feature(settings=settings, tags=tags)

    def shell(self, expression):
        script = f'for file in {self.root}/etc/profile.d/*.sh; do . "$file"; done; printf %s "{expression}"'
        command = ["bash", "-c", script]
        result = subprocess.run(command, env=self.environment, capture_output=True, timeout=60, check=True)
        return result.stdout.decode()

    def kernel(self, expression):
        config = f"--config={self.root}/etc/ipython/ipython_kernel_config.py"
        manager = KernelManager()
        manager.kernel_spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", config]
        manager.start_kernel(env=self.environment)
        client = manager.blocking_client()
        try:
            client.start_channels()
            client.wait_for_ready(timeout=60)
            reply = client.execute("", user_expressions={"it": expression}, reply=True, timeout=30)
            return reply["content"]["user_expressions"]["it"]["data"]["text/plain"]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


@pytest.fixture
def instance(tmp_path, secrets):
    return Instance(tmp_path, secrets)


SECRETS = {"PLAIN": {"id": "plain", "field": None}, "PASSWORD": {"id": "fields", "field": "password"}}


def test_a_notebook_has_a_value_of_its_own_where_its_tag_has_one(instance):
    assert instance.apply({"A": "of all", "B": "of all"}, tags={"ml-env-A": HOSTILE, "ml-env-C": "x"}).returncode == 0
    assert instance.shell("$A|$B|${C:-}") == f"{HOSTILE}|of all|"
    unit = (instance.root / "etc/systemd/system/jupyter-server.service.d/ml-infra-environment.conf").read_text()
    assert 'Environment="B=of all"' in unit
    assert (instance.root / "restart-jupyter").exists()


def test_secrets_are_fetched_by_each_terminal_and_kept_nowhere(instance, secrets):
    assert instance.apply(secrets=SECRETS).returncode == 0
    assert instance.shell("$PLAIN|$PASSWORD") == f"{HOSTILE}\nsecond line|{HOSTILE}"
    written = [path.read_text() for path in instance.root.rglob("*") if path.is_file()]
    assert not any("second line" in text for text in written)


def test_secrets_are_fetched_by_each_kernel(instance):
    instance.apply(secrets=SECRETS)
    assert instance.kernel("[__import__('os').environ['PASSWORD']]") == repr([HOSTILE])


def test_a_kernel_starts_without_secrets_that_cannot_be_fetched(instance):
    instance.apply(secrets={"GONE": {"id": "no-such-secret", "field": None}})
    assert instance.kernel("__import__('os').environ.get('GONE', 'absent')") == "'absent'"


def test_a_configuration_of_kernels_that_is_not_ours_stays(instance):
    config = instance.root / "etc/ipython/ipython_kernel_config.py"
    config.parent.mkdir(parents=True)
    config.write_text("# of the image")
    result = instance.apply(secrets=SECRETS)
    assert (result.returncode, config.read_text()) == (1, "# of the image")
    assert "is not ours: kernels do not see the secrets, terminals do" in result.stderr
    assert instance.shell("$PASSWORD") == HOSTILE


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ({"id": "binary", "field": None}, "secret binary is binary"),
        ({"id": "plain", "field": "password"}, "secret plain has no field password"),
        ({"id": "fields", "field": "user"}, "secret fields has no field user"),
        ({"id": "fields", "field": "port"}, "secret fields is not a text"),
        ({"id": "none", "field": None}, "ResourceNotFoundException"),
    ],
)
def test_a_secret_that_cannot_be_a_variable_says_why(instance, secret, why):
    instance.apply(secrets={"X": secret, "PASSWORD": SECRETS["PASSWORD"]})
    result = instance.feature("secrets", "--root", str(instance.root))
    assert result.returncode == 1
    assert why in result.stderr
    assert result.stdout == f"PASSWORD={HOSTILE}\0"


def test_a_second_start_changes_nothing(instance):
    instance.apply({"A": "a"}, SECRETS)
    first = {path: path.read_text() for path in instance.root.rglob("etc/**/*") if path.is_file()}
    instance.apply({"A": "a"}, SECRETS)
    assert {path: path.read_text() for path in instance.root.rglob("etc/**/*") if path.is_file()} == first
