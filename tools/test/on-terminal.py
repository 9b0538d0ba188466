"""Runs a command on a terminal of its own and answers it: `on-terminal.py '[["Name?", "x\\r"]]' command words ...`."""

import json
import os
import pty
import select
import sys
import time

DEADLINE = time.monotonic() + 60


def main(steps: list[list[str]], command: list[str]) -> int:
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    seen = b""
    answered = 0
    while chunk := read(child, terminal, steps):
        seen += chunk
        if steps and steps[0][0].encode() in seen[answered:]:
            answered = len(seen)
            os.write(terminal, steps.pop(0)[1].encode())
    sys.stdout.buffer.write(seen)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def read(child: int, terminal: int, steps: list[list[str]]) -> bytes:
    if not select.select([terminal], [], [], max(0, DEADLINE - time.monotonic()))[0]:
        os.kill(child, 9)
        sys.exit(f"the command waits; not answered: {steps}")
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1]), sys.argv[2:]))
