"""The JSON Schema of each message, and which documents are kept beside this file."""

import json
from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema

from contracts.dead_letter import DeadLetter
from contracts.message import Message
from contracts.schemas.asyncapi import asyncapi
from contracts.topology import MESSAGES

# What is said and what is heard have one schema: no contract has a field that is written otherwise than it is read.
# A field with a default is not required: messages that were recorded before it was added are right without it.
MODE: Literal["validation"] = "validation"


def schema_of(message: type[Message] | type[DeadLetter]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a message, or of the facts about a buried one."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **message.model_json_schema(mode=MODE)}


def documents() -> dict[str, str]:
    """File name to text of all that is kept: a schema a message, the dead letter's facts, and `asyncapi.json`."""
    schemas = {f"{name}.json": schema_of(message) for name, message in MESSAGES.items()}
    kept = {**schemas, "dead_letter.json": schema_of(DeadLetter), "asyncapi.json": asyncapi()}
    return {name: json.dumps(document, indent=2, ensure_ascii=False) + "\n" for name, document in kept.items()}
