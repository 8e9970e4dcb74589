"""The articles as they were announced last, a page at a time, for whoever reads all of them or some by their names."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select, true

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from services.store.rows import ENRICHMENTS
from services.store.tables import Article, Duplicate, Input
from services.store.writing import table_of

ARTICLES, INPUTS, DUPLICATES = table_of(Article), table_of(Input), table_of(Duplicate)
PAGE = 256  # articles in memory
NAMED_AT_ONCE = 500  # in one question


class Shelf:
    """Questions about whole articles."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def named(self, references: Sequence[str]) -> dict[str, str]:
        """By those of the references (an article_id or an input_id each) that name a stored one: its article_id."""
        by_input = select(INPUTS.c.input_id, ARTICLES.c.article_id).join(
            ARTICLES, ARTICLES.c.article_id == INPUTS.c.article_id
        )
        found = dict[str, str]()
        for first in range(0, len(references), NAMED_AT_ONCE):
            some = references[first : first + NAMED_AT_ONCE]
            itself = select(ARTICLES.c.article_id, ARTICLES.c.article_id).where(ARTICLES.c.article_id.in_(some))
            for asked in (itself, by_input.where(INPUTS.c.input_id.in_(some))):
                found.update((reference, article_id) for reference, article_id in self._connection.execute(asked))
        return found

    def count(self, *, since: datetime | None = None) -> int:
        """How many articles were received `since` then."""
        return int(self._connection.scalar(select(func.count()).select_from(ARTICLES).where(_since(since))) or 0)

    def pages(self, *, since: datetime | None = None) -> Iterator[list[ArticleEnriched]]:
        """All that were received `since` then, in the order in which they came."""
        asked = select(ARTICLES.c.number, ARTICLES.c.enriched).where(_since(since)).order_by(ARTICLES.c.number)
        after = 0
        while rows := self._connection.execute(asked.where(ARTICLES.c.number > after).limit(PAGE)).all():
            after = rows[-1].number
            yield [ArticleEnriched.model_validate_json(row.enriched) for row in rows]

    def announced(self, article_ids: Collection[str]) -> list[tuple[ArticleEnriched, str]]:
        """These as they were announced, each with the way that it came."""
        asked = select(ARTICLES.c.enriched, ARTICLES.c.enrichments).where(ARTICLES.c.article_id.in_(article_ids))
        rows = self._connection.execute(asked)
        said = ((ArticleEnriched.model_validate_json(one), ENRICHMENTS.validate_json(all_)) for one, all_ in rows)
        return [(article, enrichments[article.enrichment - 1].way) for article, enrichments in said]

    def announced_duplicates(self, input_ids: Collection[str]) -> list[ArticleDuplicated]:
        """What was announced of these inputs."""
        asked = select(DUPLICATES.c.duplicated).where(DUPLICATES.c.input_id.in_(input_ids))
        return [ArticleDuplicated.model_validate_json(row.duplicated) for row in self._connection.execute(asked)]

    def articles(self, article_ids: Collection[str]) -> Iterator[list[ArticleEnriched]]:
        """These, a page at a time."""
        wanted = sorted(article_ids)
        for first in range(0, len(wanted), PAGE):
            asked = select(ARTICLES.c.enriched).where(ARTICLES.c.article_id.in_(wanted[first : first + PAGE]))
            yield [ArticleEnriched.model_validate_json(row.enriched) for row in self._connection.execute(asked)]


def _since(since: datetime | None) -> ColumnElement[bool]:
    return true() if since is None else ARTICLES.c.received_at >= since
