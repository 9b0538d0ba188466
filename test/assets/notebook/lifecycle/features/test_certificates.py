"""Authorities: real certificates, a real HTTPS server, the real clients that have to trust it."""

import shutil
import subprocess

import pytest
from feature_process import PYTHON, FeatureProcess, contents
from package_host import PackageHost, authority

ANCHOR = "etc/pki/ca-trust/source/anchors/ml-infra.pem"
BUNDLE = "etc/pki/tls/certs/ca-bundle.crt"


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    server = PackageHost(tmp_path_factory.mktemp("host"))
    server.add("tool")
    yield server
    server.stop()


@pytest.fixture
def instance(tmp_path, host):
    """An instance whose trust store is one folder: `update-ca-trust` exists on the platform alone."""
    it = FeatureProcess(tmp_path, "certificates", AWS_MAX_ATTEMPTS="1", PIP_RETRIES="0")
    deliver(it, host.certificate.read_text())
    usual, _ = authority(tmp_path, "usual")
    (it.root / BUNDLE).parent.mkdir(parents=True)
    shutil.copy(usual, it.root / BUNDLE)
    anchors = it.root / "etc/pki/ca-trust/source/anchors"
    it.stand_in("update-ca-trust", f"echo run >>{tmp_path}/updates; cat {usual} {anchors}/*.pem >{it.root}/{BUNDLE}")
    return it


def deliver(instance, text):
    path = instance.bundle / "files/certificates/bundle.pem"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def in_a_terminal(instance, command, **environment):
    script = f'. {instance.root}/etc/profile.d/ml-infra-certificates.sh && exec "$@"'
    return instance.call(["bash", "-c", script, "bash", *command], **environment)


CLIENTS = {
    "Python": [PYTHON, "-c", "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).status)", "{url}/tool/"],
    "requests": [PYTHON, "-m", "pip", "download", "--no-deps", "--dest", "{folder}", "--index-url", "{url}", "tool"],
    "curl": ["curl", "--silent", "--show-error", "--fail", "{url}/tool/"],
    "Git": ["git", "ls-remote", "{url}/tool/"],
    "AWS": ["aws", "s3api", "list-buckets", "--endpoint-url", "{url}"],
    "Node": ["node", "-e", "fetch(process.argv[1]).then((answer) => console.log(answer.status))", "{url}/tool/"],
}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_server_of_the_team_is_trusted_by(instance, host, client):
    command = [str(part).format(url=host.url, folder=instance.folder) for part in CLIENTS[client]]
    before = instance.call(command)
    assert "certificate" in (before.stdout + before.stderr).lower()

    assert instance.apply().returncode == 0
    after = in_a_terminal(instance, command)
    assert "certificate" not in (after.stdout + after.stderr).lower()
    if client not in ("Git", "AWS"):  # whom the server does not speak the language of
        assert after.returncode == 0, after.stderr


def test_the_usual_authorities_are_trusted_as_before(instance, tmp_path):
    instance.apply()
    usual = (tmp_path / "usual.pem").read_text().strip()
    assert usual in (instance.root / BUNDLE).read_text()


def test_kernels_and_conda_are_told_too(instance):
    instance.apply()
    unit = instance.root / "etc/systemd/system/jupyter-server.service.d/ml-infra-certificates.conf"
    assert f'Environment="REQUESTS_CA_BUNDLE={instance.root}/{BUNDLE}"' in unit.read_text()
    assert instance.wants_restart()
    conda = instance.root / "etc/conda/condarc.d/ml-infra-certificates.yml"
    assert conda.read_text().splitlines()[-1] == f'ssl_verify: "{instance.root}/{BUNDLE}"'


def test_a_second_start_changes_nothing(instance, tmp_path):
    instance.apply()
    first = contents(instance.root)
    assert instance.apply().returncode == 0
    assert contents(instance.root) == first
    assert (tmp_path / "updates").read_text() == "run\n"


def test_a_start_that_was_cut_off_is_made_up_for(instance, host):
    anchor = instance.root / ANCHOR
    anchor.parent.mkdir(parents=True)
    shutil.copy(host.certificate, anchor)
    assert instance.apply().returncode == 0
    assert host.certificate.read_text().strip() in (instance.root / BUNDLE).read_text()


def test_what_the_system_leaves_out_is_a_failure_that_nobody_works_past(instance, tmp_path):
    instance.stand_in("update-ca-trust", "true")
    result = instance.apply()
    assert result.returncode == 1
    assert result.stderr == "certificates: update-ca-trust has left out 1 of 1 certificates\n"
    assert not (instance.root / "etc/profile.d").exists()


def test_a_store_that_cannot_be_updated_says_why(instance):
    instance.stand_in("update-ca-trust", "echo 'the store is read-only' >&2; exit 3")
    result = instance.apply()
    assert (result.returncode, result.stderr) == (
        1,
        "certificates: update-ca-trust ended with 3: the store is read-only\n",
    )


def test_certificates_count_however_their_lines_end(instance, host):
    lines = host.certificate.read_text().replace("\n", "\r\n")
    deliver(instance, f"Subject: $(touch hacked) `id`\r\n{lines}")
    assert instance.apply().returncode == 0
    assert subprocess.run(["openssl", "x509", "-in", instance.root / ANCHOR, "-noout"], check=False).returncode == 0
    assert list(instance.folder.rglob("hacked")) == []
