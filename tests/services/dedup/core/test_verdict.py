from collections.abc import Sequence

import pytest

from contracts.duplication import Duplicate, Duplication, Method
from services.dedup.core import Article, Known, content_of, decide, fingerprint, judge, place_of

BODY = " ".join(f"mot{number}" for number in range(60))
EDITED = BODY.replace("mot7 ", "sept ")  # three of 58 shingles
REWRITTEN = " ".join(BODY.split()[:20] + [f"autre{number}" for number in range(40)])  # 18 of 58 shingles kept
STRANGER = " ".join(f"ailleurs{number}" for number in range(60))


def article(name: str, text: str, *, source: str = "", sha256: str = "", part: int | None = None) -> Article:
    """`name` is the article's id and, where nothing else is said, its source and its bytes."""
    return Article(name, place_of(source or name, part), content_of(sha256 or name, part), fingerprint(text))


def known(*articles: Article) -> Known:
    """What has been seen before, all of it to be compared."""
    found = Known()
    for one in articles:
        found.remember(one)
    return found


def judged(heard: Article, *before: Article) -> Duplication | Duplicate:
    return decide(heard, known(*before), before)


FIRST = article("a" * 32, BODY, source="inbox:one.txt")


@pytest.mark.parametrize(
    ("heard", "method"),
    [
        (FIRST, Method.SAME_ARTICLE),
        (article("b" * 32, BODY, source="inbox:two.txt", sha256="a" * 32), Method.SAME_BYTES),
        (article("b" * 32, BODY.upper().replace(" ", "\n")), Method.SAME_TEXT),
        (article("b" * 32, BODY.replace(" ", "\u00a0"), source="inbox:one.txt"), Method.SAME_TEXT),
    ],
)
def test_the_same_again_is_a_duplicate_by_the_strictest_method(heard: Article, method: Method) -> None:
    verdict = judged(heard, FIRST)

    assert isinstance(verdict, Duplicate)
    assert (verdict.of, verdict.method, verdict.similarity, verdict.threshold) == ("a" * 32, method, 1.0, None)


def test_an_edited_copy_elsewhere_is_a_near_duplicate() -> None:
    verdict = judged(article("b" * 32, EDITED), FIRST)

    assert isinstance(verdict, Duplicate)
    assert (verdict.of, verdict.method, verdict.threshold) == ("a" * 32, Method.NEAR_DUPLICATE, 0.5)
    assert verdict.similarity == round(55 / 61, 4)


OWN = " ".join(f"propre{number}" for number in range(200))


@pytest.mark.parametrize(
    ("kept", "verdict", "method"),
    [
        (0.6, "duplicate", Method.NEAR_DUPLICATE),
        (0.45, "duplicate", Method.CONTAINED),  # an excerpt says nothing of its own
        (0.3, "original", Method.CONTAINED),  # a brief chose what to say
    ],
)
def test_part_of_an_earlier_text_is_a_copy_down_to_a_third_of_it(kept: float, verdict: str, method: Method) -> None:
    heard = article("b" * 32, " ".join(OWN.split()[: round(kept * 200)]))
    found = judged(heard, article("a" * 32, OWN))

    told = found if isinstance(found, Duplicate) else found.shared[0]
    assert (found.verdict, told.method) == (verdict, method)


FOOTER = " ".join(f"pied{number}" for number in range(60))


@pytest.mark.parametrize(
    ("text", "other", "verdict"),
    [
        (f"{' '.join(OWN.split()[:25])} {FOOTER}", f"{' '.join(OWN.split()[100:125])} {FOOTER}", "original"),
        (f"{FOOTER} {' '.join(OWN.split()[:25])}", f"{FOOTER} {' '.join(OWN.split()[100:125])}", "original"),
        # a few words before what both say are a label, or a lead that only one has is no brief's
        (f"{' '.join(OWN.split()[:10])} {FOOTER}", f"{' '.join(OWN.split()[100:110])} {FOOTER}", "duplicate"),
        (f"{' '.join(OWN.split()[:25])} {FOOTER}", FOOTER, "duplicate"),
        # an article whose first sentence is another is no brief; what is edited within is a copy
        (f"{STRANGER.rpartition(' ')[0]} {OWN}", f"{' '.join(BODY.split()[:30])} {OWN}", "duplicate"),
        (f"{OWN} {FOOTER}", f"{OWN.replace('propre100 ', 'autre ')} {FOOTER}", "duplicate"),
    ],
)
def test_briefs_above_one_footer_are_no_copies(text: str, other: str, verdict: str) -> None:
    found = judged(article("b" * 32, text), article("a" * 32, other))

    assert found.verdict == verdict
    assert isinstance(found, Duplicate) or [one.method for one in found.shared] == [Method.SHARED_PASSAGE]


