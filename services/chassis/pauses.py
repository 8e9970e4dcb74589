"""A consumer that an operator has paused: it gives nothing out, and its heartbeats go on as if there were nothing."""

from collections.abc import Mapping
from typing import Any


def pause_of(info: Mapping[str, Any]) -> str | None:
    """In words, of what JetStream says of a consumer, until when it is paused and what helps; None where it is not."""
    if not info.get("paused"):
        return None
    stream, name = info.get("stream_name", ""), info.get("name", "")
    until = str(info.get("config", {}).get("pause_until", ""))
    return (
        f"{stream}/{name} is paused until {until[:10]} {until[11:19]}Z: "
        f"resume it with `nats consumer resume {stream} {name}` as operator"
    )
