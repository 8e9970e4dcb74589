"""The store held against itself: counts that must agree, and rows that must have their others. Reads all rows."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, func, literal, select, union_all

from contracts.outcomes import State
from services.store.tables import Article, Duplicate, Input, InputCount, Unannounced
from services.store.writing import table_of

INPUTS, COUNTS, ARTICLES = table_of(Input), table_of(InputCount), table_of(Article)
DUPLICATES, UNANNOUNCED = table_of(Duplicate), table_of(Unannounced)

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

    def unannounced(self, *, before: datetime) -> int:
        """How many were stored `before` and are not known to be announced."""
        return self._count(UNANNOUNCED, UNANNOUNCED.c.since < before)

    def _count(self, table: FromClause, where: ColumnElement[bool]) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(table).where(where)) or 0)
