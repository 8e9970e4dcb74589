"""Paragraphs and where they stand."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extract.core.layout import ends_a_sentence, paragraphs

LONG = "Les habitants ont quitté le village à l'aube, et personne ne sait encore quand ils pourront y revenir, dit-on. "


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u0085"])
def test_every_kind_of_line_break_ends_a_paragraph(line_break: str) -> None:
    text = f"Un titre{line_break}{line_break}{LONG}{line_break}  \t{line_break}Fin"
    assert [paragraph.text for paragraph in paragraphs(text)] == ["Un titre", LONG.strip(), "Fin"]


def test_a_carriage_return_with_its_line_feed_is_one_break_and_leaves_no_empty_line() -> None:
    first, second = paragraphs(f"{LONG}\r\n{LONG}")
    assert (first.apart, second.apart) == (False, True)


def test_a_line_of_white_space_alone_sets_paragraphs_apart() -> None:
    first, _ = paragraphs(f"{LONG}\n \u00a0\n{LONG}")
    assert first.apart


def test_lines_of_a_text_set_in_short_lines_are_joined_until_an_empty_line() -> None:
    text = textwrap.fill(LONG * 4, 60) + "\n\n" + textwrap.fill(LONG * 3, 60)
    assert [len(paragraph.text.splitlines()) > 1 for paragraph in paragraphs(text)] == [True, True]


def test_an_indent_opens_a_paragraph_in_a_text_set_in_short_lines() -> None:
    text = textwrap.fill(LONG * 3, 60) + "\n" + textwrap.fill(LONG * 3, 60, initial_indent="    ")
    assert len(paragraphs(text)) == 2


def test_a_line_that_broke_although_the_next_word_had_room_ends_its_paragraph() -> None:
    text = textwrap.fill(LONG * 3, 60).rsplit("\n", 1)[0] + "\net la fin.\n" + textwrap.fill(LONG * 3, 60)
    first, second = paragraphs(text)
    assert first.text.endswith("et la fin.")
    assert second.text.startswith("Les habitants")


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Fin.", True),
        ("« Fin. »", True),
        ("Fin …", True),
        ("Fin ?)", True),
        ("Fin :", False),
        ("Titre", False),
        ("", False),
    ],
)
def test_closing_marks_do_not_hide_the_end_of_a_sentence(text: str, ended: bool) -> None:
    assert ends_a_sentence(text) is ended


@given(st.text(alphabet="aZ é.\n\r\u2028\u00a0\t\ufeff*", max_size=300))
def test_paragraphs_stand_where_they_say_in_order_and_cover_every_letter(text: str) -> None:
    found = paragraphs(text)
    assert all(text[paragraph.start : paragraph.end] == paragraph.text for paragraph in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert sum(map(str.isalpha, text)) == sum(sum(map(str.isalpha, paragraph.text)) for paragraph in found)
