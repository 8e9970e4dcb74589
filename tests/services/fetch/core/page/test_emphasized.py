"""Where a page has no headings and its title is its site's name, the headline is the large or bold line on its text."""

import pytest

from services.fetch.core.page import read_page

HEADLINE = "Harbour ferry taken out of service after inspection"
PROSE = "They looked at the hull on Monday, all of them, and found that it had a crack below the waterline. "
TEXT = "<br><br>".join([PROSE * 3] * 3)


def page(line: str, *, title: str = "Ledger Online", around: str = "{}") -> str:
    cell = f"<td>{line}<br><i>By Jane Doe</i><br>5 May 2025<br><br>{TEXT}</td>"
    table = f"<table><tr><td><a href=/>Home</a><br><a href=/a>Archive</a></td>{cell}</tr></table>"
    return f"<html><head><title>{title}</title></head><body>{around.format(table)}</body></html>"


def titles(line: str, *, title: str = "Ledger Online") -> list[tuple[str, str]]:
    found = read_page(page(line, title=title)).claims
    return [(claim.value, claim.origin) for claim in found if claim.field == "title" and claim.value != title]


@pytest.mark.parametrize(
    "line",
    [
        f"<b>{HEADLINE}</b>",
        f'<font size="+2">{HEADLINE}</font>',
        f"<b><font size=5>{HEADLINE}</font></b>",
        f'<span style="font-size: 22px">{HEADLINE}</span>',
        f"<b>Inspectors report on it</b><br><font size=5>{HEADLINE}</font>",
        f"<b>{HEADLINE}</b><br><b>Crack found below the waterline</b>",
    ],
)
def test_the_largest_line_above_the_text_is_the_headline(line: str) -> None:
    assert titles(line) == [(HEADLINE, "html-emphasis")]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (HEADLINE, "Ledger Online"),  # nothing sets it apart
        (f"<font size=2>{HEADLINE}</font>", "Ledger Online"),
        (f"<b><a href=/other>{HEADLINE}</a></b>", "Ledger Online"),  # it leads elsewhere
        (f"<b>{HEADLINE}.</b>", "Ledger Online"),
        ("<b>World news</b>", "Ledger Online"),
        (f"<b>{HEADLINE}</b>", "Ferry laid up"),  # the title is a headline itself
        (f"<b>{HEADLINE}</b>", "Divers find a crack in the hull of a boat"),
    ],
)
def test_a_line_that_may_be_none_changes_nothing(line: str, title: str) -> None:
    assert titles(line, title=title) == []


def test_a_page_with_a_heading_has_that_for_its_headline() -> None:
    found = read_page(page(f"<b>{HEADLINE}</b>", around="<h1>A ferry waits in the dock</h1>{}")).claims
    assert "html-emphasis" not in {claim.origin for claim in found}


def test_the_headline_is_no_part_of_the_text_though_a_menu_stands_in_its_row() -> None:
    text = read_page(page(f"<b>{HEADLINE}</b>")).text
    assert HEADLINE not in text
    assert text.count(PROSE.strip()) == 9
