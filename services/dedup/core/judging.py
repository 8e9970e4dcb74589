"""The verdicts on a batch: each article is known to those after it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from contracts.duplication import Duplicate, Duplication, Method
from services.dedup.core.article import Article
from services.dedup.core.known import Known
from services.dedup.core.similarity import NOTHING, Hashes, among
from services.dedup.core.standing import Standing, together
from services.dedup.core.verdict import Compared, Verdict, decided

COPY = 0.8  # from there on a text is another's copy, and not one with the same boilerplate
ARTICLE = 0.5  # of a text in another: what comes again may be a text of its own


def judge(articles: Sequence[Article], known: Known, neighbours: Mapping[int, Sequence[int]]) -> list[Verdict]:
    """One verdict for each article, in their order; `known` knows the originals and revisions among them afterwards.

    `neighbours` gives for an article's place in the batch some of those before it that share most with it; in the place
    of a duplicate stands what it is a duplicate of, so that few of them are enough.
    """
    verdicts: list[Verdict] = []
    first_seen: dict[str, Article] = {}
    for place, article in enumerate(articles):
        names = dict.fromkeys(_first(articles[other], verdicts[other]) for other in neighbours.get(place, ()))
        earlier = [first_seen[name] for name in names if name in first_seen]
        near = (*known.near.get(article.article_id, ()), *earlier)
        verdict, elsewhere = decided(article, known, near)
        if _is_another(verdict):
            _count(article, known, near, elsewhere)
        if isinstance(verdict, Duplication):
            first_seen[article.article_id] = with_original(article, verdict)
            known.remember(first_seen[article.article_id])
        verdicts.append(verdict)
    return verdicts


def with_original(article: Article, verdict: Duplication) -> Article:
    """The article as it is remembered: with the first of its versions, where it is not the first itself."""
    original = verdict.original or verdict.revision_of or ""
    return replace(article, original="" if original == article.article_id else original)


def _first(article: Article, verdict: Verdict) -> str:
    return verdict.of if isinstance(verdict, Duplicate) else article.article_id


def _count(article: Article, known: Known, near: Sequence[Article], elsewhere: Compared) -> None:
    """Count what of the article other articles of its source hold too."""
    key = article.source.key
    standing = known.standing.get(key)
    if not key or (standing is None and all(other.source.key != key for other in near)):
        return
    elsewhere = [one for one in elsewhere if one[1].similarity < COPY]
    sketch, own = np.frombuffer(article.fingerprint.sketch, np.uint32), _own(article, elsewhere)
    again = together(what.hashes for other, what in elsewhere if other.source.key == key)
    again = again[~among(again, own)]
    if standing is not None or len(again):
        known.keep(article.source, (standing or Standing()).after(sketch[~among(sketch, own)], again))


def _is_another(verdict: Verdict) -> bool:
    """Whether it is an article of its own: a new version or a copy is not."""
    if isinstance(verdict, Duplication):
        return verdict.verdict == "original"
    return verdict.method == Method.NEAR_DUPLICATE and verdict.similarity < COPY


def _own(article: Article, elsewhere: Compared) -> Hashes:
    """The shingles that are no boilerplate however often they come again.

    By a folder come articles of many publishers, and what comes again may be a dispatch: half of a text somewhere.
    """
    if article.source.is_publisher:
        return NOTHING
    return together(what.hashes for _, what in elsewhere if max(what.of_ours, what.of_theirs) >= ARTICLE)
