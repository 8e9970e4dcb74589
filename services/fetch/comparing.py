"""Questions of who holds fetch's memory against what others know: many at a time, and nothing is written."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import or_, true
from sqlmodel import Session, col, select

from services.fetch.feeds.tables import Unsaid
from services.fetch.folder.holding import SCHEME
from services.fetch.seen import is_under
from services.fetch.tables import Asked, Taken

PAGE = 500  # rows in memory, and parameters in one question


class Had(NamedTuple):
    """An input that fetch remembers, and whether all of it was said, as far as fetch knows."""

    input_id: str
    is_said: bool


class Comparing:
    """Questions to the memory; the collections that are asked about are pages themselves."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def inputs(self) -> Iterator[list[Had]]:
        """All that are remembered: files that were read where they lie, URLs, and entries of feeds."""
        # What `wireroom ingest` left unsaid, `ingest --resume` goes on with, and nobody else.
        own = or_(col(Taken.said), is_under(SCHEME.encode()))
        for key, is_said, which in (
            (col(Taken.input_id), col(Taken.said), own),
            (col(Asked.input_id), col(Asked.ended_at).is_not(None), true()),
            (col(Unsaid.input_id), col(Unsaid.input_id).is_(None), true()),  # a row goes when all is said
        ):
            yield from self._pages(key, is_said, which)

    def places(self, places: Collection[bytes]) -> set[bytes]:
        """Those of these places from which something was taken that is remembered."""
        return set(self._session.scalars(select(Taken.place).where(col(Taken.place).in_(places))))

    def _pages(self, key: Any, is_said: Any, which: Any) -> Iterator[list[Had]]:
        asked, after = select(key, is_said).where(which).order_by(key).limit(PAGE), ""
        while rows := self._session.execute(asked.where(key > after)).all():
            yield [Had(input_id, bool(said)) for input_id, said in rows]
            after = rows[-1][0]
