"""An article was here before."""

from typing import ClassVar

from contracts.document import DocumentHead
from contracts.duplication import Duplicate
from contracts.identity import ArticleId
from contracts.language import Language
from contracts.message import Message
from contracts.outcomes import Outcome


class DuplicateFound(Message):
    """An article ended as a duplicate of one that was here before; its original stays in RAW."""

    subject: ClassVar[str] = "wireroom.article.duplicate_found"
    outcome: ClassVar[Outcome] = Outcome.DUPLICATE

    article_id: ArticleId
    document: DocumentHead
    language: Language
    duplication: Duplicate
