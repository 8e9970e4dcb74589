"""Where texts have what they have in common."""

import random

import pytest

from contracts.value import Span
from services.dedup.core import fingerprint
from services.dedup.core.fingerprints import Fingerprint
from services.dedup.core.similarity import LEAST_PASSAGE, MOST_SPANS, common, passages


def prose(words: int, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"l’{''.join(chance.choices('abcdéœ', k=7))}" for _ in range(words))


def spans(one: str, other: str) -> tuple[list[str], list[str]]:
    """What is told of each, as it stands there."""
    ours, theirs = fingerprint(one), fingerprint(other)
    found = common(ours, theirs)
    return (
        [one[span.start : span.end] for span in passages(ours, found)],
        [other[span.start : span.end] for span in passages(theirs, found)],
    )


DISPATCH = prose(60, 1)
ARABIC = (
    "المبعوث الخاص إلى سوريا يلتقي وفد المعارضة في جنيف قبل بدء الجولة الجديدة من المفاوضات التي ترعاها الأمم المتحدة"
    " وتناقش الانتقال السياسي ووقف إطلاق النار"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{prose(90, 2)}. {DISPATCH}. {prose(40, 3)}", DISPATCH),  # all of the other in one
        (DISPATCH, f"« {DISPATCH} », dit {prose(200, 4)}"),
        (f"{prose(30, 5)}\n\n{DISPATCH}", f"{DISPATCH}\n\n{prose(30, 6)}"),
        (f"{prose(3000, 7)} {prose(2000, 8)}", f"{prose(2000, 8)} {prose(3000, 9)}"),  # longer than a sketch
    ],
)
def test_a_passage_in_common_is_told_where_it_stands_on_both_sides(one: str, other: str) -> None:
    passage = prose(2000, 8) if len(one) > 10_000 else DISPATCH
    slack = 400 if len(one) > 10_000 else 0  # a sample of the shingles knows the edges roughly

    [ours], [theirs] = spans(one, other)

    for told in (ours, theirs):
        assert told in passage
        assert len(told) >= len(passage) - slack


def test_a_few_edited_words_do_not_tear_a_passage_apart() -> None:
    words = DISPATCH.split()
    edited = " ".join([*words[:30], "hier", "soir", *words[32:]])

    assert spans(f"{prose(50, 2)} {edited}", f"{DISPATCH} {prose(50, 3)}") == ([edited], [DISPATCH])


def test_passages_apart_are_told_apart_and_in_reading_order() -> None:
    first, second = prose(40, 1), prose(60, 2)
    one, other = f"{first} {prose(50, 3)} {second}", f"{second} {prose(50, 4)} {first}"

    assert spans(one, other) == ([first, second], [second, first])


@pytest.mark.parametrize(("words", "told"), [(LEAST_PASSAGE + 1, 0), (LEAST_PASSAGE + 2, 1)])
def test_a_phrase_is_no_passage(words: int, told: int) -> None:
    phrase = " ".join(f"mot{number}" for number in range(words))

    assert len(spans(f"{prose(50, 2)} {phrase}", f"{prose(50, 3)} {phrase}")[0]) == told


def test_they_are_bounded() -> None:
    shared = [prose(25, seed) for seed in range(MOST_SPANS + 10)]
    one = " ".join(f"{passage} {prose(12, 100 + place)}" for place, passage in enumerate(shared))

    assert len(spans(one, " ".join(shared))[0]) <= MOST_SPANS


@pytest.mark.parametrize(
    "passage",
    [
        "Le cœur de l’été " + DISPATCH,
        "e\u0301tait a\u0300 la fe\u0302te " + DISPATCH,  # accents apart from their letters
        "ﬁnancé par l’office… " + DISPATCH,  # ligatures and ellipses become several characters
        ARABIC,
    ],
)
def test_offsets_are_those_of_the_text_whatever_folding_does_to_it(passage: str) -> None:
    [told], _ = spans(f"— {prose(30, 2)} ; {passage}. {prose(30, 3)}", f"{prose(80, 4)}. {passage}")

    assert told.rstrip(".") == passage


def test_in_scripts_without_spaces_a_passage_is_told_by_characters() -> None:
    passage = "外交部发言人今天在例行记者会上表示中方对此表示关切并呼吁各方保持克制通过对话解决分歧"

    assert spans(f"新华社北京电，{passage}。", f"{passage}。记者报道") == ([passage], [passage])


def test_what_an_earlier_version_remembered_has_no_places() -> None:
    ours, theirs = fingerprint(DISPATCH), fingerprint(DISPATCH)
    old = Fingerprint(theirs.text, theirs.shingles, theirs.sketch)
    found = common(ours, old)

    assert passages(old, found) == ()
    assert passages(ours, found) == (Span(start=0, end=len(DISPATCH)),)
