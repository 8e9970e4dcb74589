"""Pieces in RAW that belong to no original, on a real nats-server."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.chassis import direct, pieces
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher
from services.chassis.raw import STREAM, Raw
from services.chassis.unavailable import Unavailable

pytestmark = pytest.mark.nats

LATER = datetime.now(UTC) + timedelta(hours=3)
METAS = 300
LARGE = {"a": 900, "b": 900, "c": 3000, "d": 900}  # by name, more than is asked for at once


class Scene:
    def __init__(self, room: Any, publisher: Publisher, raw: Raw) -> None:
        self.room, self._publisher, self.raw = room, publisher, raw

    async def put(self, metas: dict[str, bytes], *, pieces_of: list[str]) -> None:
        """Metas by the ends of their subjects, and a piece each of these puts."""
        said = [(f"M.{name}", body) for name, body in metas.items()] + [(f"C.{nuid}", b"piece") for nuid in pieces_of]
        await self._publisher.publish_all(
            Letter(STREAM, f"$O.RAW.{end}", body, {"Nats-Expected-Stream": STREAM, "Nats-Msg-Id": end})
            for end, body in said
        )

    async def remove(self, *, before: datetime = LATER) -> int:
        return await pieces.remove_unnamed(self.raw._client, self.raw, stored_before=before)

    async def left(self) -> set[str]:
        """Of which puts there are pieces."""
        info = await self.room.js.stream_info(STREAM, subjects_filter=f"{pieces.PIECES}>")
        return {subject.removeprefix(pieces.PIECES) for subject in info.state.subjects or {}}


@pytest_asyncio.fixture
async def scene(room: Any) -> Scene:
    client = await room._connect("store")
    fetch = Publisher(await room._connect("fetch"))
    room._stack.push_async_callback(fetch.close)
    return Scene(room, fetch, Raw(client, fetch, fresh_seconds=3600))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number from which on messages were asked for, of each question."""
    sequences, at_once = list[int](), direct._at_once

    async def ask(client: Client, stream: str, subject: str, sequence: int, *rest: Any) -> list[Msg]:
        sequences.append(sequence)
        return await at_once(client, stream, subject, sequence, *rest)

    monkeypatch.setattr(direct, "_at_once", ask)
    return sequences


def naming(nuid: str) -> bytes:
    return json.dumps({"nuid": nuid}).encode()


async def test_many_metas_are_read_with_few_questions_and_name_their_pieces(scene: Scene, asked: list[int]) -> None:
    names = [f"{number:03}" for number in range(METAS)]
    await scene.put({name: naming(name) for name in names}, pieces_of=[*names, "nobodys"])

    assert await scene.remove() == 1
    assert await scene.left() == set(names)
    assert len(asked) < METAS // 32


async def test_large_metas_are_read_in_as_many_portions_as_it_takes(
    scene: Scene, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(direct, "BYTES", 1000)
    large = {name: json.dumps({"nuid": name, "more": "x" * size}).encode() for name, size in LARGE.items()}
    await scene.put(large, pieces_of=[*large, "nobodys"])

    assert await scene.remove() == 1
    assert await scene.left() == set(large)
    assert len(asked) > len(large)


async def test_nothing_is_removed_that_is_young_or_that_comes_to_its_end_meanwhile(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.put({"a": naming("a")}, pieces_of=["a", "coming", "young"])
    assert await scene.remove(before=datetime.now(UTC) - timedelta(hours=1)) == 0

    is_older = pieces._is_older

    async def named_meanwhile(raw: Any, nuid: str, than: datetime) -> bool:
        if nuid == "coming":
            await scene.put({"b": naming("coming")}, pieces_of=[])
        return nuid != "young" and await is_older(raw, nuid, than)

    monkeypatch.setattr(pieces, "_is_older", named_meanwhile)
    assert await scene.remove() == 0
    assert await scene.left() == {"a", "coming", "young"}


async def test_a_server_that_tells_fewer_metas_than_it_has_takes_no_pieces(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.put({"a": naming("a"), "b": naming("b")}, pieces_of=["a", "b", "nobodys"])
    at_once = direct._at_once

    async def fewer(client: Client, stream: str, subject: str, sequence: int, *asked: Any) -> list[Msg]:
        return (await at_once(client, stream, subject, sequence, *asked))[:1] if sequence == 1 else []

    monkeypatch.setattr(direct, "_at_once", fewer)
    with pytest.raises(Unavailable, match="not all of its metas could be read"):
        await scene.remove()
    assert await scene.left() == {"a", "b", "nobodys"}
