"""A page whose text stands in a script alone is read where it is plain which text is its own; else that is said."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import ReadDocument, Rejected
from services.fetch.formats import html
from services.fetch.formats.scripted import in_script
from tests.services.fetch.formats.writing import claims, source

TITLE = "A convoy enters the besieged town"
LINES = [
    f"The convoy number {n} entered the besieged town with food for ten thousand people, the council said on Monday."
    for n in range(9)
]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
TOLD = {"title": TITLE, "author": "Jane Holloway", "datePublished": "2026-05-04T10:00:00Z"}


def page(*scripts: str, shown: str = "", title: str = TITLE) -> bytes:
    written = f"<html><head><title>{title} | The Quay</title></head><body><div id=app>{shown}</div>{''.join(scripts)}"
    return f"{written}</body></html>".encode()


def next_data(props: Any) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": props})}</script>'


def flat(*values: Any) -> str:
    return f'<script id="__NUXT_DATA__" type="application/json">{json.dumps(values):600}</script>'


def sent(*pieces: str) -> str:
    pushed = "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    return f"<script>(self.__next_f=self.__next_f||[]).push([0])</script>{pushed}"


def in_rows(article: Any, text: str) -> str:
    """The rows of a page that Next's server sends: modules, a text by itself, and what leads to it."""
    module, held = '1:I[7440,["static/chunks/7440.js"],"Page"]', json.dumps(["$", "$L1", None, {"article": article}])
    return f'{module}\n:HL["/a.css","style"]\n24:T{len(text.encode()):x},{text}2:{held}\n7:null\n'


SENT = in_rows({"title": TITLE, "contentHtml": "$24"}, MARKUP.replace("food", "vivres à volonté"))


def read(*scripts: str, shown: str = "", title: str = TITLE) -> ReadDocument | Rejected:
    return html.read(source(page(*scripts, shown=shown, title=title)))


def taken(*scripts: str, shown: str = "") -> ReadDocument:
    found = read(*scripts, shown=shown)
    assert isinstance(found, ReadDocument), found
    return found


def leaves(line: str) -> list[dict[str, str]]:
    return [{"text": line[:20]}, {"text": line[20:]}]


HELD: dict[str, Callable[[], Any]] = {
    "markup": lambda: {**TOLD, "articleBody": MARKUP},
    "plain": lambda: {**TOLD, "body": "\n\n".join(LINES)},
    "under a holder with the title": lambda: {"title": TITLE, "story": {"content": {"html": MARKUP}}},
    "paragraphs": lambda: {**TOLD, "body": [{"type": "p", "text": line} for line in LINES]},
    "strings": lambda: {**TOLD, "content": LINES},
    "blocks of leaves": lambda: {**TOLD, "body": [{"_type": "block", "children": leaves(line)} for line in LINES]},
    "a tree": lambda: {
        **TOLD,
        "content": {"type": "doc", "content": [{"type": "paragraph", "content": leaves(line)} for line in LINES]},
    },
    "widgets": lambda: {**TOLD, "widgets": [{"image": {"id": 7}}, *({"data": {"html": line}} for line in LINES)]},
    "elements with fields": lambda: {
        **TOLD,
        "elements": [{"type": "text", "fields": [{"name": "text", "value": line}]} for line in LINES],
    },
    "the same twice, and its beginning": lambda: [
        {**TOLD, "articleBody": MARKUP},
        {"cache": {**TOLD, "articleBody": MARKUP}, "seo": {**TOLD, "text": " ".join(LINES[:7])}},
    ],
    "beside what says nothing": lambda: {
        **TOLD,
        "body": [3, None, {"text": True}, *LINES, {"content": 7}, {"items": {}}],
    },
    "beside another": lambda: [
        {**TOLD, "articleBody": MARKUP},
        {"title": "Another thing that happened elsewhere", "articleBody": MARKUP.replace("convoy", "ship")},
    ],
}


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("shown", ["", "<noscript>You need to enable JavaScript.</noscript>", f"<h1>{TITLE}</h1>"])
def test_the_one_text_with_the_page_s_title_is_its_text(held: str, shown: str) -> None:
    found = taken(next_data(HELD[held]()), shown=shown)
    assert [line for line in found.text.split("\n") if line] == LINES
    assert ("text_from", "__NEXT_DATA__") in claims(found)


def test_what_stands_with_it_is_claimed_with_its_origin() -> None:
    found = taken(next_data({**TOLD, "articleBody": MARKUP}))
    assert {("author", "Jane Holloway", "json-state"), ("title", TITLE, "json-state")} <= {
        (claim.field, claim.value, claim.origin) for claim in found.claims
    }


STATE = json.dumps({"article": {**TOLD, "articleBody": MARKUP}}).replace("</", "<\\/")


