"""Environments: built by the real venv and pip from a real index, and a real kernel that runs in them.

`ipykernel` in the index is a stand-in that leads to the one these tests run with, so that nothing comes from afar. All
environments but those of the first test get a copy of the pip that venv would take seconds to unpack each time.
"""

import contextlib
import fcntl
import json
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading

import pytest
from feature_process import PYTHON, FeatureProcess, contents, until
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from package_host import PackageHost

NOTHING = {"pipPackages": [], "condaPackages": [], "requirementsFile": False, "kernelName": "Team"}
BASE = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    server = PackageHost(tmp_path_factory.mktemp("host"))
    server.add("ipykernel", "0.1")
    server.add("ipykernel", files={"ipykernel.py": None, "ipykernel.pth": sysconfig.get_path("purelib")})
    server.digest = server.add("tool")
    server.add("tool", "2.0")
    server.add("other", requires=["tool"])
    yield server
    server.stop()


@pytest.fixture(scope="module")
def quick_python(tmp_path_factory):
    """A Python whose environments get their pip from one that was made before."""
    made = tmp_path_factory.mktemp("made") / "made"
    subprocess.run([BASE, "-m", "venv", made], check=True)
    for unused in made.glob("lib/*/site-packages/setuptools*"):
        shutil.rmtree(unused)
    return f"""
if [ "$1 $2" = '-m venv' ]; then
    {BASE} -m venv --without-pip "$3" && cp -rl {made}/lib "$3" || exit
    sed "s|{made}|$3|" {made}/bin/pip >"$3/bin/pip" && chmod +x "$3/bin/pip"
    exit
fi
exec {BASE} "$@"
"""


class Instance(FeatureProcess):
    """An instance on which only `anaconda3` stands in: the real one is part of the platform."""

    def __init__(self, folder, host, python):
        super().__init__(folder, "packages", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_INDEX_URL=host.url)
        kept = self.root / "etc/ml-infra/certificates.json"
        kept.parent.mkdir(parents=True)
        kept.write_text(json.dumps({"settings": {"variables": {"PIP_CERT": str(host.certificate)}}}))
        self.anaconda("envs/python3/bin/python", python)
        self.environments = self.volume / ".ml-infra/environments"
        self.kernel_file = self.home / ".local/share/jupyter/kernels/ml-infra/kernel.json"

    def anaconda(self, name, script):
        path = self.home / "anaconda3" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)

    def build(self, *pip, **changes):
        return self.apply(**{**NOTHING, "pipPackages": list(pip), **changes})

    def requirements(self, text):
        path = self.bundle / "files/packages/requirements.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def built(self):
        return sorted(path.name for path in self.environments.iterdir() if path.is_dir() and not path.is_symlink())

    def version(self, module="tool"):
        """What a program in the environment of terminals finds."""
        python = self.environments / "current/bin/python"
        return self.call([python, "-c", f"import {module}; print({module}.VERSION)"]).stdout.strip()

    @contextlib.contextmanager
    def kernel(self):
        """A kernel, as Jupyter starts it from what it finds in the home folder."""
        specs = KernelSpecManager(kernel_dirs=[str(self.kernel_file.parents[1])], ensure_native_kernel=False)
        manager = KernelManager(kernel_name="ml-infra", kernel_spec_manager=specs)
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
def instance(tmp_path, host, quick_python):
    host.asked.clear()
    return Instance(tmp_path, host, quick_python)


