import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts.dead_letter import DeadLetter
from contracts.schemas.compatibility import incompatibilities
from contracts.schemas.documents import schema_of
from contracts.topology import MESSAGES

BASELINE = Path(__file__).parent / "baseline"
RECORDED = Path(__file__).parent / "recorded"
PROMISED = sorted(BASELINE.glob("*/*.json"))

Schema = dict[str, Any]
Change = Callable[[Schema], object]


def _today(name: str) -> Schema | None:
    if name == "dead_letter":
        return schema_of(DeadLetter)
    return schema_of(MESSAGES[name]) if name in MESSAGES else None


@pytest.mark.parametrize("path", PROMISED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_contracts_only_grew_since_every_release(path: Path) -> None:
    today = _today(path.stem)

    assert today is not None, f"{path.stem} was promised by {path.parent.name} and is gone"
    assert incompatibilities(json.loads(path.read_text(encoding="utf-8")), today) == []


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*/*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_messages_of_every_release_can_still_be_read(path: Path) -> None:
    MESSAGES[path.stem].model_validate_json(path.read_bytes())


def test_every_release_kept_all_its_messages() -> None:
    first = {path.stem for path in BASELINE.glob("0.1.0/*.json")}

    assert len(first) >= 12
    assert {path.stem for path in RECORDED.glob("0.1.0/*.json")} == first - {"dead_letter"}


@pytest.fixture
def old() -> Schema:
    """Something like a message: a section by reference, lists, an optional field, closed lists, bounds."""
    return {
        "$defs": {
            "Span": {
                "type": "object",
                "properties": {
                    "start": {"type": "integer", "minimum": 0},
                    "kind": {"enum": ["a", "b"], "type": "string"},
                },
                "required": ["start"],
            }
        },
        "type": "object",
        "properties": {
            "input_id": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "url": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
            "number": {"type": "integer"},
            "spans": {"type": "array", "items": {"$ref": "#/$defs/Span"}},
            "made_by": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Span"}, "default": {}},
        },
        "required": ["input_id", "number", "spans"],
    }


def _add(name: str, **says: Any) -> Change:
    return lambda schema: schema["properties"].update({name: says})


def _require(name: str, **says: Any) -> Change:
    return lambda schema: (_add(name, **says)(schema), schema["required"].append(name))


def _span(name: str, **says: Any) -> Change:
    return lambda schema: schema["$defs"]["Span"]["properties"].update({name: says})


@pytest.mark.parametrize(
    "change",
    [
        _add("mood", type="string", default="calm"),
        _add("mood", anyOf=[{"type": "string"}, {"type": "null"}], default=None),
        _add("input_id", type="string"),  # takes more than before
        _add("number", type="integer", default=0),
        _add("made_by", type="object", additionalProperties={"$ref": "#/$defs/Span"}),  # made anew each time: not shown
        _span("start", type="integer", minimum=-1),
        _span("kind", type="string", enum=["a", "b", "c"]),
        lambda schema: schema["required"].remove("number"),
        lambda schema: schema.update(description="other words"),
    ],
)
def test_what_only_grows_passes(old: Schema, change: Change) -> None:
    new = copy.deepcopy(old)
    change(new)

    assert incompatibilities(old, new) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda schema: schema["properties"].pop("url"), "url: removed"),
        (lambda schema: schema["$defs"]["Span"]["properties"].pop("kind"), "spans[].kind: removed"),
        (lambda schema: schema["required"].append("url"), "url: has lost its default"),
        (_require("mood", type="string"), "mood: is required now"),
        (lambda schema: schema["$defs"]["Span"]["required"].append("kind"), "spans[].kind: is required now"),
        (_add("url", type="string", default=""), "url: is no longer null"),
        (_add("number", type="string"), "number: is no longer integer"),
        (_add("number", anyOf=[{"type": "integer"}, {"type": "null"}]), "number: may now be null"),
        (_add("number", type="integer", maximum=9), "number: maximum is 9 now"),
        (_add("input_id", type="string", pattern="^[0-9]+$"), "input_id: pattern is ^[0-9]+$ now"),
        (_add("number", type="integer", enum=[1, 2]), "number: takes only 1, 2 now"),
        (_span("start", type="integer", minimum=1), "spans[].start: minimum is 1 now"),
        (_span("kind", type="string", enum=["a"]), "spans[].kind: 'b' is no longer taken"),
        (_span("kind", type="string", const="a"), "spans[].kind: 'b' is no longer taken"),
    ],
)
def test_what_takes_away_is_told(old: Schema, change: Change, told: str) -> None:
    new = copy.deepcopy(old)
    change(new)

    assert told in incompatibilities(old, new)


def test_a_section_that_holds_itself_comes_to_an_end() -> None:
    tree = {
        "$defs": {"Tree": {"type": "object", "properties": {"branches": {"items": {"$ref": "#/$defs/Tree"}}}}},
        "$ref": "#/$defs/Tree",
    }

    assert incompatibilities(tree, tree) == []


def test_a_field_taken_from_a_real_message_is_told() -> None:
    promised = json.loads((BASELINE / "0.1.0" / "article_enriched.json").read_text(encoding="utf-8"))
    without = copy.deepcopy(promised)
    del without["$defs"]["Document"]["properties"]["sha256"]
    without["$defs"]["Document"]["required"].remove("sha256")

    assert incompatibilities(promised, without) == ["document.sha256: removed"]
