"""Where packages come from: the real pip and uv against a real index, the real AWS command against servers."""

import configparser
import contextlib
import json
import os
import stat
import subprocess
import sys

import pytest
from aws_server import AwsServer
from code_artifact import CodeArtifact
from feature_process import PYTHON, FeatureProcess, contents, until
from package_host import PackageHost

PASSWORD = "p@:/$(touch hacked)`id`'\"\\ %=;#\n[global]\ntrusted-host = *"
PIP, UV, CONDA = "etc/pip.conf", "etc/uv/uv.toml", "etc/conda/condarc.d/ml-infra-channels.yml"
PLACE = {"domain": "team", "repository": "python", "domainOwner": None, "region": None}


@pytest.fixture(scope="module")
def aws():
    server = AwsServer()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    server = PackageHost(tmp_path_factory.mktemp("host"))
    server.add("tool")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def code_artifact(host):
    server = CodeArtifact(f"https://{host.host}/")
    yield server
    server.stop()


@pytest.fixture
def instance(tmp_path, aws, host, code_artifact):
    """An instance without systemd, which stands only on the platform: timers are written down."""
    host.pair, code_artifact.refuses, code_artifact.token = None, False, "first"
    host.asked.clear()
    code_artifact.asked.clear()
    it = FeatureProcess(
        tmp_path,
        "package_index",
        AWS_ENDPOINT_URL=aws.url,
        AWS_ENDPOINT_URL_CODEARTIFACT=code_artifact.url,
        PIP_CERT=str(host.certificate),
        SSL_CERT_FILE=str(host.certificate),
        PIP_RETRIES="0",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )
    it.stand_in("systemctl", "true")
    it.stand_in("systemd-run", f"printf '%s\\n' \"$@\" >>{tmp_path}/timers")
    return it


def own(host, secret=None, channels=(), **changes):
    return {"kind": "url", "url": host.url, "secret": secret, "condaChannels": list(channels), **changes}


def repository(channels=(), **changes):
    return {"kind": "codeArtifact", "condaChannels": list(channels), **PLACE, **changes}


def download(instance):
    to = instance.folder / "downloads"
    command = [PYTHON, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--dest", to, "tool"]
    return instance.call(command, PIP_CONFIG_FILE=str(instance.root / PIP))


def said(result):
    return result.stdout + result.stderr


def test_pip_takes_packages_from_the_index_and_nowhere_else(instance, host):
    assert instance.apply(**own(host)).returncode == 0
    result = download(instance)
    assert result.returncode == 0, result.stderr
    assert host.asked == [("", "/simple/tool/"), ("", "/files/tool-1.0-py3-none-any.whl")]
    assert (instance.root / PIP).stat().st_mode & 0o777 == 0o644
    assert not (instance.folder / "timers").exists()


def test_uv_takes_packages_from_the_index_and_nowhere_else(instance, host, aws):
    uv = pytest.importorskip("uv").find_uv_bin()
    host.pair = f"alice:{PASSWORD}"
    secret = aws.store("for-uv", json.dumps({"username": "alice", "password": PASSWORD}))
    assert instance.apply(**own(host, secret)).returncode == 0
    target = instance.folder / "target"
    command = [uv, "--no-cache", "pip", "install", "--python", sys.executable, "--target", target, "tool"]
    result = instance.call(command, XDG_CONFIG_DIRS=str(instance.root / "etc"))
    assert result.returncode == 0, result.stderr
    assert (target / "tool.py").exists()
    assert {path for _, path in host.asked} == {"/simple/tool/", "/files/tool-1.0-py3-none-any.whl"}


def test_tls_is_verified(instance, host, tmp_path):
    instance.apply(**own(host))
    usual = {"PIP_CERT": "", "SSL_CERT_FILE": "", "PIP_CONFIG_FILE": str(instance.root / PIP)}
    result = instance.call([PYTHON, "-m", "pip", "download", "--dest", tmp_path, "tool"], **usual)
    assert result.returncode != 0
    assert "CERTIFICATE_VERIFY_FAILED" in said(result)


def test_a_password_of_any_letters_is_for_the_index_alone_and_never_in_a_log(instance, host, aws):
    host.pair = f"alice@corp:{PASSWORD}"
    secret = aws.store("index", json.dumps({"username": "alice@corp", "password": PASSWORD}))
    with a_careless_umask():
        result = instance.apply(**own(host, secret, [f"https://{host.host}/conda", "https://other.corp/conda"]))
    assert result.returncode == 0, result.stderr
    fetched = download(instance)
    assert fetched.returncode == 0, fetched.stderr
    assert [given for given, path in host.asked if path.startswith("/files")] == [host.pair]

    encoded = configured(instance).split("@")[0].split(":")[-1]
    for hidden in (PASSWORD, encoded, "touch"):
        assert hidden not in said(result) + said(fetched)
    holding = [name for name, content in contents(instance.root).items() if encoded.encode() in content]
    assert holding == [CONDA, PIP, UV]
    for name in holding:
        facts = (instance.root / name).stat()
        assert (stat.S_IMODE(facts.st_mode), facts.st_gid) == (0o640, os.getgid())
    assert (instance.root / CONDA).read_text().count(encoded) == 2
    assert PASSWORD not in str(contents(instance.folder / "root"))
    assert list(instance.folder.rglob("hacked")) == []


@contextlib.contextmanager
def a_careless_umask():
    old = os.umask(0)
    yield
    os.umask(old)


def configured(instance):
    parser = configparser.RawConfigParser()
    parser.read(instance.root / PIP)
    assert parser.sections() == ["global"]
    assert list(parser["global"]) == ["index-url"]
    return parser["global"]["index-url"]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("no json", "has no fields username and password"),
        ('{"username": "alice"}', "has no fields username and password"),
        ('{"username": "alice", "password": 5}', "holds a username or password that is no text"),
    ],
)
def test_a_secret_that_is_none_says_so_and_leaves_no_index(instance, host, aws, value, why):
    result = instance.apply(**own(host, aws.store("bad", value)))
    assert result.returncode == 1
    assert why in result.stderr
    assert not (instance.root / PIP).exists()


