"""A container that waits for a room, because others lie unpacked, holds nothing that the other files need."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest

from contracts.input_expanded import InputExpanded
from contracts.message import Message
from services.fetch.handler import mint
from services.fetch.in_place import Place
from services.fetch.ingest import AT_ONCE, Ingest, files_in
from services.fetch.intake import Intake
from services.fetch.patience import Patience
from services.fetch.rooms import ROOTS_AT_ONCE
from services.fetch.settings import WORK_BYTES
from tests.edges.inboxes import Beyond, memory_at, until, watching
from tests.services.fetch.archives import zipped

AFTER = ("move", "leave")
After = Literal["move", "leave"]


@dataclass
class Stuck(Beyond):
    """Where nothing that lies in a container is acknowledged until that is `freed`."""

    freed: asyncio.Event = field(default_factory=asyncio.Event)
    made: list[Intake] = field(default_factory=list)

    async def say(self, *messages: Message, began: datetime | None = None) -> None:
        if "#" in messages[0].input_id:
            await self.freed.wait()
        await super().say(*messages, began=began)

    def intake(self) -> Intake:
        self.made.append(super().intake())
        return self.made[-1]

    def has_queued(self, number: int) -> bool:
        return self.made[0].rooms.queued == number

    @property
    def expanded(self) -> set[str]:
        return {message.source_uri for message in self.said if isinstance(message, InputExpanded)}

    @property
    def texts(self) -> set[str]:
        return {article.document.text for article in self.articles}


def archive(number: int) -> bytes:
    return zipped([("a.txt", f"Un texte dans l'archive {number}.".encode())])


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.mark.parametrize("after", AFTER)
async def test_a_file_is_taken_while_more_containers_than_there_are_hands_wait(inbox: Path, after: After) -> None:
    beyond, many = Stuck(), ROOTS_AT_ONCE + 5
    async with watching(inbox, beyond, after=after, concurrency=ROOTS_AT_ONCE + 1) as watched:
        for number in range(many):
            watched.drop(f"{number}.zip", archive(number))
        await until(lambda: beyond.has_queued(many - ROOTS_AT_ONCE))
        watched.drop("a.txt", "Un texte.")
        await until(lambda: "Un texte." in beyond.texts)
        assert beyond.expanded == set()

        beyond.freed.set()
        await until(lambda: beyond.expanded == {f"inbox:{number}.zip" for number in range(many)})
        assert len(beyond.articles) == many + 1
        assert beyond.has_queued(0)


async def test_what_waits_has_given_back_the_memory_that_it_was_counted_with(inbox: Path) -> None:
    beyond = Stuck()
    async with watching(inbox, beyond, concurrency=ROOTS_AT_ONCE + 1) as watched:
        for number in range(ROOTS_AT_ONCE):
            watched.drop(f"{number}.zip", archive(number))
        await until(lambda: len(beyond.said) == ROOTS_AT_ONCE)
        in_rooms = sum(len(archive(number)) for number in range(ROOTS_AT_ONCE))
        for number in range(ROOTS_AT_ONCE, ROOTS_AT_ONCE + 5):
            watched.drop(f"{number}.zip", archive(number))
        await until(lambda: beyond.has_queued(5))
        async with beyond.made[0].load.of(WORK_BYTES - in_rooms):
            pass
        beyond.freed.set()
        await until(lambda: len(beyond.expanded) == ROOTS_AT_ONCE + 5)


async def test_what_waits_is_not_read_at_every_look_through_the_inbox(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beyond, reads, read = Stuck(), list[str](), Place.read

    def reading(self: Place, *arguments: object, **more: object) -> object:
        reads.append(self.path)
        return read(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Place, "read", reading)
    async with watching(inbox, beyond, after="leave", rescan_seconds=0.01) as watched:
        for number in range(ROOTS_AT_ONCE + 1):
            watched.drop(f"{number}.zip", archive(number))
        await until(lambda: beyond.has_queued(1))
        for name in ("a.txt", "b.txt", "c.txt"):  # the kernel's hint is lost, each is found by a look
            watched.drop(name, name)
            await until(lambda name=name: name in beyond.texts)  # type: ignore[misc]
        assert sum(path.endswith(".zip") for path in reads) == ROOTS_AT_ONCE + 1


async def test_what_waits_when_fetch_stops_is_taken_by_the_next(inbox: Path) -> None:
    beyond, many = Stuck(), ROOTS_AT_ONCE + 3
    async with watching(inbox, beyond) as watched:
        for number in range(many):
            watched.drop(f"{number}.zip", archive(number))
        await until(lambda: beyond.has_queued(3))
    beyond.freed.set()
    async with watching(inbox, beyond) as watched:
        await until(lambda: watched.files(".done") == {f"{number}.zip" for number in range(many)})
    assert len({article.article_id for article in beyond.articles}) == many


async def test_ingest_takes_files_while_containers_wait(tmp_path: Path) -> None:
    beyond, many = Stuck(), AT_ONCE + 5
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(many):
        (folder / f"{number:03}.zip").write_bytes(archive(number))
    (tmp_path / "a.txt").write_text("Un texte.")
    async with memory_at(tmp_path) as memory:
        ingest = Ingest(beyond.intake(), memory, Patience(0.0, 1.0), max_bytes=10_000, mint=mint)
        taken = []
        async for one in ingest.take(files_in([folder, tmp_path / "a.txt"])):
            taken.append(one)
            beyond.freed.set()  # as soon as one has its end: that cannot be one of those in the rooms
    assert taken[0].path == tmp_path / "a.txt"
    assert len(taken) == many + 1
    assert len(beyond.articles) == many + 1
