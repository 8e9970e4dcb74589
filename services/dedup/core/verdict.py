"""Whether an article was here before: the rules, from the strictest to the loosest."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from contracts.document import Document
from contracts.duplication import Duplicate, Duplication, Method, Shared
from services.dedup.core.fingerprints import DIGEST_BYTES, VERSION, Fingerprint
from services.dedup.core.similarity import Common, common, passages, similarity

THRESHOLD = 0.5  # of the Jaccard similarity: a fifth of the sentences replaced is 0.66, shared boilerplate at most 0.1
WHOLE = 0.9  # of a text in another: it says nothing of its own
LEAST_EXCERPT = 1 / 3  # of the other's length: what says less of it chose for itself what to say
MOST_SHARED = 8  # earlier articles told of one
LEAST_SHINGLES = 16  # below, two news flashes of one form look alike whatever they say; does not bind one source

Verdict = Duplication | Duplicate


@dataclass(frozen=True, slots=True)
class Article:
    """What the rules look at: `place` names the source, `content` the original's bytes, both digests."""

    article_id: str
    place: bytes
    content: bytes
    fingerprint: Fingerprint


@dataclass(slots=True)
class Known:
    """The remembered articles that may have to do with those of a batch, by what they are asked for.

    `latest` is the newest version at each place, `near` lists for an article_id those with a similar signature,
    oldest first.
    """

    articles: set[str] = field(default_factory=set)
    contents: dict[bytes, str] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    latest: dict[bytes, Article] = field(default_factory=dict)
    near: dict[str, Sequence[Article]] = field(default_factory=dict)

    def remember(self, article: Article) -> None:
        """Know an article that is original or a revision; who came first stays first."""
        self.articles.add(article.article_id)
        self.contents.setdefault(article.content, article.article_id)
        if article.fingerprint.text:
            self.texts.setdefault(article.fingerprint.text, article.article_id)
        self.latest[article.place] = article


def place_of(source_uri: str, part: int | None) -> bytes:
    """16 bytes that name where an article stands: its source, and its number among several of one original."""
    return _digest(f"{source_uri}\n{part or ''}")


def content_of(sha256: str, part: int | None) -> bytes:
    """16 bytes that name what an article was read from: the original's bytes, and its number in them."""
    return _digest(f"{sha256}\n{part or ''}")


def article_of(article_id: str, document: Document, fingerprint: Callable[[str], Fingerprint]) -> Article:
    """What the rules look at of a document."""
    part = document.part.number if document.part else None
    return Article(
        article_id=article_id,
        place=place_of(document.source_uri, part),
        content=content_of(document.sha256, part),
        fingerprint=fingerprint(document.text),
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]


def decide(article: Article, known: Known, earlier: Sequence[Article] = ()) -> Verdict:
    """The verdict on one article: a duplicate of the first seen, a revision of what was at its place, or original.

    `earlier` are articles of the same batch that may have something in common, to be looked at beside `known.near`.
    """
    if same := _same(article, known):
        return same
    near = (*known.near.get(article.article_id, ()), *earlier)
    elsewhere = [
        (other, common(article.fingerprint, other.fingerprint)) for other in near if other.place != article.place
    ]
    revision = _revision(article, known, near)
    if revision is None and (copy := _copy(article, elsewhere)):
        return copy
    new = revision or Duplication(verdict="original", version=VERSION)
    return new.model_copy(update={"shared": _shared(article, elsewhere)})


def _same(article: Article, known: Known) -> Verdict | None:
    if article.article_id in known.articles:
        return _duplicate(article.article_id, Method.SAME_ARTICLE)
    if first := known.contents.get(article.content):
        return _duplicate(first, Method.SAME_BYTES)
    if first := known.texts.get(article.fingerprint.text):
        return _duplicate(first, Method.SAME_TEXT)
    return None


def _duplicate(of: str, method: Method) -> Verdict:
    return Duplicate(of=of, method=method, similarity=1.0, version=VERSION)


def _revision(article: Article, known: Known, near: Sequence[Article]) -> Duplication | None:
    """An edited text at a place that is known; unlike copies elsewhere it goes on, because it is news of its source.

    It is a revision of the newest version that is similar: at one place different texts may take turns.
    """
    latest = known.latest.get(article.place)
    if latest is None:
        return None
    versions = (latest, *(other for other in reversed(near) if other.place == article.place))
    measured = ((similarity(article.fingerprint, version.fingerprint), version) for version in versions)
    similar = next((one for one in measured if one[0] >= THRESHOLD), None)
    if similar is None:
        return None
    alike, version = similar
    return Duplication(
        verdict="revision",
        revision_of=version.article_id,
        method=Method.NEAR_DUPLICATE,
        similarity=alike,
        threshold=THRESHOLD,
        version=VERSION,
    )


def _copy(article: Article, elsewhere: Sequence[tuple[Article, Common]]) -> Duplicate | None:
    """A duplicate of the most similar article elsewhere, the first seen among equals; or of one that holds all of it.

    A text that holds an earlier one and adds as much of its own is no copy: less than half of both is in common.
    """
    if article.fingerprint.shingles < LEAST_SHINGLES:
        return None
    best = max(elsewhere, key=lambda one: one[1].similarity, default=None)
    if best is not None and best[1].similarity >= THRESHOLD:
        return _copied(article, best, Method.NEAR_DUPLICATE)
    excerpts = [one for one in elsewhere if _is_excerpt(article, *one)]
    best = max(excerpts, key=lambda one: one[1].of_ours, default=None)
    return _copied(article, best, Method.CONTAINED) if best is not None else None


def _is_excerpt(article: Article, other: Article, what: Common) -> bool:
    long_enough = article.fingerprint.shingles >= LEAST_EXCERPT * other.fingerprint.shingles
    return what.of_ours >= WHOLE and long_enough


def _copied(article: Article, of: tuple[Article, Common], method: Method) -> Duplicate:
    other, what = of
    alike, threshold = (what.of_ours, WHOLE) if method is Method.CONTAINED else (what.similarity, THRESHOLD)
    return Duplicate(
        of=other.article_id,
        method=method,
        similarity=alike,
        threshold=threshold,
        spans=passages(article.fingerprint, what),
        their_spans=passages(other.fingerprint, what),
        version=VERSION,
    )


def _shared(article: Article, elsewhere: Sequence[tuple[Article, Common]]) -> tuple[Shared, ...]:
    """The earlier articles that hold a passage of this one, those that hold most of it first."""
    told = (
        Shared(
            article_id=other.article_id,
            method=Method.SHARED_PASSAGE,
            similarity=max(what.of_ours, what.of_theirs),
            spans=spans,
            their_spans=passages(other.fingerprint, what),
            share=what.of_ours,
            their_share=what.of_theirs,
        )
        for other, what in sorted(elsewhere, key=lambda one: -one[1].of_ours)
        if (spans := passages(article.fingerprint, what))
    )
    return tuple(islice(told, MOST_SHARED))
