"""Which dead letters a command is about: named, filtered, or all of them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from contracts.dead_letter import UNKNOWN_SERVICE
from contracts.outcomes import DeadReason
from contracts.topology import SERVICES
from services.chassis.settings import House
from services.cli import kept
from services.cli.errors import Misused, Told
from services.cli.options import moment
from services.cli.terminal import plain
from services.cli.typed import wrong
from services.store.chosen import ALL, Chosen

WHOSE = (*SERVICES, UNKNOWN_SERVICE)

Messages = Annotated[list[str] | None, typer.Argument(metavar="[MESSAGE]...", help="As `list` shows them.")]
Service = Annotated[str | None, typer.Option(help=f"Only of this service ({', '.join(WHOSE)}).")]
Reason = Annotated[str | None, typer.Option(help=f"Only for this reason ({', '.join(DeadReason)}).")]
Before = Annotated[
    str | None,
    typer.Option("--before", "--older-than", help="Buried so long ago (90s, 30m, 1h, 2d), or before a time."),
]
Everything = Annotated[bool, typer.Option("--all", help="All of them; needed where nothing else says which.")]

NAMED_AT_ONCE = 500  # in one question


@dataclass(frozen=True)
class Buried:
    """A dead letter by its id, and who gave up on it and why."""

    message_id: str
    service: str
    reason: str


def filtered(service: str | None, reason: str | None, since: str | None, before: str | None) -> Chosen:
    """What the filters say."""
    for told, what, known in ((service, "service", WHOSE), (reason, "reason", tuple(DeadReason))):
        if told is not None and told not in known:
            raise wrong(f"--{what}", plain(told), f"it must be {', '.join(known)}")
    now = datetime.now(UTC)
    return Chosen(
        service=service,
        reason=reason,
        since=None if since is None else moment(since, now),
        before=None if before is None else moment(before, now, option="--before or --older-than"),
    )


def chosen(
    settings: House, messages: list[str] | None, filters: Chosen, *, everything: bool, unsettled: bool = False
) -> list[Buried]:
    """The dead letters that are meant, oldest first; raises Told where nothing says which, or one is not there.

    With `unsettled`, filters pass over those that nothing is left to be done about.
    """
    if messages and (filters != ALL or everything):
        raise Misused("name messages, or give filters or --all; both at once is not clear")
    if not messages and filters == ALL and not everything:
        raise Misused("say which: name messages, give a filter (--service, --reason, --since, --before), or --all")
    with kept.opened(settings) as reading:
        if not messages:
            return [Buried(*one) for one in reading.buried(replace(filters, unsettled=unsettled))]
        named = [
            Buried(*one)
            for first in range(0, len(messages), NAMED_AT_ONCE)
            for one in reading.buried(Chosen(tuple(messages[first : first + NAMED_AT_ONCE])))
        ]
    missing = set(messages) - {one.message_id for one in named}
    if missing:
        raise Told(f"there is no dead letter {plain(min(missing))}: `wireroom deadletters list` shows what there is")
    return named
