"""Links from the home to the volume, and the programs that write through them."""

import os
import shutil
import sqlite3
import stat
import subprocess

import pytest
from feature_process import BIN, FeatureProcess, contents

LINKS = {
    ".bash_history",
    ".gitconfig",
    ".aws/config",
    ".ipython/profile_default/history.sqlite",
    ".ssh",
    ".config",
    ".jupyter/lab/user-settings",
    ".jupyter/lab/workspaces",
}


class Instance(FeatureProcess):
    @property
    def kept(self):
        return self.volume / ".ml-infra/home"

    def links(self):
        return {
            path.relative_to(self.home).as_posix(): path.readlink()
            for path in self.home.rglob("*")
            if path.is_symlink() and self.volume not in path.parents
        }

    def start_anew(self):
        """What a stop and a start leave of the home: the volume."""
        for path in self.home.iterdir():
            if path != self.volume:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.fixture
def instance(tmp_path):
    instance = Instance(tmp_path, "home")
    instance.start_anew()
    return instance


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_all_that_is_kept_is_a_link_to_the_volume(instance):
    result = instance.apply()
    assert (result.returncode, result.stderr) == (0, "")
    assert instance.links() == {name: instance.kept / name for name in LINKS}


def test_others_cannot_look_into_what_holds_keys(instance):
    instance.apply()
    for folder in (instance.kept, instance.kept / ".ssh", instance.kept / ".config", instance.kept / ".aws"):
        assert mode(folder) == 0o700
    assert mode(instance.kept / ".bash_history") == 0o600

    (instance.kept / ".ssh").chmod(0o755)
    instance.apply()
    assert mode(instance.kept / ".ssh") == 0o700


def test_a_second_run_changes_nothing(instance):
    (instance.home / ".ssh").mkdir()
    (instance.home / ".ssh/id").write_text("key")
    instance.apply()
    before = contents(instance.home)
    again = instance.apply()
    assert (again.returncode, again.stdout) == (0, "")
    assert contents(instance.home) == before


def test_the_real_programs_write_through_the_links(instance):
    instance.apply()
    instance.call(["git", "config", "--global", "user.name", "Alice"])
    instance.call(["aws", "configure", "set", "region", "eu-west-3"])
    bash = "HISTFILE=~/.bash_history; set -o history; history -s 'echo of mine'; history -w"
    instance.call(["bash", "-c", bash])
    instance.call([f"{BIN}/ipython", "--simple-prompt"], "1 + 41\nexit\n")
    instance.start_anew()
    assert not (instance.home / ".gitconfig").exists()

    instance.apply()
    assert instance.call(["git", "config", "user.name"]).stdout == "Alice\n"
    assert instance.call(["aws", "configure", "get", "region"]).stdout == "eu-west-3\n"
    assert "echo of mine\n" in (instance.home / ".bash_history").read_text()
    with sqlite3.connect(instance.home / ".ipython/profile_default/history.sqlite") as history:
        assert history.execute("select source from history").fetchall()[0] == ("1 + 41",)


def test_credentials_of_aws_do_not_stay(instance):
    instance.apply()
    instance.call(["aws", "configure", "set", "aws_secret_access_key", "n0where"])
    assert "n0where" in (instance.home / ".aws/credentials").read_text()
    found = subprocess.run(["grep", "-rl", "n0where", instance.volume], capture_output=True, check=False)
    assert found.stdout == b""


def test_what_the_home_had_is_moved_once(instance):
    (instance.home / ".gitconfig").write_text("[user]\n\tname = image\n")
    (instance.home / ".config/app").mkdir(parents=True)
    (instance.home / ".config/app/settings").write_text("1")
    (instance.home / ".config/link").symlink_to("/nonexistent")
    instance.apply()
    assert (instance.kept / ".gitconfig").read_text() == "[user]\n\tname = image\n"
    assert contents(instance.kept / ".config") == {"app/settings": b"1", "link": "-> /nonexistent"}


def test_where_both_have_something_the_volume_wins_and_nothing_is_lost(instance):
    instance.apply()
    (instance.home / ".gitconfig").write_text("of the volume")
    instance.start_anew()
    (instance.home / ".gitconfig").write_text("of the image")
    (instance.home / ".ssh").mkdir()
    (instance.home / ".ssh/known_hosts").write_text("of the image")
    (instance.home / ".gitconfig.before-ml-infra").write_text("set aside before")
    result = instance.apply()
    assert ".gitconfig: what it was is .gitconfig.before-ml-infra-2\n" in result.stdout
    assert (instance.home / ".gitconfig").read_text() == "of the volume"
    assert (instance.home / ".gitconfig.before-ml-infra").read_text() == "set aside before"
    assert (instance.home / ".gitconfig.before-ml-infra-2").read_text() == "of the image"
    assert (instance.home / ".ssh.before-ml-infra/known_hosts").read_text() == "of the image"


def test_a_run_that_was_cut_off_is_finished(instance):
    (instance.home / ".ssh").mkdir()
    (instance.home / ".ssh/id").write_text("key")
    instance.kept.mkdir(parents=True)
    (instance.kept / ".ssh.ml-infra-new").mkdir()
    (instance.kept / ".ssh.ml-infra-new/half").write_text("h")
    (instance.kept / ".gitconfig.ml-infra-new").write_text("half")
    (instance.home / ".config.ml-infra-new").symlink_to("/nonexistent")
    assert instance.apply().returncode == 0
    assert contents(instance.kept / ".ssh") == {"id": b"key"}
    assert (instance.kept / ".gitconfig").read_text() == ""
    assert instance.links() == {name: instance.kept / name for name in LINKS}
    assert list(instance.home.rglob("*.ml-infra-new")) == []


def test_cut_off_between_the_copy_and_the_link_nothing_is_lost(instance):
    (instance.home / ".gitconfig").write_text("mine")
    instance.kept.mkdir(parents=True)
    (instance.kept / ".gitconfig").write_text("mine")
    instance.apply()
    assert (instance.home / ".gitconfig").readlink() == instance.kept / ".gitconfig"
    assert (instance.home / ".gitconfig").read_text() == "mine"


def test_a_link_of_somebody_else_is_left_alone(instance):
    (instance.home / ".ssh").symlink_to("/somewhere/else")
    result = instance.apply()
    assert ".ssh: leads elsewhere already, and is left alone\n" in result.stdout
    assert os.readlink(instance.home / ".ssh") == "/somewhere/else"


def test_what_fails_is_named_and_keeps_nothing_else_from_being_linked(instance):
    (instance.home / ".aws").write_text("a file where a folder should be")
    result = instance.apply()
    assert result.returncode == 1
    assert result.stderr.startswith("home: .aws/config: ")
    assert set(instance.links()) == LINKS - {".aws/config"}


def test_names_that_look_like_commands_are_copied_as_they_are(instance):
    (instance.home / ".config").mkdir()
    names = ["$(touch sprung)", "`id`", "a\nb", "-rf", "ü'\""]
    for name in names:
        (instance.home / ".config" / name).write_text(name)
    assert instance.apply().returncode == 0
    assert sorted(os.listdir(instance.kept / ".config")) == sorted(names)
    assert list(instance.folder.rglob("sprung")) == []
