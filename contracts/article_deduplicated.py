"""An article is new."""

from typing import ClassVar

from contracts.document import Document
from contracts.duplication import Duplication
from contracts.identity import ArticleId
from contracts.language import Language
from contracts.message import Message
from contracts.outcomes import Outcome


class ArticleDeduplicated(Message):
    """An article was not here before, or is a new version of one that was."""

    subject: ClassVar[str] = "wireroom.article.deduplicated"
    outcome: ClassVar[Outcome] = Outcome.ORIGINAL

    article_id: ArticleId
    document: Document
    language: Language
    duplication: Duplication

    def ended(self) -> Outcome:
        """Original or revision, as the verdict says."""
        return Outcome(self.duplication.verdict)
