"""The generated parts of docs/wire.md: the flow, and the tables of messages, streams, headers, endings and users."""

import inspect

from contracts.outcomes import DeadReason, Outcome, RejectReason, State
from contracts.schemas.headers import FACTS, HEADERS
from contracts.topology import (
    DAY_SECONDS,
    DUPLICATE_WINDOW_SECONDS,
    RAW_BUCKET,
    RAW_MAX_AGE_SECONDS,
    RAW_SHARE,
    ROUTES,
    STARTS_BUCKET,
    STARTS_MAX_BYTES,
    STREAMS,
)
from services.chassis.permissions import MONITOR, SYSTEM, USERS_OF
from services.chassis.streams import STARTS_MAX_AGE_SECONDS
from services.cli.pages.flow import flow
from services.cli.pages.marked import table

WHEN_FULL = {"new": "refuses", "old": "drops the oldest"}


def parts() -> dict[str, str]:
    """Name to Markdown of each part."""
    return {
        "flow": flow(),
        "messages": _messages(),
        "streams": _streams(),
        "headers": _named(HEADERS),
        "facts": _named(FACTS),
        "endings": _endings(),
        "users": _users(),
    }


def _messages() -> str:
    rows = [
        (
            f"[`{route.message.__name__}`](../contracts/schemas/{route.message.name()}.json)",
            f"`{route.message.subject}`",
            ", ".join(route.said_by),
            f"`{route.stream}`",
            route.heard_by,
            inspect.cleandoc(route.message.__doc__ or "").replace("\n", " "),
        )
        for route in ROUTES
    ]
    dead = (
        "[`DeadLetter`](../contracts/schemas/dead_letter.json)",
        "`dead.<original subject>`",
        "every service",
        "`DEAD`",
        "store, operators",
        "A message that no service could deal with.",
    )
    return table(("message", "subject", "said by", "stream", "heard by", "the fact"), [*rows, dead])


def _streams() -> str:
    rows = [
        (
            f"`{stream.name}`",
            stream.account,
            ", ".join(f"`{subject}`" for subject in stream.subjects),
            "until acknowledged" if stream.retention == "workqueue" else _age(stream.max_age_seconds),
            WHEN_FULL[stream.discard],
            f"{stream.share:.0%}",
        )
        for stream in STREAMS
    ]
    raw = (
        f"`{RAW_BUCKET}`",
        "WIREROOM",
        "object store: originals by sha256",
        _age(RAW_MAX_AGE_SECONDS),
        "refuses",
        f"{RAW_SHARE:.0%}",
    )
    starts = (
        f"`{STARTS_BUCKET}`",
        "WIREROOM",
        "key-value: starts of messages that run alone",
        _age(STARTS_MAX_AGE_SECONDS),
        WHEN_FULL["old"],
        f"{STARTS_MAX_BYTES >> 20} MiB",
    )
    head = ("stream", "account", "holds", "keeps", "when full", "of the disk budget")
    return (
        f"{table(head, [*rows, raw, starts])}\n\nA message id is known for {DUPLICATE_WINDOW_SECONDS / 60:.0f} minutes."
    )


def _age(seconds: float) -> str:
    return f"{seconds / DAY_SECONDS:.0f} days"


def _named(headers: dict[str, str]) -> str:
    return table(
        ("header", "what it says"), [(f"`{name}`", says.replace("<", "&lt;")) for name, says in headers.items()]
    )


def _endings() -> str:
    lists = {
        "an input is": State,
        "a delivery or an intake ends": Outcome,
        "rejected, because": RejectReason,
        "dead, because": DeadReason,
    }
    return table(
        ("", "one of"), [(name, ", ".join(f"`{value}`" for value in values)) for name, values in lists.items()]
    )


def _users() -> str:
    users = USERS_OF | {"SYS (embedded server)": {SYSTEM: MONITOR}}
    rows = [
        (f"`{name}`", account, _subjects(permissions.publish), _subjects(permissions.subscribe))
        for account, members in users.items()
        for name, permissions in members.items()
    ]
    return table(("user", "account", "may publish to", "may subscribe to"), rows)


def _subjects(subjects: tuple[str, ...]) -> str:
    return "everything" if subjects == (">",) else "<br>".join(f"`{subject}`" for subject in subjects)
