"""Files that are left where they lie are remembered for what they are."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.folder import scan
from services.fetch.in_place import Place
from tests.edges.inboxes import Beyond, in_place, memory_at


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


async def test_a_rejected_file_is_taken_when_its_rights_have_changed(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(place: Place, max_bytes: int) -> Any:
        if place.full.stat().st_mode & 0o444:
            return real(place, max_bytes)
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
