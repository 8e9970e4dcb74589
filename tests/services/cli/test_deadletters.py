import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import Result

from services.store.tables import DeadMessage, Input

Wireroom = Callable[..., Result]
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)

A_DEATH = {
    "service": "dedup",
    "reason": "failed",
    "detail": "it is\nbroken",
    "attempts": 5,
    "first_heard_at": NOON,
    "subject": "wireroom.article.fetched",
    "stream": "LANGUAGE",
    "sequence": 1,
    "headers": '{"ce-id": "1"}',
    "body": b'{"broken": \xff',
}


@pytest.fixture
def buried(store: Any) -> None:
    for number, (service, reason) in enumerate([("dedup", "failed"), ("extract", "unfit"), ("dedup", "undecodable")]):
        facts = {"service": service, "reason": reason, "attempts": number, "sequence": number}
        buried_at = NOON + timedelta(hours=number)
        store.put(DeadMessage, **A_DEATH | facts, message_id=f"dead:{number}", buried_at=buried_at)


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ((), [2, 1, 0]),
        (("--service", "dedup"), [2, 0]),
        (("--reason", "unfit"), [1]),
        (("--service", "dedup", "--reason", "failed"), [0]),
        (("--since", "2024-05-01T13:30Z"), [2]),
        (("--before", "2024-05-01T13:30Z"), [1, 0]),
        (("--since", "2024-05-01T12:30Z", "--older-than", "2024-05-01T13:30Z"), [1]),
        (("--limit", "1"), [2]),
        (("--service", "store"), []),
    ],
)
def test_dead_letters_are_listed_latest_first(
    buried: None, wireroom: Wireroom, options: tuple[str, ...], numbers: list[int]
) -> None:
    told = wireroom("deadletters", "list", "--json", *options)
    assert told.exit_code == 0, told.output
    assert [letter["attempts"] for letter in json.loads(told.stdout)["dead_letters"]] == numbers


def test_people_see_who_why_and_how_often(buried: None, wireroom: Wireroom) -> None:
    told = wireroom("deadletters", "list", "--service", "extract")
    for word in ("2024-05-01 13:00:00", "extract", "unfit", "dead:1", "it is broken"):
        assert word in told.stdout


def test_an_id_has_a_line_of_its_own_however_narrow_the_terminal_is(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    named = "dead:01900000-0000-7000-8000-000000000001#12:article_deduplicated:q1:4711"
    store.put(DeadMessage, **A_DEATH, message_id=named, input_id="i", buried_at=NOON)

    assert named in wireroom("deadletters", "list").stdout.splitlines()


@pytest.mark.parametrize(
    ("again", "words"),
    [
        ({"requeues": 2, "requeued_at": NOON}, "[sent again as q2: the input is stored]"),
        ({"requeues": 1}, "[sent again as q1: not acknowledged]"),
    ],
)
def test_people_see_what_became_of_a_requeue(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch, again: dict[str, Any], words: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    store.put(DeadMessage, **A_DEATH, message_id="dead:1", input_id="i", buried_at=NOON, **again)
    store.put(Input, input_id="i", state="stored", steps="[]")

    assert words in wireroom("deadletters", "list").stdout
    assert json.loads(wireroom("deadletters", "show", "dead:1", "--json").stdout)["input_state"] == "stored"


def test_the_body_is_shown_byte_for_byte(buried: None, wireroom: Wireroom) -> None:
    shown = json.loads(wireroom("deadletters", "show", "dead:1", "--json").stdout)
    assert base64.b64decode(shown["body_base64"]) == b'{"broken": \xff'
    assert shown["body"] is None
    assert shown["headers"] == {"ce-id": "1"}
    assert shown["subject"] == "wireroom.article.fetched"


def test_people_see_the_facts_the_headers_and_the_body(buried: None, wireroom: Wireroom) -> None:
    told = wireroom("deadletters", "show", "dead:1")
    assert told.exit_code == 0, told.output
    for word in ("unfit", "header ce-id", "12 bytes", '{"broken": \\xff'):
        assert word in told.stdout


def test_an_unknown_dead_letter_is_no_success(buried: None, wireroom: Wireroom) -> None:
    told = wireroom("deadletters", "show", "dead:9")
    assert told.exit_code == 1
    assert "there is no dead letter dead:9" in told.stderr


def test_none_is_said_in_words(store: Any, wireroom: Wireroom) -> None:
    assert wireroom("deadletters", "list").stdout == "no dead letters\n"


def test_a_list_that_stops_says_how_many_more_there_are(buried: None, wireroom: Wireroom) -> None:
    assert "… and 2 older ones: --limit shows more" in wireroom("deadletters", "list", "--limit", "1").stdout
    assert "older" not in wireroom("deadletters", "list").stdout
    assert (
        json.loads(wireroom("deadletters", "list", "--service", "dedup", "--limit", "1", "--json").stdout)["in_all"]
        == 2
    )