def test_codeartifact_is_asked_for_an_index_and_for_a_token_of_twelve_hours(instance, host, code_artifact):
    host.pair = "aws:first"
    result = instance.apply(**repository())
    assert result.returncode == 0, result.stderr
    assert download(instance).returncode == 0
    of_domain = {"domain": "team", "domain-owner": "123456789012", "region": "eu-west-1"}
    assert code_artifact.asked == [
        ("/v1/repository/endpoint", {**of_domain, "repository": "python", "format": "pypi"}),
        ("/v1/authorization-token", {**of_domain, "duration": "43200"}),
    ]
    assert "first" not in said(result)


def test_the_domain_of_another_account_and_region_is_asked_there(instance, code_artifact):
    instance.apply(**repository(domainOwner="999999999999", region="eu-central-1"))
    for _, asked in code_artifact.asked:
        assert (asked["domain-owner"], asked["region"]) == ("999999999999", "eu-central-1")


def test_a_token_is_renewed_by_a_timer_long_before_it_runs_out(instance, host, code_artifact):
    instance.apply(**repository())
    words = (instance.folder / "timers").read_text().splitlines()
    assert "--on-unit-active=14400s" in words
    command = words[words.index("--property=RuntimeMaxSec=3600") + 1 :]

    code_artifact.token = "second"
    host.pair = "aws:second"
    result = instance.call(command)
    assert (result.returncode, result.stdout) == (0, "the credentials were renewed\n")
    assert download(instance).returncode == 0


def test_a_renewal_that_fails_keeps_what_is_there_and_says_why(instance, code_artifact):
    instance.apply(**repository())
    before = contents(instance.root)
    code_artifact.refuses = True
    result = instance.verb("refresh")
    assert result.returncode == 1
    assert "the credentials were not renewed, and those of before stay" in result.stderr
    assert "AccessDeniedException" in result.stderr
    assert contents(instance.root) == before


def test_no_index_is_set_up_without_a_token(instance, code_artifact):
    code_artifact.refuses = True
    result = instance.apply(**repository())
    assert result.returncode == 1
    assert "not for you" in result.stderr
    assert not (instance.root / PIP).exists()


@pytest.mark.parametrize(
    "endpoint",
    ["http://plain.corp/", "https://a b/", "https://x\n[install]\ntrusted-host = *", 'https://"x"', "", None],
)
def test_an_endpoint_that_is_none_is_refused(instance, code_artifact, monkeypatch, endpoint):
    monkeypatch.setattr(code_artifact, "endpoint", endpoint)
    assert instance.apply(**repository()).returncode == 1
    assert not (instance.root / PIP).exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://pypi.corp/simple",
        "https://alice:secret@pypi.corp/simple",
        "https://pypi.corp/simple\ntrusted-host = *",
        "https://pypi.corp/?q=$(id)",
        "file:///etc",
    ],
)
def test_a_deploy_time_value_that_is_no_index_is_refused_unseen(instance, host, url):
    result = instance.apply(**own(host, url=url))
    assert result.returncode == 1
    assert "the index must be an HTTPS URL without credentials" in result.stderr
    assert "secret" not in said(result)
    assert not (instance.root / PIP).exists()


def test_conda_has_the_channels_that_were_given_and_no_others(instance, host):
    instance.apply(**own(host, channels=["conda-forge", "https://conda.corp/a"]))
    lines = [line for line in (instance.root / CONDA).read_text().splitlines() if not line.startswith("#")]
    channels = ['  - "conda-forge"', '  - "https://conda.corp/a"']
    assert lines == ["channels: #!final", *channels, "default_channels: #!final", *channels]


def test_conda_is_left_alone_without_channels(instance, host):
    instance.apply(**own(host))
    assert not (instance.root / CONDA).exists()


def test_a_second_start_changes_nothing(instance):
    instance.apply(**repository())
    first = contents(instance.root)
    assert instance.apply(**repository()).returncode == 0
    assert contents(instance.root) == first


def test_a_configuration_of_the_image_gives_way_and_its_loss_is_said(instance, host):
    config = instance.root / PIP
    config.parent.mkdir(parents=True)
    config.write_text("[global]\ntrusted-host = pypi.corp\nextra-index-url = https://public.corp/simple\n")
    result = instance.apply(**own(host))
    assert f"{config} was there, and is replaced" in result.stdout
    assert configured(instance) == host.url
    assert "was there" not in instance.apply(**own(host)).stdout


def test_no_secret_is_ever_in_the_arguments_of_a_process(instance, host, code_artifact):
    recorder = instance.folder / "arguments"
    real = subprocess.run(["which", "aws"], env=instance.environment, capture_output=True, text=True, check=True)
    instance.stand_in("aws", f'printf "%s\\n" "$*" >>{recorder}; exec {real.stdout.strip()} "$@"')
    code_artifact.token = "needle"
    instance.apply(**repository())
    assert "needle" in (instance.root / PIP).read_text()
    assert until(recorder.exists)
    assert "needle" not in recorder.read_text() + (instance.folder / "timers").read_text()
