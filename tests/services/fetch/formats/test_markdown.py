"""A Markdown file gives its text without its marks; what stands before it is what it says of itself."""

import pytest

from services.fetch.core.document import ReadDocument
from services.fetch.core.reading import read
from services.fetch.formats import markdown
from tests.services.fetch.formats.reads import claimed, document, source

FRONT = """---
title: "A title: with a colon"
date: 2018-03-02 10:00:00 +0100
authors: [Anne Martin, {name: Paul Roux}]
lang: fr_CA
canonical_url: https://paper.example/a
tags:
  - one
  - two
draft: false
---

# A title

*Words* as they are.
"""


def test_front_matter_is_claims_and_no_text() -> None:
    found = document(markdown.read, FRONT)
    assert found.text == "A title\n\nWords as they are."
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", "A title: with a colon"),
        ("published", "2018-03-02T10:00:00+01:00"),
        ("author", "Anne Martin"),
        ("author", "Paul Roux"),
        ("language", "fr-CA"),
        ("url", "https://paper.example/a"),
        ("keyword", "one"),
        ("keyword", "two"),
    ]
    assert (found.url, {claim.origin for claim in found.claims}) == ("https://paper.example/a", {"front-matter"})


@pytest.mark.parametrize(
    ("front", "field", "values"),
    [
        ("date: 2018-03-02", "published", ["2018-03-02"]),
        ("date: 2018", "published", ["2018"]),
        ("title: 12:30", "title", ["12:30"]),
        ("title: No", "title", ["No"]),
        ("title: ~", "title", []),
        ("date: mars 2018", "published", ["mars 2018"]),
        ("author: Anne Martin", "author", ["Anne Martin"]),
        ("Title: A", "title", ["A"]),
        ("title: true", "title", []),
        ("title: [[a]]", "title", []),
        ("url: no address", "url", []),
        ("title: null", "title", []),
    ],
)
def test_a_key_says_what_it_can(front: str, field: str, values: list[str]) -> None:
    assert claimed(document(markdown.read, f"---\n{front}\n---\nText"), field) == values


TOML = """+++
title = 'A "title"'
date = 2018-03-02T10:00:00+01:00
lastmod = 2018-03-03
authors = ["Anne Martin"]
tags = ["one", "two"]
draft = true
[params]
title = "none"
+++

Text.
"""


def test_front_matter_in_toml_is_claims_too() -> None:
    found = document(markdown.read, TOML)
    assert found.text == "Text."
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", 'A "title"'),
        ("published", "2018-03-02T10:00:00+01:00"),
        ("modified", "2018-03-03"),
        ("author", "Anne Martin"),
        ("keyword", "one"),
        ("keyword", "two"),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("# A title\n\nWords.\n", "A title\n\nWords."),
        ("---\n\nWords after a rule.\n\n---\n", "***\n\nWords after a rule.\n\n***"),
        ("---\ntitle: never closed\n\nWords.\n", "***\n\ntitle: never closed\n\nWords."),
        ("---\n- a\n- list\n---\nWords\n", "***\n\n- a\n- list\n\n***\n\nWords"),
        ("---\na: [\n---\nWords\n", "***\n\na: [\n\nWords"),
        ("---\na: &a [x]\nb: *a\n---\nWords\n", "***\n\na: &a [x] b: *a\n\nWords"),
        ("---\na: !!python/object/apply:os.system ['x']\n---\nWords\n", "Words"),
        ("---\na: 2018-99-99\n---\nWords\n", "Words"),
        ("+++\ntitle = \n+++\nWords\n", "+++ title = +++ Words"),
        ("+++\na = " + "[" * 300 + "\n+++\nWords\n", "+++ a = " + "[" * 300 + " +++ Words"),
    ],
)
def test_what_is_no_plain_front_matter_stays_text(text: str, read: str) -> None:
    assert document(markdown.read, text).text == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Le **convoi** est\nentré à *Alep*, ~~hier~~.", "Le convoi est entré à Alep, hier."),
        ('Un [lien](http://a.example "t") et <http://b.example>.', "Un lien et http://b.example."),
        ("Un [lien][1].\n\n[1]: http://a.example\n", "Un lien."),
        ("![photo](a.jpg)\n\nTexte", "Texte"),
        ("Titre\n=====\n\n## Deux ##\n\nTexte", "Titre\n\nDeux\n\nTexte"),
        ("- un\n- deux\n", "- un\n- deux"),
        ("1986. Une année.\n", "1986. Une année."),
        ("2) b\n3) c\n", "2. b\n3. c"),
        ("> Citation\nsuite\n", "Citation suite"),
        ("| a | b |\n|---|--:|\n| 1 | 2 |\n", "a | b\n1 | 2"),
        ("```py\nx = 1\n\ny\n```\n", "x = 1\n\ny"),
        ("Texte[^1].\n\n[^1]: Note\n", "Texte.\n\nNote"),
        ("a\\*b\\* &amp; `c*d*`", "a*b* & c*d*"),
        ("a  \nb", "a\nb"),
        ("<div>Un <b>mot</b></div>\n\n<script>x</script>", "Un mot"),
        ("5 * 3 * 2 = 30, file_name_x", "5 * 3 * 2 = 30, file_name_x"),
        ("a\n\n* * *\n\nb", "a\n\n***\n\nb"),
    ],
)
def test_marks_are_no_text(text: str, read: str) -> None:
    assert document(markdown.read, text).text == read


