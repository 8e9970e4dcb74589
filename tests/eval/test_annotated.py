"""The annotations of `tests/gold`: that they are in order, and that they are of the texts that are there."""

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from contracts.extraction import EntityType
from tests.eval.annotated import GOLD, annotated, articles, counted, left_over, quoting, seeds
from tests.eval.halves import half
from tests.eval.report import Skipped

QUOTING = (
    "quotations.json",
    "quotations_unread.json",
    "quotations_fourth.json",
    "quotations_fifth.json",
    "quotations_sixth.json",
    "quotations_seventh.json",
    "quotations_eighth.json",
    "quotations_ninth.json",
    "quotations_tenth.json",
    "quotations_eleventh.json",
)
OF_OURS = ("own.json", "own_second.json", "own_third.json")
FILES = ("articles.json", "seeds.json", "seeds_second.json", *OF_OURS, *QUOTING, "quantities.json", "leftovers.json")
ENTRIES = [one for name in FILES for one in json.loads((GOLD / name).read_text("utf-8"))]
KINDS = {"direct", "partial", "block", "scare", "name"}
SPEECH = {"direct", "partial", "block"}
SURFACES = 3  # words of a name; longer strings would be somebody's text
CORPUS = os.environ.get("WIREROOM_CORPUS")


@pytest.fixture(params=ENTRIES, ids=lambda one: one["id"])
def entry(request: pytest.FixtureRequest) -> dict[str, Any]:
    one: dict[str, Any] = request.param
    return one


def test_spans_are_within_the_text_and_in_order(entry: dict[str, Any]) -> None:
    for field in ("quotations", "dates", "quantities", "removed"):
        places = [one["span"] for one in entry[field]]
        assert all(0 <= start < end <= entry["characters"] for start, end in places)
        assert places == sorted(places), field
    for field in ("dates", "quantities"):
        assert all(before["span"][1] <= after["span"][0] for before, after in pairwise(entry[field])), field


def test_labels_are_of_the_kinds_that_the_rules_name(entry: dict[str, Any]) -> None:
    assert {one["kind"] for one in entry["quotations"]} <= KINDS
    assert all(one["direct"] is (one["kind"] in SPEECH) for one in entry["quotations"])
    assert all(one["direct"] or not (one["speaker"] or one["cue"]) for one in entry["quotations"])
    assert {one["type"] for one in entry.get("entities", [])} <= set(EntityType)


def test_what_is_annotated_lies_in_the_prose(entry: dict[str, Any]) -> None:
    for field in ("quotations", "dates", "quantities"):
        outside = [
            one["span"]
            for one in entry[field]
            if not any(start <= one["span"][0] and one["span"][1] <= end for start, end in entry["body"])
        ]
        assert outside == [], field


def test_no_text_of_an_article_is_kept(entry: dict[str, Any]) -> None:
    def strings(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [string for one in inner for string in strings(one)]

    labels = {name: value for name, value in entry.items() if name != "entities"}  # canonical names are the reader's
    assert [string for string in strings(labels) if len(string.split()) > SURFACES] == []


def test_the_halves_are_those_of_the_ids() -> None:
    assert [one["half"] for one in ENTRIES if "half" in one] == [
        half(one["id"]) for one in ENTRIES if one["text"] not in {"seed", "own"}
    ]


def test_labels_stand_on_no_other_text() -> None:
    with pytest.raises(Skipped, match="is not the text that was annotated"):
        annotated(ENTRIES[0], "Another text.")


def test_the_seeds_are_the_texts_that_were_annotated() -> None:
    assert [len(one.text) for one in seeds().articles] == [2102, 2857, 3091]


@pytest.mark.skipif(not CORPUS, reason="needs WIREROOM_CORPUS")
def test_the_articles_are_the_texts_that_were_annotated() -> None:
    assert sum(len(some.articles) for some in articles(Path(str(CORPUS)))) == 30
    assert [len(some.articles) for some in quoting(Path(str(CORPUS)))] == [18, 13, 10, 19, 20, 10, 5, 16, 8, 8]
    assert len(counted(Path(str(CORPUS))).articles) == 15
    assert len(left_over(Path(str(CORPUS))).articles) == 40


def test_what_should_go_stands_outside_the_body(entry: dict[str, Any]) -> None:
    places = sorted([*entry["body"], *(one["span"] for one in entry["removed"])])
    assert all(before[1] <= after[0] for before, after in pairwise(places))


def test_those_with_quotations_or_leftovers_alone_are_of_one_half_and_of_one_set_each() -> None:
    names = {name: [one["id"] for one in json.loads((GOLD / name).read_text("utf-8"))] for name in FILES}
    every = [one for of_file in names.values() for one in of_file]
    of_tuning = set(QUOTING[QUOTING.index("quotations_seventh.json") :])
    assert {half(one) for name in of_tuning for one in names[name]} == {"tuning"}
    others = {*QUOTING, "leftovers.json"} - of_tuning
    assert {half(one) for name in others for one in names[name]} == {"held-out"}
    assert len(set(every)) == len(every)