@pytest.mark.parametrize(("own", "verdict"), [(50, "duplicate"), (70, "original")])
def test_an_earlier_text_with_as_much_again_of_its_own_is_news_that_shares_a_passage(own: int, verdict: str) -> None:
    text = f"{BODY} {' '.join(OWN.split()[:own])}"

    assert judged(article("b" * 32, text), FIRST).verdict == verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "share", "their_share", "method"),
    [
        (f"{OWN} {BODY}", BODY, round(58 / 258, 4), 1.0, Method.CONTAINS),
        (" ".join(BODY.split()[:30]), f"{BODY} {OWN}", 1.0, round(28 / 258, 4), Method.CONTAINED),
        (f"{OWN} {BODY}", f"{BODY} {STRANGER}", round(58 / 258, 4), round(58 / 118, 4), Method.SHARED_PASSAGE),
    ],
)
def test_a_passage_in_common_is_told_with_its_share_of_both(
    ours: str, theirs: str, share: float, their_share: float, method: Method
) -> None:
    verdict = judged(article("b" * 32, ours), article("a" * 32, theirs))

    assert isinstance(verdict, Duplication)
    [shared] = verdict.shared
    assert (verdict.verdict, shared.article_id, shared.method) == ("original", "a" * 32, method)
    assert (shared.share, shared.their_share, shared.similarity) == (share, their_share, max(share, their_share))
    [here], [there] = shared.spans, shared.their_spans
    assert ours[here.start : here.end] == theirs[there.start : there.end]


def test_a_revision_tells_what_it_shares_with_others_and_not_with_its_own_versions() -> None:
    dispatch = article("c" * 32, STRANGER, source="inbox:agency.txt")
    verdict = judged(article("b" * 32, f"{EDITED} {STRANGER[:400]}", source="inbox:one.txt"), FIRST, dispatch)

    assert isinstance(verdict, Duplication)
    assert (verdict.verdict, [shared.article_id for shared in verdict.shared]) == ("revision", ["c" * 32])


def test_a_near_duplicate_tells_what_it_has_in_common() -> None:
    verdict = judged(article("b" * 32, f"AFP. {EDITED}"), FIRST)

    assert isinstance(verdict, Duplicate)
    [ours], [theirs] = verdict.spans, verdict.their_spans
    assert (ours.start, ours.end, theirs.start, theirs.end) == (5, 5 + len(EDITED), 0, len(BODY))


def test_an_edited_text_at_the_same_source_is_a_revision() -> None:
    verdict = judged(article("b" * 32, EDITED, source="inbox:one.txt"), FIRST)

    assert isinstance(verdict, Duplication)
    assert (verdict.verdict, verdict.revision_of, verdict.method) == ("revision", "a" * 32, Method.NEAR_DUPLICATE)
    assert (verdict.similarity, verdict.threshold) == (round(55 / 61, 4), 0.5)


def test_a_verdict_says_by_which_fingerprints_and_by_which_rules_it_was_given() -> None:
    verdicts = (judged(FIRST), judged(FIRST, FIRST), judged(article("b" * 32, EDITED), FIRST))

    assert {verdict.version for verdict in verdicts} == {"2.4"}


def test_a_revision_is_of_the_latest_version() -> None:
    second = article("b" * 32, EDITED, source="inbox:one.txt")
    third = article("c" * 32, EDITED.replace("mot30 ", "trente "), source="inbox:one.txt")
    verdict = judged(third, FIRST, second)

    assert isinstance(verdict, Duplication)
    assert verdict.revision_of == "b" * 32


def test_at_a_place_where_texts_take_turns_an_edited_one_is_a_revision_of_its_newest_version() -> None:
    place = "inbox:latest.txt"
    second = article("b" * 32, EDITED, source=place)
    between = article("c" * 32, STRANGER, source=place)
    heard = article("d" * 32, EDITED.replace("mot30 ", "trente "), source=place)
    verdict = judged(heard, article("a" * 32, BODY, source=place), second, between)

    assert isinstance(verdict, Duplication)
    assert (verdict.verdict, verdict.revision_of) == ("revision", "b" * 32)
    assert verdict.similarity == round(55 / 61, 4)


def test_what_stood_elsewhere_has_no_revision_here() -> None:
    between = article("c" * 32, STRANGER, source="inbox:latest.txt")
    verdict = judged(article("d" * 32, EDITED, source="inbox:latest.txt"), FIRST, between)

    assert isinstance(verdict, Duplicate)
    assert verdict.of == "a" * 32


