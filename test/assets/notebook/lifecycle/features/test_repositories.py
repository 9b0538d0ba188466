"""Clones of repositories, from a real HTTPS server by the real Git."""

import os

import pytest
from feature_process import FeatureProcess, contents
from git_host import GitHost

TRAP = "#!/bin/sh\ntouch {}\n"


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    server = GitHost(tmp_path_factory.mktemp("host"))
    for name in ("tool", "other"):
        server.create(name)
    yield server
    server.stop()


@pytest.fixture
def instance(tmp_path, host):
    host.pair, host.asked = None, []
    return FeatureProcess(tmp_path, "repositories", GIT_SSL_CAINFO=str(host.certificate))


def repository(host, name="tool", folder=None, branch=None):
    return {"url": host.url(name), "folder": folder or name, "branch": branch}


def git(instance, folder, *arguments):
    return instance.call(["git", "-C", folder, *arguments]).stdout.strip()


def test_what_is_absent_is_cloned_into_its_folder(instance, host):
    head = host.commit("tool", "on the way")
    result = instance.apply(repositories=[repository(host, folder="work/my tool"), repository(host, "other")])
    assert result.returncode == 0, result.stderr
    assert git(instance, instance.volume / "work/my tool", "rev-parse", "HEAD") == head
    assert git(instance, instance.volume / "other", "remote", "get-url", "origin") == host.url("other")
    assert result.stdout == "work/my tool: cloned\nother: cloned\n"


def test_a_branch_is_checked_out_if_one_is_named(instance, host):
    head = host.commit("tool", "of a branch", "feature/x")
    instance.apply(repositories=[repository(host, branch="feature/x")])
    assert git(instance, instance.volume / "tool", "rev-parse", "HEAD") == head


def test_what_is_there_is_fetched_and_pruned_but_local_work_stays(instance, host):
    host.commit("tool", "of a branch", "short-lived")
    instance.apply(repositories=[repository(host)])
    clone = instance.volume / "tool"
    head = git(instance, clone, "rev-parse", "HEAD")
    (clone / "file.txt").write_text("work that nobody committed")
    (clone / "new.txt").write_text("work that Git does not know")
    git(instance, clone, "config", "user.name", "mine")

    news = host.commit("tool", "more work on it")
    instance.call(["git", "-C", host.folder / "tool.git", "branch", "-D", "short-lived"])
    result = instance.apply(repositories=[repository(host)])
    assert (result.returncode, result.stdout) == (0, "tool: fetched\n")
    assert git(instance, clone, "rev-parse", "HEAD") == head
    assert git(instance, clone, "rev-parse", "origin/main") == news
    assert git(instance, clone, "branch", "-r", "--list", "*/short-lived") == ""
    assert (clone / "file.txt").read_text() == "work that nobody committed"
    assert (clone / "new.txt").read_text() == "work that Git does not know"
    assert git(instance, clone, "config", "user.name") == "mine"


def test_a_second_run_changes_nothing(instance, host):
    def state():
        return {name: data for name, data in contents(instance.volume).items() if not name.endswith("FETCH_HEAD")}

    instance.apply(repositories=[repository(host)])
    before = state()
    instance.apply(repositories=[repository(host)])
    assert state() == before


def test_a_clone_that_was_cut_off_is_made_anew(instance, host):
    partial = instance.volume / ".tool.ml-infra-partial"
    (partial / ".git" / "objects").mkdir(parents=True)
    (partial / "rubbish").touch()
    instance.volume.joinpath("tool").mkdir()
    assert instance.apply(repositories=[repository(host)]).returncode == 0
    assert sorted(os.listdir(instance.volume)) == ["tool"]
    assert sorted(os.listdir(instance.volume / "tool")) == [".git", "file.txt"]


def test_a_clone_that_fails_leaves_nothing_and_keeps_no_other_from_being_made(instance, host):
    result = instance.apply(repositories=[repository(host, "gone"), repository(host)])
    assert result.returncode == 1
    assert result.stderr.startswith("repositories: gone: git ended with 128")
    assert sorted(os.listdir(instance.volume)) == ["tool"]


