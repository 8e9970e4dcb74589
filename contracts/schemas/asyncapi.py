"""The AsyncAPI 3 document of the wire: channels, operations, messages and servers, out of the topology."""

import inspect
from importlib.metadata import version
from typing import Any

from pydantic.json_schema import models_json_schema

from contracts.message import Message
from contracts.schemas.headers import FACTS, HEADERS, schema
from contracts.topology import DEAD, MESSAGES, ROUTES, SERVICES, STREAMS, Route

MESSAGE_HEADERS, DEAD_LETTER_HEADERS = "MessageHeaders", "DeadLetterHeaders"

# What stands for the asterisks of a public subject, in order.
PARAMETERS = {
    "language": "Primary subtag of the BCP 47 tag in lower case; und where it is not known.",
    "country": "ISO 3166-1 alpha-2 in lower case: where the article is mainly about; zz where that is nowhere.",
}
ORIGINAL_SUBJECT = {"subject": "The subject that the message was buried from; several tokens."}


def asyncapi() -> dict[str, Any]:
    """The whole document; its schemas are inside, so that it can be read alone."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Wireroom",
            "version": version("wireroom"),
            "description": "News articles in, an enriched, explained and replayable stream of them out.",
        },
        "defaultContentType": "application/json",
        "servers": _servers(),
        "channels": {**{route.message.name(): _channel(route) for route in ROUTES}, "dead_letter": _dead_channel()},
        "operations": _operations(),
        "components": {
            "messages": {
                **{message.__name__: _message(message) for message in MESSAGES.values()},
                "DeadLetter": _dead_letter(),
            },
            "schemas": _schemas(),
            "securitySchemes": {
                "user": {"type": "userPassword", "description": "One user a service; see docs/wire.md."}
            },
        },
    }


def _servers() -> dict[str, Any]:
    port = {"default": "4222", "description": "WIREROOM_NATS_PORT"}
    server = {"host": "127.0.0.1:{port}", "protocol": "nats", "variables": {"port": port}}
    user = {"security": [{"$ref": "#/components/securitySchemes/user"}]}
    return {
        "services": {**server, "description": "Account WIREROOM: the services, each with a user of its own.", **user},
        "public": {**server, "description": "Account PUBLIC: a client without credentials reads articles.> here."},
    }


def _channel(route: Route) -> dict[str, Any]:
    message = route.message
    address, parameters = _address(message.subject)
    account = next(stream.account for stream in STREAMS if stream.name == route.stream)
    return {
        "address": address,
        "description": f"Kept by the stream {route.stream}; subscribe to {message.subject}.",
        "servers": [{"$ref": "#/servers/public" if account == "PUBLIC" else "#/servers/services"}],
        "messages": {message.__name__: {"$ref": f"#/components/messages/{message.__name__}"}},
        **({"parameters": parameters} if parameters else {}),
        "x-stream": route.stream,
    }


def _address(subject: str) -> tuple[str, dict[str, Any]]:
    """The subject with a name for each asterisk, and what the names mean."""
    names = iter(PARAMETERS)
    parts = [f"{{{next(names)}}}" if part == "*" else part for part in subject.split(".")]
    return ".".join(parts), {name: {"description": PARAMETERS[name]} for name in PARAMETERS if f"{{{name}}}" in parts}


def _dead_channel() -> dict[str, Any]:
    return {
        "address": "dead.{subject}",
        "description": f"Kept by the stream {DEAD.name}; subscribe to {DEAD.subjects[0]}.",
        "servers": [{"$ref": "#/servers/services"}],
        "messages": {"DeadLetter": {"$ref": "#/components/messages/DeadLetter"}},
        "parameters": {name: {"description": says} for name, says in ORIGINAL_SUBJECT.items()},
        "x-stream": DEAD.name,
    }


def _operations() -> dict[str, Any]:
    operations = {}
    for route in ROUTES:
        name = route.message.name()
        for speaker in route.said_by:
            operations[f"{speaker}_says_{name}"] = _operation("send", name, route.message.__name__, speaker)
        operations[f"{route.heard_by}_hears_{name}"] = _operation(
            "receive", name, route.message.__name__, route.heard_by
        )
    for service in SERVICES:
        operations[f"{service}_says_dead_letter"] = _operation("send", "dead_letter", "DeadLetter", service)
    operations["store_hears_dead_letter"] = _operation("receive", "dead_letter", "DeadLetter", "store")
    return operations


def _operation(action: str, channel: str, message: str, who: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{message}"}],
        "tags": [{"name": who}],
    }


def _message(message: type[Message]) -> dict[str, Any]:
    return {
        "name": message.name(),
        "title": message.__name__,
        "summary": inspect.cleandoc(message.__doc__ or ""),
        "contentType": message.content_type,
        "headers": {"$ref": f"#/components/schemas/{MESSAGE_HEADERS}"},
        "payload": {"$ref": f"#/components/schemas/{message.__name__}"},
    }


def _dead_letter() -> dict[str, Any]:
    return {
        "name": "dead_letter",
        "title": "DeadLetter",
        "summary": "A message that no service could deal with: the original body, and the facts in headers.",
        "headers": {"$ref": f"#/components/schemas/{DEAD_LETTER_HEADERS}"},
        "payload": {"description": "The original body; it need not be JSON."},
    }


def _schemas() -> dict[str, Any]:
    """Every message's schema, and the sections that they share once."""
    models = [(message, "validation") for message in MESSAGES.values()]
    # To mypy the mode of each pair is any text, where pydantic wants one of two words.
    _, shared = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type] # its own list is invariant
    return {MESSAGE_HEADERS: schema(HEADERS), DEAD_LETTER_HEADERS: schema(FACTS), **shared["$defs"]}
