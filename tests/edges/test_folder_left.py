"""Files that are left where they lie are remembered for what they are."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from contracts.outcomes import RejectReason
from services.fetch import carry, originals
from services.fetch.core import Rejected
from services.fetch.folder import scan, takers
from services.fetch.in_place import Place, PlacedFile
from services.fetch.note import Note
from services.fetch.originals import Seen
from tests.edges import inboxes
from tests.edges.inboxes import Beyond, by_claim, in_place, memory_at, resume_all


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


async def test_a_rejected_file_is_taken_when_its_rights_have_changed(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(place: Place, max_bytes: int, copied_to: Path | None = None, **more: Any) -> Any:
        if place.full.stat().st_mode & 0o444:
            return real(place, max_bytes, copied_to, **more)
        return Rejected(RejectReason.UNREADABLE, "it cannot be opened: Permission denied")

    real = Place.read
    monkeypatch.setattr(Place, "read", read)  # those who run as root may read everything
    (inbox / "a.txt").write_text("Un texte.")
    (inbox / "a.txt").chmod(0o000)
    beyond = Beyond()
    async with in_place(beyond, inbox) as taker:

        async def look_and_take() -> None:
            sighting = scan.look(inbox, "a.txt", moving=False)
            assert sighting is not None
            for new in await taker.news([sighting]):
                await taker.take(new.path, None)

        await twice(look_and_take)
        assert (len(beyond.rejections), len(beyond.articles)) == (1, 0)
        (inbox / "a.txt").chmod(0o644)
        await twice(look_and_take)
        (inbox / "a.txt").chmod(0o600)
        await look_and_take()
    assert (len(beyond.rejections), len(beyond.articles)) == (1, 1)


EARLIER, LATER = (f"0190000{number}-0000-7000-8000-000000000001" for number in (1, 2))


async def test_a_file_that_changed_is_taken_once_although_the_clock_went_back(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter([LATER, EARLIER])
    monkeypatch.setattr(inboxes, "mint", lambda: next(ids))
    beyond = Beyond()
    async with in_place(beyond, inbox) as taker:

        async def look_and_take() -> None:
            sighting = scan.look(inbox, "a.txt", moving=False)
            assert sighting is not None
            for new in await taker.news([sighting]):
                await taker.take(new.path, None)

        for text_of_it in ("Un texte.", "Un autre texte."):
            (inbox / "a.txt").write_text(text_of_it)
            await twice(look_and_take)
    assert [article.input_id for article in beyond.articles] == [LATER, EARLIER]


async def test_what_was_begun_after_the_clock_went_back_is_gone_on_with(tmp_path: Path) -> None:
    place, seen = b"inbox:a.txt", Seen(1, 2, 3)
    async with memory_at(tmp_path) as memory:
        await memory.begin(LATER, place, seen, Note())
        await memory.end(LATER, place)
        await memory.begin(EARLIER, place, seen, Note())
        assert (await memory.latest([place]))[place].input_id == EARLIER
        await memory.end(EARLIER, place)
        assert (await memory.latest([place]))[place].input_id == EARLIER


async def twice(look: Callable[[], Awaitable[None]]) -> None:
    for _ in range(2):
        await look()


async def test_what_is_not_said_to_the_end_is_found_without_going_through_all(tmp_path: Path) -> None:
    async with memory_at(tmp_path) as memory:
        query = "EXPLAIN QUERY PLAN SELECT * FROM taken WHERE said IS 0 ORDER BY input_id"

        def explained(session: Session) -> str:
            return " ".join(str(row) for row in session.execute(text(query)))

        plan = await memory._database.transaction(explained)
    assert "ix_taken_unsaid" in plan


@pytest.mark.parametrize("was_taken", [False, True])
async def test_a_file_that_somebody_holds_open_and_never_closes_is_given_up(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, *, was_taken: bool
) -> None:
    now, beyond = [0.0], Beyond()
    (inbox / "a.txt").write_text("Un texte.")
    async with in_place(beyond, inbox, settle_timeout_seconds=10.0) as taker:
        taker._patience._clock = lambda: now[0]
        if was_taken:
            await taker.take("a.txt", None)
            (inbox / "a.txt").write_text("Un autre texte.")
        monkeypatch.setattr("services.fetch.originals.has_writer", lambda _: True)
        for _ in range(3):
            await taker.take("a.txt", None)
            now[0] += 5.0
    [said] = beyond.rejections
    assert (said.reason, said.detail) == (RejectReason.NEVER_SETTLED, "it changed for 10 s without a rest")
    assert not taker._waiting
    assert not taker._patience._watches


async def test_of_files_that_still_change_so_many_are_remembered_and_no_more(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.fetch.originals.has_writer", lambda _: True)
    monkeypatch.setattr(takers, "MAX_WAITING", 2)
    async with in_place(Beyond(), inbox) as taker:
        for name in ("a.txt", "b.txt", "c.txt"):
            (inbox / name).write_text("Un texte.")
            await taker.take(name, None)
        assert len(taker._waiting) == len(taker._patience._watches) == 2


async def test_what_was_touched_is_told_from_what_was_changed_without_a_copy_of_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond()
    async with in_place(beyond, inbox) as taker:
        await taker.take("a.txt", None)
        os.utime(inbox / "a.txt", (1e9, 1e9))
        with monkeypatch.context() as no_copy:
            no_copy.setattr(originals, "Gathered", None)
            await taker.take("a.txt", None)
        (inbox / "a.txt").write_text("Un autre texte.")
        await taker.take("a.txt", None)
    assert [article.document.text for article in beyond.articles] == ["Un texte.", "Un autre texte."]


async def test_whether_a_left_file_was_written_on_is_known_without_a_copy_of_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    async with memory_at(inbox.parent) as memory:
        place = Place("inbox", "a.txt", inbox / "a.txt", root=inbox)
        holding = PlacedFile(place, memory, input_id="01", max_bytes=1000, mint=str)
        read = await holding.read()
        assert isinstance(read, originals.Original)
        monkeypatch.setattr(originals, "Gathered", None)
        assert not await holding.changed(read.seen, read.sha256)
        (inbox / "a.txt").write_text("Un autre texte.")
        assert await holding.changed(read.seen, read.sha256)


@pytest.mark.parametrize("was_taken", [False, True])
async def test_what_somebody_holds_open_for_writing_is_looked_at_and_read_when_it_is_closed(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, *, was_taken: bool
) -> None:
    beyond = Beyond()
    (inbox / "a.txt").write_text("Un texte.")
    monkeypatch.setattr(carry, "LOOKED_AT_BYTES", 1)
    async with in_place(beyond, inbox, settle_seconds=0.0) as taker:
        if was_taken:
            await taker.take("a.txt", None)
        (inbox / "a.txt").write_text("Un autre texte.")
        with monkeypatch.context() as written:
            written.setattr(originals, "has_writer", lambda _: True)
            written.setattr(originals, "_read", None)
            for _ in range(3):
                await taker.take("a.txt", None)
        await taker.take("a.txt", None)
    assert beyond.articles[-1].document.text == "Un autre texte."


async def test_what_is_claimed_while_somebody_writes_is_looked_at_and_read_when_it_is_closed(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beyond = Beyond()
    (inbox / "a.txt").write_text("Un texte.")
    monkeypatch.setattr(carry, "LOOKED_AT_BYTES", 1)
    taker = by_claim(beyond, inbox, settle_seconds=0.0)
    with monkeypatch.context() as written:
        written.setattr(originals, "has_writer", lambda _: True)
        written.setattr(originals, "_read", None)
        await taker.take("a.txt", None)
        for _ in range(3):
            assert await resume_all(taker) == 1
    await resume_all(taker)
    assert (inbox / ".done/a.txt").exists()
