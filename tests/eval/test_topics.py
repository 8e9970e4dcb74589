"""The method that topics were measured with, held against what a person counts by hand."""

from pathlib import Path

import pytest

from tests.eval import linear
from tests.eval.eval_topics import SUBJECTS
from tests.eval.topics import Lexicon, f1_by_subject, lexicons, macro_f1, topic

LIST = """subject\tlanguage\tnames\tsource
15000000\ten\tgoal*|referee|match?\town
04000000\ten\tshares|*bank|match?\town
"""


@pytest.fixture
def english(tmp_path: Path) -> Lexicon:
    path = tmp_path / "words.tsv"
    path.write_text(LIST, encoding="utf-8")
    return lexicons(path)["en"]


def test_the_subject_that_most_words_speak_for_is_told_with_its_share(english: Lexicon) -> None:
    found = topic(english, "", "The goalkeeper and the referee own shares.")
    assert found is not None
    assert found.subject == "15000000"
    assert found.confidence == pytest.approx(2 / 3)


def test_a_word_of_the_title_counts_twice(english: Lexicon) -> None:
    found = topic(english, "Shares", "The referee.")
    assert found is not None
    assert found.subject == "04000000"
    assert found.confidence == pytest.approx(2 / 3)


def test_a_weak_word_of_two_subjects_says_a_quarter_for_each(english: Lexicon) -> None:
    assert english.weights("match") == {"15000000": 0.25, "04000000": 0.25}


def test_a_beginning_or_an_end_stands_for_the_words_that_have_it(english: Lexicon) -> None:
    assert english.weights("goals").keys() == {"15000000"}
    assert english.weights("sparbank").keys() == {"04000000"}


def test_other_words_say_nothing(english: Lexicon) -> None:
    assert not any(map(english.weights, ("go", "referees", "banker", "share")))
    assert topic(english, "Rain", "It rained all day.") is None


def test_no_subject_is_told_where_none_stands_out(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(
        "subject\tlanguage\tnames\tsource\n"
        + "".join(f"{at:02}000000\ten\tw{letter}\town\n" for at, letter in enumerate("abcde", 1)),
        encoding="utf-8",
    )
    assert topic(lexicons(path)["en"], "", "wa wb wc wd we") is None


def test_every_subject_counts_alike_and_what_is_never_right_is_no_subject_of_the_set() -> None:
    pairs = [("15", "15"), ("15", "15"), ("15", "04"), ("04", "04"), ("04", None), ("11", "17")]
    assert f1_by_subject(pairs) == {"04": pytest.approx(0.5), "11": 0.0, "15": pytest.approx(0.8)}
    assert macro_f1(pairs) == pytest.approx(1.3 / 3)


def test_nothing_labelled_is_no_score() -> None:
    assert macro_f1([]) == 0


def test_the_lists_have_words_for_all_seventeen_subjects_in_each_of_their_languages() -> None:
    subjects = {f"{at:02}000000" for at in range(1, 18)}
    for lexicon in lexicons().values():
        listed = (lexicon.whole, lexicon.beginnings, lexicon.ends)
        assert {subject for words in listed for said in words.values() for subject in said} == subjects


def test_labels_are_mapped_to_subjects_that_there_are() -> None:
    subjects = {f"{at:02}000000" for at in range(1, 18)}
    assert {subject for labels in SUBJECTS.values() for subject in labels.values()} <= subjects


def test_the_linear_classifier_tells_texts_by_what_stood_in_others_with_the_label() -> None:
    texts = ["a goal and a match", "the goal of the match", "the bank and its shares", "shares of a bank"]
    say = linear.trained(texts, ["15", "15", "04", "04"])
    assert say(["goal", "bank"]) == ["15", "04"]
