"""Titles are added to names and taken from them, for whoever counts them so."""

from tests.eval.titles import with_titles, without_titles

#          0         1         2         3
#          0123456789012345678901234567890123456789
TEXT = "M. Zarbin, Mme Zorb et M.Zalm à Dr Zor."
NAMED = {(3, 9): "person", (15, 19): "person", (25, 29): "person", (35, 38): "place"}
TITLED = {(0, 9): "person", (11, 19): "person", (23, 29): "person", (35, 38): "place"}


def test_a_person_has_the_title_that_stands_before() -> None:
    assert with_titles(TEXT, NAMED) == TITLED


def test_a_name_without_its_title_is_left() -> None:
    assert without_titles(TEXT, TITLED) == NAMED


def test_names_that_have_none_or_have_it_already_stay() -> None:
    assert without_titles(TEXT, NAMED) == NAMED
    assert with_titles(TEXT, TITLED) == TITLED


def test_the_end_of_another_word_is_no_title() -> None:
    assert with_titles("ADr Zor", {(4, 7): "person"}) == {(4, 7): "person"}
