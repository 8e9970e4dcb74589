"""The public news of a duplicate."""

from typing import ClassVar

from contracts.document import DocumentHead
from contracts.duplication import Duplicate
from contracts.identity import ArticleId
from contracts.language import Language
from contracts.message import Message
from contracts.outcomes import Outcome


class ArticleDuplicated(Message):
    """An article that was here before came again; the store's ledger says so."""

    subject: ClassVar[str] = "articles.duplicated.*"
    outcome: ClassVar[Outcome] = Outcome.DUPLICATE

    article_id: ArticleId
    document: DocumentHead
    language: Language
    duplication: Duplicate

    def address(self) -> str:
        """`articles.duplicated.<language>`."""
        return f"articles.duplicated.{self.language.primary()}"
