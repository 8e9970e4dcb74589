"""The read side of the store, for the command line and later the desk: it opens the database and can write nothing."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, Json
from sqlalchemy import ColumnElement, Connection, func, or_, select, text, type_coerce
from sqlalchemy.types import NULLTYPE

from contracts.outcomes import State
from services.chassis.legible import moment_of, readable
from services.store import traced
from services.store.audit import Audit
from services.store.chosen import ALL, Chosen
from services.store.comparing import Comparing
from services.store.connecting import LOCKED_SECONDS, connected
from services.store.legible import Legible, state_of
from services.store.query import file_uris, match, printable, reading_order
from services.store.relations import Relations
from services.store.shelf import Shelf
from services.store.tables import Article, DeadMessage, Input, InputCount
from services.store.traced import TracedInput
from services.store.unstored import Unstoreds
from services.store.writing import table_of

INPUTS, COUNTS, ARTICLES = table_of(Input), table_of(InputCount), table_of(Article)
DEAD = table_of(DeadMessage)

MAX_ANSWERS = 1000  # a screen, and a bound on memory; who wants all of it exports

SEARCH = """
WITH best AS MATERIALIZED (
    SELECT article_search.rowid AS number, bm25(article_search, 4.0, 1.0) AS score
    FROM article_search JOIN articles AS a ON a.number = article_search.rowid
    WHERE article_search MATCH :match
      AND (:language IS NULL OR lower(a.language) || '-' LIKE :language || '-%')
      AND (:country IS NULL OR a.country = :country)
    ORDER BY score, a.number
    LIMIT :limit
)
SELECT a.article_id, a.title, a.publisher, a.published, a.language, a.country, a.source_uri,
       snippet(article_search, 1, :mark, :unmark, '…', 24) AS snippet
