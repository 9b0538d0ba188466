"""The page that announces a stop. When it is shown stands in test_idle_decision.py."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from bundle import ASSETS
from idle_check import CONFIG
from machine import AS_ROOT, LOGIN, Machine

sys.path.insert(0, str(ASSETS))
import notice

NOON = 1_700_049_600  # 2023-11-15T12:00:00Z


def test_it_says_when_and_how_to_go_on():
    text = notice.text_of(CONFIG, 3001, NOON, 600)
    assert text.startswith("# This notebook stops at about 12:10 UTC\n")
    assert "Nothing has used it for 50 minutes." in text
    assert "for the next 12 h without" in text
    assert "\n    touch ~/SageMaker/.keep-alive\n" in text


@pytest.mark.parametrize(("seconds", "hours"), [(300, "0.083"), (5400, "1.5"), (86_400, "24")])
def test_it_says_for_how_long(seconds, hours):
    assert f"for the next {hours} h" in notice.text_of({**CONFIG, "keepAliveSeconds": seconds}, 0, NOON, 1)


def test_it_names_no_file_that_does_not_count():
    text = notice.text_of({**CONFIG, "keepAliveSeconds": 0}, 0, NOON, 600)
    assert "touch" not in text
    assert "run a cell" in text


@pytest.fixture
def machine():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Machine(Path(folder))


def test_it_comes_and_goes(machine):
    page = machine.home / "SageMaker" / "IDLE-STOP.md"
    notice.hide(LOGIN, machine.home)
    notice.show(LOGIN, machine.home, "one $(id) `id` 'x' \"\\n\n")
    notice.show(LOGIN, machine.home, "two\n")
    assert page.read_text() == "two\n"
    assert [path.name for path in page.parent.iterdir()] == ["IDLE-STOP.md"]
    notice.hide(LOGIN, machine.home)
    assert not page.exists()


@AS_ROOT
def test_its_owner_writes_it(machine):
    notice.show(LOGIN, machine.home, "one\n")
    page = machine.home / "SageMaker" / "IDLE-STOP.md"
    assert (page.owner(), page.stat().st_mode & 0o777) == (LOGIN, 0o644)


@AS_ROOT
@pytest.mark.parametrize("planted", ["page", "folder"])
def test_a_planted_link_leads_nowhere_that_its_owner_may_not_write(machine, planted):
    victim = machine.folder / "victim"
    victim.mkdir()
    (victim / "IDLE-STOP.md").write_text("of root\n")
    volume = machine.home / "SageMaker"
    if planted == "page":
        (volume / "IDLE-STOP.md").symlink_to(victim / "IDLE-STOP.md")
        notice.show(LOGIN, machine.home, "text\n")
        assert not (volume / "IDLE-STOP.md").is_symlink()
        notice.hide(LOGIN, machine.home)
    else:
        volume.rmdir()
        volume.symlink_to(victim)
        for refused in (lambda: notice.show(LOGIN, machine.home, "text\n"), lambda: notice.hide(LOGIN, machine.home)):
            with pytest.raises(subprocess.CalledProcessError):
                refused()
    assert (victim / "IDLE-STOP.md").read_text() == "of root\n"