def test_a_kernel_has_the_packages_and_installs_into_its_own_environment(instance):
    instance.anaconda("envs/python3/bin/python", f'exec {BASE} "$@"')
    result = instance.build("tool==1.0", kernelName="Team ü \"'$(id)")
    assert result.returncode == 0, result.stderr
    (name,) = instance.built()
    place = f"{instance.environments}/{name}"
    assert json.loads(instance.kernel_file.read_text())["display_name"] == "Team ü \"'$(id)"
    with instance.kernel() as evaluate:
        assert evaluate("__import__('tool').VERSION") == "'1.0'"
        assert evaluate("__import__('sys').prefix") == repr(place)
        assert f"from {place}/lib" in evaluate("get_ipython().getoutput('pip --version')")
        assert f"{place}/bin/python" in evaluate("get_ipython().getoutput('which python')")

        # A new list is built beside the kernel that runs, which goes on undisturbed.
        assert instance.build("tool==2.0").returncode == 0
        assert evaluate("__import__('importlib').reload(__import__('tool')).VERSION") == "'1.0'"
        assert name in instance.built()
        assert instance.version() == "2.0"
    assert "is in use" not in instance.build("tool==2.0").stdout
    assert name not in instance.built()


def test_a_second_start_changes_nothing_and_needs_no_index(instance, host):
    instance.build("tool")
    before = contents(instance.volume)
    host.asked.clear()
    instance.kernel_file.unlink()  # only the volume survives a stop
    assert instance.build("tool").returncode == 0
    assert (contents(instance.volume), host.asked) == (before, [])
    assert instance.kernel_file.exists()


def test_what_was_cut_off_is_built_anew(instance, quick_python):
    """Kill a build at its slowest, as the end of the time or of the instance would."""
    stuck = f'case "$*" in "-m venv"*) mkdir -p "$3"; touch "$3/half" {instance.folder}/at; sleep 60;; esac'
    instance.anaconda("envs/python3/bin/python", f'{stuck}; exec {BASE} "$@"')
    context = json.dumps({"settings": {**NOTHING, "pipPackages": ["tool==1.0"]}, "notebook": instance.notebook()})
    command = [PYTHON, "-I", str(instance.bundle / "feature.py"), "packages"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=instance.environment, start_new_session=True)
    process.stdin.write(context.encode())
    process.stdin.close()
    until((instance.folder / "at").exists)
    subprocess.run(["kill", "-9", "--", f"-{process.pid}"], check=True)
    assert process.wait(10) == -signal.SIGKILL

    instance.anaconda("envs/python3/bin/python", quick_python)
    assert len(list(instance.environments.rglob("half"))) == 1
    assert instance.build("tool==1.0").returncode == 0
    assert instance.version() == "1.0"
    assert list(instance.environments.rglob("half")) == []

    for path in instance.environments.rglob("tool.py"):  # cut off in its last moment, which is the stamp
        path.unlink()
    (instance.environments / "current/.ml-infra-complete").unlink()
    assert instance.build("tool==1.0").returncode == 0
    assert instance.version() == "1.0"


def test_a_failed_build_keeps_the_old_environment_and_says_what_failed(instance, host):
    instance.build("tool==1.0")
    before, kernel = contents(instance.volume), instance.kernel_file.read_text()
    instance.kernel_file.unlink()  # only the volume survives a stop
    result = instance.build("no_such_package")
    assert result.returncode == 1
    assert "No matching distribution found for no_such_package" in result.stderr
    assert "the environment of before stays in use" in result.stderr
    assert (contents(instance.volume), instance.kernel_file.read_text()) == (before, kernel)
    assert instance.version() == "1.0"


def test_a_python_that_is_gone_has_its_environment_built_anew(instance):
    instance.build("tool")
    for python in (instance.environments / "current/bin").glob("python3*"):
        python.unlink()
        python.symlink_to("/usr/bin/no-such-python")
    assert instance.build("tool").returncode == 0
    assert instance.version() == "2.0"


def test_a_file_with_hashes_installs_what_it_says_and_nothing_else(instance, host):
    instance.requirements(f"# pinned\ntool==1.0 \\\n    --hash=sha256:{host.digest}\n")
    assert instance.build("other", requirementsFile=True).returncode == 0
    assert (instance.version(), instance.version("other")) == ("1.0", "1.0")

    instance.requirements(f"tool==2.0 --hash=sha256:{host.digest}\n")
    result = instance.build(requirementsFile=True)
    assert result.returncode == 1
    assert "DO NOT MATCH THE HASHES" in result.stderr
    assert instance.version() == "1.0"


