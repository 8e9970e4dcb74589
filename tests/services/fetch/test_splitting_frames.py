"""What editors set around each article of a file tells them apart: a byline under each headline, an end mark below."""

import pytest

from services.fetch.core.splitting import divide
from services.fetch.core.splitting.shapes import is_byline, is_end_mark
from tests.services.fetch.told import FERRY, MINE

SECTIONS = (
    "Ferry service to the islands resumes after storm",
    (
        "Ferries sailed again on Tuesday after four days in harbour, the operator said. Waves of nine metres closed "
        "the route to the islands, and shops on Lewis were running out of bread by the weekend."
    ),
    "How the operator of the ferries plans to catch up",
    (
        "The ferries of the operator will sail from the harbour to the islands three times a day until Friday, so that "
        "the lorries in Ullapool and the shops on Lewis wait no longer, the operator said on Tuesday."
    ),
)


def starts(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start : start + 12] for start, _ in division.spans]


@pytest.mark.parametrize("names", [("By Nora Vance", "By Simon Yates"), ("Par Anne Roux", "Par Luc Petit")])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_headlines_with_a_byline_each_open_articles(names: tuple[str, str], between: str) -> None:
    text = "\n\n".join(
        f"{headline}{between}{name}\n\n{prose}" for (headline, prose), name in zip((FERRY, MINE), names, strict=True)
    )
    assert divide(text.replace(names[0], "").replace(names[1], "")) is None
    assert starts(text) == [FERRY[0][:12], MINE[0][:12]]


@pytest.mark.parametrize("mark", ["END", "(END)", "ENDS", "- ends -", "Fin"])
def test_a_mark_that_closes_each_article_tells_them_apart(mark: str) -> None:
    text = "".join(f"{headline}\n\n{prose}\n\n{mark}\n\n" for headline, prose in (FERRY, MINE))
    assert starts(text) == [FERRY[0][:12], MINE[0][:12]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "\n" + "=" * 60),
        ("[TRANSPORT]\n\n", ""),
        ("[Home news]\n", ""),
        ("", "\n\nhttps://paper.example/a/1"),
        ("", "\nLink: <https://paper.example/a/1>"),
    ],
)
def test_a_bar_between_a_section_in_brackets_above_and_an_address_below_tell_articles_apart(
    above: str, below: str
) -> None:
    text = "\n\n".join(f"{above}{headline}\n\n{prose}{below}" for headline, prose in (FERRY, MINE))
    assert starts(text) == [(above + FERRY[0])[:12], (above + MINE[0])[:12]]
    assert divide("\n\n".join(f"{headline}\n\n{prose}" for headline, prose in (FERRY, MINE))) is None


@pytest.mark.parametrize(
    "text",
    [
        "{0}\n\nBy Nora Vance\n\n{1}\n\n{2}\n\n{3}",
        "{0}\n\nBy Nora Vance\n\n{1}\n\n{2}\n\nBy Nora Vance\n\n{3}",
        "{0}\n\n{1}\n\n{2}\n\n{3}\n\nENDS",
        "{0}\n\n{1}\n\nENDS\n\n{2}\n\n{3}",
        "{0}\n\n{1}\n\nENDS\n\n{2}\n\n{3}\n\nENDS",
        "{0}\n\n{1}\n\n====================\n\n{2}\n\n{3}",
        "[TRANSPORT]\n\n{0}\n\n{1}\n\n{2}\n\n{3}",
        "[TRANSPORT]\n\n{0}\n\n{1}\n\n[THE PLAN]\n\n{2}\n\n{3}",
        "{0}\n\n{1}\n\nhttps://paper.example/1\n\n{2}\n\n{3}\n\nhttps://paper.example/2",
    ],
)
def test_an_article_that_goes_on_is_left_whole_whatever_stands_at_its_sections(text: str) -> None:
    assert divide(text.format(*SECTIONS)) is None


@pytest.mark.parametrize("line", ["By Nora Vance", "BY NORA VANCE", "Par Anne Roux et Luc Petit", "Von Eva de Groot"])
def test_a_byline_is_a_name_and_the_word_before_it(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line", ["By Monday", "by Nora Vance", "Par mauvais temps", "Von Hamburg nach Kiel", "Byron May"]
)
def test_what_only_opens_like_a_byline_is_none(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize("line", ["The end", "Ending", "", "END OF PART ONE"])
def test_what_only_speaks_of_an_end_is_no_mark(line: str) -> None:
    assert not is_end_mark(line)
