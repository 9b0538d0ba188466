"""The configuration of Sparkmagic, whose kernels read it when they start."""

import json
import os

import pytest
from feature_process import FeatureProcess, contents

URL = "http://ip-10-0-0-1.eu-west-1.compute.internal:8998"
CREDENTIALS = {"username": "", "password": "", "url": URL, "auth": "None"}
OURS = {f"kernel_{language}_credentials": CREDENTIALS for language in ("python", "scala", "r")}


@pytest.fixture
def instance(tmp_path):
    return FeatureProcess(tmp_path, "spark")


def config(instance):
    return instance.home / ".sparkmagic/config.json"


def keep(instance, text):
    config(instance).parent.mkdir()
    config(instance).write_text(text)


def test_the_three_kernels_use_the_cluster(instance):
    result = instance.apply(livyUrl=URL)
    assert result.returncode == 0, result.stderr
    assert json.loads(config(instance).read_text()) == OURS


def test_what_is_configured_besides_stays(instance):
    other = {"logging_config": {"version": 1}, "kernel_python_credentials": {"url": "http://localhost:8998"}}
    keep(instance, json.dumps({**other, "heartbeat_refresh_seconds": 30}))
    config(instance).chmod(0o640)
    instance.apply(livyUrl=URL)
    written = json.loads(config(instance).read_text())
    assert written == {"logging_config": {"version": 1}, "heartbeat_refresh_seconds": 30, **OURS}
    assert config(instance).stat().st_mode & 0o777 == 0o640


def test_a_new_file_is_for_its_owner_alone(instance):
    instance.apply(livyUrl=URL)
    assert config(instance).stat().st_mode & 0o777 == 0o600


def test_a_second_run_changes_nothing(instance):
    instance.apply(livyUrl=URL)
    before = config(instance).stat().st_mtime_ns
    assert instance.apply(livyUrl=URL).returncode == 0
    assert config(instance).stat().st_mtime_ns == before


def test_a_cluster_that_was_replaced_is_forgotten(instance):
    instance.apply(livyUrl="http://before:8998")
    instance.apply(livyUrl=URL)
    assert "before" not in config(instance).read_text()


@pytest.mark.parametrize("link", [".sparkmagic", ".sparkmagic/config.json"])
def test_a_link_to_the_volume_stays_one(instance, link):
    kept = instance.volume / "kept"
    (instance.home / link).parent.mkdir(exist_ok=True)
    os.symlink(kept, instance.home / link)
    instance.apply(livyUrl=URL)
    assert (instance.home / link).is_symlink()
    assert json.loads((kept / "config.json" if kept.is_dir() else kept).read_text()) == OURS


@pytest.mark.parametrize("text", ["{", "[]", "\udcff"])
def test_a_broken_configuration_is_left_alone(instance, text):
    config(instance).parent.mkdir()
    config(instance).write_bytes(text.encode(errors="surrogateescape"))
    before = contents(instance.home)
    result = instance.apply(livyUrl=URL)
    assert result.returncode != 0
    assert "~/.sparkmagic/config.json" in result.stderr
    assert "Traceback" not in result.stderr
    assert contents(instance.home) == before


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://host:8998",
        "http://user:secret@host:8998",
        "http://host:8998\nhttp://other",
        "http://$(touch x):8998",
        "http://`id`",
        'http://host"/',
        "http://höst:8998",
        "http://host\0:8998",
        "http://host:8998/\r",
    ],
)
def test_what_is_no_address_is_refused(instance, url):
    result = instance.apply(livyUrl=url)
    assert result.returncode != 0
    assert "is not the address of a Livy server" in result.stderr
    assert "secret" not in result.stderr
    assert not config(instance).exists()
