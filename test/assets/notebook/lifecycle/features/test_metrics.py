"""Metrics: measured of a real disk, published by the real AWS command to a server that speaks CloudWatch."""

import json
import os
import shutil
from datetime import datetime, timedelta, timezone

import pytest
from aws_server import AwsServer
from feature_process import FeatureProcess, contents

NAMESPACE = "ml-infra/notebooks"
SETTINGS = {"seconds": 300, "namespace": NAMESPACE}
HOSTILE = "'\"$(touch /x)`id` ; & | \\ file:///etc/passwd"
MEMORY = "MemTotal:        8000 kB\nMemFree:          100 kB\nMemAvailable:    2000 kB\nSwapTotal:   0 kB\n"


@pytest.fixture(scope="module")
def aws():
    server = AwsServer()
    server.cloudwatch = server.client("cloudwatch")
    yield server
    server.stop()


class Box(FeatureProcess):
    """A notebook of a base of its own, on a machine with the counters that a test gives it."""

    def __init__(self, folder, aws):
        super().__init__(folder, "metrics", AWS_ENDPOINT_URL=aws.url, AWS_MAX_ATTEMPTS="1")
        self.cloudwatch = aws.cloudwatch
        self.tags = {"ml-base": f"base-{folder.name}"}
        (self.root / "proc").mkdir()
        (self.root / "proc" / "meminfo").write_text(MEMORY)
        self.count(100, 1000)
        self.stand_in("systemctl", "exit 5")
        self.stand_in("systemd-run", f'printf "%s\\n" "$*" >>{folder}/timers')
        real = shutil.which("aws", path=self.environment["PATH"])
        self.stand_in("aws", f'echo "$1 $2" >>{folder}/calls; exec {real} "$@"')

    def count(self, busy, idle):
        (self.root / "proc" / "stat").write_text(f"cpu  {busy} 0 0 {idle} 0 0 0 999 0 0\n")

    def publish(self):
        result = self.verb("publish")
        assert result.returncode == 0, result.stderr
        return result.stdout

    def lines(self, name):
        path = self.folder / name
        return path.read_text().splitlines() if path.exists() else []

    def metrics(self):
        """The names of all that CloudWatch has of this notebook."""
        wanted = [{"Name": "Base", "Value": self.tags["ml-base"]}, {"Name": "NotebookInstanceName", "Value": "alice"}]
        listed = self.cloudwatch.list_metrics(Namespace=NAMESPACE)["Metrics"]
        return sorted(metric["MetricName"] for metric in listed if metric["Dimensions"] == wanted)

    def values(self, metric, unit="Percent"):
        now = datetime.now(timezone.utc)
        dimensions = [
            {"Name": "Base", "Value": self.tags["ml-base"]},
            {"Name": "NotebookInstanceName", "Value": "alice"},
        ]
        points = self.cloudwatch.get_metric_statistics(
            Namespace=NAMESPACE,
            MetricName=metric,
            Dimensions=dimensions,
            StartTime=now - timedelta(hours=1),
            EndTime=now + timedelta(minutes=1),
            Period=3600,
            Statistics=["Maximum", "SampleCount"],
            Unit=unit,
        )["Datapoints"]
        return max((point["Maximum"] for point in points), default=None)


@pytest.fixture
def box(tmp_path, aws):
    return Box(tmp_path, aws)


def test_a_timer_publishes_as_often_as_it_was_told(box):
    assert box.apply(**SETTINGS).returncode == 0
    (timer,) = box.lines("timers")
    assert "--unit=ml-infra-metrics-publish --on-active=300s --on-unit-active=300s" in timer
    assert timer.endswith(f"feature.py --root {box.root} metrics publish")
    assert "--uid" not in timer


