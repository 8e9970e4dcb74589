"""An article was read closely."""

from typing import ClassVar

from contracts.document import Document
from contracts.duplication import Duplication
from contracts.extraction import Extraction
from contracts.identity import ArticleId
from contracts.language import Language
from contracts.message import Message
from contracts.outcomes import Outcome


class ArticleExtracted(Message):
    """What an article says is known: metadata, entities, quotations, places, dates."""

    subject: ClassVar[str] = "wireroom.article.extracted"
    outcome: ClassVar[Outcome] = Outcome.EXTRACTED

    article_id: ArticleId
    document: Document
    language: Language
    duplication: Duplication
    extraction: Extraction
