"""The page that tells whoever works in a notebook that it is about to stop, and how to keep it running.

Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import subprocess
import time

from journal import REMOVE_PAGE, WRITE_PAGE, Account

PAGE = """# This notebook stops at about {time} UTC

Nothing has used it for {minutes} minutes. Files below `~/SageMaker` stay, and so does what they hold; what runs now,
and the variables of open kernels, are lost.

To keep it running, run a cell, or type into a terminal.
{keep_alive}
This page goes away by itself, within minutes, once the notebook is in use.
"""
KEEP_ALIVE = """
To keep it running for the next {hours} h without working in it, open a terminal and enter:

    touch {file}
"""


def text_of(config, idle, now, stop_in):
    """The page, for a notebook that stops so many seconds from now unless it is used."""
    hours = config["keepAliveSeconds"] / 3600
    keep_alive = KEEP_ALIVE.format(hours=f"{hours:.2g}", file=config["keepAliveFile"]) if hours else ""
    at = time.strftime("%H:%M", time.gmtime(now + stop_in))
    return PAGE.format(time=at, minutes=round(idle / 60), keep_alive=keep_alive)


def show(login, home, text):
    """Write the page as its owner: root follows no link that the owner of the folder may have planted there."""
    run(WRITE_PAGE, login, home, text)


def hide(login, home):
    run(REMOVE_PAGE, login, home, "")


def run(script, login, home, text):
    owner = Account(login, home)
    command = owner.command(["sh", "-c", script, "sh", f"{owner.home}/SageMaker/IDLE-STOP.md"])
    environment = owner.environment()
    quiet = {"check": True, "capture_output": True, "text": True, "timeout": 10}
    subprocess.run(command, input=text, cwd="/", env=environment, **quiet)
