"""A container that is cut off, again and again, is gone on with: every start comes further, and all come to one end."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest

from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from services.chassis.database import Database
from services.chassis.failures import MAX_FAILURES, ChildKilled
from services.chassis.migrations import migrate
from services.chassis.version import VERSION
from services.fetch import expansion
from services.fetch.arrival import Arrival
from services.fetch.core import metering
from services.fetch.core.document import Member
from services.fetch.core.members import Allowance, Limits, Unpacked
from services.fetch.expansion import Remembers
from services.fetch.failures import Failures
from services.fetch.handler import mint
from services.fetch.intake import Intake
from services.fetch.note import Note
from services.fetch.opened import Opened
from services.fetch.originals import Original, Seen
from services.fetch.progress import NoProgress, Progress
from services.fetch.reader import Room
from services.fetch.spool import Spool
from services.fetch.unpacking import unpack
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

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        self.read.append(arguments[0])
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


@pytest.fixture
async def progress(tmp_path: Path) -> AsyncIterator[Progress]:
    url = f"sqlite:///{tmp_path}/fetch.db"
    await asyncio.to_thread(migrate, url, "fetch")
    async with Database(url) as database:
        yield Progress(database)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of a few members, and a note of each end."""
    monkeypatch.setattr(metering, "PORTION_MEMBERS", 3)
    monkeypatch.setattr(metering, "MOST_PORTION_MEMBERS", 5)
    monkeypatch.setattr(expansion, "WRITE_SECONDS", 0.0)
    monkeypatch.setattr(expansion, "AT_ONCE", 4)


@pytest.mark.parametrize(
    ("name", "data", "limits"),
    [
        ("a.zip", ZIP, None),
        ("a.zip", ZIP, Limits(members=12)),
        ("a.zip", ZIP, Limits(total_bytes=1800)),
        ("a.mbox", MAILS, None),
        ("a.mbox", MAILS, Limits(members=20)),
    ],
)
async def test_wherever_it_is_cut_off_it_comes_to_the_same_end_and_reads_nothing_long_said_again(
    progress: Progress, name: str, data: bytes, limits: Limits | None
) -> None:
    whole = Taking(progress, limits)
    assert await whole.take(data, name)
    expected, reads = whole.ends(), len(whole.children.read)
    assert all(len(ends) == 1 for ends in expected.values())

    cut, starts = Taking(progress, limits), 0
    while not await cut.take(data, name, cut_after=2 + starts % 5, again=bool(starts)):
        starts += 1
        assert starts < 200, cut.ends()
    assert cut.ends() == expected
    # Each start reads the container up to where it was, and what was on its way.
    assert len(cut.children.read) - reads <= starts * (expansion.AT_ONCE + 5)


class Deadly(Counting):
    """Children that die as they unpack what is behind so many members, up to so many, at such a depth; or always."""

    def __init__(self, behind: int | None, most: int = 1000, *, depth: int = 1) -> None:
        super().__init__()
        self.behind, self.depth = range(behind or 0, most + 1), depth
        self.reads_nothing = behind is None

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        room = arguments[3]
        is_there = isinstance(room, Room) and room.behind.members in self.behind and room.allowance.depth == self.depth
        if is_there or self.reads_nothing:
            raise ChildKilled(DEATH)
        return await super().call(function, *arguments, timeout_seconds=timeout_seconds)


async def test_what_kills_its_child_in_a_later_portion_is_the_rest_of_its_container(progress: Progress) -> None:
    taking = Taking(progress)
    taking.children = Deadly(3)
    assert await taking.take(ZIP, "a.zip")

    assert taking.ends() == {
        "": {"input_expanded into 4"},
        **{f"#{number}": {"article_fetched"} for number in range(1, 4)},
        "#4": {"unreadable"},
    }


async def test_a_portion_of_which_something_was_said_is_waited_for_where_its_child_dies(progress: Progress) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=11)
    alive, taking.children = taking.children, Deadly(3)
    with pytest.raises(ChildKilled):
        await taking.take(ZIP, "a.zip", again=True)
    taking.children = alive
    assert await taking.take(ZIP, "a.zip", again=True)

    assert taking.ends()[""] == {"input_expanded into 10"}
    assert all(len(ends) == 1 for ends in taking.ends().values())


