"""What store makes of an extracted article, and of a duplicate: what it announces."""

from dataclasses import dataclass
from datetime import datetime

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.duplicate_found import DuplicateFound
from contracts.message import Step


@dataclass(frozen=True, slots=True)
class Enrichment:
    """One time that an article was enriched: for which input, on which way, and when that was stored."""

    input_id: str
    way: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Enriched:
    """An article to announce, all its enrichments up to now, and whether this one was not here before."""

    article: ArticleEnriched
    way: str
    enrichments: tuple[Enrichment, ...]
    is_new: bool


def enriched(extracted: ArticleExtracted, way: str, known: tuple[Enrichment, ...], step: Step) -> Enriched:
    """The article as it is announced, `step` being the store's own part in its way.

    What was here before (same input, same way) finds its number and its time again.
    """
    here = next((n for n, one in enumerate(known) if (one.input_id, one.way) == (extracted.input_id, way)), None)
    enrichments = known if here is not None else (*known, Enrichment(extracted.input_id, way, step.at))
    this = enrichments[-1 if here is None else here]
    article = ArticleEnriched(
        input_id=extracted.input_id,
        trail=(*extracted.trail, step),
        article_id=extracted.article_id,
        enriched_at=this.at,
        enrichment=len(enrichments) if here is None else here + 1,
        document=extracted.document,
        language=extracted.language,
        duplication=extracted.duplication,
        extraction=extracted.extraction,
    )
    return Enriched(article, way, enrichments, is_new=here is None)


def duplicated(found: DuplicateFound, step: Step) -> ArticleDuplicated:
    """The duplicate as it is announced, `step` being the store's own part in its way."""
    return ArticleDuplicated(
        input_id=found.input_id,
        trail=(*found.trail, step),
        article_id=found.article_id,
        document=found.document,
        language=found.language,
        duplication=found.duplication,
    )
