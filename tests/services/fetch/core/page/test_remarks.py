"""What readers say below an article is no part of it, whatever its boxes are called."""

import json

import pytest

from services.fetch.core.page import read_page

TEXT = [
    f"The convoy number {n} entered the besieged town with food for ten thousand people, it said." for n in range(9)
]
PROSE = "".join(f"<div>{line}</div>" for line in TEXT)
SAID = [
    "I cannot believe that they let it get this far.",
    "Well said, and about time too!",
    "Who is to pay for all that?",
]
NAMES = ["Troll77", "Jane Doe", "Ann"]
TIMES = ["5 May 2025, 10:33", "5 May 2025, 11:04", "6 May 2025, 9:15"]


def text_of(body: str, **data: object) -> str:
    node = {"@type": "NewsArticle", "headline": "A convoy enters the besieged town", **data}
    head = f'<title>The Paper</title><script type="application/ld+json">{json.dumps(node)}</script>'
    return read_page(f"<html><head>{head}</head><body><div><h1>A convoy enters</h1>{body}</div></body></html>").text


def comments(form: str, said: list[str] = SAID) -> str:
    return "".join(form.format(*each) for each in zip(NAMES, TIMES, said, strict=False))


@pytest.mark.parametrize(
    "form",
    [
        "<div><div>{}</div><div>{}</div><div>{}</div></div>",
        "<div>{}</div><div>{}</div><div>{}</div>",
        "<div><div>{} · {}</div><div>{}</div></div>",
        "<div>{}<br>{}<p>{}</p></div>",
    ],
)
def test_several_of_one_shape_behind_the_article_are_left_out(form: str) -> None:
    text = text_of(f"{PROSE}<div>{comments(form)}</div>")
    assert text.split("\n")[-1] == TEXT[-1]
    assert text.count("convoy number") == len(TEXT)


@pytest.mark.parametrize("time", ["vor 3 Stunden", "il y a 2 heures", "2 hours ago", "12.03.2025", "10:33"])
def test_their_times_are_told_in_any_form(time: str) -> None:
    form = f"<div><div>{{}}</div><div>{time}</div><div>{{}}</div></div>"
    each = "".join(form.format(*one) for one in zip(NAMES, SAID, strict=True))
    assert text_of(f"{PROSE}<div>{each}</div>").split("\n")[-1] == TEXT[-1]


def test_what_the_data_tells_as_comments_is_left_out_with_who_wrote_it() -> None:
    told = [{"@type": "Comment", "text": SAID[0], "comment": {"text": SAID[2]}}]
    shown = f"<div><div>Troll77</div><div>{SAID[0]}</div><div>Ann</div><div>{SAID[2]}</div></div>"
    assert text_of(PROSE + shown, comment=told).split("\n")[-1] == TEXT[-1]


def test_a_comment_that_quotes_the_article_takes_nothing_from_it() -> None:
    told = [{"@type": "Comment", "text": f"{TEXT[-1]} And who believes that?"}]
    shown = f"<div><div>Troll77</div><div>{TEXT[-1]}</div><div>And who believes that?</div></div>"
    text = text_of(PROSE + shown, comment=told)
    assert text.split("\n")[-1] == TEXT[-1]
    assert text.count(TEXT[-1]) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"{{}}{PROSE}",  # prose follows
        "<div>It told what came on each day, and where.</div>{}",  # they are the article
    ],
)
def test_what_is_of_that_shape_within_an_article_is_read(body: str) -> None:
    items = comments("<div><div>{}</div><div>{}</div><div>{}</div></div>", TEXT)
    text = text_of(body.format(items))
    assert all(text.count(line) >= 1 for line in TEXT[:3])


def test_two_are_too_few_to_be_told_by_their_shape() -> None:
    shown = comments("<div><div>{}</div><div>{}</div><div>{}</div></div>", TEXT[:2])
    assert text_of(f"{PROSE}<div>{shown}</div>").count(TEXT[1]) == 2
