"""A document may take its child down; then it is the document that is rejected, and nothing else."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.chassis.children import SPARES, Children
from services.chassis.failures import ChildKilled
from services.fetch.core import ReadDocument, Rejected
from services.fetch.core.members import About
from services.fetch.reader import (
    ATTEMPTS,
    MOST_TOGETHER,
    PIECE_SECONDS,
    SMALL_BYTES,
    TOGETHER_SECONDS,
    Killed,
    Reader,
)


class Mortal:
    """Children of which the first few die."""

    def __init__(self, deaths: int, cause: type[Exception] = MemoryError) -> None:
        self.deaths, self.cause, self.calls = deaths, cause, 0

    async def call(self, function: object, *arguments: object, **keywords: object) -> object:
        self.calls += 1
        if self.calls <= self.deaths:
            raise ChildKilled("the child is dead") from self.cause()
        return ReadDocument("Un texte.", "text/plain", "utf-8")


def reader_with(children: Any, keys: tuple[tuple[str, str], ...] = ()) -> Reader:
    return Reader(
        children,
        max_text_bytes=1_000_000,
        timeout_seconds=20,
        unpacking_timeout_seconds=20,
        spool_folder=Path(tempfile.gettempdir()),
        keys=keys,
    )


@pytest.mark.parametrize(("deaths", "read"), [(0, True), (1, True), (2, False)])
async def test_what_kills_its_child_twice_is_unreadable(deaths: int, read: bool) -> None:
    found = await reader_with(Mortal(deaths)).look(b"Un texte.", About("a.txt"))
    if read:
        assert isinstance(found, ReadDocument)
    else:
        assert isinstance(found, Rejected)
        assert found.reason is RejectReason.UNREADABLE
        assert "the child is dead" in found.detail


async def test_a_document_whose_time_ran_out_while_the_machine_slept_is_read_again() -> None:
    reader = reader_with(Mortal(1, TimeoutError))
    assert isinstance(await reader.look(b"Un texte.", About("a.txt")), ReadDocument)


async def test_what_the_settings_call_the_fields_goes_with_every_document() -> None:
    told: list[object] = []

    class Listening(Mortal):
        async def call(self, function: object, *arguments: object, **keywords: object) -> object:
            told.append(arguments[1])
            return await super().call(function, *arguments, **keywords)

    keys = (("text", "payload.body"),)
    reader = reader_with(Listening(0), keys=keys)
    await reader.look(b"{}", About("a.json"))
    assert told == [About("a.json", keys=keys)]


class Sickly:
    """Children that die of a word, or raise of another; `read` is what came to each of them, and how long it had."""

    def __init__(self) -> None:
        self.read: list[tuple[list[bytes], float]] = []
        self.pieces: list[int] = []
        self.begun: asyncio.Queue[None] = asyncio.Queue()
        self.go = asyncio.Event()

    async def call(self, function: Any, *arguments: Any, timeout_seconds: float, pieces: int = 1) -> object:
        self.pieces.append(pieces)
        texts = [arguments[0]] if isinstance(arguments[0], bytes) else [data for data, _ in arguments[0]]
        self.read.append((texts, timeout_seconds))
        self.begun.put_nowait(None)
        await self.go.wait()
        if b"deadly" in texts:
            raise ChildKilled("the child is dead")
        if b"odd" in texts:
            raise RuntimeError("a defect")
        return function(*arguments)


async def looked_at(children: Sickly, *texts: bytes) -> list[object]:
    """What is found in these, which come while each child reads another."""
    reader = reader_with(children)
    before = []
    for _ in range(1 + SPARES):
        before.append(asyncio.create_task(reader.look(b"a first one", About("a.txt"))))
        await children.begun.get()
    looks = asyncio.gather(*(reader.look(text, About("a.txt")) for text in texts), return_exceptions=True)
    await asyncio.sleep(0)
    children.go.set()
    await asyncio.gather(*before)
    return list(await looks)


async def test_what_is_small_and_waits_for_a_child_goes_to_it_together() -> None:
    children = Sickly()
    large = b"long " * SMALL_BYTES
    found = await looked_at(children, b"two", b"three", large, b"four")

    assert [one.text for one in found if isinstance(one, ReadDocument)] == ["two", "three", large.decode(), "four"]
    assert [b"two", b"three", b"four"] in [texts for texts, _ in children.read]
    assert children.pieces == [len(texts) for texts, _ in children.read]  # so long it may have its turn


async def test_many_that_go_together_have_as_long_as_each_of_them_may_take() -> None:
    children = Sickly()
    await looked_at(children, *(b"text %d" % number for number in range(MOST_TOGETHER)))
    for texts, seconds in children.read:
        if len(texts) > 1:
            assert seconds == max(TOGETHER_SECONDS, PIECE_SECONDS * len(texts))
    assert max(len(texts) for texts, _ in children.read) * PIECE_SECONDS > TOGETHER_SECONDS


async def test_what_takes_a_child_or_an_answer_from_its_neighbours_is_read_alone_and_so_are_they() -> None:
    children = Sickly()
    two, deadly, three = await looked_at(children, b"two", b"deadly", b"three")
    assert [one.text for one in (two, three) if isinstance(one, ReadDocument)] == ["two", "three"]
    assert isinstance(deadly, Killed)
    together = [seconds for texts, seconds in children.read if len(texts) > 1]
    assert together == [TOGETHER_SECONDS]  # and not as long as one may take that is read alone
    assert [texts for texts, _ in children.read].count([b"deadly"]) == ATTEMPTS

    children = Sickly()
    two, odd, three = await looked_at(children, b"two", b"odd", b"three")
    assert [one.text for one in (two, three) if isinstance(one, ReadDocument)] == ["two", "three"]
    assert isinstance(odd, RuntimeError)


@pytest.mark.slow
async def test_a_real_child_reads_and_a_hostile_page_ends_with_a_word() -> None:
    async with Children(workers=1, memory_bytes=1 << 30) as children:
        reader = reader_with(children)
        page = b"<html><body>" + b"<div>" * 20_000 + b"un texte" + b"</body></html>"
        hostile = await reader.look(page, About("a.html"))
        assert isinstance(hostile, ReadDocument | Rejected)
        assert isinstance(await reader.look("Déjà.".encode(), About("a.txt")), ReadDocument)