async def test_a_portion_of_which_something_was_said_and_that_kills_ever_since_ends_and_harms_none_behind_it(
    progress: Progress,
) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=11)
    said = set(taking.ends())
    taking.children = Deadly(3, 3)
    await taking.is_waited_for(ZIP, "a.zip")
    assert await taking.take(ZIP, "a.zip", again=True)

    ends = taking.ends()
    assert ends[""] == {"input_expanded into 10"}
    assert {f"#{number}" for number in range(1, 4)} <= said
    for number in range(4, 7):  # what was said before stays said, and the ledger keeps the better of the two
        assert ends[f"#{number}"] - {"article_fetched"} <= {"unreadable"}
    assert {end for number in range(7, 11) for end in ends[f"#{number}"]} == {
        "article_fetched",
        "input_expanded into 9",
        "empty",
    }
    told = [one.detail for one in taking.beyond.said if isinstance(one, InputRejected) and one.reason != "empty"]
    assert set(told) == {"it was read once, and not since: reading it did not end well: " + DEATH}


WITHIN = zipped([("inner.zip", INNER), ("b.txt", SEVERAL), ("z.txt", text(8))])


@pytest.mark.parametrize(
    ("file", "deaths", "cuts"),
    [
        (("a.zip", WITHIN), Deadly(0), (2, 4, 7, 22, 25)),  # so much was said by then; the inner one is first
        (("a.zip", WITHIN), Deadly(0, depth=2), (2, 4, 13)),
        (("a.zip", WITHIN), Deadly(None), (4, 25)),
        (("a.txt", SEVERAL), Deadly(None), (2, 4)),
    ],
    ids=["the outer one", "the inner one", "whatever is read", "a text of several articles"],
)
async def test_each_thing_that_came_in_has_an_end_where_what_it_came_out_of_kills_its_child_ever_since(
    progress: Progress, monkeypatch: pytest.MonkeyPatch, file: tuple[str, bytes], deaths: Deadly, cuts: tuple[int, ...]
) -> None:
    monkeypatch.setattr(expansion, "WRITE_SECONDS", 3600.0)  # what takes less than that
    for cut_after in cuts:
        await each_has_an_end(Taking(progress), file, deaths, cut_after)


async def each_has_an_end(taking: Taking, file: tuple[str, bytes], deaths: Deadly, cut_after: int) -> None:
    name, data = file
    assert not await taking.take(data, name, cut_after=cut_after)
    taking.children = deaths
    for _ in range(MAX_FAILURES):
        with suppress(ChildKilled):
            if await taking.take(data, name, again=True):
                break

    received = {one.input_id for one in taking.beyond.said if isinstance(one, InputReceived)}
    assert {one.removeprefix(taking.input_id) for one in received} <= set(taking.ends())
    for whole, ends in taking.ends().items():
        into = next((int(end.rpartition(" ")[2]) for end in ends if end.startswith("input_expanded")), 0)
        assert {f"{whole}#{number}" for number in range(1, into + 1)} <= set(taking.ends())


@pytest.mark.parametrize("deadly_again", [False, True])
async def test_the_rest_that_was_given_up_stays_given_up_wherever_it_is_cut_off(
    progress: Progress, *, deadly_again: bool
) -> None:
    given_up = Taking(progress)
    given_up.children = Deadly(3)
    assert await given_up.take(ZIP, "a.zip")
    whole = Taking(progress)
    assert await whole.take(ZIP, "a.zip")
    said, seen = len(given_up.beyond.said), set()

    for cut_after in range(1, said):
        taking = Taking(progress)
        alive, taking.children = taking.children, Deadly(3)
        assert not await taking.take(ZIP, "a.zip", cut_after=cut_after)
        if not deadly_again:
            taking.children = alive
        assert await taking.take(ZIP, "a.zip", again=True)
        assert taking.ends() in (given_up.ends(), whole.ends()), cut_after
        seen.add(len(taking.ends()))
    assert seen == ({len(given_up.ends())} if deadly_again else {len(given_up.ends()), len(whole.ends())})


async def test_whoever_says_again_what_was_said_gives_nothing_up_in_the_middle() -> None:
    taking = Taking(NoProgress())
    taking.children = Deadly(3)
    with pytest.raises(ChildKilled, match="exit code -9"):
        await taking.take(ZIP, "a.zip")

    assert taking.ends() == {f"#{number}": {"article_fetched"} for number in range(1, 4)}


