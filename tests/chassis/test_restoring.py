"""A service does not begin on databases that a restore has not caught up."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from services.chassis import restoring
from services.chassis.service import Running
from services.chassis.settings import House, ServiceSettings
from services.chassis.testing import until


def never(_settings: ServiceSettings, _shell: object) -> Any:
    raise AssertionError("it has begun")


async def test_it_waits_says_why_and_goes_on_when_all_is_caught_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.chassis.service.LOOK_SECONDS", 0.01)
    (tmp_path / "credentials.json").write_text('{"language": "secret"}')
    (tmp_path / "restore").mkdir()
    (tmp_path / "restore" / "plan.json").write_text("{}")
    settings = ServiceSettings(house=House(home=tmp_path, nats_url="nats://127.0.0.1:1"))
    stopping = asyncio.Event()
    running = Running("language", settings, stopping)

    async with AsyncExitStack() as stack:
        opening = asyncio.create_task(running.open(stack, never))
        await until(lambda: [wait.what for wait in running.waits()] == ["restore"])
        assert running.waits()[0].words == restoring.why(tmp_path)
        (tmp_path / "restore" / "told.json").write_text("{}")
        await until(lambda: [wait.what for wait in running.waits()] == ["NATS"])
        stopping.set()
        assert not await opening


async def test_it_stops_when_it_is_told_to_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "restore.next").mkdir()
    stopping = asyncio.Event()
    running = Running("language", ServiceSettings(house=House(home=tmp_path)), stopping)
    stopping.set()

    async with AsyncExitStack() as stack:
        assert not await running.open(stack, never)


async def test_a_beginning_whose_cancellation_is_lost_holds_up_nobody_who_is_asked_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.chassis.service.GRACE_SECONDS", 0.01)
    stopping, lost = asyncio.Event(), list[bool]()

    async def connect(_: object) -> None:
        stopping.set()
        while len(lost) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:  # as Python 3.11's wait_for does with one that comes with a refusal
                lost.append(True)

    monkeypatch.setattr("services.chassis.broker.PatientBroker.connect", connect)
    settings = ServiceSettings(house=House(home=tmp_path, nats_url="nats://127.0.0.1:1"))

    async with AsyncExitStack() as stack:
        assert not await Running("language", settings, stopping).open(stack, never)
    assert lost == [True, True]
