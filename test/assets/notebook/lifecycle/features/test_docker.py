"""Docker's data on the volume. Docker and systemd are commands that note what they were asked for."""

import json

import pytest
from storage_box import NotebookBox


@pytest.fixture
def box(tmp_path):
    box = NotebookBox(tmp_path, "http://127.0.0.1:9")
    has_root_access(box, "Enabled")
    box.record("systemctl")
    # Answers as Docker does: with the folder of its configuration, which only a restart has it read.
    read = "import json, sys; print(json.load(open(sys.argv[1])).get('data-root', '/var/lib/docker'))"
    box.record("docker", f'python3 -c "{read}" {config(box)} 2>/dev/null || echo /var/lib/docker')
    return box


def has_root_access(box, value):
    box.record("aws", f"""printf '%s' '{json.dumps({"RootAccess": value})}'""")


def config(box):
    return box.root / "etc/docker/daemon.json"


def restarts(box):
    return box.recorded().count(["systemctl", "restart", "docker"])


def test_images_are_kept_on_the_volume(box):
    result = box.apply("docker", {})
    assert result.returncode == 0, result.stderr
    assert json.loads(config(box).read_text()) == {"data-root": str(box.volume / ".docker")}
    assert restarts(box) == 1


def test_what_the_image_has_configured_stays(box):
    config(box).parent.mkdir(parents=True)
    config(box).write_text('{"default-runtime": "nvidia", "data-root": "/elsewhere"}')
    box.apply("docker", {})
    assert json.loads(config(box).read_text()) == {
        "default-runtime": "nvidia",
        "data-root": str(box.volume / ".docker"),
    }


def test_a_second_run_changes_nothing(box):
    box.apply("docker", {})
    before = config(box).stat().st_mtime_ns
    assert box.apply("docker", {}).returncode == 0
    assert config(box).stat().st_mtime_ns == before
    assert restarts(box) == 1


@pytest.mark.parametrize("value", ["Disabled", None])
def test_without_root_access_nothing_is_touched(box, value):
    has_root_access(box, value)
    result = box.apply("docker", {})
    assert result.returncode != 0
    assert "give the notebook root access" in result.stderr
    assert not config(box).exists()
    assert restarts(box) == 0


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_broken_configuration_is_left_alone(box, text):
    config(box).parent.mkdir(parents=True)
    config(box).write_text(text)
    result = box.apply("docker", {})
    assert result.returncode != 0
    assert "daemon.json" in result.stderr
    assert config(box).read_text() == text


def test_a_daemon_that_keeps_its_folder_is_told(box):
    box.record("docker", "echo /var/lib/docker")
    result = box.apply("docker", {})
    assert result.returncode != 0
    assert "still has its data in /var/lib/docker" in result.stderr
