"""An article's language is known."""

from typing import ClassVar

from pydantic import Field

from contracts.document import Document
from contracts.identity import ArticleId
from contracts.language import Language
from contracts.message import Message
from contracts.outcomes import Outcome


class LanguageDetected(Message):
    """The language of an article is known, and where it speaks another."""

    subject: ClassVar[str] = "wireroom.article.language_detected"
    outcome: ClassVar[Outcome] = Outcome.DETECTED

    article_id: ArticleId
    document: Document
    language: Language
    instead_of: ArticleId | None = Field(
        default=None,
        description="Of a duplicate that is sent again: what it was a duplicate of, and whose place it takes.",
    )
