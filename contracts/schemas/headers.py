"""The headers of what is said, and of what is buried, as JSON Schemas."""

from typing import Any

from contracts.outcomes import DeadReason

HEADERS = {
    "Nats-Msg-Id": "<input_id>:<message>, the same on every try; a replay appends :r<n>, a requeue :q<n>.",
    "Nats-Expected-Stream": "The stream that is to hold it; another one refuses.",
    "content-type": "application/json.",
    "traceparent": "W3C trace context; an input without one gets a trace named after itself.",
    "ce-specversion": "CloudEvents: 1.0.",
    "ce-id": "CloudEvents: the same as Nats-Msg-Id.",
    "ce-type": "CloudEvents: wireroom.<message>.",
    "ce-source": "CloudEvents: wireroom/<service>.",
    "ce-time": "CloudEvents: when it was said, ISO 8601 with a zone.",
}

FACTS = {
    "Nats-Msg-Id": "dead:<id of the buried message>:<its sequence>, the same on every try; "
    "where that is no id of ours, <stream>-<time it came> stands in its place.",
    "Nats-Expected-Stream": "DEAD.",
    "Wireroom-Service": "Who buried it.",
    "Wireroom-Reason": f"One of {', '.join(DeadReason)}.",
    "Wireroom-Detail": "A JSON string for people, at most 500 characters.",
    "Wireroom-Attempts": "Failures or lone starts that the service counted.",
    "Wireroom-Buried-At": "ISO 8601 with a zone.",
    "Wireroom-First-Heard-At": "ISO 8601 with a zone.",
    "Wireroom-Original-Subject": "Where it was said.",
    "Wireroom-Original-Stream": "Where it lay.",
    "Wireroom-Original-Sequence": "Its number there.",
    "Wireroom-Original-Headers": "A JSON object of its own headers.",
    "Wireroom-Body-Kept": "true, or false where the body was too large to lie beside these facts.",
}


def schema(headers: dict[str, str]) -> dict[str, Any]:
    """The JSON Schema of these headers; NATS headers are strings, and all of them are there."""
    properties = {name: {"type": "string", "description": says} for name, says in headers.items()}
    return {"type": "object", "properties": properties, "required": list(headers)}
