"""Whether an article was here before: the rules, from the strictest to the loosest."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from contracts.document import Document
from contracts.duplication import Duplicate, Duplication, Method
from services.dedup.core.fingerprints import DIGEST_BYTES, VERSION, Fingerprint
from services.dedup.core.similarity import may_reach, similarity

THRESHOLD = 0.5  # of the Jaccard similarity: a fifth of the sentences replaced is 0.66, shared boilerplate at most 0.1
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

    `earlier` are articles of the same batch that may be similar, to be looked at beside `known.near`.
    """
    near = (*known.near.get(article.article_id, ()), *earlier)
    return _same(article, known) or _revision(article, known, near) or _near(article, near) or _original()


def _original() -> Verdict:
    return Duplication(verdict="original", version=VERSION)


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


def _revision(article: Article, known: Known, near: Sequence[Article]) -> Verdict | None:
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


def _near(article: Article, candidates: Sequence[Article]) -> Verdict | None:
    """A duplicate of the most similar article elsewhere, the first seen among equals."""
    if article.fingerprint.shingles < LEAST_SHINGLES:
        return None
    best, of = 0.0, ""
    for other in candidates:
        if other.place == article.place or not may_reach(THRESHOLD, article.fingerprint, other.fingerprint):
            continue
        if (alike := similarity(article.fingerprint, other.fingerprint)) > best:
            best, of = alike, other.article_id
    if best < THRESHOLD:
        return None
    return Duplicate(of=of, method=Method.NEAR_DUPLICATE, similarity=best, threshold=THRESHOLD, version=VERSION)