@pytest.mark.parametrize("text", [STRANGER, REWRITTEN])
def test_another_text_at_the_same_source_is_an_original(text: str) -> None:
    verdict = judged(article("b" * 32, text, source="inbox:one.txt"), FIRST)

    assert isinstance(verdict, Duplication)
    assert (verdict.verdict, verdict.revision_of, verdict.similarity) == ("original", None, None)


def test_an_old_version_that_returns_is_a_duplicate_of_itself() -> None:
    verdict = judged(FIRST, FIRST, article("b" * 32, EDITED, source="inbox:one.txt"))

    assert isinstance(verdict, Duplicate)
    assert verdict.of == "a" * 32


def test_parts_of_one_original_are_articles_of_their_own() -> None:
    first = article("a" * 32, BODY, source="inbox:all.txt", sha256="f", part=1)
    verdict = judged(article("b" * 32, STRANGER, source="inbox:all.txt", sha256="f", part=2), first)

    assert verdict.verdict == "original"


def test_the_most_similar_wins_and_the_first_seen_among_equals() -> None:
    heard = article("d" * 32, EDITED)
    closer, twin = article("b" * 32, EDITED + " fin", source="b"), article("c" * 32, "début " + EDITED, source="c")
    verdict = judged(heard, FIRST, closer, twin)

    assert isinstance(verdict, Duplicate)
    assert verdict.of == "b" * 32


@pytest.mark.parametrize(("number", "verdict"), [(6, "original"), (40, "duplicate")])
def test_flashes_of_a_few_words_are_not_near_duplicates(number: int, verdict: str) -> None:
    flash = " ".join(BODY.split()[:number])

    assert judged(article("b" * 32, flash + " hier"), article("a" * 32, flash)).verdict == verdict


def test_a_flash_edited_at_its_source_is_a_revision() -> None:
    flash = " ".join(BODY.split()[:6])
    verdict = judged(article("b" * 32, flash + " hier", source="x"), article("a" * 32, flash, source="x"))

    assert verdict.verdict == "revision"


@pytest.mark.parametrize("text", ["", "…"])
def test_texts_without_a_word_are_not_alike(text: str) -> None:
    assert judged(article("b" * 32, text), article("a" * 32, "")).verdict == "original"


def _verdicts(articles: Sequence[Article]) -> list[tuple[str, str | None]]:
    neighbours = {place: list(range(place)) for place in range(len(articles))}
    return [
        (verdict.verdict, verdict.of if isinstance(verdict, Duplicate) else verdict.revision_of)
        for verdict in judge(articles, Known(), neighbours)
    ]


def test_of_copies_that_arrive_together_one_is_first() -> None:
    copies = [article(letter * 32, BODY) for letter in "abc"]

    assert _verdicts(copies) == [("original", None), ("duplicate", "a" * 32), ("duplicate", "a" * 32)]


def test_a_duplicate_of_a_duplicate_is_a_duplicate_of_the_original() -> None:
    copy = article("b" * 32, EDITED)
    again = article("c" * 32, EDITED)

    assert _verdicts([FIRST, copy, again])[1:] == [("duplicate", "a" * 32), ("duplicate", "a" * 32)]


def test_in_the_place_of_a_duplicate_stands_what_it_is_a_duplicate_of() -> None:
    articles = [FIRST, article("b" * 32, EDITED), article("c" * 32, EDITED + " fin")]
    verdicts = judge(articles, Known(), {1: [0], 2: [1]})

    assert [verdict.of for verdict in verdicts if isinstance(verdict, Duplicate)] == ["a" * 32, "a" * 32]


def test_a_copy_of_a_revision_is_a_duplicate_of_the_revision() -> None:
    revision = article("b" * 32, EDITED, source="inbox:one.txt")
    copy = article("c" * 32, EDITED + " fin")

    assert _verdicts([FIRST, revision, copy])[1:] == [("revision", "a" * 32), ("duplicate", "b" * 32)]


def test_of_versions_and_their_copies_the_first_seen_is_told() -> None:
    versions = [article(letter * 32, f"{BODY} version {letter}", source="x") for letter in "abc"]
    copies = [
        article("d" * 32, f"{BODY} version c", source="y"),
        article("e" * 32, f"{BODY} version c fin", source="z"),
    ]
    verdicts = judge([*versions, *copies], Known(), {place: list(range(place)) for place in range(5)})

    assert [verdict.original for verdict in verdicts] == ["a" * 32] * 5
    assert [verdict.of for verdict in verdicts if isinstance(verdict, Duplicate)] == ["c" * 32] * 2


def test_versions_that_arrive_together_form_a_chain() -> None:
    versions = [article(letter * 32, f"{BODY} version {letter}", source="x") for letter in "abc"]

    assert _verdicts(versions) == [("original", None), ("revision", "a" * 32), ("revision", "b" * 32)]
