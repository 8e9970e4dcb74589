"""All that `wireroom status` tells, and how it is told to people."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import typer

from contracts.outcomes import State
from services.cli import errands
from services.cli.checks.found import Check
from services.cli.ledger import Ledger
from services.cli.moments import at_second, lasted, since
from services.cli.queues import Fill, Unheard
from services.cli.survey import Service
from services.cli.terminal import console, plain, table

SHOWN = 10  # of a list that may be long
FULL_BYTES = 32 << 20  # a database goes on with 16 MB free, and the file of a stream grows by eight
STARTING = "a `wireroom up` runs here, and its system is not up: it starts, stops, or puts a restore in place"
POLLED: dict[str, str] = {
    "network_folder": "it lies on a network or FUSE file system, which tells nothing of what others do there",
    "no_watches": "the kernel watches no more folders (fs.inotify.max_user_watches)",
    "no_inotify": "the kernel gives no hints (fs.inotify.max_user_instances)",
}


@dataclass
class Status:
    """Everything that is told."""

    home: str
    running: bool  # an `up`
    announced: bool  # and it has told where its system is
    nats_url: str
    nats_trouble: str | None
    services: list[Service]
    inbox: dict[str, int]
    ledger: Ledger
    unheard: Unheard | None  # what the ledger does not know yet
    ignored_files: list[dict[str, str]]
    urls_waiting: int  # asked for, and without an end yet
    urls: list[dict[str, Any]]  # those whose turn is next
    streams: dict[str, Fill]
    disk_free_bytes: int
    stuck_after_seconds: float
    promises_given_up: list[str]
    restore: str | None  # that is not caught up
    databases_gone: list[str]  # or damaged, or in whose place another file stands
    unknown_variables: list[str]  # of our own environment
    not_seen: list[str]  # what did not answer in time, beside services and ledger, which say so themselves
    check: Check | None = None  # only where it was asked for


def show(found: Status) -> None:
    """Print it."""
    screen = console()
    state = ("running" if found.announced else STARTING) if found.running else "no `wireroom up` runs here"
    screen.print(
        f"home {plain(found.home)}: {state}; NATS {plain(found.nats_trouble or found.nats_url)}\n", markup=False
    )
    if found.restore:
        screen.print(f"{plain(found.restore)}\n", markup=False)
    tell_list("DATABASES THAT ARE GONE, DAMAGED OR OLDER", found.databases_gone)
    columns = ("service", "state", "pending", "in flight", "redelivered", "per second")
    screen.print(table(columns, [_service_row(service) for service in found.services]))
    unready = [one for one in found.services if not one.ready]
    tell_list("services that are not ready", [line for one in unready for line in _why_not(one)], of=len(unready))
    now = datetime.now(UTC)
    tell_list("tried alone", [f"{each.name}: {one.told(now)}" for each in found.services for one in each.alone])
    tell_list("last errors", [last_error(one) for one in found.services if one.last_error])
    tell_list("files in the inbox", _inbox(found), of=sum(found.inbox.values()))
    _show_ledger(found)
    tell_list("URLs without an end yet", _urls(found), number=found.urls_waiting)
    tell_list("ignored files", [f"{one['path']} ({one['why']})" for one in found.ignored_files])
    tell_list("settings that give up a promise", found.promises_given_up)
    tell_list("variables that are no settings", found.unknown_variables)
    tell_list("could not be looked at", found.not_seen)
    if found.streams:
        screen.print()
        screen.print(table(("stream", "messages", "MB", "of MB", "full"), _fills(found.streams)))
    full = ": it is full; make room, and what waits goes on by itself" if found.disk_free_bytes < FULL_BYTES else ""
    screen.print(f"\nfree on the disk: {_megabytes(found.disk_free_bytes)} MB{full}", markup=False)
    if found.check is not None:
        _show_check(found.check)


def _show_ledger(found: Status) -> None:
    screen, ledger = console(), found.ledger
    if ledger.trouble:
        screen.print(f"\ninputs: {plain(ledger.trouble)}", markup=False)
    else:
        names = {state: state.replace("_", " ") for state in State}
        if found.unheard is not None:
            names[State.IN_PROGRESS] += ", as far as store has heard"
        counts = [(name, ledger.inputs.get(state, 0)) for state, name in names.items()]
        screen.print()
        screen.print(table(("inputs", ""), [*counts, ("in all", sum(ledger.inputs.values()))]))
    if found.unheard is not None:
        _show_unheard(found.unheard)
    dead = [f"{one['count']} {one['service']} {one['reason']}" for one in ledger.dead_letters]
    tell_list("dead letters", dead, of=sum(one["count"] for one in ledger.dead_letters))
    tell_list(
        "duplicates of articles that were never stored",
        [f"{one['input_id']} of {one['duplicate_of']}" for one in ledger.duplicates_of_never_stored],
        number=ledger.duplicates_of_never_stored_count,
    )
    tell_list(
        f"in progress for over {found.stuck_after_seconds:g} s",
        [f"{one.input_id}  {one.source_uri or ''}: {one.where}" for one in ledger.stuck],
        number=ledger.stuck_inputs,
    )


def _show_unheard(unheard: Unheard) -> None:
    """The ledger cannot know what store has not heard."""
    receipts = f"; up to {unheard.inputs} inputs are not counted above" if unheard.inputs else ""
    line = f"they wait for store, the oldest {since(unheard.since, datetime.now(UTC))}{receipts}"
    tell_list("messages that the ledger does not know yet", [line], of=unheard.messages)


def _why_not(service: Service) -> list[str]:
    """Why it is not ready: what it waits for and since when, or as much as it says."""
    now = datetime.now(UTC)
    ends_at = service.log_ends_at
    ends = f"; its log ends at {at_second(ends_at)} ({lasted(now - ends_at)} ago)" if ends_at is not None else ""
    lines = [wait.told(now) for wait in service.waits] or [f"{reason}{ends}" for reason in service.reasons]
    return [f"{service.name}: {line}" for line in lines]


def last_error(service: Service) -> str:
    """What it was, and since when the service is ready again: then an outage is over."""
    at, ready_since = service.last_error_at, service.ready_since
    is_over = at is not None and ready_since is not None and at <= ready_since
    again = f"; ready again {since(ready_since, datetime.now(UTC))}" if is_over and ready_since is not None else ""
    return f"{service.name}: {service.last_error}{again}"


def _urls(found: Status) -> list[str]:
    """Those whose turn is next, and what they wait for."""
    return [f"{one['url']}: {errands.words(one['due_at'], one['waits_for'])}" for one in found.urls]


def _inbox(found: Status) -> list[str]:
    """What lies there, and what keeps it there."""
    names = {"waiting": "wait", "claimed": "are claimed by fetch", "ignored": "are ignored"}
    lines = [f"{found.inbox[name]} {words}" for name, words in names.items() if found.inbox[name]]
    fetch = next(one for one in found.services if one.name == "fetch")
    paused = [f"fetch takes no more: {wait.told(datetime.now(UTC))}" for wait in fetch.waits]
    polled = [f"is only looked through now and then: {POLLED[fetch.inbox_polled]}"] if fetch.inbox_polled else []
    return (lines + paused if lines else []) + polled


def _show_check(check: Check) -> None:
    tell_list("looked at", check.looked_at)
    tell_list("not looked at", check.unseen)
    if check.findings:
        tell_list("DOES NOT ADD UP", check.findings)
        if len(check.findings) > SHOWN:
            typer.echo("  all of them: `wireroom status --check --json`")
    else:
        typer.echo(f"\n{'what could be looked at' if check.unseen else 'everything'} adds up")


def _service_row(service: Service) -> tuple[Any, ...]:
    state, rate = "ready" if service.ready else "not ready", None if service.rate is None else round(service.rate, 1)
    return service.name, state, service.pending, service.in_flight, service.redelivered, rate


def _fills(streams: dict[str, Fill]) -> list[tuple[Any, ...]]:
    return [
        (name, fill.messages, _megabytes(fill.bytes), _megabytes(fill.limit_bytes), _percent(fill))
        for name, fill in streams.items()
    ]


def _megabytes(size: int) -> str:
    """Whole ones; of less than ten, hundredths of one as well."""
    return f"{size / 1e6:.2f}" if 0 < size < 10_000_000 else f"{size / 1e6:.0f}"


def _percent(fill: Fill) -> str:
    return f"{fill.bytes / fill.limit_bytes:.0%}" if fill.limit_bytes > 0 else ""


def tell_list(title: str, lines: list[str], *, number: int | None = None, of: int | None = None) -> None:
    """Print a list, if there is anything in it.

    `number` is how many lines there are, where not all are given; `of` is what the lines add up to, where that is
    another number: 0 where they count nothing.
    """
    if not lines:
        return
    number = len(lines) if number is None else number
    heading = number if of is None else of
    more = [f"… and {number - SHOWN} more"] if number > SHOWN else []
    typer.echo(f"\n{title}: {heading}" if heading else f"\n{title}:")
    typer.echo("\n".join(f"  {plain(line)}" for line in [*lines[:SHOWN], *more]))
