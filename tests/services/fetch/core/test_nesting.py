"""However deep markup nests: its depth is known before a parser is asked, HTML is made shallower, no word is lost."""

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.outcomes import RejectReason
from services.fetch.core.nesting import MAX_ATTRIBUTES, MAX_DEPTH, depth, shallow
from services.fetch.formats import feed, newsml_g2, nitf
from services.fetch.formats.flow import plain_text
from tests.services.fetch.formats.reads import Reader, reason

MANY = 3 * MAX_DEPTH
PAGES: dict[str, Callable[[int], str]] = {
    "blocks": lambda n: "<div>" * n + "é",
    "blocks that are closed": lambda n: "<div>" * n + "é" + "</div>" * n,
    "lists": lambda n: "<ul><li>é" * n,
    "fonts": lambda n: "".join(f"<font color={number}>é" for number in range(n)),
    "unknown names": lambda n: "<a-b/>" * n + "é",
    "strokes outside of drawings": lambda n: "<path/>" * n + "é",
    "groups of options": lambda n: "<optgroup>" * n + "é",
    "rows in drawings": lambda n: "<svg>" + "<tr>" * n + "</svg>é",
    "ends that end nothing": lambda n: "<div><object></div></object>" * n + "é",
    "tags in quotes": lambda n: "<p title='<p title=\">'>" * n + "<div>" * n + "é",
    "quotes that are none": lambda n: "<a b=c'>" + "<div>" * n + "é",
    "a comment before": lambda n: "<!--><script>--></script>" + "<div>" * n + "é",
}


def levels(page: str) -> int:
    """How deep the tree that is made of it is."""
    root = LexborHTMLParser(page).root
    waiting: list[tuple[LexborNode, int]] = [(root, 1)] if root is not None else []
    deepest = 0
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in node.iter(include_text=False))
    return deepest


@pytest.mark.parametrize("made", PAGES)
def test_the_tree_of_a_page_is_no_deeper_for_twice_as_much(made: str) -> None:
    assert levels(shallow(PAGES[made](2 * MANY))) <= 2 * MAX_DEPTH + 4  # an item lies in its list


@pytest.mark.parametrize("made", PAGES)
def test_no_word_is_lost_for_lying_too_deep(made: str) -> None:
    page = PAGES[made](MANY)
    assert plain_text(page).count("é") == page.count("é")


# What has no end is begun anew in each of the paragraphs behind it: the square of it.
BEGUN_ANEW: dict[str, Callable[[int], str]] = {
    "in a drawing": lambda n: "<svg><p>" + "".join(f"<b id={number}>é<p>" for number in range(n)),
    "before the paragraphs": lambda n: "<p>" + "".join(f"<font size={number}>é" for number in range(n)) + "<p>é" * n,
    "in each other": lambda n: "<i>" * n + "".join(f"<b id={number}>" for number in range(n)) + "é</i>" * n,
    "ends that a table keeps off": lambda n: (
        "<p>" + "".join(f"<b id={k}><table></b></table>" for k in range(n)) + "<p>é" * n
    ),
    "ends in a choice": lambda n: "<p>" + "".join(f"<b id={k}><select></b></select>" for k in range(n)) + "<p>é" * n,
    "beside what ends": lambda n: "<p>" + "".join(f"<b id={k}><i>a</i>" for k in range(n)) + "<p>é" * n,
    "ends in quotes": lambda n: "<p>" + "".join(f"<b id={k} title='>a</b>'>" for k in range(n)) + "<p>é" * n,
    "ends in double quotes": lambda n: "<p>" + "".join(f'<b id={k} id=">a</b>">' for k in range(n)) + "<p>é" * n,
}


@pytest.mark.parametrize("made", BEGUN_ANEW)
def test_what_has_no_end_is_not_begun_anew_without_end(made: str) -> None:
    page = BEGUN_ANEW[made](MAX_DEPTH // 2 - 9)
    tree = LexborHTMLParser(shallow(page))
    assert len(tree.css("*")) <= 3 * page.count("<")
    assert tree.text(deep=True).count("é") == page.count("é")


def test_words_of_two_blocks_are_not_one() -> None:
    assert plain_text("<div>" * MANY + "a<div>b</div><b>c</b>d") == "a\nb\ncd"


@pytest.mark.parametrize(
    "page",
    [
        "<p>a" * MANY,
        "<li>a" * MANY,
        "<br>" * MANY,
        "<div><p>a</div>" * MANY,
        "<table>" + "<tr><td>a<td>b" * MANY,
        "<ruby>a<rt>b</ruby>" * MANY,
        "<script>" + "a<b " * MANY + "</script>",
        "<svg>" + "<path d='M0'/>" * 100 + "</svg>",
        "<!--" + "<div>" * MANY + "-->",
        "<p><b id=1>a</b> <i>b<font color=red>c</font></i></p>" * MANY,
        "<b>a<table><tr><td><i>b</i></table></b>" * 50,
        "<b id=1><i id=2>" + "<p>a" * MANY,
        '<p>a<b>b</b><i class="c d"></i><STRONG>e</STRONG></p>' * MANY,
    ],
)
def test_a_long_page_stays_as_it_is(page: str) -> None:
    assert shallow(page) == page


def test_a_tag_with_more_attributes_than_anybody_writes_has_none() -> None:
    assert shallow("<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES + 1)) + ">a") == "<p>a"
    assert shallow(few := "<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES)) + ">a") == few


@pytest.mark.parametrize("rest", ["<", "<a", "<a ", "<a b=", "<a b='", "<!--", "<script>", "<script a='", "</"])
def test_what_never_ends_is_looked_through_once(rest: str) -> None:
    assert len(shallow(rest * 100_000)) <= len(rest * 100_000)


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        ("", 0),
        ("<a/>", 0),
        ("<a><b/><c></c></a>", 2),
        ("<a><b></a></b>", 2),
        ("a < b", 0),
        ("<a>" + "<b><![CDATA[Le <i>ministre a dit]]></b>" * 100 + "</a>", 2),
        ("<a><![CDATA[<b><i><u>]]></a>", 3),
        ("<!-- <![CDATA[ --><a><b>", 2),
    ],
)
def test_the_depth_of_xml(text: str, deep: int) -> None:
    assert depth(text) == deep


@pytest.mark.parametrize(
    ("read", "opens", "closes"),
    [
        (feed.read, "<rss><channel><item xml:base='a/'>", "</item></channel></rss>"),
        (nitf.read, "<nitf><body><body.content><p>", "</p></body.content></body></nitf>"),
        (newsml_g2.read, "<newsMessage><newsItem>", "</newsItem></newsMessage>"),
    ],
)
def test_xml_that_nests_too_deep_is_refused_and_says_so(read: Reader, opens: str, closes: str) -> None:
    why, detail = reason(read, opens + "<item xml:base='a/'>" * MANY + "a" + "</item>" * MANY + closes)
    assert (why, "deep in one another" in detail) == (RejectReason.UNREADABLE, True), detail
