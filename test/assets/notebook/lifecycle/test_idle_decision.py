"""When to stop: the decision alone, on times and measurements that a test can choose."""

import signal
import sys

import pytest
from bundle import ASSETS
from idle_check import CONFIG as DEFAULTS

sys.path.insert(0, str(ASSETS))
import idle_stop
from activity import Seen
from usage import TICKS_PER_SECOND, Sample

CONFIG = {**DEFAULTS, "graceSeconds": 600}
NOW = 1_700_000_000  # 2023-11-14T22:13:20Z
UPTIME = 90_000
LONG_AGO = NOW - 80_000
HOUR = 3600
REST = Sample(UPTIME - 300, 1000, 100_000, {"70:1": 5})


def state(**changes):
    """The state that a check left 300 seconds ago."""
    last = {"since": LONG_AGO, "active": LONG_AGO, "checked": NOW - 300, "uptime": UPTIME - 300, "sample": REST}
    return idle_stop.State(**{**last, **changes})


def iso(moment):
    return idle_stop.time.strftime("%Y-%m-%dT%H:%M:%SZ", idle_stop.time.gmtime(moment))


def used(moment):
    """What is seen where a kernel was used last at that moment, or where there is none."""
    return Seen() if moment is None else Seen(kernels=[kernel(moment)])


def kernel(moment, execution="idle", connections=0):
    return {"last_activity": iso(moment), "execution_state": execution, "connections": connections}


def load(busy=0, total=60_000, seconds=0.0):
    """What is seen where the machine and its processes have worked since the last check."""
    ticks = round(seconds * TICKS_PER_SECOND)
    return Sample(UPTIME, 1000 + busy, 100_000 + total, {"70:1": 5 + ticks})


@pytest.mark.parametrize(
    ("last", "seen", "stop", "reason"),
    [
        (None, None, False, "first check"),
        (None, LONG_AGO, False, "first check"),
        (state(), None, True, "idle"),
        (state(), NOW - 3600, True, "idle"),
        (state(), NOW - 3599, False, "in use"),
        (state(), NOW, False, "in use"),
        (state(), NOW + 9999, False, "in use"),
        (state(active=NOW - 3599), None, False, "in use"),
        (state(active=NOW - 3599), LONG_AGO, False, "in use"),
        (state(since=NOW - 599), None, False, "just started"),
        (state(errors=1), None, False, "in use"),
        (state(errors=20), LONG_AGO, False, "in use"),
        (state(checked=NOW + 7200), None, False, "the clock has jumped"),
        (state(checked=NOW - 7200), None, False, "the clock has jumped"),
        (state(uptime=UPTIME + 1), None, False, "the clock has jumped"),
        (state(checked=NOW + 30, uptime=UPTIME + 30), None, False, "the clock has jumped"),
        (state(checked=NOW - 330), None, True, "idle"),
        (state(active=float("nan")), None, False, "in use"),
        (state(sample=None), None, True, "idle"),
    ],
)
def test_decide(last, seen, stop, reason):
    decision = idle_stop.decide(CONFIG, last, NOW, UPTIME, used(seen))
    assert (decision.stop, decision.reason) == (stop, reason)
    assert decision.state.errors == 0
    assert not decision.state.active > NOW
    assert (decision.state.checked, decision.state.uptime) == (NOW, UPTIME)