@pytest.mark.parametrize("mark", ["> ", "- ", "[", "![a](", "*a **b ", "`" * 3 + "\n", "<", "[a](<b", "*a_ ", "| a "])
def test_marks_without_end_cost_no_word(mark: str) -> None:
    assert "Texte" in document(markdown.read, mark * 1000 + "\n\nTexte").text


def test_what_is_longer_or_deeper_than_anybody_writes_keeps_its_marks() -> None:
    assert document(markdown.read, (long := "*a* " * 300_000) + "b").text == long + "b"
    assert document(markdown.read, (links := "![" * 40_001) + "b").text == links + "b"
    assert document(markdown.read, (deep := "> " * 200) + "a").text == deep + "a"


def test_the_last_lines_may_end_as_they_like() -> None:
    assert document(markdown.read, "\ufeff---\r\ntitle: A\r\n---\r\nWords\r\n").text == "Words"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "front",
    [
        '{\n "title": "Le pont",\n "author": "Anne Martin",\n "date": "2018-03-02"\n}\n\n',
        "% Le pont\n% Anne Martin\n% 2018-03-02\n\n",
        "Title: Le pont\nAuthor: Anne Martin\nDate: 2018-03-02\nCSS: a.css\n\n",
        '+++\ntitle = "Le pont"\ndate = 2018-03-02\n[extra]\nauthor = "Anne Martin"\n+++\n',
    ],
)
def test_other_ways_to_say_it_are_read_too(front: str, line_end: str) -> None:
    data = f"{front}Le maire *ne* viendra pas.\n\nIl est absent.\n".replace("\n", line_end)
    found = read(source(data, "a.md"), max_text_bytes=10_000)

    assert isinstance(found, ReadDocument), found
    assert found.text == "Le maire ne viendra pas.\n\nIl est absent."
    assert {claim.field: claim.value for claim in found.claims} == {
        "title": "Le pont",
        "author": "Anne Martin",
        "published": "2018-03-02",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Title: the word is old.\n\nIt came from Rome.",
        "Question: who comes?\nAnswer: nobody.\n\nSo it went.",
        "%100 of it\n\nis gone.",
        '{"a": 1} is an object.\n\nIt is short.',
    ],
)
def test_a_text_that_begins_alike_loses_nothing(text: str) -> None:
    found = document(markdown.read, text)

    assert (found.text.split(), found.claims) == (text.split(), ())