def test_a_folder_with_something_else_in_it_is_left_alone(instance, host):
    (instance.volume / "tool").mkdir()
    (instance.volume / "tool" / "thesis.txt").write_text("years of work")
    result = instance.apply(repositories=[repository(host)])
    assert result.stderr == "repositories: tool: is there, is not a clone, and is left alone\n"
    assert contents(instance.volume) == {"tool/thesis.txt": b"years of work"}


def test_a_host_that_wants_a_password_is_not_waited_for(instance, host):
    host.pair = "alice:secret"
    instance.stand_in("askpass", f"touch {instance.folder}/asked")
    instance.environment["SSH_ASKPASS"] = str(instance.commands / "askpass")
    result = instance.apply(repositories=[repository(host)])
    assert "could not read Username" in result.stderr
    assert not (instance.folder / "asked").exists()


def test_the_credentials_of_the_system_are_used(instance, host):
    host.pair = "alice:secret"
    helper = "!f() { echo username=alice; echo password=secret; }; f"
    config = instance.root / "etc/gitconfig"
    config.parent.mkdir()
    instance.call(["git", "config", "--file", config, f"credential.https://{host.host}.helper", helper])
    result = instance.apply(repositories=[repository(host)])
    assert result.returncode == 0, result.stderr
    assert "secret" not in result.stdout + result.stderr


@pytest.mark.parametrize("hook", ["post-checkout", "reference-transaction", "post-merge"])
def test_no_hook_runs(instance, host, hook):
    trap = instance.folder / "sprung"
    templates = instance.folder / "templates"
    (templates / "hooks").mkdir(parents=True)
    (templates / "hooks" / hook).write_text(TRAP.format(trap))
    (templates / "hooks" / hook).chmod(0o755)
    instance.environment["GIT_TEMPLATE_DIR"] = str(templates)
    instance.apply(repositories=[repository(host)])
    assert (instance.volume / "tool/.git/hooks" / hook).exists()
    host.commit("tool", f"for {hook}")
    instance.apply(repositories=[repository(host)])
    assert not trap.exists()


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c 'touch {folder}/sprung'",
        "file://{host}/tool.git",
        "{host}/tool.git",
        "http://127.0.0.1:9/tool.git",
        "ssh://-oProxyCommand=touch {folder}/sprung/x",
        "--upload-pack=touch {folder}/sprung",
    ],
)
def test_nothing_but_https_is_spoken(instance, host, url):
    given = url.format(folder=instance.folder, host=host.folder)
    result = instance.apply(repositories=[{"url": given, "folder": "tool", "branch": None}])
    assert result.returncode == 1
    assert not (instance.folder / "sprung").exists()
    assert os.listdir(instance.volume) == []
    assert "not allowed" in result.stderr or "does not exist" in result.stderr


def test_a_clone_whose_user_pointed_it_elsewhere_is_fetched_over_https_alone(instance, host):
    instance.apply(repositories=[repository(host)])
    git(instance, instance.volume / "tool", "remote", "set-url", "origin", f"ext::touch {instance.folder}/sprung")
    assert "transport 'ext' not allowed" in instance.apply(repositories=[repository(host)]).stderr
    assert not (instance.folder / "sprung").exists()


@pytest.mark.parametrize("folder", ["../outside", "a/../../outside", "/outside", "."])
def test_no_folder_leads_out_of_the_volume(instance, host, folder):
    result = instance.apply(repositories=[repository(host, folder=folder)])
    assert "not a folder below the volume" in result.stderr
    assert os.listdir(instance.volume) == []


@pytest.mark.parametrize("text", ["$(touch sprung)", "`touch sprung`", "a'\"; touch sprung", "a\nb", "ü"])
def test_hostile_text_stays_data(instance, host, text):
    result = instance.apply(
        repositories=[repository(host, folder=text), {"url": host.url(text), "folder": "x", "branch": text}]
    )
    assert (instance.volume / text / "file.txt").exists()
    assert result.returncode == 1
    assert list(instance.folder.rglob("sprung")) == []