@pytest.mark.parametrize(
    ("by", "seen", "config"),
    [
        ("setup", Seen(setting_up=True), {}),
        ("command in a terminal", Seen(command=True), {}),
        ("kernel", Seen(kernels=[kernel(LONG_AGO, "busy")]), {}),
        ("terminal", Seen(terminals=[{"last_activity": iso(NOW - 60)}]), {}),
        ("open tab", Seen(kernels=[kernel(LONG_AGO, connections=1)]), {"countOpenTabs": True}),
        ("open tab", Seen(kernels=[kernel(LONG_AGO), kernel(LONG_AGO, connections=2)]), {"countOpenTabs": True}),
        ("processes", Seen(sample=load(seconds=30.1)), {}),
        ("processes", Seen(sample=load(seconds=3.1)), {"processCpuThreshold": 1}),
        ("cpu", Seen(sample=load(busy=15_100)), {}),
        ("cpu", Seen(sample=load(busy=601)), {"cpuThreshold": 1}),
        ("gpu", Seen(gpu=6.0), {}),
        ("gpu", Seen(gpu=2.0), {"gpuThreshold": 1}),
        ("keep-alive file", Seen(touched=NOW), {}),
        ("keep-alive file", Seen(touched=NOW - 12 * HOUR + 1), {}),
        ("keep-alive file", Seen(touched=NOW - 599), {"keepAliveSeconds": 600}),
    ],
)
def test_what_is_activity(by, seen, config):
    decision = idle_stop.decide({**CONFIG, **config}, state(), NOW, UPTIME, seen)
    assert (decision.stop, decision.reason, decision.state.by) == (False, "in use", by)


@pytest.mark.parametrize(
    ("seen", "config"),
    [
        (Seen(kernels=[kernel(LONG_AGO)]), {"countOpenTabs": True}),
        (Seen(kernels=[kernel(LONG_AGO, connections=1)]), {}),
        (Seen(terminals=[{"last_activity": iso(LONG_AGO)}]), {}),
        (Seen(sample=load(seconds=30)), {}),
        (Seen(sample=load(seconds=300)), {"processCpuThreshold": 100}),
        (Seen(sample=load(busy=15_000)), {}),
        (Seen(sample=load(busy=60_000)), {"cpuThreshold": 100}),
        (Seen(sample=load(busy=-5, total=-5, seconds=-0.05)), {}),
        (Seen(gpu=0.0), {}),
        (Seen(gpu=5.0), {}),
        (Seen(gpu=100.0), {"gpuThreshold": 100}),
        (Seen(touched=NOW - 12 * HOUR), {}),
        (Seen(touched=NOW), {"keepAliveSeconds": 0}),
        (Seen(touched=NOW + 61), {}),
    ],
)
def test_what_is_none(seen, config):
    decision = idle_stop.decide({**CONFIG, **config}, state(), NOW, UPTIME, seen)
    assert (decision.stop, decision.reason, decision.state.by) == (True, "idle", "start")


def test_use_is_measured_between_two_checks_and_not_from_the_first_one_alone():
    for last in (None, state(sample=None)):
        decision = idle_stop.decide(CONFIG, last, NOW, UPTIME, Seen(sample=load(busy=60_000, seconds=300)))
        assert decision.measured == {}
        after = idle_stop.decide(CONFIG, decision.state, NOW + 300, UPTIME + 300, Seen(sample=load()))
        assert after.state.by == "start"


def test_after_failed_checks_use_is_measured_from_the_last_good_one():
    last = idle_stop.after_error(state(), NOW - 100, UPTIME - 100)
    decision = idle_stop.decide(CONFIG, last, NOW, UPTIME, Seen(sample=load(busy=30_000, seconds=150), gpu=7.0))
    assert decision.measured == {"cpu": 50.0, "processCpu": 50.0, "gpu": 7.0}


def test_someone_who_closes_the_last_tab_after_three_hours_has_the_whole_time():
    """The samples of AWS count from the start of the instance then, and stop it within minutes."""
    last, now = state(since=NOW - 3 * HOUR, active=NOW - 3 * HOUR), NOW
    last = idle_stop.decide(CONFIG, last, now, UPTIME, used(NOW - 20)).state
    for minutes in range(5, 60, 5):
        decision = idle_stop.decide(CONFIG, last, now + minutes * 60, UPTIME + minutes * 60, Seen())
        assert not decision.stop
        last = decision.state
    assert last.by == "kernel"
    assert idle_stop.decide(CONFIG, last, now + HOUR, UPTIME + HOUR, Seen()).stop