def test_a_requirement_is_never_a_command_or_an_option(instance):
    for line in ("$(touch hacked)", "tool; touch hacked", "tool\x00`touch hacked` 'ü\""):
        result = instance.build(line)
        assert result.returncode == 1
        assert "packages: " in result.stderr
    assert list(instance.folder.rglob("hacked")) == []
    assert instance.built() == []
    assert not instance.kernel_file.exists()


def test_credentials_of_the_index_are_in_no_error(instance, host):
    url = host.url.replace("https://", "https://alice:needle@")
    for changes in ({"PIP_INDEX_URL": url}, {"PIP_INDEX_URL": url.replace("localhost", "no-such-host.invalid")}):
        instance.environment.update(changes)
        result = instance.build("no_such_package")
        assert result.returncode == 1
        assert "needle" not in result.stdout + result.stderr


def test_two_runs_never_overlap(instance):
    instance.environments.mkdir(parents=True)
    with (instance.environments / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        results = []
        thread = threading.Thread(target=lambda: results.append(instance.build("tool")))
        thread.start()
        thread.join(1)
        assert (results, instance.built()) == ([], [])
        fcntl.flock(lock, fcntl.LOCK_UN)
        thread.join(60)
    assert [result.returncode for result in results] == [0]


def test_a_notebook_without_the_usual_python_takes_the_next_that_can_make_environments(instance):
    instance.anaconda("envs/python3/bin/python", "echo No module named ensurepip >&2; exit 1")
    assert instance.build("tool", "ipykernel==0.1").returncode == 0
    assert instance.version() == "2.0"


CONDA = """
printf '%s\\n' "$@" >{folder}/conda-arguments
while [ "$1" != --file ]; do [ "$1" = --prefix ] && prefix=$2; shift; done
cp "$2" {folder}/conda-specs
[ -e {folder}/conda-fails ] && {{ echo "PackagesNotFoundError at https://alice:needle@conda.corp/x" >&2; exit 1; }}
{python} -m venv "$prefix" && {index} "$prefix/bin/python" -m pip install --quiet ipykernel
"""


def with_conda(instance, host):
    """conda is part of the platform, and not to be had here: its arguments are recorded, a venv is what it makes."""
    index = f"PIP_CERT={host.certificate}"
    python = instance.home / "anaconda3/envs/python3/bin/python"
    instance.anaconda("bin/conda", CONDA.format(folder=instance.folder, python=python, index=index))


def test_conda_makes_the_environment_if_packages_of_its_own_are_asked_for(instance, host):
    with_conda(instance, host)
    specs = ["r-base>=4,<5", "conda-forge::gdal", "$(touch hacked)"]
    assert instance.build("tool==1.0", condaPackages=specs).returncode == 0
    assert (instance.folder / "conda-specs").read_text().splitlines() == [*specs, "pip", "ipykernel"]
    arguments = (instance.folder / "conda-arguments").read_text().splitlines()
    (name,) = instance.built()
    assert arguments[:5] == ["create", "--yes", "--quiet", "--prefix", f"{instance.environments}/{name}"]
    assert not set(arguments) & set(specs)
    assert instance.version() == "1.0"
    assert json.loads(instance.kernel_file.read_text())["env"]["CONDA_PREFIX"] == f"{instance.environments}/{name}"


def test_a_failure_of_conda_says_why_without_credentials(instance, host):
    with_conda(instance, host)
    (instance.folder / "conda-fails").touch()
    result = instance.build(condaPackages=["gdal"])
    assert result.returncode == 1
    assert "PackagesNotFoundError at https://***@conda.corp/x" in result.stderr
    assert instance.built() == []


def test_packages_of_conda_on_a_notebook_without_it_say_so(instance):
    instance.environment["PATH"] = "/usr/bin:/bin"
    result = instance.build(condaPackages=["gdal"])
    assert (result.returncode, result.stderr) == (1, "packages: there is no conda, which 'condaPackages' needs\n")