@pytest.mark.parametrize(
    ("script", "name"),
    [
        (f"<script>window.__INITIAL_STATE__ = {STATE};</script>", "__INITIAL_STATE__"),
        (f"<script>window['__STATE__']={STATE};(function(){{}})()</script>", "__STATE__"),
        (f"<script>window.__STATE__=JSON.parse({json.dumps(STATE)})</script>", "__STATE__"),
        (f"<script type=application/json id=state>{STATE}</script>", "state"),
        (sent(SENT), "__next_f"),
        (sent(SENT[:90], SENT[90:700], SENT[700:]), "__next_f"),
        (
            flat(["Reactive", 1], {"article": 2}, {"title": 3, "body": 4}, TITLE, [5, 6], LINES[0], " ".join(LINES)),
            "__NUXT_DATA__",
        ),
    ],
)  # fmt: skip
def test_it_may_be_handed_over_in_other_ways(script: str, name: str) -> None:
    found = taken(script)
    assert LINES[8] in found.text.replace("vivres à volonté", "food")
    assert ("text_from", name) in claims(found)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (next_data({"title": "Another thing happened", "articleBody": MARKUP}), "no text in it has the page's title"),
        (
            next_data([{**TOLD, "articleBody": MARKUP}, {**TOLD, "articleBody": MARKUP.replace("convoy", "ship")}]),
            "2 texts in it have the page's title",
        ),
        (next_data({**TOLD, "parts": [{"text": MARKUP}, {"text": MARKUP.replace("convoy", "ship")}]}), "no text in it"),
        (next_data([{**TOLD, "text": MARKUP}, {"text": 2 * MARKUP.replace("convoy", "ship")}]), "is not the longest"),
        (f"<script>window.__NUXT__=(function(a){{return {{t:a,b:{json.dumps(LINES)}}}}})</script>", "it is no JSON"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shown", ["", "<p>Menu</p>"])
def test_what_is_not_plain_is_rejected_and_said_to_be_in_a_script(script: str, why: str, shown: str) -> None:
    found = read(script, shown=shown)
    assert isinstance(found, Rejected)
    assert found.reason is RejectReason.NO_TEXT
    assert found.detail.startswith("the page's text is only in a script (")
    assert why in found.detail


@pytest.mark.parametrize("held", [{"description": MARKUP}, {"text": " ".join(LINES[:8]) + " The convoy …"}])
def test_a_summary_is_no_text_nor_is_one_that_is_cut_off(held: dict[str, str]) -> None:
    assert in_script(next_data({**TOLD, **held}), [TITLE]) is None


SHORT = "".join(f"<p>{line}</p>" for line in LINES[:3])


@pytest.mark.parametrize(
    "told", [{"content": SHORT}, {"body": [{"type": "p", "children": leaves(line)} for line in LINES[:3]]}]
)
def test_a_short_text_is_read_where_it_has_the_page_s_title_and_a_date(told: dict[str, Any]) -> None:
    found = taken(next_data({"article": {**TOLD, **told}, "related": [{"title": "Another thing that happened"}]}))
    assert [line for line in found.text.split("\n") if line] == LINES[:3]


@pytest.mark.parametrize(
    "held",
    [
        {"title": TITLE, "text": SHORT},  # as a page is described to search engines
        {**TOLD, "title": "Another thing that happened elsewhere", "body": SHORT},
        {**TOLD, "body": SHORT.replace("</p><p>", " ").replace(".</p>", " …</p>")},
        {**TOLD, "description": SHORT},
    ],
)
def test_a_short_text_that_may_be_no_article_s_is_none(held: dict[str, str]) -> None:
    assert in_script(next_data(held), [TITLE]) is None


def test_a_short_text_beside_a_script_of_prose_that_cannot_be_read_is_not_plain() -> None:
    other = f"<script>window.__NUXT__=(function(a){{return {{t:a,b:{json.dumps(LINES)}}}}})</script>"
    found = read(next_data({**TOLD, "body": SHORT}), other)
    assert isinstance(found, Rejected)
    assert "it is no JSON" in found.detail


def test_what_a_page_shows_is_its_text_whatever_its_scripts_hold() -> None:
    other = next_data({**TOLD, "articleBody": MARKUP.replace("convoy", "ship")})
    assert "ship" not in taken(other, shown=f"<article><h1>{TITLE}</h1>{MARKUP}</article>").text


def test_pieces_that_lie_in_themselves_are_read_once() -> None:
    page = flat({"title": 1, "body": 2}, TITLE, [2, 2, 3, 4, 5], {"content": 2}, {"children": 2}, LINES[0])
    found = in_script(page, [TITLE])
    assert found is not None
    assert LINES[0] in found.text