FROM article_search CROSS JOIN best ON best.number = article_search.rowid JOIN articles AS a ON a.number = best.number
WHERE article_search MATCH :match
ORDER BY best.score, a.number
"""  # a word of the title counts four times; a text is read for its snippet only once it is among the best


class Hit(BaseModel):
    """An article that a search found."""

    article_id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    country: str | None
    source_uri: str
    snippet: str


class Buried(BaseModel):
    """A dead letter without its body."""

    message_id: str
    input_id: str | None
    service: str
    reason: str
    detail: str
    attempts: int
    first_heard_at: datetime
    buried_at: datetime
    subject: str
    stream: str
    sequence: int
    headers: Json[dict[str, str]]
    body_kept: bool
    requeues: int
    requeued_at: datetime | None
    input_state: State | None = None  # of the input, which a requeue may have brought to a better end


class Received(NamedTuple):
    """An input, and when it came; None where nobody can read that."""

    input_id: str
    source_uri: str | None
    received_at: datetime | None


class Unended(NamedTuple):
    """An input that has no end yet."""

    input_id: str
    parent_input_id: str | None
    source_uri: str | None
    sha256: str | None  # of its original in RAW, where one is kept


@contextmanager
def open_reading(url: str, *, locked_seconds: float = LOCKED_SECONDS) -> Iterator["Reading"]:
    """The store at this SQLAlchemy URL; raises NoStore where there is none, or it is locked for longer than that."""
    with connected(url, locked_seconds=locked_seconds) as connection:
        connection.execute(select(COUNTS.c.state).limit(1))
        yield Reading(connection)


class Reading:
    """Questions to the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.audit = Audit(connection)
        self.relations = Relations(connection)
        self.shelf = Shelf(connection)
        self.comparing = Comparing(connection)
        self.legible = Legible(connection)
        self.unstored = Unstoreds(connection)

    def ledger_counts(self) -> dict[State, int]:
        """How many inputs are in each state, 0 included."""
        known = {state_of(row.state): row.inputs for row in self._connection.execute(select(COUNTS))}
        return {state: number if isinstance(number := known.get(state), int) else 0 for state in State}

    def inputs_of(self, reference: str, *, inbox: Path | None = None, limit: int = MAX_ANSWERS) -> list[TracedInput]:
        """The first inputs that `reference` names, oldest first, each container followed by what came out of it.

        A reference is an input_id, an article_id, a source_uri, a URL, or a file by its path or the end of its path.
        """
        if not reference.strip():
            return []
        reference = printable(reference)
        uris = select(INPUTS.c.source_uri).where(
            or_(*(INPUTS.c.source_uri.endswith(mark + reference, autoescape=True) for mark in ":/!"))
        )
        ways = (
            INPUTS.c.input_id == reference,
            INPUTS.c.article_id == reference,
            INPUTS.c.source_uri.in_(file_uris(reference, inbox)),
            INPUTS.c.article_id.in_(select(ARTICLES.c.article_id).where(ARTICLES.c.url == reference)),
            INPUTS.c.source_uri.in_(uris),  # reads through an index, not through the ledger
        )
        return next((found for way in ways if (found := self._family(way, limit))), [])

    def search(
        self, query: str, *, limit: int = 20, language: str | None = None, country: str | None = None
    ) -> list[Hit]:
        """The articles that answer `query` best; in their snippets the words found stand between ** and **."""
        expression = match(query)
        if expression is None:
            return []
        asked = {"match": expression, "mark": "**", "unmark": "**", "limit": _bounded(limit)}
        asked |= {"language": language and language.lower(), "country": country and country.upper()}
        return [Hit.model_validate(dict(row)) for row in self._connection.execute(text(SEARCH), asked).mappings()]

    def article(self, article_id: str) -> dict[str, Any] | None:
        """The public article, or None."""
        enriched = self._connection.scalar(select(ARTICLES.c.enriched).where(ARTICLES.c.article_id == article_id))
        return None if enriched is None else json.loads(enriched)

    def dead_letters(self, chosen: Chosen = ALL, *, limit: int = 100) -> list[Buried]:
        """The dead letters that are meant, latest first."""
        facts = select(*(column for column in DEAD.c if column.name != "body"), INPUTS.c.state.label("input_state"))
        asked = facts.outerjoin(INPUTS, INPUTS.c.input_id == DEAD.c.input_id).where(*chosen.conditions())
        rows = self._connection.execute(asked.order_by(DEAD.c.buried_at.desc()).limit(_bounded(limit))).mappings()
        return [Buried.model_validate(dict(row)) for row in rows]

    def dead_letters_by_reason(self, chosen: Chosen = ALL) -> list[tuple[str, str, int]]:
        """Service, reason and number of the dead letters that are meant, the most first."""
        number = func.count().label("number")
        asked = select(DEAD.c.service, DEAD.c.reason, number).where(*chosen.conditions())
        rows = self._connection.execute(asked.group_by(DEAD.c.service, DEAD.c.reason).order_by(number.desc()))
        return [(readable(row.service), readable(row.reason), row.number) for row in rows]

    def buried(self, chosen: Chosen) -> list[tuple[str, str, str]]:
        """Message id, service and reason of all dead letters that are meant, oldest first."""
        asked = select(DEAD.c.message_id, DEAD.c.service, DEAD.c.reason).where(*chosen.conditions())
        rows = self._connection.execute(asked.order_by(DEAD.c.buried_at, DEAD.c.message_id))
        return [(row.message_id, row.service, row.reason) for row in rows]

    def dead_letter(self, message_id: str) -> tuple[Buried, bytes] | None:
        """One dead letter and its body, byte for byte."""
        found = self.dead_letters(Chosen(message_ids=(message_id,)), limit=1)
        body = self._connection.scalar(select(DEAD.c.body).where(DEAD.c.message_id == message_id))
        return (found[0], body) if found and body is not None else None

    def stuck(self, *, before: datetime, limit: int = 100) -> list[Received]:
        """Inputs that were received `before` and have no end yet, oldest first."""
        waiting = (INPUTS.c.state == State.IN_PROGRESS) & (INPUTS.c.received_at < before)
        columns = (INPUTS.c.input_id, INPUTS.c.source_uri, type_coerce(INPUTS.c.received_at, NULLTYPE))
        asked = select(*columns).where(waiting).order_by(INPUTS.c.received_at).limit(_bounded(limit))
        return [_received(*row) for row in self._connection.execute(asked)]

    def stuck_count(self, *, before: datetime) -> int:
        """How many inputs were received `before` and have no end yet."""
        waiting = (INPUTS.c.state == State.IN_PROGRESS) & (INPUTS.c.received_at < before)
        return int(self._connection.scalar(select(func.count()).where(waiting)) or 0)

    def unended(self) -> list[Unended]:
        """All inputs that have no end yet, oldest first."""
        columns = (INPUTS.c.input_id, INPUTS.c.parent_input_id, INPUTS.c.source_uri, func.nullif(INPUTS.c.sha256, ""))
        asked = select(*columns).where(INPUTS.c.state == State.IN_PROGRESS).order_by(INPUTS.c.received_at)
        return [Unended(*row) for row in self._connection.execute(asked)]

    def origins(self, input_ids: set[str]) -> list[Unended]:
        """Where these inputs came from, and the names of their originals, oldest first."""
        columns = (INPUTS.c.input_id, INPUTS.c.parent_input_id, INPUTS.c.source_uri, func.nullif(INPUTS.c.sha256, ""))
        wanted = sorted(input_ids)
        some = (wanted[first : first + MAX_ANSWERS] for first in range(0, len(wanted), MAX_ANSWERS))
        asked = select(*columns).order_by(INPUTS.c.input_id)
        return [
            Unended(*row) for few in some for row in self._connection.execute(asked.where(INPUTS.c.input_id.in_(few)))
        ]

    def ended(self, input_ids: Sequence[str], *, before: datetime) -> list[str]:
        """Those of the inputs that had their end `before`."""
        asked = select(INPUTS.c.input_id).where(INPUTS.c.ended_at < before).order_by(INPUTS.c.input_id)
        some = (input_ids[first : first + MAX_ANSWERS] for first in range(0, len(input_ids), MAX_ANSWERS))
        return [row[0] for few in some for row in self._connection.execute(asked.where(INPUTS.c.input_id.in_(few)))]

    def _family(self, where: ColumnElement[bool], limit: int) -> list[TracedInput]:
        """The inputs `where` says, and what came out of them, in reading order; the outermost if there are too many."""
        found = select(INPUTS.c.input_id).where(where).cte("found", recursive=True)
        found = found.union(select(INPUTS.c.input_id).join(found, INPUTS.c.parent_input_id == found.c.input_id))
        asked = select(*traced.columns()).join(found, INPUTS.c.input_id == found.c.input_id)
        outermost = func.length(INPUTS.c.input_id), INPUTS.c.input_id
        family = traced.traced(self._connection, asked.order_by(*outermost).limit(_bounded(limit)))
        return sorted(family, key=lambda one: reading_order(one.input_id))


def _received(input_id: object, source_uri: object, received_at: object) -> Received:
    uri = None if source_uri is None else readable(source_uri)
    return Received(readable(input_id), uri, moment_of(received_at))


def _bounded(limit: int) -> int:
    return max(1, min(limit, MAX_ANSWERS))  # SQLite takes a negative limit for none
