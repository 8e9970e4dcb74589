import importlib
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import contracts
from contracts.dead_letter import DeadLetter
from contracts.message import Message
from contracts.topology import MESSAGES
from contracts.value import Value

MODULES = sorted(path.stem for path in Path(contracts.__path__[0]).glob("*.py") if path.stem != "__init__")


def models() -> list[type[BaseModel]]:
    """Every model that the contracts define."""
    found = []
    for name in MODULES:
        module = importlib.import_module(f"contracts.{name}")
        found += [
            item
            for item in vars(module).values()
            if inspect.isclass(item) and issubclass(item, BaseModel) and item.__module__ == module.__name__
        ]
    return found


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_survives_the_way_through_json(name: str, recorded: dict[str, Any]) -> None:
    message = MESSAGES[name].model_validate(recorded[name])

    again = MESSAGES[name].model_validate_json(message.__pydantic_serializer__.to_json(message))

    assert again == message


@pytest.mark.parametrize("name", MESSAGES)
def test_what_was_recorded_is_read_and_written_without_loss(name: str, recorded: dict[str, Any]) -> None:
    written = json.loads(MESSAGES[name].model_validate(recorded[name]).model_dump_json())

    assert _within(recorded[name], written)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_field_of_a_newer_contract_is_passed_over(name: str, recorded: dict[str, Any]) -> None:
    newer = {**recorded[name], "mood": "calm"}

    assert MESSAGES[name].model_validate(newer) == MESSAGES[name].model_validate(recorded[name])


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_cannot_be_changed(name: str, recorded: dict[str, Any]) -> None:
    message = MESSAGES[name].model_validate(recorded[name])

    with pytest.raises(ValidationError, match="frozen"):
        setattr(message, "input_id", "another")  # noqa: B010 - as an assignment, the type checker refuses it already


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_model_stands_on_the_frozen_value_and_says_what_it_is(model: type[BaseModel]) -> None:
    assert issubclass(model, Value)
    assert model.model_config["frozen"]
    assert (model.__doc__ or "").strip()


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.__name__)
def test_a_message_lives_in_the_file_of_its_name(message: type[Message]) -> None:
    assert message.__module__ == f"contracts.{message.name()}"


def test_every_message_is_on_the_wire() -> None:
    assert {model for model in models() if issubclass(model, Message)} - {Message} == set(MESSAGES.values())


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.__name__)
def test_a_message_is_a_fact_in_the_past(message: type[Message]) -> None:
    assert re.search(r"(ed|Found)$", message.__name__)
    assert message.__annotations__["subject"]
    assert "subject" in vars(message)
    assert "outcome" in vars(message)


@pytest.mark.parametrize("field", ["byline", "publisher", "published", "body", "entities", "country", "made_by"])
def test_what_is_not_known_is_said_to_be_empty(field: str, recorded: dict[str, Any]) -> None:
    article = recorded["article_enriched"]
    del article["extraction"][field]

    written = json.loads(MESSAGES["article_enriched"].model_validate(article).model_dump_json())

    assert written["extraction"][field] in (None, [], {})


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("article_enriched", ("trail", 0, "outcome")),
        ("article_enriched", ("duplication", "method")),
        ("article_enriched", ("extraction", "entities", 0, "type")),
        ("article_enriched", ("extraction", "quotations", 0, "kind")),
        ("article_enriched", ("extraction", "published", "precision")),
        ("article_enriched", ("extraction", "dates", 0, "precision")),
        ("duplicate_found", ("duplication", "method")),
        ("input_rejected", ("reason",)),
    ],
)
def test_a_word_that_a_newer_wireroom_added_to_a_closed_list_passes(
    recorded: dict[str, Any], name: str, path: tuple[str | int, ...]
) -> None:
    *way, last = path
    section: Any = recorded[name]
    for step in way:
        section = section[step]
    section[last] = "of_tomorrow"

    heard: Any = json.loads(MESSAGES[name].model_validate_json(json.dumps(recorded[name])).model_dump_json())
    for step in path:
        heard = heard[step]
    assert heard == "of_tomorrow"


@pytest.mark.parametrize(
    "changed",
    [
        {"input_id": "not-an-id"},
        {"article_id": "ABC"},
        {"enrichment": 0},
        {"enriched_at": "2026-01-15T10:30:00"},  # no zone
    ],
)
def test_a_message_that_breaks_its_contract_is_turned_away(changed: dict[str, Any], recorded: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MESSAGES["article_enriched"].model_validate({**recorded["article_enriched"], **changed})


def test_a_dead_letter_survives_the_way_through_headers(dead_letter: DeadLetter) -> None:
    headers = dead_letter.to_headers()

    assert DeadLetter.from_headers(headers) == dead_letter
    assert all(value.isascii() and "\n" not in value for value in headers.values())
    assert dead_letter.address == "dead.wireroom.article.deduplicated"
    assert dead_letter.message_id() == "dead:01890a5d-ac96-774b-bcce-b302099a8057:article_deduplicated:q1:7"


@pytest.mark.parametrize("name", ["Wireroom-Detail", "Wireroom-Original-Headers", "Wireroom-Body-Kept"])
@pytest.mark.parametrize("value", ["[" * 100_000, '{"a":' * 50_000, "{", ""])
def test_what_a_stranger_wrote_for_facts_is_turned_away(dead_letter: DeadLetter, name: str, value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever it is
        DeadLetter.from_headers({**dead_letter.to_headers(), name: value})


def test_facts_written_before_bodies_could_be_missing_say_that_the_body_is_there(dead_letter: DeadLetter) -> None:
    headers = dead_letter.to_headers()
    del headers["Wireroom-Body-Kept"]

    assert DeadLetter.from_headers(headers).body_kept


@pytest.mark.parametrize(
    "identifier", [None, "", "an-id", "01890a5d-ac96-774b-bcce-b302099a8057:article_fetched", "x" * 5000, "a:b:c\td"]
)
def test_what_a_stranger_calls_its_message_is_no_part_of_its_graves_name(
    dead_letter: DeadLetter, identifier: str | None
) -> None:
    headers = {} if identifier is None else {"Nats-Msg-Id": identifier}
    stranger = dead_letter.model_copy(update={"headers": headers})

    assert stranger.original_id() is None
    assert stranger.message_id() == "dead:EXTRACT-20260115T100000.000000Z:7"


def _within(before: Any, after: Any) -> bool:
    """Whether everything that was said is still there; more may be."""
    if isinstance(before, dict):
        return all(key in after and _within(value, after[key]) for key, value in before.items())
    if isinstance(before, list):
        return len(before) == len(after) and all(map(_within, before, after))
    return bool(before == after)
