import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.dead_letter import DeadLetter
from contracts.message import Message
from contracts.schemas import __main__ as generator
from contracts.schemas.documents import documents, schema_of
from contracts.schemas.headers import FACTS, HEADERS
from contracts.topology import MESSAGES, ROUTES, SERVICES
from services.chassis.letters import seal

FOLDER = generator.FOLDER
ASYNCAPI = json.loads((FOLDER / "asyncapi.json").read_text(encoding="utf-8"))


def test_the_committed_schemas_are_those_of_the_contracts() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}

    assert committed == documents(), "run: make schemas"


@pytest.mark.parametrize("message", [*MESSAGES.values(), DeadLetter], ids=lambda message: message.__name__)
def test_one_schema_says_what_is_said_and_what_is_heard(message: type[Message]) -> None:
    assert message.model_json_schema(mode="validation") == message.model_json_schema(mode="serialization")


@pytest.mark.parametrize("name", MESSAGES)
def test_a_field_with_a_default_is_not_required(name: str) -> None:
    for schema in [schema_of(MESSAGES[name]), *schema_of(MESSAGES[name]).get("$defs", {}).values()]:
        with_default = {field for field, says in schema.get("properties", {}).items() if "default" in says}
        assert not with_default & set(schema.get("required", ()))


def test_the_generator_writes_what_is_wanted_and_removes_what_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone.json").write_text("{}")
    monkeypatch.setattr(generator, "FOLDER", tmp_path)

    generator.main()

    assert {path.name for path in tmp_path.iterdir()} == set(documents())


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    for reference in _references(ASYNCAPI):
        target: Any = ASYNCAPI
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]
        assert target


def test_every_subject_is_a_channel_with_its_parameters() -> None:
    subjects = {
        ".".join("*" if part.startswith("{") else part for part in channel["address"].split("."))
        for name, channel in ASYNCAPI["channels"].items()
        if name != "dead_letter"
    }

    assert subjects == {route.message.subject for route in ROUTES}
    assert ASYNCAPI["channels"]["article_enriched"]["address"] == "articles.enriched.{language}.{country}"
    for channel in ASYNCAPI["channels"].values():
        assert list(channel.get("parameters", {})) == [
            part.strip("{}") for part in channel["address"].split(".") if part.startswith("{")
        ]


def test_everybody_who_says_or_hears_something_is_an_operation() -> None:
    operations = {
        (operation["tags"][0]["name"], operation["action"], operation["channel"]["$ref"].rpartition("/")[2])
        for operation in ASYNCAPI["operations"].values()
    }

    said = {(who, "send", route.message.name()) for route in ROUTES for who in route.said_by}
    heard = {(route.heard_by, "receive", route.message.name()) for route in ROUTES}
    buried = {(service, "send", "dead_letter") for service in SERVICES} | {("store", "receive", "dead_letter")}
    assert operations == said | heard | buried


def test_the_headers_in_the_document_are_those_on_the_wire(recorded: dict[str, Any]) -> None:
    letter = seal(MESSAGES["article_fetched"].model_validate(recorded["article_fetched"]), service="fetch")

    assert set(HEADERS) == set(letter.headers)


def test_the_facts_in_the_document_are_those_of_a_dead_letter(dead_letter: DeadLetter) -> None:
    assert set(FACTS) == {"Nats-Msg-Id", "Nats-Expected-Stream", *dead_letter.to_headers()}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
