"""What was typed into a page with its lines and blanks comes out in paragraphs."""

from services.fetch.core.page.reading import read_page

FIRST = """The overnight ferry has been taken out of service for at least three
weeks after divers found a crack in the hull below the waterline, the
operator said on Tuesday."""
SECOND = """Inspectors boarded the vessel on Sunday during what was supposed to be
a routine survey. They ordered it into dry dock the same evening."""
THIRD = """A smaller relief boat will make one return crossing a day, with room
for fourteen cars. Hauliers said that prawns could not wait for a space."""


def text_of(typed: str) -> list[str]:
    return read_page(f"<html><body><h1>Ferry suspended</h1>{typed}</body></html>").text.split("\n")


def whole(paragraph: str) -> str:
    return " ".join(paragraph.split())


def test_empty_lines_part_paragraphs_and_lines_that_were_broken_to_fit_are_joined() -> None:
    lines = text_of(f"<pre>{FIRST}\n\n{SECOND}\n \n{THIRD}\n</pre>")
    assert [whole(each) for each in (FIRST, SECOND, THIRD)] == lines[-3:]


def test_indents_part_paragraphs() -> None:
    lines = text_of(f"<pre>   {FIRST}\n   {SECOND}\n   {THIRD}\n</pre>")
    assert [whole(each) for each in (FIRST, SECOND, THIRD)] == lines[-3:]


def test_marks_within_what_was_typed_break_nothing() -> None:
    lines = text_of(f"<pre><b>{FIRST}</b>\n\n<a href='/x'>Inspectors</a>{SECOND[10:]}\n\n{THIRD}</pre>")
    assert [whole(each) for each in (FIRST, SECOND, THIRD)] == lines[-3:]


def test_lines_that_were_not_broken_to_fit_are_paragraphs() -> None:
    lines = text_of(f"<pre>{whole(FIRST)}\n{whole(SECOND)}\n{whole(THIRD)}</pre>")
    assert [whole(each) for each in (FIRST, SECOND, THIRD)] == lines[-3:]


def test_code_stays_as_it_is() -> None:
    prose = "".join(f"<p>{whole(each)}</p>" for each in (FIRST, SECOND, THIRD))
    lines = text_of(f"{prose}<pre><code>{FIRST}\n\n{SECOND}</code></pre>")
    assert whole(f"{FIRST} {SECOND}") in lines
