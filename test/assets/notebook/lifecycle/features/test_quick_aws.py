"""That the command of the other tests is the real one in all but the time that it takes to start."""

import os
import subprocess
import sys

import pytest
from feature_process import until
from quick_aws import QuickAws

REAL = f"{os.path.dirname(sys.executable)}/aws"
GIVEN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1"}


@pytest.fixture(scope="module")
def quick():
    return str(QuickAws.the_one().folder / "aws")


def run(command, *arguments, folder, **variables):
    environment = {**GIVEN, "HOME": str(folder), **variables}
    given = {"capture_output": True, "cwd": folder, "env": environment, "timeout": 60, "check": False}
    ended = subprocess.run([command, *arguments], **given)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["--version"], {}),
        (["configure", "get", "region"], {"AWS_CONFIG_FILE": "ü config"}),
        (["configure", "list"], {"AWS_DEFAULT_REGION": "eu-west-3"}),
        (["s3", "no-such-command"], {}),
        (["s3api", "list-buckets", "--endpoint-url", "http://127.0.0.1:1"], {"AWS_ACCESS_KEY_ID": "a"}),
    ],
)
def test_it_answers_as_the_real_one_does(quick, tmp_path, arguments, variables):
    (tmp_path / "ü config").write_text("[default]\nregion = eu-north-1\n")
    real = run(REAL, *arguments, folder=tmp_path, **variables)
    assert run(quick, *arguments, folder=tmp_path, **variables) == real


def test_it_reads_and_writes_files_of_its_folder(quick, tmp_path):
    (tmp_path / "value").write_text("eu-south-2")
    call = f'umask 077; exec {quick} configure set region "$(cat value)"'
    assert run("/bin/sh", "-c", call, folder=tmp_path)[0] == 0
    written = tmp_path / ".aws/config"
    assert "region = eu-south-2" in written.read_text()
    assert written.stat().st_mode & 0o077 == 0


def test_it_ends_with_whoever_called_it(quick, tmp_path):
    reads, writes = os.pipe()
    calls = ["s3", "cp", "-", "s3://bucket/key", "--endpoint-url", "http://127.0.0.1:1"]
    started = subprocess.Popen([quick, *calls], stdin=subprocess.PIPE, stdout=writes, stderr=writes, env=GIVEN)
    os.close(writes)
    os.set_blocking(reads, False)
    started.kill()
    started.wait()
    assert until(lambda: ended(reads), 10)
    os.close(reads)


def ended(reads):
    """Whether nobody holds the other end of a pipe any more."""
    try:
        return os.read(reads, 1_000) == b""
    except BlockingIOError:
        return False
