"""What goes wrong with one input is told, ends in its time, and is nobody else's."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import Outcome, RejectReason
from services.chassis.failures import MAX_FAILURES, ChildKilled
from services.chassis.unavailable import Unavailable
from services.fetch import failures
from services.fetch.core import ReadDocument, Rejected
from services.fetch.folder import shelf
from services.fetch.folder.hands import Hands
from services.fetch.folder.takers import ByClaim
from services.fetch.load import Load
from services.fetch.reader import Killed
from services.fetch.seen import Memory
from tests.edges.inboxes import Beyond, by_claim, in_place, resume_all, until, watching
from tests.mounts import may_not_mount, small_disk

NEVER = 3600.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_what_was_said_is_neither_said_nor_counted_again_when_it_cannot_be_put_away(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    taker = by_claim(beyond, inbox)
    with monkeypatch.context() as full:
        full.setattr(shelf, "put_away", no_space)
        for take in (lambda: taker.take("a.txt", None), lambda: resume_all(taker)):
            with pytest.raises(OSError, match="No space"):
                await take()
        fresh = by_claim(beyond, inbox)
        with pytest.raises(OSError, match="No space"):
            await resume_all(fresh)
    await resume_all(fresh)
    assert [message.name() for message in beyond.said] == ["input_received", "article_fetched"]
    assert beyond.counted == [(Outcome.FETCHED, "")]
    assert names_in(inbox / ".done") == {"a.txt"}


@pytest.mark.skipif(may_not_mount() is not None, reason=may_not_mount() or "")
async def test_on_a_full_disk_files_wait_and_when_there_is_room_each_is_said_once(tmp_path: Path) -> None:
    with small_disk(tmp_path / "inbox", 4 << 20) as disk:
        for number in range(20):
            (disk.folder / f"{number}.txt").write_text(f"Un texte, le numéro {number}.")
        disk.fill()
        beyond = Beyond()
        async with watching(disk.folder, beyond) as watched:
            await until(lambda: "No space left" in watched.not_ready.get("folder", ""))
            assert beyond.said == []
            disk.make_room()
            await until(lambda: len(names_in(disk.folder / ".done")) == 20)
            await until(lambda: "folder" not in watched.not_ready)
        assert len(beyond.articles) == len({one.input_id for one in beyond.articles}) == 20
        assert names_in(disk.folder) == {".claimed", ".done", ".rejected"}


def no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


async def test_what_fails_in_an_unforeseen_way_has_its_end_the_fifth_time(inbox: Path) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    taker = by_claim(beyond, inbox)
    taker._intake._reader = Fails(TypeError("no such thing"))
    with pytest.raises(TypeError):
        await taker.take("a.txt", None)
    for _ in range(4):
        with pytest.raises(TypeError):
            await resume_all(taker)
    assert beyond.said == []
    await resume_all(taker)
    [said] = beyond.rejections
    assert (said.reason, said.detail) == (RejectReason.UNREADABLE, "reading it failed 5 times: TypeError")
    assert list((inbox / ".claimed").iterdir()) == []


class Fails:
    """A reader with a fault."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def look(self, *_: object) -> ReadDocument | Rejected:
        raise self.error

    async def open(self, *_: object, **__: object) -> Rejected:
        raise self.error


async def test_a_disk_that_is_away_is_no_failure_however_often(inbox: Path) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    taker = by_claim(beyond, inbox)
    reader, taker._intake._reader = taker._intake._reader, Fails(OSError(5, "Input/output error"))
    with pytest.raises(OSError, match="Input"):
        await taker.take("a.txt", None)
    for _ in range(6):
        with pytest.raises(OSError, match="Input"):
            await resume_all(taker)
    taker._intake._reader = reader
    await resume_all(taker)
    assert len(beyond.articles) == 1


