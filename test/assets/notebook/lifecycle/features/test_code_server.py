"""code-server behind the real Jupyter server and its real proxy; the release is a stand-in that answers HTTP."""

import hashlib
import io
import json
import os
import stat
import tarfile
import threading

import pytest
from aws_server import AwsServer
from feature_process import PYTHON, FeatureProcess, contents
from jupyter_environment import JupyterServer

TOP = "code-server-9.9.9-linux-amd64"
PROGRAM = f"""#!{PYTHON}
import http.server, json, os, socketserver, stat, sys

path = sys.argv[sys.argv.index("--socket") + 1]

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        mode = stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode)
        facts = {{"path": self.path, "arguments": sys.argv[1:], "folder": mode}}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(facts).encode())

    def address_string(self):
        return "somebody"

socketserver.UnixStreamServer(path, Answer).serve_forever()
"""


@pytest.fixture(scope="module")
def aws():
    server = AwsServer()
    server.s3.create_bucket(Bucket="tools", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield server
    server.stop()


class Instance(FeatureProcess):
    def publish(self, *members, key="code server's.tar.gz"):
        """A release of these members, each a name with bytes or with the fields of something special."""
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            for name, content in members:
                member = tarfile.TarInfo(name)
                if isinstance(content, bytes):
                    member.size, member.mode = len(content), 0o6777 if name.endswith("bin/code-server") else 0o600
                    tar.addfile(member, io.BytesIO(content))
                else:
                    for field, value in content.items():
                        setattr(member, field, value)
                    tar.addfile(member)
        data = file.getvalue()
        self.aws.s3.put_object(Bucket="tools", Key=key, Body=data)
        self.settings = {"bucket": "tools", "key": key, "sha256": hashlib.sha256(data).hexdigest()}

    @property
    def kept(self):
        return self.volume / ".ml-infra/code-server"

    @property
    def release(self):
        return self.kept / self.settings["sha256"]

    def fetch(self):
        self.apply(**self.settings)
        return self.verb("fetch")

    def config(self):
        return json.loads((self.root / "etc/jupyter/jupyter_server_config.json").read_text())


@pytest.fixture
def instance(tmp_path, aws):
    instance = Instance(tmp_path, "code_server", AWS_ENDPOINT_URL=aws.url)
    instance.aws = aws
    (instance.home / "anaconda3/envs/JupyterSystemEnv/lib/python3.11/site-packages/jupyter_server_proxy").mkdir(
        parents=True
    )
    instance.stand_in("systemd-run", f'printf "%s\\n" "$@" >{tmp_path}/systemd-run')
    instance.publish((f"{TOP}/bin/code-server", PROGRAM.encode()), (f"{TOP}/readme", b"text"))
    return instance


def link(to, kind=tarfile.SYMTYPE):
    return {"type": kind, "linkname": to}


def test_jupyter_starts_it_and_lets_nobody_in_without_its_token(instance):
    assert instance.apply(**instance.settings).returncode == 0
    with JupyterServer(instance) as server:
        answer = server.read("/code-server/some/path")
        server.token = "wrong"
        with server.open("/code-server/some/path") as refused:
            assert refused.url.startswith(f"{server.url}/login")
            assert b"arguments" not in refused.read()
    assert answer["path"] == "/some/path"
    arguments = answer["arguments"]
    assert arguments[:2] == ["--auth", "none"]
    assert arguments[4:6] == ["--socket-mode", "600"]
    assert not any("port" in argument or "bind" in argument for argument in arguments)
    assert arguments[-1] == str(instance.volume)
    assert answer["folder"] == 0o700


def test_the_release_is_fetched_once_and_by_whoever_comes_first(instance):
    assert instance.fetch().returncode == 0
    assert contents(instance.release) == {f"{TOP}/bin/code-server": PROGRAM.encode(), f"{TOP}/readme": b"text"}
    instance.environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    assert instance.verb("fetch").returncode == 0


def test_a_file_is_executable_or_not_and_has_no_other_rights(instance):
    instance.fetch()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in sorted(instance.release.rglob("*")) if path.is_file()]
    assert modes == [0o755, 0o644]


def test_a_second_run_changes_nothing(instance):
    instance.fetch()
    before = (contents(instance.root), contents(instance.volume))
    (instance.run_dir / "restart-jupyter").unlink()
    instance.fetch()
    assert (contents(instance.root), contents(instance.volume)) == before
    assert not instance.wants_restart()


def test_it_is_fetched_ahead_as_the_user(instance):
    instance.apply(**instance.settings)
    recorded = (instance.folder / "systemd-run").read_text().splitlines()
    assert f"--uid={instance.notebook()['login']}" in recorded
    assert recorded[recorded.index("code_server") + 1] == "fetch"


def test_without_a_unit_to_fetch_it_in_it_is_offered_all_the_same(instance):
    instance.stand_in("systemd-run", "exit 1")
    result = instance.apply(**instance.settings)
    assert result.returncode == 0
    assert "it is fetched when it is first opened" in result.stdout
    assert "code-server" in instance.config()["ServerProxy"]["servers"]


def test_root_touches_nothing_of_the_volume(instance):
    instance.apply(**instance.settings)
    assert contents(instance.volume) == {}


