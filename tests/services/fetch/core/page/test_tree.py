"""However deep a page nests, and whatever it never ends: its article is read whole, as in a browser."""

import pytest
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import load_html

from services.fetch.core.document import ReadDocument, Source
from services.fetch.core.page.tree import MADE_SHALLOW, SPARE, tree_of
from services.fetch.formats import html

PROSE = "".join(
    f"<p>Le convoi numéro {n} est entré dans la ville assiégée avec des vivres pour dix mille habitants.</p>"
    for n in range(8)
)
AROUND = {
    "boxes": "<div>" * 400,
    "bold that never ends": "<b>" * 20_000,
    "a bit of everything": "<div><b><font color=red><span>" * 100,
    "tables": "<table><tr><td>" * 100,
    "lists": "<ul><li>" * 300,
    "items that lie in items": "<dd><li>" * 300,
    "a drawing that never ends": '<svg viewBox="0 0 9 9"><path d="M0">',
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_an_article_is_read_whole_however_deep_it_lies(around: str) -> None:
    page = f"<html><head><title>T</title></head><body><h1>Un convoi entre</h1>{around}{PROSE}</body></html>"
    found = html.read(Source(page.encode(), "a.html"))
    assert isinstance(found, ReadDocument)
    assert all(f"Le convoi numéro {n} est" in found.text for n in range(8))


def test_nothing_behind_what_lies_too_deep_is_lost() -> None:
    lines = "".join(f"<p><font color=#{n:06}>{n} habitants attendent encore du pain dans la ville." for n in range(600))
    found = html.read(Source(f"<html><body><h1>T</h1>{lines}</body></html>".encode(), "a.html"))
    assert isinstance(found, ReadDocument)
    assert found.text.count("habitants") == 600


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_the_tree_is_never_as_deep_as_its_library_stops_at(around: str) -> None:
    tree = tree_of(f"<html><body>{around}{PROSE}{around}</body></html>")
    assert tree is not None
    assert not tree.xpath(f"boolean({'/*' * (MADE_SHALLOW + SPARE + 5)})")


def test_a_drawing_with_its_end_is_no_part_of_the_text() -> None:
    tree = tree_of(f"<html><body><svg><text>Légende</text></svg>{PROSE}</body></html>")
    assert tree is not None
    assert "Légende" not in "".join(tree.itertext())


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html>\n<html><body>{PROSE}</body></html>",
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR">\n<html><body>{PROSE}</body></html>',
        f'<?xml version="1.0" encoding="iso-8859-1"?>\n<html><body>{PROSE}</body></html>',
        f"<html/>\n<head/>\n<body>{PROSE}</body></html>",
        f"<!DOCTYPE html>\n<html/>\r<body>{PROSE}</body></html>",
        f'<!DOCTYPE html PUBLIC "-//W3C" "http://w3.org/"><html><body><p>{"wort" * 2000}</p>\n{PROSE}</body></html>',
        f"<div>{PROSE}</div>",
        f"{PROSE}",
        f"<html><body>\x00\x0b\ufffe\uffff{PROSE}\x1a\n\x0c{PROSE}</body></html>",
        f"<html><body>\U0001f4f0 «{PROSE}»</body></html>",
        "<!DOCTYPE html>",
        "<p>Rien.</p>",
        " ",
        "",
    ],
)
def test_a_page_is_loaded_as_trafilatura_loads_it(page: str) -> None:
    assert _written(tree_of(page)) == _written(load_html(page))


def _written(tree: HtmlElement | None) -> bytes | None:
    return None if tree is None else bytes(etree.tostring(tree))


def test_nothing_is_lost_behind_half_of_a_letter() -> None:
    tree = tree_of(f"<html><body><p>\ud800</p>{PROSE}</body></html>")
    assert tree is not None
    assert "Le convoi numéro 7 est" in "".join(tree.itertext())


def test_a_type_without_an_end_is_not_looked_through_time_and_again() -> None:
    tree = tree_of(f"<!DOCTYPE html {'/' * 4_000_000}><html><body>{PROSE}</body></html>")
    assert tree is not None
    assert "Le convoi numéro 7 est" in "".join(tree.itertext())


def test_what_is_mended_in_the_first_line_divides_no_word() -> None:
    tree = tree_of(f"<!DOCTYPE html><html><body><p>{'a' * 8000}</p>{PROSE}</body></html>")
    assert tree is not None
    assert "a" * 8000 in "".join(tree.itertext())
