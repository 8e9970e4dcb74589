"""Metadata of whole articles: the sample documents, any text at all, and the work that large ones make."""

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
SEEDS = Path(__file__).parents[5] / "seeds"
FIELDS = {"title", "byline", "publisher", "credits", "url", "published", "body", "removed", "headings"}
SENTENCE = "Les forces du gouvernement ont repris le village après trois jours de combats. "


def seed(number: str) -> str:
    [path] = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("number", "published", "precision", "evidence"),
    [
        ("000", "2018-01", "month", "date 2018-01"),
        ("002", "2018-10", "month", "date 2018-10"),
        ("003", "2017-10", "month", "date 2017-10"),
        ("004", "2016-07-13", "day", "mercredi 13 juillet 2016"),
    ],
)
def test_the_samples_tell_their_dates_as_precisely_as_they_know_them(
    read: Read, number: str, published: str, precision: str, evidence: str
) -> None:
    text, found = seed(number), read(seed(number)).published
    assert found is not None
    assert (found.value, found.precision, found.evidence) == (published, precision, evidence)
    assert text[found.start : found.end] == evidence


def test_a_sample_whose_year_nobody_tells_gets_no_date(read: Read) -> None:
    assert read(seed("001")).published is None


@pytest.mark.parametrize(("number", "start", "end"), [("001", 4, 107), ("004", 241, 335)])
def test_the_samples_with_a_headline_have_it_in_its_place(read: Read, number: str, start: int, end: int) -> None:
    found = read(seed(number)).title
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_the_samples_without_a_headline_have_none(read: Read, number: str) -> None:
    assert read(seed(number)).title is None


@pytest.mark.parametrize(
    ("number", "kinds", "body"),
    [
        ("000", ["metadata_prefix", "link"], [(14, 2070)]),
        ("001", ["label", "caption", "caption", "share_bar", "source_line"], [(462, 7359)]),
        ("002", ["metadata_prefix"], [(14, 2857)]),
        ("003", ["metadata_prefix", "link", "byline", "separator"], [(14, 167), (254, 6128), (6201, 8133)]),
        ("004", ["motto", "date_line"], [(341, 3091)]),
    ],
)
def test_the_samples_keep_their_prose_and_nothing_else(
    read: Read, number: str, kinds: list[str], body: list[tuple[int, int]]
) -> None:
    found = read(seed(number))
    assert [span.kind for span in found.removed] == kinds
    assert [(span.start, span.end) for span in found.body] == body


def test_the_samples_headings_lie_where_they_are(read: Read) -> None:
    assert [(span.start, span.end) for span in read(seed("004")).headings] == [(1376, 1472), (2723, 2774)]


def test_the_samples_name_whom_they_name(read: Read) -> None:
    signed, sourced = read(seed("003")), read(seed("001"))
    assert sourced.publisher is not None
    assert [name.name for name in signed.byline] == [seed("003")[6130:6141]]
    assert sourced.publisher.name == seed("001")[7390:7405]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
@pytest.mark.parametrize(
    ("old", "new"), [("\n", "\r\n"), ("\n\n", "\n"), ("\n", "  \n\n"), (" ", "\u00a0"), ("\n", "\n\t")]
)
def test_white_space_changes_nothing_of_what_is_found(read: Read, number: str, old: str, new: str) -> None:
    before, after = read(seed(number)), read(seed(number).replace(old, new))
    assert [span.kind for span in after.removed] == [span.kind for span in before.removed]
    assert (before.title is None) == (after.title is None)
    assert (before.published and before.published.value) == (after.published and after.published.value)
    assert len(after.headings) == len(before.headings)


def test_every_field_says_what_made_it_and_claims_are_told_from_layout(read: Read) -> None:
    made = read(SENTENCE, claims=[("title", "Un titre", "jsonld")]).made_by
    assert made.keys() == FIELDS
    assert (made["title"].extractor, made["published"].extractor) == ("claims", "layout")


def test_every_field_says_what_it_rests_on(read: Read) -> None:
    claims = [
        ("title", "Un titre | Zorb", "html-title"),
        ("publisher", "Zorb", "meta-site"),
        ("author", "Bo Zarbin", "jsonld"),
    ]
    made = read(SENTENCE, claims=claims).made_by
    assert made["title"].evidence == ("html-title title",)
    assert made["publisher"].evidence == ("meta-site publisher",)
    assert made["byline"].evidence == ("jsonld author",)
    assert made["url"].evidence == ()
    written = read(f"Un titre\n\nPar Anne Martin\n\n{SENTENCE}")
    assert [name.name for name in written.byline] == ["Anne Martin"]
    assert written.made_by["byline"].evidence == ("Par Anne Martin",)


PIECES = st.sampled_from(
    [SENTENCE, "Un titre sans point", "13 juillet 2016", "date 2018-01 ", "Par Anne Martin", "Anne Martin", "*****",
     "\n", "\n\n", "SOURCE: X", "Partager", "(AFP photo)",
     "https://a.example", "\u2028", "\ufeff", "« ", " »", "MONDE", "13/07", "é", "\x00", "😀"]
)  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=200)))
def test_of_any_text_every_span_is_true_and_none_overlap_and_no_word_is_lost(read: Read, text: str) -> None:
    found = read(text)
    spans = sorted((span.start, span.end) for span in (*found.body, *found.removed))
    if found.title and found.title.start is not None and found.title.end is not None:
        spans = sorted([*spans, (found.title.start, found.title.end)])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert sum(map(str.isalnum, text)) == sum(sum(map(str.isalnum, text[start:end])) for start, end in spans)
    assert all(any(part.start <= head.start and head.end <= part.end for part in found.body) for head in found.headings)
    if found.published and found.published.start is not None:
        assert text[found.published.start : found.published.end] == found.published.evidence


def calls(read: Read, text: str) -> int:
    """How many functions are called, Python's and C's, while `text` is read."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    read(SENTENCE)
    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "line",
    ["a\n", "a\n\n", "Anne Martin\n", "****\n", "13 juillet 2016\n", "Partager\n", "Facebook\n", SENTENCE + "\n"],
)
def test_twice_as_many_lines_make_at_most_twice_the_work(read: Read, line: str) -> None:
    assert calls(read, line * 1000) <= 2.2 * calls(read, line * 500)


@pytest.mark.parametrize(
    "piece", ["a", "a ", SENTENCE, "(", "13 juillet 2016 ", "date ", "/", "-", "«", "http://", "1"]
)
def test_one_endless_line_makes_no_more_calls_than_a_long_one(read: Read, piece: str) -> None:
    assert calls(read, piece * (200_000 // len(piece))) <= calls(read, piece * (2_000 // len(piece))) + 100