def test_another_release_takes_the_place_of_the_first(instance):
    instance.fetch()
    first = instance.release
    (instance.kept / "data").mkdir()
    instance.publish((f"{TOP}/bin/code-server", b"#!/bin/sh\n"))
    instance.fetch()
    assert not first.exists()
    assert sorted(os.listdir(instance.kept)) == sorted(["data", "lock", instance.release.name])


def test_what_was_cut_off_is_done_again(instance):
    (instance.kept / "new/release" / TOP).mkdir(parents=True)
    (instance.kept / "new/archive").write_text("half")
    assert instance.fetch().returncode == 0
    assert sorted(os.listdir(instance.kept)) == sorted(["lock", instance.release.name])
    assert len(contents(instance.release)) == 2


def test_two_that_fetch_at_once_do_not_meet(instance):
    instance.apply(**instance.settings)
    results = []
    threads = [threading.Thread(target=lambda: results.append(instance.verb("fetch"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.returncode for result in results] == [0, 0, 0]
    assert len(contents(instance.release)) == 2


def test_a_release_with_another_hash_is_not_unpacked(instance):
    instance.settings["sha256"] = "0" * 64
    result = instance.fetch()
    assert result.returncode == 1
    assert "and is not unpacked" in result.stderr
    assert os.listdir(instance.kept) == ["lock"]


def test_a_release_that_is_not_there_is_named(instance):
    instance.settings["key"] = "gone.tar.gz"
    assert "NoSuchKey" in instance.fetch().stderr


def test_links_inside_are_kept_and_hard_ones_become_files(instance):
    instance.publish(
        (f"{TOP}/lib/link", link("../bin/code-server")),
        (f"{TOP}/lib/hard", link(f"{TOP}/bin/code-server", tarfile.LNKTYPE)),
        (f"{TOP}/bin/code-server", b"x"),
    )
    assert instance.fetch().returncode == 0
    assert contents(instance.release) == {
        f"{TOP}/bin/code-server": b"x",
        f"{TOP}/lib/hard": b"x",
        f"{TOP}/lib/link": "-> ../bin/code-server",
    }


@pytest.mark.parametrize(
    "members",
    [
        [("../outside", b"x")],
        [("a/../../outside", b"x")],
        [("{folder}/outside", b"x")],
        [("a", link("{folder}")), ("a/outside", b"x")],
        [("a", link("../../../outside"))],
        [("a/b", link("..")), ("c", link("a/b/../../outside"))],
        [("a", link("{folder}")), ("a/outside", link("home"))],
        [("a", link("{folder}/secret", tarfile.LNKTYPE))],
        [("a", link("../../../../secret", tarfile.LNKTYPE))],
        [("a", {"type": tarfile.FIFOTYPE})],
        [("a", {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3})],
    ],
)
def test_nothing_leaves_the_folder_that_it_is_unpacked_to(instance, members):
    (instance.folder / "secret").write_text("kept")

    def placed(value):
        if isinstance(value, dict) and "linkname" in value:
            return {**value, "linkname": value["linkname"].format(folder=instance.folder)}
        return value

    instance.publish(*[(name.format(folder=instance.folder), placed(content)) for name, content in members])
    result = instance.fetch()
    assert result.returncode == 1, result.stdout
    assert result.stderr.startswith("code_server: the release ")
    assert list(instance.folder.rglob("outside")) == []
    assert os.listdir(instance.kept) == ["lock"]


def test_what_is_no_archive_is_said_to_be_none(instance):
    instance.aws.s3.put_object(Bucket="tools", Key="text.tar.gz", Body=b"text")
    instance.settings = {"bucket": "tools", "key": "text.tar.gz", "sha256": hashlib.sha256(b"text").hexdigest()}
    assert "the release cannot be unpacked" in instance.fetch().stderr


def test_a_release_without_the_program_is_said_to_have_none(instance):
    instance.publish((f"{TOP}/readme", b"x"))
    instance.apply(**instance.settings)
    instance.environment["ML_INFRA_CODE_SERVER_SOCKET"] = "x"
    assert instance.verb("serve").stderr == "code_server: the release has no bin/code-server\n"


def test_it_says_what_it_needs(tmp_path):
    instance = Instance(tmp_path, "code_server")
    result = instance.apply(bucket="b", key="k.tar.gz", sha256="0" * 64)
    assert result.returncode == 1
    assert result.stderr == (
        "code_server: it needs jupyter-server-proxy beside Jupyter: name it in jupyter.extensions\n"
    )


def test_what_jupyter_is_told_besides_stays(instance):
    config = instance.root / "etc/jupyter/jupyter_server_config.json"
    config.parent.mkdir(parents=True)
    theirs = {"ServerApp": {"ip": "x"}, "ServerProxy": {"servers": {"other": {"port": 1}}, "x": 1}}
    config.write_text(json.dumps(theirs))
    instance.apply(**instance.settings)
    written = instance.config()
    assert written["ServerApp"] == {"ip": "x"}
    assert written["ServerProxy"]["servers"]["other"] == {"port": 1}
    assert written["ServerProxy"]["x"] == 1
