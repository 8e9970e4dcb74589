"""An article that a page does not show, or shows in one line, is read where its data tells it."""

import json

import pytest

from services.fetch.core.page import read_page
from services.fetch.core.page.told import told_of

SENTENCES = [
    f"Le convoi numéro {n} est entré dans la ville assiégée avec des vivres pour dix mille habitants." for n in range(9)
]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
CAPTION = "<figure><figcaption>Un convoi devant la barricade, mardi.</figcaption></figure>"


def page(body: str = "", *, article_body: object = None, kind: str = "NewsArticle") -> str:
    data = {"@type": kind, "headline": "Dix convois dans la ville", "articleBody": article_body}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>' if article_body else ""
    return f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("told", ["\n\n".join(SENTENCES), PROSE, "<br>".join(SENTENCES)], ids=["lines", "p", "br"])
def test_a_body_that_only_the_pages_data_has_is_the_text_in_its_lines(told: str) -> None:
    assert read_page(page(CAPTION, article_body=told)).text.split("\n") == SENTENCES


def test_what_a_page_shows_goes_before_what_its_data_tells() -> None:
    other = " ".join(reversed(SENTENCES))
    assert read_page(page(f"<article>{PROSE}</article>", article_body=other)).text.split("\n") == SENTENCES


def test_a_summary_in_the_data_is_no_text() -> None:
    assert read_page(page(CAPTION, article_body=SENTENCES[0])).text != SENTENCES[0]


def test_what_a_page_shows_in_one_line_has_the_lines_of_its_data() -> None:
    shown = f"<article><p>{' '.join(SENTENCES)}</p></article>"
    assert read_page(page(shown, article_body="\n".join(SENTENCES))).text.split("\n") == SENTENCES


@pytest.mark.parametrize(
    ("node", "shown", "told"),
    [
        (None, "", None),
        ({}, "", None),
        ({"articleBody": SENTENCES}, "", None),
        ({"articleBody": SENTENCES[0]}, "", None),
        ({"articleBody": f"<p>{SENTENCES[0]}</p>" + "<br>" * 200}, "", None),
        ({"articleBody": "\n".join(SENTENCES)}, "\n".join(SENTENCES[:2]), "\n".join(SENTENCES)),
        ({"articleBody": "\n".join(SENTENCES)}, "\n".join(SENTENCES[:4]), None),
        ({"articleBody": "\n".join(SENTENCES)}, " ".join(SENTENCES[:4]), "\n".join(SENTENCES)),
    ],
    ids=["no data", "no body", "a list", "a summary", "markup", "a beginning", "a half", "a half in one line"],
)
def test_the_data_is_believed_where_the_page_shows_next_to_nothing_of_it(
    node: dict[str, object] | None, shown: str, told: str | None
) -> None:
    assert told_of(node, shown) == told
