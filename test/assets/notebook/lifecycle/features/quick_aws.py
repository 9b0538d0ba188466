"""The real AWS command without the time that each start of it takes: forked from one that has started already.

A call is a process of its own with the arguments, environment, folder and open files of its caller, and ends with it.
"""

import contextlib
import io
import json
import os
import random
import shlex
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path

SIZE = struct.Struct("!I")
GIVEN_UP = 255


class QuickAws:
    """A folder with a command `aws`, whose calls are served until it is stopped."""

    running = None

    @classmethod
    def the_one(cls):
        """That of all tests of a process."""
        cls.running = cls.running or cls()
        return cls.running

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="aws-"))
        address = self.folder / "socket"
        command = self.folder / "aws"
        here = [shlex.quote(str(each)) for each in (sys.executable, __file__, address)]
        command.write_text(f'#!/bin/sh\nexec {here[0]} -I -S {here[1]} call {here[2]} "$@"\n')
        command.chmod(0o755)
        serve = [sys.executable, "-I", __file__, "serve", str(address)]
        self.process = subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b"ready\n"

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        (self.folder / "socket").unlink()
        (self.folder / "aws").unlink()
        self.folder.rmdir()


def call(address, arguments):
    """Hand a call over, and end as it ends."""
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as server:
        server.connect(address)
        umask = os.umask(0)
        asked = {"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd(), "umask": umask}
        content = json.dumps(asked).encode()
        socket.send_fds(server, [SIZE.pack(len(content))], [0, 1, 2])
        server.sendall(content)
        ended = server.recv(1)
    return ended[0] if ended else GIVEN_UP


def serve(address):
    """Answer calls until nobody is left who could make one."""
    import awscli.clidriver

    awscli.clidriver.create_clidriver()  # loads what each call would load
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(100)
    owner = os.getpid()
    threading.Thread(target=end_with_input, daemon=True).start()
    print("ready", flush=True)
    while os.getpid() == owner:
        caller, _ = listener.accept()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass  # calls that are over
        if os.fork() == 0:
            listener.close()
            code = GIVEN_UP
            try:
                code = answer(caller, awscli.clidriver.main)
            except BaseException:
                traceback.print_exc()
            finally:
                with contextlib.suppress(OSError):
                    caller.sendall(bytes([code & 255]))
                os._exit(code)
        caller.close()


def end_with_input():
    sys.stdin.read()
    os._exit(0)


def answer(caller, main):
    head, files, _, _ = socket.recv_fds(caller, SIZE.size, 3)
    content = b""
    while len(content) < SIZE.unpack(head)[0]:
        content += caller.recv(1 << 20)
    asked = json.loads(content)
    random.seed()
    for number, given in enumerate(files):
        os.dup2(given, number)
        os.close(given)
    loaded = os.environ["AWS_DATA_PATH"]  # which the command extends when it is loaded
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.environ["AWS_DATA_PATH"] = os.pathsep.join(filter(None, [os.environ.get("AWS_DATA_PATH"), loaded]))
    os.chdir(asked["folder"])
    os.umask(asked["umask"])
    sys.argv = ["aws", *asked["arguments"]]
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(os.fdopen(number, mode), encoding="utf-8", errors=errors, line_buffering=number == 2)
        for number, mode, errors in ((0, "rb", "strict"), (1, "wb", "strict"), (2, "wb", "backslashreplace"))
    )
    threading.Thread(target=end_with, args=[caller], daemon=True).start()
    try:
        code = main()
    except SystemExit as ending:
        code = ending.code
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def end_with(caller):
    """A command that is killed leaves nothing running."""
    if caller.recv(1) == b"":
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        sys.exit(call(sys.argv[2], sys.argv[3:]))
