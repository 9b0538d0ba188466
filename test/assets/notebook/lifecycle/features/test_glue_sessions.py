"""The kernels of Glue: an environment built by the real venv and pip from a real index, and real kernels in it.

`aws-glue-sessions` in the index is a stand-in, a kernel of IPython with the two faults of the real one, which would
pull in half of PyPI. The environments see the packages of the tests, pip among them, so that they are made at once.
"""

import contextlib
import json
import shutil
import sys
import sysconfig

import pytest
from feature_process import FeatureProcess, contents
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_environment import PackageIndex

BASE = getattr(sys, "_base_executable", sys.executable)
SETTINGS = {
    "roleArn": "arn:aws:iam::123456789012:role/team/glue",
    "glueVersion": "4.0",
    "workerType": "G.1X",
    "numberOfWorkers": 2,
    "idleMinutes": 30,
}
PACKAGE = "aws_glue_interactive_sessions_kernel"
STAND_IN = """
from ipykernel.ipkernel import IPythonKernel

class GlueKernel(IPythonKernel):
    banner = "stand-in"

    def client(self):
        import boto3
        return boto3.Session().client("sts", verify=False)

    def _get_latest_kernel_version(self, name):
        raise AssertionError("asks pypi.org")
"""
PYTHON = f"""
echo "$*" >>"$HOME/asked"
if [ "$1 $2" = '-m venv' ]; then
    {BASE} -m venv --without-pip "$3" || exit
    echo {sysconfig.get_path("purelib")} >"$(echo "$3"/lib/*/site-packages)/tests.pth"
    exit
fi
exec {BASE} "$@"
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = PackageIndex(tmp_path_factory.mktemp("index") / "index")
    files = {f"{PACKAGE}/{name}/GlueKernel.py": STAND_IN for name in ("glue_pyspark", "glue_spark")}
    index.offer("aws-glue-sessions", "1.0.9", {f"{PACKAGE}/__init__.py": "", **files})
    yield index
    index.close()


class Instance(FeatureProcess):
    """An instance on which only `anaconda3` stands in: the real one is part of the platform."""

    def __init__(self, folder, url):
        super().__init__(folder, "glue_sessions", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_INDEX_URL=url)
        self.tags = {"ml-owner": "alice", "ml-base": "Team-Shared"}
        self.state = self.volume / ".ml-infra/glue-sessions"
        self.kernels = self.home / ".local/share/jupyter/kernels"
        python = self.home / "anaconda3/envs/python3/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(f"#!/bin/bash\n{PYTHON}")
        python.chmod(0o755)

    def build(self, **changes):
        return self.apply(**{**SETTINGS, **changes})

    def environments(self):
        return sorted(path for path in self.state.iterdir() if path.is_dir())

    def made(self):
        """How many environments were made."""
        return sum(line.startswith("-m venv") for line in (self.home / "asked").read_text().splitlines())

    @contextlib.contextmanager
    def kernel(self, name):
        """A kernel, as Jupyter starts it from what it finds in the home folder."""
        specs = KernelSpecManager(kernel_dirs=[str(self.kernels)], ensure_native_kernel=False)
        manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
        manager.start_kernel(env=dict(self.environment))
        client = manager.blocking_client()
        try:
            client.start_channels()
            client.wait_for_ready(timeout=60)

            def evaluate(expression):
                reply = client.execute("", user_expressions={"it": expression}, reply=True, timeout=60)
                answer = reply["content"]["user_expressions"]["it"]
                return answer["data"]["text/plain"] if answer["status"] == "ok" else answer["evalue"]

            yield evaluate
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


@pytest.fixture
def instance(tmp_path, index):
    return Instance(tmp_path, index.url)


@pytest.mark.parametrize(("name", "title"), [("glue_pyspark", "Glue PySpark"), ("glue_spark", "Glue Spark")])
def test_a_kernel_begins_sessions_with_what_is_configured_and_its_owner(instance, name, title):
    result = instance.build()
    assert result.returncode == 0, result.stderr
    assert json.loads((instance.kernels / name / "kernel.json").read_text())["display_name"] == title
    with instance.kernel(name) as evaluate:
        assert evaluate("get_ipython().kernel.banner") == "'stand-in'"
        read = "__import__('botocore.session').session.Session().full_config['profiles']['default']"
        assert json.loads(evaluate(f"__import__('json').dumps({read})")[1:-1].replace("\\\\", "\\")) == {
            "region": "eu-west-1",
            "glue_role_arn": "arn:aws:iam::123456789012:role/team/glue",
            "glue_version": "4.0",
            "glue_worker_type": "G.1X",
            "glue_number_of_workers": "2",
            "glue_idle_timeout": "30",
            "glue_tags": '{"ml-owner": "alice", "ml-base": "Team-Shared"}',
        }


def test_a_kernel_checks_certificates_and_does_not_wait_for_pypi(instance):
    instance.build()
    with instance.kernel("glue_pyspark") as evaluate:
        assert evaluate("get_ipython().kernel.client()._endpoint.http_session._verify") == "True"
        assert evaluate("get_ipython().kernel._get_latest_kernel_version('x') is None") == "True"


def test_the_configuration_of_the_user_is_not_touched(instance):
    (instance.home / ".aws").mkdir()
    (instance.home / ".aws/config").write_text("[default]\nregion = us-west-2\n")
    before = contents(instance.home / ".aws")
    instance.build()
    assert contents(instance.home / ".aws") == before


def test_a_second_start_builds_nothing_and_offers_the_kernels_again(instance):
    instance.build()
    shutil.rmtree(instance.home / ".local")
    before = contents(instance.state)
    instance.environment["PIP_INDEX_URL"] = "http://127.0.0.1:9/"
    assert instance.build().returncode == 0
    assert contents(instance.state) == before
    assert instance.made() == 1
    assert sorted(path.name for path in instance.kernels.iterdir()) == ["glue_pyspark", "glue_spark"]


def test_other_settings_reach_the_kernels_without_a_new_environment(instance):
    instance.build()
    instance.build(numberOfWorkers=5)
    assert "glue_number_of_workers = 5\n" in (instance.state / "config").read_text()
    assert instance.made() == 1


def test_an_environment_that_was_cut_off_is_built_again(instance):
    instance.build()
    (environment,) = instance.environments()
    (environment / ".ml-infra-complete").unlink()
    (environment / "half").write_text("")
    assert instance.build().returncode == 0
    assert (environment / ".ml-infra-complete").exists()
    assert not (environment / "half").exists()
    assert instance.made() == 2


def test_an_environment_that_no_longer_runs_is_built_again(instance):
    instance.build()
    (environment,) = instance.environments()
    shutil.rmtree(next(environment.glob(f"lib/*/site-packages/{PACKAGE}")))
    assert instance.build().returncode == 0
    assert instance.made() == 2


def test_environments_of_before_are_removed_and_nothing_else(instance):
    (instance.state / "0123456789abcdef/lib").mkdir(parents=True)
    (instance.state / "mine").mkdir()
    (instance.home / "linked").mkdir()
    (instance.state / "fedcba9876543210").symlink_to(instance.home / "linked")
    instance.build()
    assert not (instance.state / "0123456789abcdef").exists()
    assert (instance.state / "mine").exists()
    assert (instance.home / "linked").exists()


def test_an_index_without_the_package_is_told_without_its_password(instance):
    instance.environment["PIP_INDEX_URL"] = (
        instance.environment["PIP_INDEX_URL"].replace("//", "//me:secret@") + "none/"
    )
    result = instance.build()
    assert result.returncode != 0
    assert "aws-glue-sessions" in result.stderr
    assert instance.environments() == []
    assert not instance.kernels.exists()


def test_a_password_in_an_address_is_in_no_message(instance):
    python = instance.home / "anaconda3/envs/python3/bin/python"
    python.write_text(f'#!/bin/bash\n[ "$2" != venv ] && exec {BASE} "$@"\necho https://me:secret@host/ >&2\nexit 1\n')
    result = instance.build()
    assert result.returncode != 0
    assert "https://***@host/" in result.stderr
    assert "secret" not in result.stdout + result.stderr


def test_pip_goes_the_way_out_that_the_notebook_has(instance):
    kept = instance.root / "etc/ml-infra/proxy.json"
    kept.parent.mkdir(parents=True)
    index = instance.environment.pop("PIP_INDEX_URL")
    kept.write_text(json.dumps({"settings": {"variables": {"PIP_INDEX_URL": index}}}))
    instance.environment["PIP_INDEX_URL"] = "http://127.0.0.1:9/"
    assert instance.build().returncode == 0


@pytest.mark.parametrize("missing", ["ml-owner", "ml-base"])
def test_without_the_tags_nothing_is_offered(instance, missing):
    del instance.tags[missing]
    result = instance.build()
    assert result.returncode != 0
    assert "without which AWS refuses" in result.stderr
    assert contents(instance.volume) == {}


@pytest.mark.parametrize("owner", ["a\nglue_role_arn = other", "$(touch x)`id`'\"%(region)s", "ü\0[other]", "a;b#c"])
def test_a_hostile_tag_stays_a_value(instance, owner):
    instance.tags["ml-owner"] = owner
    assert instance.build().returncode == 0
    lines = (instance.state / "config").read_text().splitlines()
    assert len(lines) == 8
    assert json.loads(lines[-1].split(" = ", 1)[1])["ml-owner"] == owner


@pytest.mark.parametrize("end", ["\nregion = x", "\r", "\0"])
def test_a_setting_of_two_lines_is_refused(instance, end):
    result = instance.build(roleArn=SETTINGS["roleArn"] + end)
    assert result.returncode != 0
    assert "glue_role_arn must stand on one line" in result.stderr
    assert contents(instance.volume) == {}
