"""The store held against itself: counts that must agree, and rows that must have their others. Reads all rows."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    FromClause,
    column,
    func,
    literal,
    select,
    table,
    type_coerce,
    union_all,
)

from contracts.outcomes import State
from services.store.tables import Article, Duplicate, Input, InputCount, Unannounced
from services.store.writing import table_of

INPUTS, COUNTS, ARTICLES = table_of(Input), table_of(InputCount), table_of(Article)
DUPLICATES, UNANNOUNCED = table_of(Duplicate), table_of(Unannounced)
# What FTS5 keeps of each of its rows: `article_search` itself is read from the articles, indexed or not.
INDEXED = table("article_search_docsize", column("id"))
ORIGINAL = "original"

Counts = dict[State, int]


class Audit:
    """Questions that are answered by reading every row; each is one statement, and sees one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def both_counts(self) -> tuple[Counts, Counts]:
        """How many inputs are in each state, as it is kept with the ledger and as the rows say."""
        rows = select(literal(1).label("counted"), INPUTS.c.state, func.count()).group_by(INPUTS.c.state)
        asked = union_all(select(literal(0).label("counted"), COUNTS.c.state, COUNTS.c.inputs), rows)
        found: tuple[Counts, Counts] = ({}, {})
        for place, state, number in self._connection.execute(asked):
            found[place][State(state)] = number
        return found

    def contradictions(self, *, before: datetime) -> dict[str, int]:
        """In words, what may not be, and how often it is; of containers only those that ended `before`."""
        child = INPUTS.alias()
        children = select(func.count()).where(child.c.parent_input_id == INPUTS.c.input_id).scalar_subquery()
        opened = (INPUTS.c.state == State.EXPANDED) & (INPUTS.c.ended_at < before)
        kept = INPUTS.outerjoin(ARTICLES, ARTICLES.c.article_id == INPUTS.c.article_id)
        known = ARTICLES.outerjoin(INPUTS, INPUTS.c.input_id == ARTICLES.c.input_id)
        found = INPUTS.outerjoin(DUPLICATES, DUPLICATES.c.input_id == INPUTS.c.input_id)
        return {
            "inputs are stored, and their article is not kept": self._count(
                kept, (INPUTS.c.state == State.STORED) & ARTICLES.c.article_id.is_(None)
            ),
            "articles are kept, and the ledger does not say so": self._count(
                known, func.coalesce(INPUTS.c.state, "") != State.STORED
            ),
            "inputs are duplicates, and nothing tells of what": self._count(
                found, (INPUTS.c.state == State.DUPLICATE) & DUPLICATES.c.input_id.is_(None)
            ),
            "containers have another number of inputs than they say": self._count(
                INPUTS, opened & (INPUTS.c.children != children)
            ),
        }

    def unfindable(self) -> int:
        """How many articles the full-text index lacks, and how many it has beside them; only SQLite has one."""
        if self._connection.dialect.name != "sqlite":
            return 0
        lacking = ARTICLES.outerjoin(INDEXED, INDEXED.c.id == ARTICLES.c.number)
        beside = INDEXED.outerjoin(ARTICLES, INDEXED.c.id == ARTICLES.c.number)
        return self._count(lacking, INDEXED.c.id.is_(None)) + self._count(beside, ARTICLES.c.number.is_(None))

    def kept_twice(self) -> int:
        """How often two articles, neither of them a version of another, are of the same bytes and the same part."""
        originals = ARTICLES.c.verdict == ORIGINAL
        several = select(ARTICLES.c.sha256).where(originals).group_by(ARTICLES.c.sha256).having(func.count() > 1)
        part = type_coerce(ARTICLES.c.enriched, JSON)[("document", "part", "number")].as_integer().label("part")
        some = select(ARTICLES.c.sha256, part).where(originals, ARTICLES.c.sha256.in_(several)).subquery()
        twice = select(some.c.sha256).group_by(some.c.sha256, some.c.part).having(func.count() > 1).subquery()
        return int(self._connection.scalar(select(func.count()).select_from(twice)) or 0)

    def unannounced(self, *, before: datetime) -> int:
        """How many were stored `before` and are not known to be announced."""
        return self._count(UNANNOUNCED, UNANNOUNCED.c.since < before)

    def _count(self, rows: FromClause, where: ColumnElement[bool]) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(rows).where(where)) or 0)