async def test_a_document_that_was_read_before_a_crash_is_not_rejected_when_the_reader_dies_after_it(
    inbox: Path,
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond(step=Away("said article_fetched"))
    with pytest.raises(ConnectionError):
        await by_claim(beyond, inbox).take("a.txt", None)
    fresh = by_claim(beyond, inbox)
    reader, fresh._intake._reader = fresh._intake._reader, Killing()
    with pytest.raises(ChildKilled):
        await resume_all(fresh)
    fresh._intake._reader = reader
    beyond.step = lambda _: None
    await resume_all(fresh)
    assert beyond.rejections == []
    assert names_in(inbox / ".done") == {"a.txt"}


async def test_a_document_that_was_read_before_a_crash_and_kills_its_reader_ever_since_comes_to_its_end(
    inbox: Path,
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond(step=Away("saying article_fetched"))
    with pytest.raises(ConnectionError):
        await by_claim(beyond, inbox).take("a.txt", None)
    fresh = by_claim(beyond, inbox)
    fresh._intake._reader = Killing()
    beyond.step = lambda _: None
    for _ in range(MAX_FAILURES - 1):
        with pytest.raises(ChildKilled):
            await resume_all(fresh)
    await resume_all(fresh)

    assert [one.detail for one in beyond.rejections] == ["it was read once, and not since: the child died"]
    assert names_in(inbox / ".rejected") == {"a.txt", "a.txt.error.json"}


class Away:
    """Loses the wire at a step."""

    def __init__(self, moment: str) -> None:
        self.moment = moment

    def __call__(self, step: str) -> None:
        if step == self.moment:
            raise ConnectionError


class Killing:
    """A reader whose children die."""

    async def look(self, *_: object) -> ReadDocument | Rejected:
        return Killed(RejectReason.UNREADABLE, "the child died")

    async def open(self, *_: object, **__: object) -> Rejected:
        return Killed(RejectReason.UNREADABLE, "the child died")


async def test_a_file_that_is_written_on_holds_no_hand_and_is_counted(inbox: Path) -> None:
    async with watching(inbox, concurrency=1, settle_seconds=NEVER) as watched:
        await until(watched.is_open)
        with (inbox.parent / "log.txt").open("w") as log:
            log.write("Une ligne.")
            log.flush()
            (inbox.parent / "log.txt").rename(inbox / "log.txt")
            await until(lambda: list((inbox / ".claimed").iterdir()))
            watched.drop("a.txt", "Un texte.")
            await until(lambda: "a.txt" in watched.files(".done"))
            await until(lambda: watched.gauge("wireroom_files_waiting") == 1)
            assert (watched.gauge("wireroom_oldest_file_seconds") or 0.0) > 0.0
    assert [article.document.source_uri for article in watched.beyond.articles] == ["inbox:a.txt"]


async def test_left_files_are_waited_for_while_the_memory_is_away(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latest, away = Memory.latest, [True]

    async def fails(memory: Memory, places: Any) -> Any:
        if away:
            raise Unavailable("the database")
        return await latest(memory, places)

    monkeypatch.setattr(Memory, "latest", fails)
    async with watching(inbox, after="leave") as watched:
        watched.drop("a.txt")
        await until(lambda: "the database is away" in watched.not_ready.get("folder", ""))
        away.clear()
        await until(lambda: len(watched.beyond.articles) == 1 and not watched.not_ready)


async def test_one_files_success_does_not_hide_anothers_trouble(inbox: Path) -> None:
    def step(name: str) -> None:
        if name == "keeping" and stuck:
            stuck.pop()
            raise OSError(28, "No space left on device")

    stuck = [True]
    hands = Hands(1)
    hands.start()
    beyond = Beyond(step=step)
    taker = by_claim(beyond, inbox)
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text("Un texte.")
        hands.offer(name, partial(taker.take, name, None))
    await until(lambda: not hands.hold("b.txt"))
    assert "No space left" in (hands.troubles.words or "")
    hands.offer("a.txt", partial(resume_all, taker))
    await until(lambda: not hands.hold("a.txt"))
    assert hands.troubles.words is None
    await hands.stop(0)


async def test_bytes_in_work_wait_for_room(inbox: Path) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    async with in_place(beyond, inbox) as taker:
        load = taker._intake.load = Load(10)
        async with load.of(2):
            taking = asyncio.create_task(taker.take("a.txt", None))
            await until(lambda: load._waiting)
            assert beyond.kept == {}
        await taking
    assert len(beyond.articles) == 1


async def test_what_was_let_go_of_in_trouble_is_taken_up_soon_and_not_at_the_next_look_only(inbox: Path) -> None:
    def step(name: str) -> None:
        if name == "keeping" and away:
            away.pop()
            raise Unavailable("RAW")

    away = [True]
    async with watching(inbox, Beyond(step=step), rescan_seconds=3600.0) as watched:
        await until(watched.is_open)
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"} and not watched.not_ready)


async def test_a_disk_that_cannot_be_looked_through_is_waited_for_and_it_is_said(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished, away = ByClaim.unfinished, [True]

    async def fails(taker: ByClaim) -> Any:
        if away:
            raise OSError(5, "Input/output error")
        return await unfinished(taker)

    monkeypatch.setattr(ByClaim, "unfinished", fails)
    async with watching(inbox) as watched:
        watched.drop("a.txt")
        await until(lambda: "Input/output error" in watched.not_ready.get("folder", ""))
        away.clear()
        await until(lambda: watched.files(".done") == {"a.txt"} and not watched.not_ready)


async def test_what_had_its_end_while_the_unfinished_were_listed_is_not_said_again(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    async with in_place(beyond, inbox) as taker:
        end, resumes = Memory.end, dict[str, Any]()

        async def listed_before(memory: Memory, input_id: str, place: bytes) -> None:
            resumes.update({entry.input_id: partial(taker._resume, entry) for entry in await memory.unsaid(b"inbox")})
            await end(memory, input_id, place)

        monkeypatch.setattr(Memory, "end", listed_before)
        await taker.take("a.txt", None)
        [resume] = resumes.values()
        await resume()
    assert [message.name() for message in beyond.said] == ["input_received", "article_fetched"]
    assert len(beyond.counted) == 1


async def test_what_had_its_end_is_not_said_again_where_another_of_its_place_was_begun_since(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    async with in_place(beyond, inbox) as taker:
        with monkeypatch.context() as full:
            full.setattr(Memory, "end", no_space)
            with pytest.raises(OSError, match="No space"):
                await taker.take("a.txt", None)
        [listed] = (await taker.unfinished()).values()
        await resume_all(taker)
        (inbox / "a.txt").write_text("Un autre texte.")
        with monkeypatch.context() as full:
            full.setattr(Memory, "end", no_space)
            with pytest.raises(OSError, match="No space"):
                await taker.take("a.txt", None)
        said = list(beyond.said)
        await listed()
    assert beyond.said == said


async def test_what_was_said_and_never_put_away_is_not_remembered_without_a_bound(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "MAX_REMEMBERED", 2)
    monkeypatch.setattr(shelf, "put_away", no_space)
    taker = by_claim(Beyond(), inbox)
    for name in ("a.txt", "b.txt", "c.txt"):
        (inbox / name).write_text("Un texte.")
        with pytest.raises(OSError, match="No space"):
            await taker.take(name, None)
    assert len(taker._intake.said) == 2