def members_with_memory_for(how_many: int) -> Iterator[Member]:
    for number in range(how_many):
        yield Member(f"{number}.txt", [text(number)])
    raise MemoryError


def test_a_child_without_memory_for_the_next_member_leaves_it_to_another_and_gives_nothing_up(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    first = unpack(members_with_memory_for(2), spool.path, Allowance(9), 9)
    assert isinstance(first, Unpacked)
    assert ([member.path for member in first.members], first.more) == (["0.txt", "1.txt"], True)

    with pytest.raises(MemoryError):
        unpack(members_with_memory_for(2), spool.path, Allowance(9), 9, first.behind)
    spool.close()


async def test_what_has_its_end_is_not_read_again(progress: Progress) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=9)
    said = {one.input_id for one in taking.beyond.articles}
    before = len(taking.beyond.said)
    assert await taking.take(ZIP, "a.zip", again=True)

    again = {one.input_id for one in taking.beyond.said[before:]} - {taking.input_id}
    assert len(said) >= 3
    assert len(again & said) <= 3  # those of which the note was not written yet


async def test_what_is_at_its_end_and_not_put_away_says_only_that_again(progress: Progress) -> None:
    taking = Taking(progress)
    assert await taking.take(ZIP, "a.zip")
    before = len(taking.beyond.said)
    assert await taking.take(ZIP, "a.zip", again=True)

    assert [one.name() for one in taking.beyond.said[before:]] == ["input_received", "input_expanded"]


async def test_nothing_is_known_of_other_bytes_of_another_version_and_after_a_restore(progress: Progress) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=12)
    known = await progress.of(taking.input_id)
    assert taking.input_id in known

    assert await Progress(progress._database, version="2").of(taking.input_id) == {}
    other = zipped([(f"{number}.txt", text(number)) for number in range(3)])
    assert await taking.take(other, "a.zip", again=True)
    assert taking.ends()["#1"] == {"article_fetched"}
    assert taking.ends()[""] == {"input_expanded into 3"}
    await progress.forget_all()
    assert await progress.of(taking.input_id) == {}


async def test_a_container_that_is_done_with_leaves_one_line_for_a_week(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = Taking(progress)
    await taking.take(MAILS, "a.mbox")
    assert list(await progress.of(taking.input_id)) == [taking.input_id]

    await progress.forget_all()
    monkeypatch.setattr(expansion, "WRITE_SECONDS", 3600.0)  # the one within notes its later portions all the same
    within = zipped([("inner.zip", INNER)])
    await taking.take(within, "a.zip")
    assert list(await progress.of(taking.input_id)) == [taking.input_id]

    later = Progress(progress._database, clock=lambda: 1e12)
    await later.forget("another", wholly=False)
    assert await progress.of(taking.input_id) == {}


@pytest.mark.parametrize(("version", "is_kept"), [(VERSION, True), ("another", False)])
async def test_one_without_an_end_is_gone_on_with_though_it_was_paused_for_a_month(
    progress: Progress, version: str, *, is_kept: bool
) -> None:
    paused = Taking(Progress(progress._database, version=version))
    assert not await paused.take(ZIP, "a.zip", cut_after=12)
    before = await paused.progress.of(paused.input_id)
    assert before

    in_a_month = Progress(progress._database, clock=lambda: time.time() + 30 * 24 * 3600)
    meanwhile = Taking(in_a_month)
    assert await meanwhile.take(MAILS, "a.mbox")
    assert await paused.progress.of(paused.input_id) == (before if is_kept else {})


async def test_mails_are_read_side_by_side_and_those_with_attachments_opened_in_their_order(progress: Progress) -> None:
    taking, most = Taking(progress), [0, 0]

    def step(what: str) -> None:
        most[0] += (what == "saying input_received") - (what == "said article_fetched")
        most[1] = max(most)

    saying = taking.beyond.say

    async def say(*messages: Any, began: Any = None) -> None:
        await asyncio.sleep(0)
        taking.beyond.step = step
        await saying(*messages, began=began)
        await asyncio.sleep(0)

    taking.beyond.say = say  # type: ignore[method-assign]
    await taking.take(MAILS, "a.mbox")

    expanded = [one.input_id for one in taking.beyond.said if isinstance(one, InputExpanded)]
    assert [one.partition("#")[2] for one in expanded] == ["2", "3", "5", "6", "8", "9", ""]
    assert most[1] > 2
