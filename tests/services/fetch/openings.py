"""Containers that are cut off and taken again, and children that die of them."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import pytest

from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from services.chassis.failures import MAX_FAILURES, ChildKilled
from services.fetch.arrival import Arrival
from services.fetch.core.members import Limits
from services.fetch.expansion import Remembers
from services.fetch.failures import Failures
from services.fetch.handler import mint
from services.fetch.intake import Intake
from services.fetch.note import Note
from services.fetch.opened import Opened
from services.fetch.originals import Original, Seen
from services.fetch.reader import Room, read_each
from tests.edges.inboxes import Beyond, Here, reads_here
from tests.services.fetch.archives import zipped
from tests.services.fetch.test_splitting import BRIDGE, HARVEST, LIBRARY, joined

T = TypeVar("T")


def text(number: int) -> bytes:
    return f"Le maire a inauguré hier la nouvelle école numéro {number} du quartier.".encode()


def mail(number: int, attached: int = 0) -> bytes:
    head = f"From: Une personne <a@example.org>\nSubject: Nouvelle {number}\n".encode()
    if not attached:
        return head + b"Content-Type: text/plain; charset=utf-8\n\n" + text(number) + b"\n"
    parts = [b"\n--x\nContent-Type: text/plain; charset=utf-8\n\n" + text(number)]
    for each in range(attached):
        name = f"Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename={each}.txt\n\n"
        parts.append(b"\n--x\n" + name.encode() + text(1000 * number + each))
    return head + b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n" + b"".join(parts) + b"\n--x--\n"


def mailbox(mails: list[bytes]) -> bytes:
    return b"".join(b"From a@example.org Mon Jan  1 00:00:00 2024\n" + each + b"\n" for each in mails)


INNER = zipped([(f"{number}.txt", text(100 + number)) for number in range(9)])
ZIP = zipped([*((f"{n}.txt", text(n)) for n in range(7)), ("inner.zip", INNER), ("empty.txt", b""), ("z.txt", text(8))])
SEVERAL = joined(BRIDGE, HARVEST, LIBRARY, between="\n\n***\n\n").encode()
MAILS = mailbox([mail(number, attached=number % 3) for number in range(9)])


class Counting(Here):
    """Calls in this process, by the bytes that were read."""

    def __init__(self) -> None:
        self.read: list[object] = []

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float, pieces: int = 1) -> T:
        self.read += [data for data, _ in arguments[0]] if function is read_each else [arguments[0]]
        return await super().call(function, *arguments, timeout_seconds=timeout_seconds)


DEATH = "the child died with exit code -9"


class Cut(Exception):
    """As a kill: nothing more is said."""


class Taking:
    """Fetch that is cut off and started again, on one database."""

    def __init__(self, progress: Remembers, limits: Limits | None = None) -> None:
        self.progress, self.limits, self.beyond, self.children = progress, limits, Beyond(), Counting()
        self.input_id = mint()
        self.failures = Failures()

    async def take(self, data: bytes, name: str, *, cut_after: int | None = None, again: bool = False) -> bool:
        """Whether it came to its end before so much was said."""
        left = [cut_after]

        def step(what: str) -> None:
            if left[0] is not None and what.startswith("said "):
                left[0] -= 1
                if left[0] < 0:
                    raise Cut

        self.beyond.step = step
        intake = Intake(
            reads_here(self.children),
            self.beyond,
            self.beyond.say,
            self.beyond.count,
            fresh_seconds=3600,
            progress=self.progress,
            limits=self.limits,
            log=lambda *_, **__: None,
        )
        intake.failures = self.failures
        arrival, sha256 = Arrival(self.input_id, f"inbox:{name}", name), hashlib.sha256(data).hexdigest()
        original: Original | None = Original(data, sha256, Seen(1, len(data), 1))
        with suppress(Cut), self.failures.counted(self.input_id):
            if again:
                original, found = await intake.read_again(arrival, Note(sha256), original)
            else:
                assert original is not None
                found = await intake.read(arrival, original)
            try:
                await intake.say(arrival, original, found)
            finally:
                if isinstance(found, Opened):
                    found.close()
            return True
        self.failures = Failures()  # they died with it
        return False

    async def is_waited_for(self, data: bytes, name: str) -> None:
        """It kills its child, and is tried again as often as it will be before that is its end."""
        for _ in range(MAX_FAILURES - 1):
            with pytest.raises(ChildKilled):
                await self.take(data, name, again=True)

    def ends(self) -> dict[str, set[str]]:
        """By the number of each input in the one that came in, how it ended: once, or the same each time."""
        found: dict[str, set[str]] = {}
        for message in self.beyond.said:
            if isinstance(message, InputReceived):
                continue
            end = f"{message.reason}" if isinstance(message, InputRejected) else message.name()
            if isinstance(message, InputExpanded):
                end += f" into {message.children}"
            found.setdefault(message.input_id.removeprefix(self.input_id), set()).add(end)
        return found


class Deadly(Counting):
    """Children that die as they unpack what is behind so many members, up to so many, at such a depth; or always."""

    def __init__(self, behind: int | None, most: int = 1000, *, depth: int = 1) -> None:
        super().__init__()
        self.behind, self.depth = range(behind or 0, most + 1), depth
        self.reads_nothing = behind is None

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float, pieces: int = 1) -> T:
        room = arguments[-1]
        is_there = isinstance(room, Room) and room.behind.members in self.behind and room.allowance.depth == self.depth
        if is_there or self.reads_nothing:
            raise ChildKilled(DEATH)
        return await super().call(function, *arguments, timeout_seconds=timeout_seconds)
