"""Duplicates of articles that are not stored: their originals are dead, on their way, or nobody ever told of them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Connection, String, cast, func, select

from contracts.identity import article_id
from contracts.outcomes import State
from services.store.tables import Article, Duplicate, Input
from services.store.writing import table_of

INPUTS, ARTICLES, DUPLICATES = table_of(Input), table_of(Article), table_of(Duplicate)
NEVER_STORED = DUPLICATES.join(
    INPUTS, (INPUTS.c.input_id == DUPLICATES.c.input_id) & (INPUTS.c.state == State.DUPLICATE)
).outerjoin(ARTICLES, ARTICLES.c.article_id == DUPLICATES.c.duplicate_of)  # where there is no article
OPEN = (State.IN_PROGRESS, State.DEAD)  # of a dead one the body that was buried may tell nothing
TOLD = [  # as text, whatever stands there
    cast(DUPLICATES.c[name], String).label(name) for name in ("input_id", "article_id", "duplicate_of", "method")
]
NAMED_AT_ONCE = 500  # in one question
ROWS_AT_ONCE = 1000


class Unstored(BaseModel):
    """An input that ended as a duplicate of an article that is not in the store."""

    input_id: str
    article_id: str
    duplicate_of: str
    method: str


class Found(NamedTuple):
    """How many there are, and some of them."""

    number: int
    some: list[Unstored]


class Unstoreds:
    """Questions about them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def never_stored(self, *, limit: int = 100) -> Found:
        """Inputs that ended as duplicates of an article that is not in the store, and is on its way there no more."""
        if wanted := self._originals():
            wanted -= self._named_by((State.IN_PROGRESS,), wanted)
        return self._found(wanted, limit)

    def never_heard_of(self, *, before: datetime, limit: int = 100) -> Found:
        """Those of them, recorded `before`, of whose original the ledger knows no input either.

        Of each input of which it does not know what it is, it may be one.
        """
        if wanted := self._originals(DUPLICATES.c.found_at < before):
            wanted -= self._named_by(OPEN, wanted)
        for some in _portions(sorted(wanted)):
            asked = select(INPUTS.c.article_id).where(INPUTS.c.article_id.in_(some))
            wanted -= set(self._connection.execute(asked).scalars())
        return self._found(wanted if len(wanted) > self._nameless() else set(), limit)

    def _nameless(self) -> int:
        unknown = INPUTS.c.source_uri.is_(None) | (func.coalesce(INPUTS.c.sha256, "") == "")
        asked = select(func.count()).where(INPUTS.c.state.in_(OPEN), INPUTS.c.article_id.is_(None), unknown)
        return int(self._connection.scalar(asked) or 0)

    def _originals(self, *where: ColumnElement[bool]) -> set[str]:
        asked = select(DUPLICATES.c.duplicate_of).select_from(NEVER_STORED)
        missed = asked.where(ARTICLES.c.article_id.is_(None), *where)
        return set(self._connection.execute(missed.distinct()).scalars())

    def _named_by(self, states: tuple[State, ...], wanted: set[str]) -> set[str]:
        """Those that inputs in these states will be, or would have been: what they came from and hold says which."""
        columns = (INPUTS.c.input_id, INPUTS.c.source_uri, INPUTS.c.sha256, INPUTS.c.article_id)
        asked = select(*columns).where(INPUTS.c.state.in_(states)).execution_options(yield_per=ROWS_AT_ONCE)
        rows = self._connection.execute(asked)
        return {name for row in rows for name in _names(*row) if name in wanted}

    def _found(self, originals: set[str], limit: int) -> Found:
        """Asked anew: what is stored meanwhile is none of them."""
        found = Found(0, [])
        for some in _portions(sorted(originals)):
            missed = ARTICLES.c.article_id.is_(None) & DUPLICATES.c.duplicate_of.in_(some)
            number = self._connection.scalar(select(func.count()).select_from(NEVER_STORED).where(missed))
            asked = select(*TOLD).select_from(NEVER_STORED).where(missed).limit(max(0, limit - len(found.some)))
            rows = [Unstored.model_validate(dict(row)) for row in self._connection.execute(asked).mappings()]
            found = Found(found.number + int(number or 0), [*found.some, *rows])
        return found


def _names(input_id: str, source_uri: str | None, sha256: str | None, known: str | None) -> Iterator[str]:
    """The articles that an input may be: as a whole, or the n-th part of its original."""
    if known is not None:
        yield known
    elif source_uri is not None and sha256:
        yield article_id(source_uri, sha256)
        _, mark, number = input_id.rpartition("#")
        if mark:
            yield article_id(source_uri, sha256, int(number))


def _portions(names: list[str]) -> Iterator[list[str]]:
    left = iter(names)
    while some := list(islice(left, NAMED_AT_ONCE)):
        yield some