def test_after_a_file_has_kept_it_alive_the_whole_time_begins():
    kept = idle_stop.decide(CONFIG, state(), NOW, UPTIME, Seen(touched=NOW - 12 * HOUR + 1)).state
    after = idle_stop.decide(CONFIG, kept, NOW + 300, UPTIME + 300, Seen(touched=NOW - 12 * HOUR + 1))
    assert (after.stop, after.idle_seconds) == (False, 300)


@pytest.mark.parametrize(
    ("idle", "config", "stop_in"),
    [
        (0, {}, None),
        (2999, {}, None),
        (3000, {}, 600),
        (3599, {}, 1),
        (3000, {"warnSeconds": 0}, None),
        (3599, {"warnSeconds": 0}, None),
        (3000, {"dryRun": True}, None),
        (140, {"idleSeconds": 300}, None),
        (150, {"idleSeconds": 300}, 150),
        (1790, {"warnSeconds": 7200}, None),
        (1800, {"warnSeconds": 7200}, 1800),
    ],
)
def test_the_end_is_announced_while_it_is_near_but_never_longer_than_half_of_the_time(idle, config, stop_in):
    decision = idle_stop.decide({**CONFIG, **config}, state(), NOW, UPTIME, used(NOW - idle))
    assert decision.stop_in == stop_in
    assert decision.state.warned == (stop_in is not None)


def test_the_end_that_the_grace_puts_off_is_announced_too():
    decision = idle_stop.decide({**CONFIG, "graceSeconds": HOUR}, state(since=NOW - 3500), NOW, UPTIME, Seen())
    assert (decision.stop, decision.reason, decision.stop_in) == (False, "just started", 100)


def test_activity_takes_the_announcement_back():
    near = idle_stop.decide(CONFIG, state(), NOW, UPTIME, used(NOW - 3500))
    assert near.state.warned
    assert not idle_stop.decide(CONFIG, near.state, NOW + 60, UPTIME + 60, used(NOW)).state.warned


def test_the_grace_holds_even_where_it_is_longer_than_the_idle_time():
    config = {**CONFIG, "idleSeconds": 60}
    assert not idle_stop.decide(config, state(since=NOW - 599, active=NOW - 599), NOW, UPTIME, Seen()).stop
    assert idle_stop.decide(config, state(since=NOW - 600, active=NOW - 600), NOW, UPTIME, Seen()).stop


def test_activity_once_seen_is_kept():
    kept = idle_stop.decide(CONFIG, state(), NOW, UPTIME, used(NOW - 10)).state
    assert (kept.active, kept.by) == (NOW - 10, "kernel")
    after = idle_stop.decide(CONFIG, kept, NOW + 300, UPTIME + 300, Seen()).state
    assert (after.active, after.by) == (NOW - 10, "kernel")


def test_after_a_jump_the_clock_starts_again():
    kept = idle_stop.decide(CONFIG, state(checked=NOW + 7200), NOW, UPTIME, Seen()).state
    assert (kept.since, kept.active) == (NOW, NOW)


def test_errors_count_and_keep_the_rest():
    last = state(errors=3)
    assert idle_stop.after_error(last, NOW, UPTIME) == state(errors=4)
    assert idle_stop.after_error(None, NOW, UPTIME).errors == 1


@pytest.mark.parametrize("sample", [None, REST])
def test_what_a_check_saves_the_next_one_loads(sample, tmp_path):
    kept = state(errors=3, by="kernel", warned=True, sample=sample)
    idle_stop.save(tmp_path / "run" / "idle.json", kept)
    assert idle_stop.load(tmp_path / "run" / "idle.json") == kept


def test_a_look_that_takes_too_long_is_a_failed_check():
    with pytest.raises(TimeoutError, match="longer than 1 s"), idle_stop.within(1):
        signal.pause()
    with idle_stop.within(1):
        pass
    assert signal.alarm(0) == 0
