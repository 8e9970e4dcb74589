"""Questions of who holds the store against what was told elsewhere: few columns of many rows, a page at a time."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select, type_coerce
from sqlalchemy.types import NULLTYPE

from contracts.outcomes import State
from services.chassis.legible import moment_of
from services.store.legible import state_of
from services.store.tables import (
    Article,
    DeadMessage,
    Duplicate,
    Input,
    Mention,
    Place,
    Quotation,
    SharedPassage,
    Unannounced,
)
from services.store.writing import table_of

INPUTS, ARTICLES, UNANNOUNCED = table_of(Input), table_of(Article), table_of(Unannounced)
DEAD, DUPLICATES = table_of(DeadMessage), table_of(Duplicate)
PARTS = tuple(table_of(part) for part in (Mention, Quotation, Place, SharedPassage))
PAGE = 1000  # rows in memory
FEW = 50  # articles whole
ENDS = tuple(state for state in State if state is not State.IN_PROGRESS)


class KeptArticle(NamedTuple):
    """An article by what identifies its announcement."""

    number: int
    article_id: str
    enrichment: int


class KeptOriginal(NamedTuple):
    """An input whose original is in RAW, if the ledger is right."""

    input_id: str
    source_uri: str | None
    sha256: str


class Judged(NamedTuple):
    """An input on which dedup had to give a verdict, and what the ledger says of it."""

    input_id: str
    state: State
    article_id: str | None
    duplicate_of: str | None


class Whole(NamedTuple):
    """An article with all that was announced of it."""

    number: int
    article_id: str
    enriched: str


class Parted(NamedTuple):
    """An article with all that was announced of it, and how many rows it has in each table of its parts."""

    article_id: str
    enriched: str
    rows: dict[str, int]


class Known(NamedTuple):
    """An input, and how it stands; None where nobody can read that."""

    input_id: str
    state: State | None


class Came(NamedTuple):
    """An input that came by itself and has its end."""

    input_id: str
    source_uri: str
    state: State


class Comparing:
    """Questions to the store; the collections that are asked about are pages themselves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enrichments(self, article_ids: Collection[str]) -> dict[str, int]:
        """The number under which each of these articles is kept; without those that are not."""
        asked = select(ARTICLES.c.article_id, ARTICLES.c.enrichment).where(ARTICLES.c.article_id.in_(article_ids))
        return {row.article_id: row.enrichment for row in self._connection.execute(asked)}

    def states(self, input_ids: Collection[str]) -> dict[str, State | None]:
        """How each of these inputs stands, None where nobody can read that; without those that are not known."""
        asked = select(INPUTS.c.input_id, INPUTS.c.state).where(INPUTS.c.input_id.in_(input_ids))
        return {input_id: state_of(state) for input_id, state in self._connection.execute(asked)}

    def latest_inputs(self, article_ids: Collection[str]) -> dict[str, str]:
        """Of each of these articles the last input that was it or, once, its duplicate; without those that none was."""
        found = dict[str, str]()
        columns = (INPUTS.c.article_id, INPUTS.c.input_id), (DUPLICATES.c.duplicate_of, DUPLICATES.c.input_id)
        for article, input_id in columns:
            asked = select(article, func.max(input_id)).where(article.in_(article_ids)).group_by(article)
            for article_id, latest in self._connection.execute(asked):
                found[article_id] = max(latest, found.get(article_id, ""))
        return found

    def articles(self, *, since: datetime, until: datetime) -> Iterator[list[KeptArticle]]:
        """All that were enriched in this time and are known to be announced."""
        owed = select(UNANNOUNCED.c.article_id).where(UNANNOUNCED.c.article_id == ARTICLES.c.article_id)
        asked = select(ARTICLES.c.number, ARTICLES.c.article_id, ARTICLES.c.enrichment).where(
            ARTICLES.c.enriched_at.between(since, until), ~owed.exists()
        )
        after = 0
        while rows := self._page(asked.where(ARTICLES.c.number > after).order_by(ARTICLES.c.number).limit(PAGE)):
            yield [KeptArticle(*row) for row in rows]
            after = rows[-1].number

    def judged(self, *, since: datetime | None) -> Iterator[list[Judged]]:
        """All inputs that were stored or found duplicates, of those received since then."""
        columns = (INPUTS.c.input_id, INPUTS.c.state, INPUTS.c.article_id, INPUTS.c.duplicate_of)
        asked = select(*columns).where(INPUTS.c.state.in_((State.STORED, State.DUPLICATE)))
        if since is not None:
            asked = asked.where(INPUTS.c.received_at >= since)
        after = ""
        while rows := self._page(asked.where(INPUTS.c.input_id > after).order_by(INPUTS.c.input_id).limit(PAGE)):
            yield [Judged(row.input_id, State(row.state), row.article_id, row.duplicate_of) for row in rows]
            after = rows[-1].input_id

    def whole(self, *, since: datetime | None) -> Iterator[list[Whole]]:
        """All articles that are kept, of those received since then; few at a time, for they are long."""
        asked = select(ARTICLES.c.number, ARTICLES.c.article_id, ARTICLES.c.enriched)
        if since is not None:
            asked = asked.where(ARTICLES.c.received_at >= since)
        after = 0
        while rows := self._page(asked.where(ARTICLES.c.number > after).order_by(ARTICLES.c.number).limit(FEW)):
            yield [Whole(*row) for row in rows]
            after = rows[-1].number

    def parted(self) -> Iterator[list[Parted]]:
        """All articles that are kept, few at a time, each as it is in one moment."""
        counts = [
            select(func.count()).where(part.c.article_id == ARTICLES.c.article_id).scalar_subquery() for part in PARTS
        ]
        asked = select(ARTICLES.c.number, ARTICLES.c.article_id, ARTICLES.c.enriched, *counts)
        after = 0
        while rows := self._page(asked.where(ARTICLES.c.number > after).order_by(ARTICLES.c.number).limit(FEW)):
            names = [part.name for part in PARTS]
            yield [Parted(row[1], row[2], dict(zip(names, row[3:], strict=True))) for row in rows]
            after = rows[-1].number

    def duplicates(self, *, since: datetime, until: datetime) -> Iterator[list[str]]:
        """The inputs that were found to be duplicates in this time, are so still, and are known to be announced."""
        owed = select(UNANNOUNCED.c.input_id).where(UNANNOUNCED.c.input_id == DUPLICATES.c.input_id)
        still = DUPLICATES.join(
            INPUTS, (INPUTS.c.input_id == DUPLICATES.c.input_id) & (INPUTS.c.state == State.DUPLICATE)
        )
        asked = select(DUPLICATES.c.input_id).select_from(still)
        asked = asked.where(DUPLICATES.c.found_at.between(since, until), ~owed.exists())
        after = ""
        while rows := self._page(
            asked.where(DUPLICATES.c.input_id > after).order_by(DUPLICATES.c.input_id).limit(PAGE)
        ):
            yield [row.input_id for row in rows]
            after = rows[-1].input_id

    def originals(self, *, since: datetime) -> Iterator[list[KeptOriginal]]:
        """Those of all inputs that were received since then, but for those of which the ledger says that they went."""
        kept = (func.coalesce(INPUTS.c.sha256, "") != "") & INPUTS.c.original_removed_at.is_(None)
        asked = select(INPUTS.c.input_id, INPUTS.c.source_uri, INPUTS.c.sha256).where(
            kept, INPUTS.c.received_at >= since
        )
        after = ""
        while rows := self._page(asked.where(INPUTS.c.input_id > after).order_by(INPUTS.c.input_id).limit(PAGE)):
            yield [KeptOriginal(*row) for row in rows]
            after = rows[-1].input_id

    def letters(self, *, since: datetime, until: datetime) -> Iterator[list[str]]:
        """The ids of all dead letters that were buried in this time."""
        asked = select(DEAD.c.message_id).where(DEAD.c.buried_at.between(since, until)).order_by(DEAD.c.message_id)
        after = ""
        while rows := self._page(asked.where(DEAD.c.message_id > after).limit(PAGE)):
            yield [row.message_id for row in rows]
            after = rows[-1].message_id

    def buried(self, message_ids: Collection[str]) -> set[str]:
        """Those of these dead letters that are kept."""
        asked = select(DEAD.c.message_id).where(DEAD.c.message_id.in_(message_ids))
        return set(self._connection.execute(asked).scalars())

    def still_kept(self, input_ids: Collection[str]) -> set[str]:
        """Those of these inputs of which the ledger does not say that their original went."""
        asked = select(INPUTS.c.input_id).where(
            INPUTS.c.input_id.in_(input_ids), INPUTS.c.original_removed_at.is_(None)
        )
        return set(self._connection.execute(asked).scalars())

    def inputs_at(self, source_uris: Collection[str]) -> dict[str, list[Known]]:
        """By those of these places from which something came in by itself: the inputs, oldest first."""
        asked = select(INPUTS.c.source_uri, INPUTS.c.input_id, INPUTS.c.state).where(
            INPUTS.c.source_uri.in_(source_uris), INPUTS.c.parent_input_id.is_(None)
        )
        found = dict[str, list[Known]]()
        for source_uri, input_id, state in self._connection.execute(asked.order_by(INPUTS.c.input_id)):
            found.setdefault(source_uri, []).append(Known(input_id, state_of(state)))
        return found

    def first_received_at(self) -> datetime | None:
        """When the oldest input was received that the ledger knows; UUIDv7 are in the order of time."""
        received_at = type_coerce(INPUTS.c.received_at, NULLTYPE)
        asked = select(received_at).where(INPUTS.c.received_at.is_not(None)).order_by(INPUTS.c.input_id).limit(PAGE)
        moments = map(moment_of, self._connection.execute(asked).scalars())
        return next((at for at in moments if at is not None), None)

    def ending_in(self, digits: str) -> list[tuple[str, Known]]:
        """Those whose ids end so, each with the place from which it came in. Reads all ids."""
        asked = select(INPUTS.c.source_uri, INPUTS.c.input_id, INPUTS.c.state).where(
            INPUTS.c.input_id.endswith(digits), INPUTS.c.source_uri.is_not(None)
        )
        return [(uri, Known(input_id, state_of(state))) for uri, input_id, state in self._connection.execute(asked)]

    def came(self, scheme: str, *, since: datetime | None, until: datetime) -> Iterator[list[Came]]:
        """All that came by themselves from a place of this kind since then, and had their end before `until`."""
        asked = select(INPUTS.c.input_id, INPUTS.c.source_uri, INPUTS.c.state).where(
            INPUTS.c.source_uri.startswith(f"{scheme}:", autoescape=True),
            INPUTS.c.parent_input_id.is_(None),
            INPUTS.c.state.in_(ENDS),
            INPUTS.c.ended_at < until,
        )
        if since is not None:
            asked = asked.where(INPUTS.c.received_at >= since)
        after = ""
        while rows := self._page(asked.where(INPUTS.c.input_id > after).order_by(INPUTS.c.input_id).limit(PAGE)):
            yield [Came(row.input_id, row.source_uri, State(row.state)) for row in rows]
            after = rows[-1].input_id

    def _page(self, asked: Select[Any]) -> Sequence[Any]:
        return self._connection.execute(asked).all()
