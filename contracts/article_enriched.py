"""The public product: an enriched article is kept."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from contracts.document import Document
from contracts.duplication import Duplication
from contracts.extraction import Extraction
from contracts.identity import ArticleId
from contracts.language import Language
from contracts.message import Message
from contracts.outcomes import Outcome


class ArticleEnriched(Message):
    """An article is in the store with everything that is known of it; field names are fixed for the public."""

    subject: ClassVar[str] = "articles.enriched.*.*"
    outcome: ClassVar[Outcome] = Outcome.STORED

    article_id: ArticleId
    enriched_at: AwareDatetime
    enrichment: int = Field(ge=1, description="1, and one more each time it is enriched again.")
    document: Document
    language: Language
    duplication: Duplication
    extraction: Extraction

    def address(self) -> str:
        """`articles.enriched.<language>.<country>`, `und` and `zz` where they are not known."""
        return f"articles.enriched.{self.language.primary()}.{(self.extraction.country or 'zz').lower()}"
