"""Whatever a reader says of a document, extract knows how far to believe it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import services.fetch
from contracts.document import Claim
from services.extract.core.metadata.claims import DATE_RANKS, NAME_RANKS, TITLE_RANKS, URL_RANKS, ranked

READERS = Path(services.fetch.__file__).parent
MAKERS = {"claim": 2, "title": 1, "authors": 1, "language": 1}  # where the origin stands among what they are given
RANKS = {"title": TITLE_RANKS, "published": DATE_RANKS, "name": NAME_RANKS, "url": URL_RANKS}
NEVER_JUDGED = {"http-equiv", "html-lang", "html-figure"}  # of languages and captions, which nothing else ranks


@cache
def origins() -> frozenset[str]:
    return frozenset(origin for file in sorted(READERS.rglob("*.py")) for origin in _given(ast.parse(file.read_text())))


def _given(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(getattr(to, "id", "").lower() == "origin" for to in node.targets):
            yield from _words(node.value)
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in MAKERS and len(node.args) > MAKERS[called]:
                yield from _words(node.args[MAKERS[called]])
            yield from (word for each in node.keywords if each.arg == "origin" for word in _words(each.value))


def _words(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_words(node.body), *_words(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_the_origins_are_found() -> None:
    assert {
        "nitf",
        "newsml",
        "ninjs",
        "json",
        "mail",
        "docx",
        "sitemap",
        "html-h1",
        "jsonld",
        "mhtml-title",
    } <= origins()


@pytest.mark.parametrize("field", RANKS)
def test_each_origin_that_a_reader_gives_has_its_rank(field: str) -> None:
    ranks = RANKS[field]
    unranked = {one for one in origins() if one not in ranks and one.partition("-")[0] not in ranks}
    assert unranked - NEVER_JUDGED == set()


def test_an_agencys_own_words_go_before_those_of_the_feed_and_of_the_file() -> None:
    claims = [Claim(field="title", value=each, origin=each) for each in ("docx", "feed", "newsml", "html-title")]
    assert [each.value for each in ranked(claims, "title", TITLE_RANKS)] == ["newsml", "feed", "html-title", "docx"]
