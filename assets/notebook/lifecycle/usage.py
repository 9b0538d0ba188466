"""How much of its processors and GPUs an instance has used.

Python 3.9 and the standard library are all there is.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

GPU_SECONDS = 15
GPU_QUERY = ["--query-gpu=utilization.gpu", "--format=csv,noheader,nounits"]
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
JUPYTER = re.compile(r"jupyter[-_]?(lab|server|notebook)(\.py)?")
CONTAINER = re.compile(r"[/-][0-9a-f]{64}(\.scope)?(/|$)", re.MULTILINE)  # container runtimes name groups by such ids


@dataclasses.dataclass(frozen=True)
class Sample:
    """What the system has counted since it started. The difference of two samples says what was used meanwhile."""

    uptime: float
    busy: int  # ticks of all cores
    total: int
    processes: dict  # ticks of each process that may be at work

    @staticmethod
    def of(data):
        """The sample that stands in data read from a file, or None where none does."""
        try:
            sample = Sample(**data)
            numbers = [sample.uptime, sample.busy, sample.total, *sample.processes.values()]
            return sample if all(isinstance(number, (int, float)) for number in numbers) else None
        except (AttributeError, TypeError):
            return None


def sample(proc, uid, uptime):
    """What is counted now of the machine, and of the processes that a user owns or that run in containers."""
    return Sample(uptime, *machine_ticks(proc), process_ticks(proc, uid))


def machine_ticks(proc):
    """Ticks in which all cores worked, and all ticks. Time that other machines stole is neither."""
    numbers = (proc / "stat").read_text().split("\n", 1)[0].split()[1:8]
    user, nice, system, idle, waiting, interrupts, soft_interrupts = map(int, numbers)
    busy = user + nice + system + interrupts + soft_interrupts
    return busy, busy + idle + waiting


def machine_percent(before, after):
    """Percent of all cores that was used between two samples."""
    total = after.total - before.total
    return 100 * (after.busy - before.busy) / total if total > 0 else 0.0


def process_percent(before, after):
    """Percent of one core that the processes of a sample have used since the sample before."""
    ticks = sum(max(0, count - before.processes.get(name, 0)) for name, count in after.processes.items())
    seconds = after.uptime - before.uptime
    return 100 * ticks / TICKS_PER_SECOND / seconds if seconds > 0 else 0.0


def process_ticks(proc, uid):
    """Ticks of each process that may be at work, with those of its children that have ended."""
    ticks = {}
    for folder in processes(proc):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            if may_be_work(folder, uid):
                name, used = ticks_of((folder / "stat").read_bytes())
                ticks[name] = used
    return ticks


def processes(proc):
    return [folder for folder in proc.iterdir() if folder.name.isdecimal()]


def ticks_of(stat):
    """A name that no other process ever has, and the ticks that it and its ended children have used."""
    fields = stat.rpartition(b")")[2].split()  # the name of the program before may hold anything
    return f"{int(stat.split(b' ', 1)[0])}:{int(fields[19])}", sum(map(int, fields[11:15]))


def may_be_work(folder, uid):
    status = (folder / "status").read_bytes()
    owner = int(re.search(rb"^Uid:\s+(\d+)", status, re.MULTILINE).group(1))
    if owner != uid and not CONTAINER.search((folder / "cgroup").read_text(errors="replace")):
        return False
    return not is_jupyter((folder / "cmdline").read_bytes().decode(errors="replace").split("\0"))


def is_jupyter(words):
    """Whether a command line is one of Jupyter's server, which polls and answers open tabs even when nobody works."""
    return any(JUPYTER.fullmatch(Path(word).name) for word in words[:4])


def gpu_percent(command="nvidia-smi", seconds=GPU_SECONDS):
    """Percent of its time that the busiest GPU works; None without one that answers.

    Also instances without a GPU may have the command, which fails there. No answer at all raises TimeoutError.
    """
    program = shutil.which(command)
    if program is None:
        return None
    with tempfile.TemporaryFile() as output:  # whoever holds a pipe open could make its reader wait
        quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            process = subprocess.Popen([program, *GPU_QUERY], stdout=output, start_new_session=True, **quiet)
            failed = process.wait(seconds) != 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # waiting for it could take for ever, if it waits for the driver
            raise TimeoutError(f"{command} has not answered within {seconds} s") from None
        except OSError:
            return None
        output.seek(0)
        return None if failed else busiest(output.read().decode(errors="replace"))


def busiest(lines):
    """The highest of the numbers that stand on lines of their own. A GPU that does not say has none."""
    numbers = [line.strip() for line in lines.splitlines()]
    return max((float(number) for number in numbers if re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", number)), default=None)
