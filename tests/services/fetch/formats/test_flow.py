"""HTML that is all text, as plain text in reading order."""

import pytest

from services.fetch.formats.flow import plain_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Un <b>seul</b>\n mot</p><p>deux</p>", "Un seul mot\n\ndeux"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<h1>Titre</h1><div>a</div><div>b</div>", "Titre\n\na\nb"),
        ("<ul><li>a</li><li><p>b</p></li><li></li></ul>", "- a\n- b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n- b"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "a | b\n1 | 2"),
        ("<table><tr><td><h1>a</h1></td><td><p>b</p><p>c</p></td></tr></table>", "a\n\nb\n\nc"),
        ("<pre>a\n  b\n\n\nc</pre>", "a\nb\n\nc"),
        ("<style>x</style><script>y</script><p hidden>z</p><p style='display: none'>z</p>a", "a"),
        ("<p>a</p><p>&nbsp;</p><p>b&nbsp;!</p>", "a\n\nb\u00a0!"),
        ("<p>aperçu\u200c \u200c \u200c</p><p>a</p>", "aperçu\n\na"),
        ("<a href='x'>a</a> <i>b</i>", "a b"),
        ("", ""),
        ("<html></html>", ""),
    ],
)
def test_what_a_reader_sees_is_there_in_its_order(page: str, text: str) -> None:
    assert plain_text(page) == text


def test_filling_without_end_costs_no_more_than_words() -> None:
    assert plain_text("<p>" + "\u200b" * 300_000 + "a") == "\u200b" * 300_000 + "a"


def test_a_page_nests_as_deep_as_it_likes() -> None:
    assert plain_text("<div>" * 3000 + "a") == "a"
    assert plain_text("<table><tr><td>" * 1000 + "a") == "a"
