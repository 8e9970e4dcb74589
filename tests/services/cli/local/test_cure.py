"""A server whose disk was full: what it says of itself, and when a new start helps."""

import asyncio
from pathlib import Path

import pytest
from nats.aio.client import Client

from services.chassis import atomic
from services.chassis.letters import Letter
from services.chassis.permissions import SYSTEM
from services.chassis.testing import LocalServer, until
from services.cli.local import cure
from services.cli.local.cure import ROOM_BYTES, Cure
from services.cli.local.probes import Probe
from tests.mounts import may_not_mount, small_disk

mounts = pytest.mark.skipif(may_not_mount() is not None, reason=may_not_mount() or "")


def saying(*answers: str | None) -> Probe:
    """A probe that gives these answers, and the last one for ever; `no answer` is none."""
    left = iter(answers)

    async def ask() -> str | None:
        answer = next(left, answers[-1])
        if answer == "no answer":
            raise OSError(answer)
        return answer

    return ask


async def looks(patient: Cure, number: int) -> list[bool]:
    return [await patient.is_advised() for _ in range(number)]


@pytest.mark.parametrize(
    ("health", "obstacle", "advised"),
    [
        ([None], [None], [False, False, False, False]),
        ([None, "ill"], [None], [False, False, True, True]),
        ([None, "ill", None], [None], [False, False, False, False]),
        (["ill"], [None], [False, False, False, False]),
        (["no answer", "ill"], [None], [False, False, False, False]),
        (["a stream's write error"], [None], [False, True, True, True]),
        ([None, "ill"], ["full", "full", None], [False, False, False, False]),
    ],
    ids=[
        "well",
        "ill",
        "ill for a moment",
        "ill from the first",
        "never well",
        "hurt before the first look",
        "no room",
    ],
)
async def test_a_new_start_is_advised_where_it_can_help(
    health: list[str | None], obstacle: list[str | None], advised: list[bool]
) -> None:
    assert await looks(Cure(saying(*health), saying(*obstacle)), 4) == advised


async def test_when_there_is_room_again_a_new_start_is_advised() -> None:
    patient = Cure(saying(None, "ill"), saying("full", "full", None))

    assert await looks(patient, 5) == [False, False, False, False, True]
    assert patient.sickness == "ill"


@pytest.mark.nats
async def test_a_healthy_server_says_so_and_to_nobody_else(tmp_path: Path) -> None:
    async with LocalServer(tmp_path) as server:
        assert await cure.jetstream("127.0.0.1", server.port, lambda: server.credentials[SYSTEM])() is None
        with pytest.raises(OSError, match="Authorization"):
            await cure.jetstream("127.0.0.1", server.port, lambda: "wrong")()
        await server.stop()
        with pytest.raises(OSError, match="Connect"):
            await cure.jetstream("127.0.0.1", server.port, lambda: server.credentials[SYSTEM])()


@pytest.mark.nats
async def test_a_password_that_was_changed_is_asked_for_anew(tmp_path: Path) -> None:
    async with LocalServer(tmp_path) as server:
        known = [server.credentials[SYSTEM]]
        health = cure.jetstream("127.0.0.1", server.port, lambda: known[-1])
        assert await health() is None
        configuration = tmp_path / "nats.conf"
        configuration.write_text(configuration.read_text().replace(known[0], "changed"))
        await server.stop()
        await server.start()
        with pytest.raises(OSError, match="Authorization"):
            await health()
        known.append("changed")
        assert await health() is None


async def test_a_server_that_hangs_up_in_the_middle_of_its_answer_is_asked_again_later() -> None:
    async def break_off(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"INFO {}\r\nMSG health 1 5000\r\n{")
        writer.close()

    async with await asyncio.start_server(break_off, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        patient = Cure(cure.jetstream("127.0.0.1", port, lambda: None), saying(None))
        assert not await patient.is_advised()
        assert patient.sickness is None


async def test_a_folder_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    assert await cure.room(tmp_path)() is None
    assert list_of(tmp_path) == []
    assert "waiting for room" in (await cure.room(tmp_path / "none")() or "")


def list_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@mounts
@pytest.mark.nats
async def test_a_server_that_met_a_full_disk_has_lost_nothing_and_is_cured_by_a_new_start(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 3 * ROOM_BYTES) as disk:
        async with LocalServer(disk.folder / "home") as server:
            patient = Cure(
                cure.jetstream("127.0.0.1", server.port, lambda: server.credentials[SYSTEM]),
                cure.room(disk.folder / "home"),
            )
            assert not await patient.is_advised()
            client = await server.connect("fetch")
            assert await takes(client, 0, seconds=60)
            disk.fill(but=300_000)
            taken = 1
            while await takes(client, taken):
                taken += 1
            assert await looks(patient, 2) == [False, False]
            assert "no space left on device" in (patient.sickness or "")

            disk.make_room()
            assert not await takes(client, taken)
            assert await patient.is_advised()
            await server.stop()
            await server.start()
            await until(lambda: client.is_connected)
            assert await takes(client, taken, seconds=60)
            operator = await server.connect("operator")
            assert (await operator.jetstream().stream_info("LANGUAGE")).state.messages == taken + 1
            await client.close()
            await operator.close()


async def takes(client: Client, number: int, *, seconds: float = 5.0) -> bool:
    """Whether the stream acknowledges a message within that time."""
    headers = {"Nats-Msg-Id": str(number), "Nats-Expected-Stream": "LANGUAGE"}
    letter = Letter("LANGUAGE", "wireroom.article.fetched", bytes(5000), headers)
    try:
        await atomic.publish_one(client, letter, timeout_seconds=seconds)
    except TimeoutError:
        return False
    return True
