"""The store held against itself: counts that must agree, and rows that must have their others. Reads all rows."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    case,
    cast,
    column,
    func,
    literal,
    select,
    table,
    type_coerce,
    union_all,
)

from contracts.outcomes import State
from services.store.cluster_tables import ClusterMember
from services.store.legible import state_of
from services.store.tables import Article, Duplicate, Input, InputCount, Unannounced
from services.store.writing import table_of

INPUTS, COUNTS, ARTICLES = table_of(Input), table_of(InputCount), table_of(Article)
DUPLICATES, UNANNOUNCED, MEMBERS = table_of(Duplicate), table_of(Unannounced), table_of(ClusterMember)
# What FTS5 keeps of each of its rows: `article_search` itself is read from the articles, indexed or not.
INDEXED = table("article_search_docsize", column("id"))
ORIGINAL = "original"
ALONE = "articles are kept and in no cluster (`wireroom replay --from extract --unchanged --ids ID` puts each in again)"
COPY_ALONE = (
    "inputs are duplicates of another article, and not in its cluster (give what they came from in again, under the "
    "same name)"
)

Counts = dict[State, int]


class Amiss(NamedTuple):
    """What may not be, in words, how often it is, and the names of some that it is so of."""

    what: str
    number: int
    names: list[str]


class Audit:
    """Questions that are answered by reading every row; each is one statement, and sees one moment.

    What may not be and is not is left out; of what is, `named` are named.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def both_counts(self) -> tuple[Counts, Counts]:
        """How many inputs are in each state, as it is kept with the ledger and as the rows say."""
        rows = select(literal(1).label("counted"), INPUTS.c.state, func.count()).group_by(INPUTS.c.state)
        asked = union_all(select(literal(0).label("counted"), COUNTS.c.state, COUNTS.c.inputs), rows)
        found: tuple[Counts, Counts] = ({}, {})
        for place, state, number in self._connection.execute(asked):
            if (known := state_of(state)) is not None and isinstance(number, int):  # others are told of as unfit
                found[place][known] = number
        return found

    def contradictions(self, *, before: datetime, named: int) -> list[Amiss]:
        """Rows that contradict each other; of containers only those that ended `before`."""
        child = INPUTS.alias()
        children = select(func.count()).where(child.c.parent_input_id == INPUTS.c.input_id).scalar_subquery()
        opened = (INPUTS.c.state == State.EXPANDED) & (INPUTS.c.ended_at < before)
        kept = INPUTS.outerjoin(ARTICLES, ARTICLES.c.article_id == INPUTS.c.article_id)
        known = ARTICLES.outerjoin(INPUTS, INPUTS.c.input_id == ARTICLES.c.input_id)
        found = INPUTS.outerjoin(DUPLICATES, DUPLICATES.c.input_id == INPUTS.c.input_id)
        an_input, an_article = INPUTS.c.input_id, ARTICLES.c.article_id
        lines = {
            "inputs are stored, and their article is not kept": _rows(
                an_input, kept, (INPUTS.c.state == State.STORED) & ARTICLES.c.article_id.is_(None)
            ),
            "articles are kept, and the ledger does not say so": _rows(
                an_article, known, func.coalesce(INPUTS.c.state, "") != State.STORED
            ),
            "inputs are duplicates, and nothing tells of what": _rows(
                an_input, found, (INPUTS.c.state == State.DUPLICATE) & DUPLICATES.c.input_id.is_(None)
            ),
            "containers have another number of inputs than they say": _rows(
                an_input, INPUTS, opened & (INPUTS.c.children != children)
            ),
        }
        return [amiss for what, rows in lines.items() for amiss in self._amiss(what, rows, named)]

    def unfindable(self, *, named: int) -> list[Amiss]:
        """Articles that the full-text index lacks, and rows that it has beside them; only SQLite has one."""
        if self._connection.dialect.name != "sqlite":
            return []
        lacking = ARTICLES.outerjoin(INDEXED, INDEXED.c.id == ARTICLES.c.number)
        beside = INDEXED.outerjoin(ARTICLES, INDEXED.c.id == ARTICLES.c.number)
        return [
            *self._amiss(
                "articles are kept and not in the full-text index",
                _rows(ARTICLES.c.article_id, lacking, INDEXED.c.id.is_(None)),
                named,
            ),
            *self._amiss(
                "rows of the full-text index are of no article that is kept",
                _rows(cast(INDEXED.c.id, String), beside, ARTICLES.c.number.is_(None)),
                named,
            ),
        ]

    def alone(self, *, named: int) -> list[Amiss]:
        """Articles, and duplicates of other articles, that are in no cluster: each is in one from its first moment."""
        kept = ARTICLES.outerjoin(MEMBERS, MEMBERS.c.article_id == ARTICLES.c.article_id)
        found = DUPLICATES.outerjoin(MEMBERS, MEMBERS.c.article_id == DUPLICATES.c.article_id)
        is_copy = DUPLICATES.c.article_id != DUPLICATES.c.duplicate_of
        lacking = MEMBERS.c.article_id.is_(None)
        return [
            *self._amiss(ALONE, _rows(ARTICLES.c.article_id, kept, lacking), named),
            *self._amiss(
                COPY_ALONE,
                _rows(DUPLICATES.c.input_id, found, is_copy & lacking),
                named,
            ),
        ]

    def kept_twice(self, *, named: int) -> list[Amiss]:
        """Two articles, neither of them a version of another, that are of the same bytes and the same part."""
        originals = ARTICLES.c.verdict == ORIGINAL
        several = select(ARTICLES.c.sha256).where(originals).group_by(ARTICLES.c.sha256).having(func.count() > 1)
        some = select(ARTICLES.c.article_id, ARTICLES.c.sha256, self._part().label("part"))
        alike = some.where(originals, ARTICLES.c.sha256.in_(several)).subquery()
        both = func.min(alike.c.article_id) + " and " + func.max(alike.c.article_id)
        twice = select(both.label("name")).group_by(alike.c.sha256, alike.c.part).having(func.count() > 1)
        return self._amiss("times the same bytes are kept as two articles that are no versions", twice, named)

    def _part(self) -> ColumnElement[int | None]:
        told = type_coerce(ARTICLES.c.enriched, JSON)
        part: ColumnElement[int | None] = told[("document", "part", "number")].as_integer()
        if self._connection.dialect.name != "sqlite":
            return part
        return case((func.json_valid(cast(ARTICLES.c.enriched, String)) == 1, part))  # else it ends the question

    def unannounced(self, *, before: datetime, named: int) -> list[Amiss]:
        """What was stored `before` and is not known to be announced."""
        rows = _rows(UNANNOUNCED.c.input_id, UNANNOUNCED, UNANNOUNCED.c.since < before)
        return self._amiss(f"are stored and not known to be announced since {before:%H:%M:%S}Z", rows, named)

    def _amiss(self, what: str, rows: Select[str], named: int) -> list[Amiss]:
        """What may not be, where it is."""
        number = self._connection.scalar(select(func.count()).select_from(rows.subquery()))
        if not number:
            return []
        first = self._connection.scalars(rows.order_by(rows.selected_columns.name).limit(named))
        return [Amiss(what, number, list(first))]


def _rows(name: ColumnElement[str], rows: FromClause, where: ColumnElement[bool]) -> Select[str]:
    return select(cast(name, String).label("name")).select_from(rows).where(where)
