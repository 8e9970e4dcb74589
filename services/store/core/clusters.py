"""Which articles belong together: the versions of one article and their copies, and what is known of each."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched

# A date cut to its precision; time and zone may be any that ISO 8601 knows.
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d:\d\d.*))?")
_MINUTE = re.compile(r"\d\d:\d\d(?!:)")


@dataclass(frozen=True, slots=True)
class Member:
    """An article in its cluster, which has the name of the article that was first seen."""

    article_id: str
    cluster: str
    link: str
    linked_to: str | None
    similarity: float | None
    source_uri: str
    seen_at: datetime
    published: str | None
    published_from: datetime | None
    published_until: datetime | None


def member(article: ArticleEnriched) -> Member:
    """An original or a revision."""
    duplication = article.duplication
    published = article.extraction.published
    return _member(
        article,
        cluster=duplication.original or duplication.revision_of or article.article_id,
        link=duplication.verdict,
        linked_to=duplication.revision_of,
        similarity=duplication.similarity,
        published=published.value if published else None,
    )


def copy(article: ArticleDuplicated) -> Member | None:
    """A duplicate; None where it is the article itself that came again.

    Nobody has read it: when it was published its claims say, where they are ISO 8601 (as in JSON-LD and Open Graph).
    """
    duplication = article.duplication
    if duplication.of == article.article_id:
        return None
    said = (claim.value.strip() for claim in article.document.claims if claim.field == "published")
    return _member(
        article,
        cluster=duplication.original or duplication.of,
        link=duplication.method,
        linked_to=duplication.of,
        similarity=duplication.similarity,
        published=next((one for one in said if period(one) is not None), None),
    )


def _member(
    article: ArticleEnriched | ArticleDuplicated,
    *,
    cluster: str,
    link: str,
    linked_to: str | None,
    similarity: float | None,
    published: str | None,
) -> Member:
    start, end = (period(published) if published else None) or (None, None)
    return Member(
        article_id=article.article_id,
        cluster=cluster,
        link=link,
        linked_to=linked_to,
        similarity=similarity,
        source_uri=article.document.source_uri,
        seen_at=article.document.received_at,
        published=published,
        published_from=start,
        published_until=end,
    )


def period(value: str) -> tuple[datetime, datetime] | None:
    """The first and the last moment that a date, cut to its precision, may mean; None where it is none."""
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day, time = found.groups()
    try:
        if time:
            moment = datetime.fromisoformat(value)
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment, moment + timedelta(seconds=59 if _MINUTE.match(time) else 0)
        start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        return start, _next(start, month, day) - timedelta(seconds=1)
    except (ValueError, OverflowError):
        return None


def _next(start: datetime, month: str | None, day: str | None) -> datetime:
    if day:
        return start + timedelta(days=1)
    if month:
        return (start + timedelta(days=31)).replace(day=1)
    return start.replace(year=start.year + 1)
