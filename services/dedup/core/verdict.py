"""Whether an article was here before: the rules, from the strictest to the loosest."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from contracts.duplication import Duplicate, Duplication, Method, Shared
from services.dedup.core.article import Article
from services.dedup.core.figures import exchanged
from services.dedup.core.fingerprints import VERSION as OF_FINGERPRINTS
from services.dedup.core.known import Known
from services.dedup.core.similarity import Common, common, is_but_a_frame, passages, words_kept

VERSION: Final = f"{OF_FINGERPRINTS}.4"  # of what is compared, and of these rules: raised where a verdict changes
THRESHOLD = 0.5  # of the Jaccard similarity: a fifth of the sentences replaced is 0.66, shared boilerplate at most 0.1
REWORDED = 0.4  # of that similarity: below, nobody edits word by word
WORDS_KEPT = 0.78  # of each text's words: a tenth of them edited one by one leaves that, another week's list less
WHOLE = 0.9  # of a text in another: it says nothing of its own
LEAST_EXCERPT = 1 / 3  # of the other's length: what says less of it chose for itself what to say
MOST_SHARED = 8  # earlier articles told of one
LEAST_SHINGLES = 16  # below, two news flashes of one form look alike whatever they say; does not bind one source

Verdict = Duplication | Duplicate
Compared = Sequence[tuple[Article, Common]]


def decide(article: Article, known: Known, earlier: Sequence[Article] = ()) -> Verdict:
    """The verdict on one article: a duplicate of the first seen, a revision of what was at its place, or original.

    `earlier` are articles of the same batch that may have something in common, to be looked at beside `known.near`.
    """
    return decided(article, known, (*known.near.get(article.article_id, ()), *earlier))[0]


def decided(article: Article, known: Known, near: Sequence[Article]) -> tuple[Verdict, Compared]:
    """The verdict, and what was looked at for it: nothing where it is the same as one that is known."""
    if same := _same(article, known):
        return same, ()
    elsewhere = _compared(article, known, near)
    revision = _revision(article, known, near)
    if revision is None and (copy := _copy(article, known, elsewhere)):
        return copy, elsewhere
    new = revision or Duplication(verdict="original", original=article.article_id, version=VERSION)
    return new.model_copy(update={"shared": _shared(article, elsewhere)}), elsewhere


def _compared(article: Article, known: Known, near: Sequence[Article]) -> Compared:
    """What an article has in common with those that stand elsewhere, the boilerplate of both sources apart."""
    return [
        (other, common(article.fingerprint, other.fingerprint, known.boilerplate(article.source, other.source)))
        for other in near
        if other.place != article.place
    ]


def _same(article: Article, known: Known) -> Verdict | None:
    if article.article_id in known.articles:
        return _duplicate(known, article.article_id, Method.SAME_ARTICLE)
    if first := known.contents.get(article.content):
        return _duplicate(known, first, Method.SAME_BYTES)
    if first := known.texts.get(article.fingerprint.text):
        return _duplicate(known, first, Method.SAME_TEXT)
    return None


def _duplicate(known: Known, of: str, method: Method) -> Verdict:
    return Duplicate(of=of, method=method, similarity=1.0, original=known.original_of(of), version=VERSION)


def _revision(article: Article, known: Known, near: Sequence[Article]) -> Duplication | None:
    """An edited text at a place that is known; unlike copies elsewhere it goes on, because it is news of its source.

    It is a revision of the newest version that is similar: at one place different texts may take turns.
    """
    latest = known.latest.get(article.place)
    if latest is None:
        return None
    versions = (latest, *(other for other in reversed(near) if other.place == article.place))
    measured = ((_edited(article, version, known), version) for version in versions)
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
        original=known.original_of(version.article_id),
        version=VERSION,
    )


def _edited(article: Article, version: Article, known: Known) -> float:
    """How similar two texts of one place are; whole, where there is little beside the boilerplate."""
    what = common(article.fingerprint, version.fingerprint, known.boilerplate(article.source, version.source))
    if min(what.ours, what.theirs) < LEAST_SHINGLES:
        what = common(article.fingerprint, version.fingerprint)
    return what.similarity


def _copy(article: Article, known: Known, elsewhere: Compared) -> Duplicate | None:
    """A duplicate of the most similar article elsewhere, the first seen among equals.

    Else of one whose words it keeps, or of one that holds all of it. A text that holds an earlier one and adds as much
    of its own is no copy: less than half of both is in common. Nor is one in the same words with other figures or
    names, which is another day's, or one with nothing in common but how both end or begin: briefs above one footer.
    """
    long_enough = [one for one in elsewhere if one[1].ours >= LEAST_SHINGLES]
    similar = [one for one in long_enough if one[1].similarity >= THRESHOLD and not _tells_of_another(article, *one)]
    best = max(similar, key=lambda one: one[1].similarity, default=None)
    if best is not None:
        return _copied(article, known, best, Method.NEAR_DUPLICATE, (best[1].similarity, THRESHOLD))
    reworded = [(one, kept) for one in long_enough if (kept := _words_kept(article, *one)) >= WORDS_KEPT]
    closest = max(reworded, key=lambda one: one[1], default=None)
    if closest is not None:
        return _copied(article, known, closest[0], Method.NEAR_DUPLICATE, (closest[1], WORDS_KEPT))
    excerpts = [one for one in long_enough if _is_excerpt(one[1]) and not _is_of_another_day(article, one[0])]
    best = max(excerpts, key=lambda one: one[1].of_ours, default=None)
    return None if best is None else _copied(article, known, best, Method.CONTAINED, (best[1].of_ours, WHOLE))


def _tells_of_another(article: Article, other: Article, what: Common) -> bool:
    """Whether two similar texts tell of different things: by what is exchanged, or having but a frame in common."""
    is_framed = is_but_a_frame(article.fingerprint, what) and is_but_a_frame(other.fingerprint, what)
    return is_framed or _is_of_another_day(article, other)


def _is_of_another_day(article: Article, other: Article) -> bool:
    return any(
        exchanged(article.fingerprint, marks, other.fingerprint).is_anew for marks in (article.figures, article.names)
    )


def _words_kept(article: Article, other: Article, what: Common) -> float:
    """The share of its words that each text has in common with the other, where they are edited all over.

    None where a third of the edits are figures and names, or where no capitals tell these (Arabic): so little similar,
    such a text is another's form.
    """
    has_names = article.names != article.figures  # capitals within sentences: without any nobody knows what is a name
    if not (has_names and REWORDED <= what.similarity < THRESHOLD):
        return 0.0
    kept = min(words_kept(article.fingerprint, what), words_kept(other.fingerprint, what))
    is_form = kept >= WORDS_KEPT and exchanged(article.fingerprint, article.names, other.fingerprint).is_form
    return 0.0 if is_form else kept


def _is_excerpt(what: Common) -> bool:
    return what.of_ours >= WHOLE and what.ours >= LEAST_EXCERPT * what.theirs


def _copied(
    article: Article, known: Known, of: tuple[Article, Common], method: Method, measured: tuple[float, float]
) -> Duplicate:
    (other, what), (alike, threshold) = of, measured
    return Duplicate(
        of=other.article_id,
        method=method,
        similarity=alike,
        threshold=threshold,
        spans=passages(article.fingerprint, what),
        their_spans=passages(other.fingerprint, what),
        original=known.original_of(other.article_id),
        version=VERSION,
    )


def _shared(article: Article, elsewhere: Compared) -> tuple[Shared, ...]:
    """The earlier articles that hold a passage of this one: those that stand in it, then those that hold most of it."""
    told = (
        Shared(
            article_id=other.article_id,
            method=_way_of_sharing(what),
            similarity=max(what.of_ours, what.of_theirs),
            spans=spans,
            their_spans=passages(other.fingerprint, what),
            share=what.of_ours,
            their_share=what.of_theirs,
        )
        for other, what in sorted(elsewhere, key=lambda one: (one[1].of_theirs < WHOLE, -one[1].of_ours))
        if (spans := passages(article.fingerprint, what))
    )
    return tuple(islice(told, MOST_SHARED))


def _way_of_sharing(what: Common) -> Method:
    if what.of_theirs >= WHOLE:
        return Method.CONTAINS
    return Method.CONTAINED if what.of_ours >= WHOLE else Method.SHARED_PASSAGE
