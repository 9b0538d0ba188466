"""What the notebook measures of itself, published as metrics. A timer publishes all of them with one call."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from instance import FeatureError, write
from usage import gpu_percent, machine_ticks

FAILED = ("failed", "timed out", "could not run")
PERCENT = "Percent"
COUNT = "Count"


def apply(settings, notebook):
    if "ml-base" not in notebook.tags:
        raise FeatureError("the tag ml-base of the notebook is not known, and metrics go by it")
    notebook.keep("metrics", settings)
    cpu_used(notebook)
    notebook.every("metrics", "publish", settings["seconds"])


def publish(settings, notebook):
    names = {"Base": notebook.tags["ml-base"], "NotebookInstanceName": notebook.name}
    dimensions = [{"Name": name, "Value": value} for name, value in names.items()]
    data = [
        {"MetricName": metric, "Dimensions": dimensions, "Unit": unit, "Value": round(value, 2)}
        for metric, unit, value in measure(notebook)
    ]
    notebook.aws(
        "cloudwatch", "put-metric-data", "--namespace", settings["namespace"], "--metric-data", json.dumps(data)
    )
    print(json.dumps({entry["MetricName"]: entry["Value"] for entry in data}))


def measure(notebook):
    """What can be measured; what cannot takes nothing else along."""
    for metric, (unit, measured) in METRICS.items():
        try:
            value = measured(notebook)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            print(f"{metric} was not measured: {type(error).__name__}: {error}")
            continue
        if value is not None:
            yield metric, unit, value


def disk_used(notebook):
    """Percent of the volume, as `df` counts: what only root may fill counts neither as used nor as free."""
    disk = os.statvfs(notebook.volume)
    used = disk.f_blocks - disk.f_bfree
    return 100 * used / (used + disk.f_bavail)


def memory_used(notebook):
    text = notebook.path("/proc/meminfo").read_text()
    sizes = dict(re.findall(r"^(\w+):\s+(\d+) kB$", text, re.MULTILINE))
    total, available = int(sizes["MemTotal"]), int(sizes["MemAvailable"])
    return 100 * (total - available) / total


def cpu_used(notebook):
    """Percent of all cores since the last time that this was asked; None where that is not known."""
    kept = Path(notebook.run_dir) / "metrics.json"
    now = machine_ticks(notebook.path("/proc"))
    before = json.loads(kept.read_text()) if kept.exists() else now
    write(kept, json.dumps(now), 0o600)
    busy, total = (after - earlier for after, earlier in zip(now, before))
    return 100 * busy / total if 0 <= busy <= total and total > 0 else None


def gpu_used(_notebook):
    return gpu_percent()


def setup_failures(notebook):
    states = [json.loads(path.read_text()) for path in Path(notebook.run_dir).glob("setup-*.json")]
    return sum(state.startswith(FAILED) for hook in states for state in hook.values())


def idle_check_errors(notebook):
    """Checks for idleness that have failed in a row; None where nobody checks."""
    kept = Path(notebook.run_dir) / "idle.json"
    return json.loads(kept.read_text())["errors"] if kept.exists() else None


METRICS = {
    "DiskUsedPercent": (PERCENT, disk_used),
    "MemoryUsedPercent": (PERCENT, memory_used),
    "CPUUtilization": (PERCENT, cpu_used),
    "GPUUtilization": (PERCENT, gpu_used),
    "SetupFailures": (COUNT, setup_failures),
    "IdleCheckErrors": (COUNT, idle_check_errors),
}
VERBS = {"publish": publish}
