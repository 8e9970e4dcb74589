"""What computes for long goes on behind the others, and what it waits for meanwhile is not its time."""

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from services.chassis import watch as watch_module
from services.chassis.watch import GIVING_WAY, LEAST, LONG, Usual, Watch


@pytest.fixture
def child() -> Iterator[psutil.Process]:
    """A process that waits for its end."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield psutil.Process(process.pid)
        process.kill()


def test_a_call_gives_way_by_what_its_child_computes_from_its_beginning(
    child: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_module, "_computed", lambda _: 100.0)
    watch, own = Watch(child, None, Usual()), child.nice()
    watch.look()
    assert (child.nice(), watch.gives_way) == (own, False)

    monkeypatch.setattr(watch_module, "_computed", lambda _: 100.1 + Usual().long_seconds())
    watch.look()
    assert (child.nice(), watch.gives_way) == (min(own + GIVING_WAY, LEAST), True)


def test_a_call_may_compute_for_a_part_of_a_second(child: psutil.Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_computed", lambda _: 100.0)
    watch = Watch(child, 0.5, Usual())
    for now in (100.3, 100.4):
        monkeypatch.setattr(watch_module, "_computed", lambda _, now=now: now)
        watch.look()
    monkeypatch.setattr(watch_module, "_computed", lambda _: 100.6)
    with pytest.raises(TimeoutError):
        watch.look()


def test_a_call_whose_time_is_over_is_told_so(child: psutil.Process) -> None:
    Watch(child, 60.0, Usual()).look()
    Watch(child, None, Usual()).look()
    with pytest.raises(TimeoutError):
        Watch(child, -1.0, Usual()).look()


def test_what_a_child_waits_for_a_processor_is_not_its_time(
    child: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(child, 0.0, Usual())
    monkeypatch.setattr(watch_module, "_waited", lambda _: 3600.0)
    watch.look()


def test_a_child_that_is_gone_or_unknown_has_the_time_of_the_clock(child: psutil.Process) -> None:
    child.kill()
    child.wait()
    for one in (child, None):
        Watch(one, 60.0, Usual()).look()
        with pytest.raises(TimeoutError):
            Watch(one, -1.0, Usual()).look()


def test_where_all_calls_take_long_none_gives_way(child: psutil.Process, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, own, gave_way = Usual(), child.nice(), []
    for _ in range(10):
        monkeypatch.setattr(watch_module, "_computed", lambda _: 0.0)
        watch = Watch(child, 60.0, usual)
        monkeypatch.setattr(watch_module, "_computed", lambda _: 0.7)
        watch.look()
        watch.ended()
        gave_way.append(watch.gives_way)
        child.nice(own)
    assert gave_way == [True, *[False] * 9]


def test_what_calls_usually_take_is_not_made_long_by_one_that_takes_very_long() -> None:
    usual = Usual()
    for _ in range(100):
        usual.learn(0.1)
    assert usual.long_seconds() == pytest.approx(LONG * 0.1, rel=0.01)
    usual.learn(600.0)
    assert usual.long_seconds() < 3 * LONG * 0.1


def test_of_calls_without_a_limit_nothing_is_learned(child: psutil.Process, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Usual()
    watch, before = Watch(child, None, usual), usual.long_seconds()
    monkeypatch.setattr(watch_module, "_computed", lambda _: 100.0)
    watch.ended()
    assert usual.long_seconds() == before
