"""Settings, configuration and extensions, read by the real JupyterLab and installed by the real pip."""

import json
import os

import pytest
from feature_process import PYTHON, FeatureProcess, contents
from jupyter_environment import JupyterServer, PackageIndex, environment_of, site_packages

SERVER_CONFIG = "etc/jupyter/jupyter_server_config.json"
HOSTILE = "$(touch sprung)`touch sprung`'\"\\\n\r\0 ü {x} %s"


class Instance(FeatureProcess):
    def configure(self, lab=None, server=None, extensions=()):
        files = self.bundle / "files" / "jupyter"
        files.mkdir(parents=True, exist_ok=True)
        (files / "settings.json").write_text(json.dumps(lab or {}))
        (files / "server.json").write_text(json.dumps(server or {}))
        return self.apply(extensions=list(extensions))


@pytest.fixture
def instance(tmp_path):
    return Instance(tmp_path, "jupyter")


@pytest.fixture
def index(tmp_path):
    index = PackageIndex(tmp_path / "index")
    index.offer("lab-hello", "1.0", {"lab_hello.py": "x = 1\n"}, ["hello-base>=1"])
    index.offer("hello-base", "1.5", {"hello_base.py": "x = 1\n"})
    yield index
    index.close()


@pytest.fixture
def extended(instance, index):
    instance.environment["PIP_INDEX_URL"] = index.url
    instance.environment["PIP_CONFIG_FILE"] = "/dev/null"
    instance.jupyter = environment_of(instance.home)
    instance.before = site_packages(instance.jupyter)
    return instance


def added(instance):
    return site_packages(instance.jupyter) - instance.before


def test_the_server_obeys_its_configuration(instance):
    instance.configure(server={"ServerApp": {"terminals_enabled": False}})
    with JupyterServer(instance) as server:
        with pytest.raises(OSError, match="404"):
            server.read("/api/terminals")
        assert server.read("/api/kernels") == []


def test_without_that_configuration_there_are_terminals(instance):
    instance.configure()
    with JupyterServer(instance) as server:
        assert server.read("/api/terminals") == []