def test_all_metrics_come_with_one_call(box):
    box.stand_in("nvidia-smi", "echo 12; echo 71")
    box.apply(**SETTINGS)
    box.count(100 + 25, 1000 + 75)
    (box.run_dir / "setup-start.json").write_text(json.dumps({"a": "failed with 1", "b": "done", "c": "running"}))
    (box.run_dir / "setup-create.json").write_text(json.dumps({"a": "timed out after 5 s", "b": "could not run"}))
    (box.run_dir / "idle.json").write_text(json.dumps({"since": 1, "errors": 7}))
    box.publish()
    assert box.lines("calls") == ["cloudwatch put-metric-data"]
    assert box.metrics() == [
        "CPUUtilization",
        "DiskUsedPercent",
        "GPUUtilization",
        "IdleCheckErrors",
        "MemoryUsedPercent",
        "SetupFailures",
    ]
    assert box.values("CPUUtilization") == 25
    assert box.values("MemoryUsedPercent") == 75
    assert box.values("GPUUtilization") == 71
    assert box.values("SetupFailures", "Count") == 3
    assert box.values("IdleCheckErrors", "Count") == 7
    disk = shutil.disk_usage(box.volume)
    assert box.values("DiskUsedPercent") == pytest.approx(100 * disk.used / (disk.used + disk.free), abs=2)


def test_what_the_processors_do_is_measured_between_two_runs(box):
    box.apply(**SETTINGS)
    box.count(200, 1900)
    assert json.loads(box.publish())["CPUUtilization"] == 10
    box.count(290, 1910)
    assert json.loads(box.publish())["CPUUtilization"] == 90


@pytest.mark.parametrize("kept", [None, "[9999999, 9999999]", "{", "[]", '["a", "b"]'])
def test_without_an_earlier_count_that_makes_sense_the_rest_is_published(box, kept):
    box.apply(**SETTINGS)
    if kept is None:
        (box.run_dir / "metrics.json").unlink()
    else:
        (box.run_dir / "metrics.json").write_text(kept)
    box.count(300, 1900)
    box.publish()
    assert box.metrics() == ["DiskUsedPercent", "MemoryUsedPercent", "SetupFailures"]
    assert box.values("SetupFailures", "Count") == 0


def test_what_cannot_be_measured_takes_nothing_else_along(box):
    box.apply(**SETTINGS)
    box.count(200, 1900)
    (box.root / "proc" / "meminfo").write_text("nothing of use\n")
    (box.run_dir / "setup-start.json").write_text("{")
    (box.run_dir / "idle.json").write_text("[]")
    box.stand_in("nvidia-smi", "echo 50; exit 9")
    printed = box.publish()
    assert "MemoryUsedPercent was not measured: " in printed
    assert "SetupFailures was not measured: " in printed
    assert box.metrics() == ["CPUUtilization", "DiskUsedPercent"]


def test_a_second_run_changes_nothing(box):
    assert box.apply(**SETTINGS).returncode == 0
    before = contents(box.folder)
    assert box.apply(**SETTINGS).returncode == 0
    after = contents(box.folder)
    timers = before.pop("timers")
    assert after.pop("timers") == timers * 2  # the timer before was ended
    assert after == before


def test_a_write_that_was_cut_off_is_written_over(box):
    box.apply(**SETTINGS)
    (box.run_dir / ".metrics.json.cut").write_text("[1")
    (box.root / "etc" / "ml-infra" / "metrics.json").unlink()
    assert box.apply(**SETTINGS).returncode == 0
    box.count(200, 1900)
    assert json.loads(box.publish())["CPUUtilization"] == 10


def test_the_name_of_a_base_stays_text(box):
    box.tags["ml-base"] = HOSTILE
    box.apply(**SETTINGS)
    box.publish()
    assert box.metrics() == ["DiskUsedPercent", "MemoryUsedPercent", "SetupFailures"]
    assert not os.path.exists("/x")


def test_without_the_tag_of_the_base_it_says_so(box):
    box.tags = {}
    result = box.apply(**SETTINGS)
    assert result.returncode == 1
    assert "metrics: the tag ml-base of the notebook is not known" in result.stderr
    assert box.lines("timers") == []


def test_a_refusal_is_reported_and_the_next_run_goes_on(box):
    box.apply(**SETTINGS)
    url = box.environment.pop("AWS_ENDPOINT_URL")
    box.environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"
    result = box.verb("publish")
    assert result.returncode == 1
    assert "metrics: aws ended with " in result.stderr
    box.environment["AWS_ENDPOINT_URL"] = url
    box.publish()
    assert box.metrics() == ["DiskUsedPercent", "MemoryUsedPercent", "SetupFailures"]
