"""JSON as people write it: keys in their own spelling and language, a text in pieces, a comma too many."""

import json
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.fetch.formats import json_any
from tests.services.fetch.formats.reads import bytes_of, claimed, document, members, reason


@pytest.mark.parametrize("key", ["date_publication", "date_parution", "fecha_publicacion", "veroeffentlicht_am"])
def test_a_day_of_publication_is_one_in_other_languages(key: str) -> None:
    found = document(json_any.read, json.dumps({"title": "A", "text": "Words.", key: "2021-02-02"}))
    assert claimed(found, "published") == ["2021-02-02"]


@pytest.mark.parametrize(
    "names",
    [
        ("Title", "Body", "Author", "PublishDate"),
        ("HEADLINE", "FULL_TEXT", "BY", "PUB_DATE"),
        ("Überschrift", "Artikeltext", "Autor", "Datum"),
        ("заголовок", "текст", "автор", "дата"),
        ("タイトル", "本文", "著者", "日付"),
    ],
)
def test_names_in_another_spelling_or_language_are_known(names: tuple[str, ...]) -> None:
    found = document(
        json_any.read, json.dumps(dict(zip(names, ["A", "Some words.", "Anne Martin", "2018-03-02"], strict=True)))
    )
    assert (found.text, claimed(found, "title")) == ("Some words.", ["A"])
    assert (claimed(found, "author"), claimed(found, "published")) == (["Anne Martin"], ["2018-03-02"])


def test_a_name_that_is_known_goes_before_one_in_another_spelling() -> None:
    assert document(json_any.read, '{"Text": "Other words.", "text": "Words.", "title": "A"}').text == "Words."


PIECES: list[dict[str, Any]] = [
    {"paragraphs": ["One.", "Two."]},
    {"body": [{"type": "paragraph", "text": "One."}, {"type": "paragraph", "text": "Two."}]},
    {"content": {"blocks": [{"html": "<p>One.</p>"}, {"children": [{"text": "Two."}]}]}},
]


@pytest.mark.parametrize("body", PIECES)
def test_a_text_in_pieces_is_joined(body: dict[str, Any]) -> None:
    found = document(json_any.read, json.dumps({"headline": {"text": "A"}, **body}))
    assert (found.text, claimed(found, "title")) == ("One.\n\nTwo.", ["A"])


@pytest.mark.parametrize("body", PIECES)
def test_an_article_in_pieces_is_one_in_a_list(body: dict[str, Any]) -> None:
    assert len(members(json_any.read, json.dumps({"articles": [{"headline": "A", **body}]}))) == 1


def test_what_has_no_title_is_no_text_in_pieces() -> None:
    assert reason(json_any.read, '{"widgets": [{"text": "One."}]}')[0] is RejectReason.UNSUPPORTED


def test_a_text_of_many_pieces_is_whole() -> None:
    pieces = [f"Sentence {number}." for number in range(300)]
    assert document(json_any.read, json.dumps({"title": "A", "body": pieces})).text.count("Sentence") == 300


@pytest.mark.parametrize(
    "written",
    [
        '{"title": "A headline", "text": "Some words, [so ,] they said: \\",}\\".", }',
        '{"title": "A headline", "tags": ["a", "b",\n], "text": "Some words, [so ,] they said: \\",}\\".",\n}',
        '[{"title": "A headline", "text": "Some words, [so ,] they said: \\",}\\"."},{"text": "B.",},]',
    ],
)
def test_commas_behind_the_last_value_are_forgiven_and_those_in_texts_stay(written: str) -> None:
    if written.startswith("["):
        written = bytes_of(members(json_any.read, written)[0]).decode()
    assert document(json_any.read, written).text == 'Some words, [so ,] they said: ",}".'


def test_what_is_wrong_otherwise_too_is_said_as_it_was() -> None:
    assert reason(json_any.read, '{"title": "A headline",, "text": "Some words."}')[0] is RejectReason.UNREADABLE