def test_jupyterlab_has_the_settings_as_its_defaults(instance):
    instance.configure(lab={"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}})
    with JupyterServer(instance, command=("-m", "jupyterlab")) as server:
        plugin = server.read("/lab/api/settings/@jupyterlab/apputils-extension:themes")
    assert plugin["schema"]["properties"]["theme"]["default"] == "JupyterLab Dark"


def test_what_the_platform_configured_stays(instance):
    config = instance.root / SERVER_CONFIG
    config.parent.mkdir(parents=True)
    theirs = {"ServerApp": {"terminals_enabled": True, "ip": "x"}, "KernelManager": {"shutdown_wait_time": 3}}
    config.write_text(json.dumps(theirs))
    instance.configure(server={"ServerApp": {"terminals_enabled": False}, "LabApp": {"news_url": None}})
    assert json.loads(config.read_text()) == {
        "ServerApp": {"terminals_enabled": False, "ip": "x"},
        "KernelManager": {"shutdown_wait_time": 3},
        "LabApp": {"news_url": None},
    }


@pytest.mark.parametrize("theirs", ["{", "[1]", '{"ServerApp": 1}'])
def test_a_configuration_that_is_none_is_left_alone_and_named(instance, theirs):
    config = instance.root / SERVER_CONFIG
    config.parent.mkdir(parents=True)
    config.write_text(theirs)
    result = instance.configure(server={"ServerApp": {"terminals_enabled": False}})
    assert result.returncode == 1
    assert result.stderr.startswith(f"jupyter: {config} is no configuration of Jupyter, and is left alone")
    assert config.read_text() == theirs


def test_jupyter_restarts_for_a_change_and_a_second_run_changes_nothing(instance):
    given = {"lab": {"a": {"b": 1}}, "server": {"ServerApp": {"terminals_enabled": False}}}
    assert instance.configure(**given).returncode == 0
    assert instance.wants_restart()
    before = contents(instance.root)
    (instance.run_dir / "restart-jupyter").unlink()
    assert instance.configure(**given).returncode == 0
    assert not instance.wants_restart()
    assert contents(instance.root) == before


def test_hostile_text_stays_data(instance):
    given = {"plugin": {HOSTILE: HOSTILE}}
    assert instance.configure(lab=given).returncode == 0
    written = instance.root / "etc/jupyter/labconfig/default_setting_overrides.d/ml-infra.json"
    assert json.loads(written.read_text()) == given
    assert list(instance.folder.rglob("sprung")) == []


def test_an_extension_is_installed_with_what_it_needs_and_once(extended):
    result = extended.configure(extensions=["lab-hello==1.0"])
    assert result.returncode == 0, result.stderr
    assert sorted(result.stdout.split()[1:]) == ["hello-base==1.5", "lab-hello==1.0"]
    assert extended.wants_restart()
    assert {"lab_hello.py", "hello_base.py"} <= added(extended)

    (extended.run_dir / "restart-jupyter").unlink()
    again = extended.configure(extensions=["lab-hello==1.0"])
    assert (again.returncode, again.stdout) == (0, "")
    assert not extended.wants_restart()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_root_leaves_the_environment_to_its_user(extended):
    extended.login = "nobody"
    extended.stand_in("runuser", f'echo "$@" >{extended.folder}/runuser; shift 3; exec "$@"')
    assert extended.configure(extensions=["lab-hello==1.0"]).returncode == 0
    assert (extended.folder / "runuser").read_text().startswith(f"-u nobody -- {PYTHON} -I ")
    assert "lab_hello.py" in added(extended)


def test_at_the_next_start_the_volume_has_it_and_no_index_is_needed(extended, index):
    extended.configure(extensions=["lab-hello==1.0"])
    extended.jupyter.rename(extended.folder / "last-start")
    environment_of(extended.home)
    index.close()
    result = extended.configure(extensions=["lab-hello==1.0"])
    assert result.returncode == 0, result.stderr
    assert {"lab_hello.py", "hello_base.py"} <= added(extended)


def test_a_download_that_was_cut_off_is_done_again(extended):
    rubbish = extended.volume / ".ml-infra/jupyter-extensions/new"
    rubbish.mkdir(parents=True)
    (rubbish / "lab_hello-1.0-py3-none-any.whl").write_text("half")
    result = extended.configure(extensions=["lab-hello==1.0"])
    assert result.returncode == 0, result.stderr
    assert "lab_hello.py" in added(extended)


def test_an_extension_that_would_break_jupyter_is_taken_back(extended, index):
    index.offer("lab-broken", "1.0", {"sitecustomize.py": "import sys\nsys.modules['jupyter_server'] = None\n"})
    result = extended.configure(lab={"a": {"b": 1}}, extensions=["lab-broken==1.0"])
    assert result.returncode == 1
    assert result.stderr.startswith("jupyter: ")
    assert "taken back, because Jupyter would not work with them" in result.stderr
    assert added(extended) == set()
    assert (extended.root / "etc/jupyter/labconfig/default_setting_overrides.d/ml-infra.json").exists()


def test_an_extension_never_changes_a_package_of_the_platform(extended, index):
    index.offer("lab-greedy", "1.0", {"lab_greedy.py": ""}, ["tornado>=999"])
    index.offer("tornado", "999.0", {"tornado/__init__.py": ""})
    result = extended.configure(extensions=["lab-greedy==1.0"])
    assert result.returncode == 1
    assert "ResolutionImpossible" in result.stderr or "conflict" in result.stderr.lower()
    assert added(extended) == set()


def test_an_extension_of_the_platform_is_not_replaced(extended, index):
    index.offer("tornado", "999.0", {"tornado/__init__.py": ""})
    result = extended.configure(extensions=["Tornado==999.0"])
    assert "Tornado is there in version" in result.stderr
    assert added(extended) == set()


def test_a_source_package_is_never_built(extended, index):
    (index.folder / "lab-source").mkdir()
    (index.folder / "lab-source" / "lab-source-1.0.tar.gz").write_text("would run its setup.py")
    result = extended.configure(extensions=["lab-source==1.0"])
    assert "No matching distribution found for lab-source==1.0" in result.stderr
    assert added(extended) == set()


def test_without_the_environment_of_jupyter_it_says_where_it_looked(instance):
    result = instance.configure(extensions=["lab-hello==1.0"])
    assert result.returncode == 1
    assert f"{instance.home}/anaconda3/envs/JupyterSystemEnv/bin/python does not exist" in result.stderr
