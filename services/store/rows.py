"""An article as rows: the columns that are asked for, beside the whole that is kept once."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.value import Span
from services.store.core import Enriched, Enrichment

Values = dict[str, Any]

ENRICHMENTS = TypeAdapter(tuple[Enrichment, ...])
_SPANS = TypeAdapter(tuple[Span, ...])


def article_row(enriched: Enriched) -> Values:
    """The row of `articles`."""
    article = enriched.article
    document, extraction = article.document, article.extraction
    return {
        "article_id": article.article_id,
        "input_id": article.input_id,
        "source_uri": document.source_uri,
        "url": extraction.url or document.url,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "language": article.language.tag,
        "country": extraction.country,
        "title": extraction.title.text if extraction.title else None,
        "byline": json.dumps([author.name for author in extraction.byline], ensure_ascii=False),
        "publisher": extraction.publisher.name if extraction.publisher else None,
        "published": extraction.published.value if extraction.published else None,
        "published_precision": extraction.published.precision if extraction.published else None,
        "verdict": article.duplication.verdict,
        "revision_of": article.duplication.revision_of,
        "received_at": document.received_at,
        "enriched_at": article.enriched_at,
        "enrichment": article.enrichment,
        "enrichments": ENRICHMENTS.dump_json(enriched.enrichments).decode(),
        "enriched": article.model_dump_json(),
    }


def earlier_row(article: ArticleEnriched) -> Values:
    """The row of `earlier_enrichments`."""
    return {
        "article_id": article.article_id,
        "enrichment": article.enrichment,
        "enriched_at": article.enriched_at,
        "enriched": article.model_dump_json(),
    }


def mention_rows(article: ArticleEnriched) -> Iterable[Values]:
    """The rows of `mentions`, entity by entity."""
    mentions = ((entity, mention) for entity in article.extraction.entities for mention in entity.mentions)
    for number, (entity, mention) in enumerate(mentions, 1):
        yield {
            "article_id": article.article_id,
            "number": number,
            "name": entity.name,
            "type": entity.type,
            "country": entity.country,
            "start_offset": mention.start,
            "end_offset": mention.end,
            "surface": mention.surface,
            "confidence": entity.confidence,
        }


def quotation_rows(article: ArticleEnriched) -> Iterable[Values]:
    """The rows of `quotations`, in the order of the text."""
    for number, quotation in enumerate(article.extraction.quotations, 1):
        yield {
            "article_id": article.article_id,
            "number": number,
            "start_offset": quotation.start,
            "end_offset": quotation.end,
            "text": quotation.text,
            "kind": quotation.kind,
            "speaker": quotation.speaker,
            "cue": quotation.cue,
            "direct": quotation.direct,
            "confidence": quotation.confidence,
        }


def place_rows(article: ArticleEnriched) -> Iterable[Values]:
    """The rows of `places`."""
    for number, place in enumerate(article.extraction.places, 1):
        yield {
            "article_id": article.article_id,
            "number": number,
            "name": place.name,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "country": place.country,
            "source": place.source,
            "mentions": len(place.mentions),
            "confidence": place.confidence,
        }


def announced_rows(enriched: str) -> dict[str, int] | None:
    """How many rows there are, by their table, of what was announced as this; None where nobody can read it."""
    try:
        told = from_json(enriched)
        extraction = told["extraction"]
        return {
            "mentions": sum(len(entity["mentions"]) for entity in extraction["entities"]),
            "quotations": len(extraction["quotations"]),
            "places": len(extraction["places"]),
            "shared_passages": len(told["duplication"]["shared"]),
        }
    except (ValueError, TypeError, LookupError):
        return None


def passage_rows(article: ArticleEnriched) -> Iterable[Values]:
    """The rows of `shared_passages`, one for each other article."""
    for number, shared in enumerate(article.duplication.shared, 1):
        yield {
            "article_id": article.article_id,
            "number": number,
            "shared_with": shared.article_id,
            "method": shared.method,
            "similarity": shared.similarity,
            "spans": _SPANS.dump_json(shared.spans).decode(),
            "their_spans": _SPANS.dump_json(shared.their_spans).decode(),
            "share": shared.share,
            "their_share": shared.their_share,
        }


def duplicate_row(duplicate: ArticleDuplicated, at: datetime) -> Values:
    """The row of `duplicates`."""
    return {
        "input_id": duplicate.input_id,
        "article_id": duplicate.article_id,
        "duplicate_of": duplicate.duplication.of,
        "method": duplicate.duplication.method,
        "similarity": duplicate.duplication.similarity,
        "threshold": duplicate.duplication.threshold,
        "sha256": duplicate.document.sha256,
        "found_at": at,
        "duplicated": duplicate.model_dump_json(),
    }
