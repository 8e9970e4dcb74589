"""A document was read."""

from typing import ClassVar

from pydantic import Field

from contracts.document import Document
from contracts.identity import ArticleId
from contracts.message import Message
from contracts.outcomes import Outcome


class ArticleFetched(Message):
    """A document was read into plain text, and its original is in RAW."""

    subject: ClassVar[str] = "wireroom.article.fetched"
    outcome: ClassVar[Outcome] = Outcome.FETCHED

    article_id: ArticleId
    document: Document
    instead_of: ArticleId | None = Field(
        default=None,
        description="Of a duplicate that is sent again: what it was a duplicate of, and whose place it takes.",
    )
