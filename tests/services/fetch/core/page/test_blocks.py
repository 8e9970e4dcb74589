"""The blocks of a page: what breaks a line, what is around it, and by what one text is known again."""

import pytest
from lxml import html
from trafilatura import load_html

from services.fetch.core.page.blocks import Block, Box, blocks_of, squeezed


def blocks(body: str) -> list[Block]:
    tree = load_html(f"<html><head><title>T</title></head><body>{body}</body></html>")
    assert tree is not None
    return blocks_of(tree)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""),
        (" \t\n", ""),
        ("A_b-C 1.5 %", "abc15"),
        ("L’Été, à Straße 3", "létéàstrasse3"),
        ("«\u00a0Да\u00a0»_1", "да1"),
        ("数字\u3000１２", "数字１２"),
        ("naïve\u2028x²", "naïvex²"),
    ],
)
def test_a_text_is_known_by_its_letters_and_digits_alone(text: str, key: str) -> None:
    assert squeezed(text) == key


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>a</p> <p>b</p>", ["a", "b"]),
        ("<div> \n <p> a <b>b</b>\n<i>c</i> </p>\n</div>", ["a b c"]),
        ("a<br>b<div></div>c", ["a", "b", "c"]),
        ("<p>a <img alt=x> b<wbr>c</p>", ["a bc"]),
        ("<table><tr> <td> a</td> <td>b </td></tr><tr><th>c</th></tr></table>", ["a | b", "c"]),
        ("<p>a<span hidden>b</span>c</p><p aria-hidden=true>d</p><p style='display: none'>e</p>f", ["ac", "f"]),
        ("<p>a<ruby>b<rt>c</rt></ruby></p><nav>d</nav><script>e</script>", ["ab"]),
    ],
)
def test_lines_break_where_readers_see_them_break(body: str, texts: list[str]) -> None:
    assert [block.text for block in blocks(body)] == texts


def test_a_block_knows_its_boxes_and_how_much_of_it_leads_elsewhere() -> None:
    found = blocks("<aside id=x class='y z'><div><p>a <a href=/>bc</a></p></div></aside>")[0]
    assert found.box.tags == {"html", "body", "aside", "div", "p"}
    assert [box.names for box in found.box.chain()][:3] == ["", "", "x y z"]
    assert (found.tag, found.linked) == ("p", 2)


def test_the_first_link_of_a_box_is_looked_for_once_however_many_blocks_ask() -> None:
    box = Box(
        html.fromstring("<p><a name=x>a</a><a href=' /1 '>A<b> b\u00ad</b> c</a><a href='/2'>d</a></p>"), "p", None
    )
    assert box.link == ("/1", "A b c")
    assert box.link is box.link
    assert Box(html.fromstring("<p>e</p>"), "p", None).link == ("", "")
