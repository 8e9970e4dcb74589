"""Whether a feed carries the article or only announces it."""

import pytest

from services.fetch.core.feeds import Entry
from services.fetch.core.feeds.fullness import is_full, words_of

SENTENCE = "The council met in the town hall and voted on the budget for the coming year. "
LINK = "https://news.example/a"


def paragraphs(number: int, sentences: int = 3) -> str:
    return f"<p>{SENTENCE * sentences}</p>" * number


@pytest.mark.parametrize(
    ("full", "entry"),
    [
        (True, Entry(link=LINK, content=paragraphs(4))),
        (True, Entry(link=LINK, content=paragraphs(2, 2))),
        (True, Entry(link=LINK, content=paragraphs(4), summary=SENTENCE)),
        (True, Entry(link=LINK, content=paragraphs(1, 10))),
        (True, Entry(link=LINK, content=SENTENCE * 3 + "<br><br/>" + SENTENCE * 2)),
        (True, Entry(link=LINK, content=f"{SENTENCE * 3}\n\n{SENTENCE * 3}", content_type="text/plain")),
        (True, Entry(link=LINK, summary=paragraphs(8))),
        (True, Entry(link=LINK, content=paragraphs(8), summary=paragraphs(8))),
        (False, Entry(link=LINK)),
        (False, Entry(link=LINK, title="A title")),
        (False, Entry(link=LINK, summary=SENTENCE)),
        (False, Entry(link=LINK, summary=paragraphs(2))),
        (False, Entry(link=LINK, content=paragraphs(1))),
        (False, Entry(link=LINK, content=paragraphs(2), summary=paragraphs(2))),
        (False, Entry(link=LINK, content=paragraphs(3) + "<p>And then it was […]</p>")),
        (False, Entry(link=LINK, content=paragraphs(3) + "<p>And then it ...</p>")),
        (False, Entry(link=LINK, content=paragraphs(3) + "<p><a href='/a'>Read more &raquo;</a></p>")),
        (False, Entry(link=LINK, content=paragraphs(3) + "<p><a href='/a'>Lire la suite de l’article</a></p>")),
        (False, Entry(link=LINK, content=paragraphs(3) + "<a>Continue reading Council votes on budget</a>")),
        (False, Entry(link=LINK, content=paragraphs(3) + "<p>It […]</p><p>The post A appeared first on <a>B</a>.</p>")),
        (True, Entry(link=LINK, content=paragraphs(3) + "<p>The post A appeared first on <a>B</a>.</p>")),
        (False, Entry(link=LINK, summary=paragraphs(8) + "…")),
        (False, Entry(link=LINK, content=f"<p>Short.</p><p>Text.</p><script>{SENTENCE * 20}</script>")),
        (False, Entry(link=LINK, content="<p></p>" * 50 + "<img alt='x'>")),
        (True, Entry(content="<p>No page to go to.</p>")),
        (True, Entry(summary="Only this.")),
        (True, Entry(title="Only this")),
        (False, Entry()),
        (False, Entry(content="<img src='/a.png'>")),
    ],
)
def test_what_is_the_whole_article(full: bool, entry: Entry) -> None:
    assert is_full(entry) is full


def test_an_ellipsis_inside_is_no_end() -> None:
    assert is_full(Entry(link=LINK, content=f"<p>He said … nothing.</p>{paragraphs(3)}"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(title="t", content="<p>c</p>", summary="s"), ("<p>c</p>", "text/html")),
        (Entry(title="t", content="<p>c</p>", summary="longer"), ("longer", "text/html")),
        (Entry(title="t", content="<img>", summary="s", summary_type="text/plain"), ("s", "text/plain")),
        (Entry(title="t", content=" "), ("t", "text/plain")),
        (Entry(title="…"), ("", "text/plain")),
    ],
)
def test_the_words_of_an_entry_are_the_longer_of_content_and_summary_else_its_title(
    entry: Entry, words: tuple[str, str]
) -> None:
    assert words_of(entry) == words
