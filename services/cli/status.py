"""`wireroom status`: how the services are, what waits, what has ended how, what was passed over."""

import asyncio
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from contracts.outcomes import State
from contracts.topology import SERVICES
from services.chassis import beginnings, restoring
from services.chassis.connection import bare, read_credentials
from services.chassis.settings import MOST, House
from services.cli import account, errands, kept, survey, typed
from services.cli.account import CHECK_SECONDS, Inbox
from services.cli.asked import Asked
from services.cli.checks.found import Check
from services.cli.errors import Told
from services.cli.in_time import in_thread, why
from services.cli.ledger import Ledger, ledger_of
from services.cli.lists import SHOWN, tell_list
from services.cli.local.home import Addresses, addresses, is_held
from services.cli.local.migrations import remembering
from services.cli.options import Home, NatsUrl, house, server_of
from services.cli.promises import given_up
from services.cli.strangers import strangers
from services.cli.survey import Bus, Fill, Service
from services.cli.terminal import AsJson, console, plain, print_json, table
from services.fetch.settings import FetchSettings

app = typer.Typer()

STARTING = "a `wireroom up` runs here, and its system is not up: it starts, stops, or puts a restore in place"
POLLED: dict[str, str] = {
    "network_folder": "it lies on a network or FUSE file system, which tells nothing of what others do there",
    "no_watches": "the kernel watches no more folders (fs.inotify.max_user_watches)",
    "no_inotify": "the kernel gives no hints (fs.inotify.max_user_instances)",
}
Verify = Annotated[
    bool,
    typer.Option(
        "--check", help="Count everything again; exit code 1 if anything does not add up, or cannot be looked at."
    ),
]
Within = Annotated[
    float,
    typed.seconds("--within", 1, MOST["seconds"], "With --check: what ARTICLES, RAW and the shelves may take each."),
]


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


@app.command()
def status(
    *,
    as_json: AsJson = False,
    check: Verify = False,
    within: Within = CHECK_SECONDS,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Show how the services are, what waits, what has ended how, what was passed over, and how full the disk is."""
    settings = house(home=home, nats_url=nats_url)
    if not settings.home.exists():
        raise Told(f"nothing has been kept in {settings.home} yet: start with `wireroom up`, or set WIREROOM_HOME")
    found = asyncio.run(_status(settings, check_seconds=within if check else None))
    if as_json:
        print_json(asdict(found))
    else:
        _show(found)
    if found.check is not None and (found.check.findings or found.check.unseen):
        raise typer.Exit(1)


async def _status(settings: House, *, check_seconds: float | None) -> Status:
    running, server = addresses(settings.home), server_of(settings)
    is_up = running is not None or is_held(settings.home)
    credentials = read_credentials(settings.home)
    where = running or from_settings(settings)
    asked = Asked(settings, where, server, credentials)
    says, pages, ledger, (inbox, no_inbox), (number, next_urls, no_urls) = await asyncio.gather(
        survey.ask_bus(server, credentials, remedy=_remedy(settings, is_up=is_up)),
        survey.pages(where),
        ledger_of(asked),
        _inbox_of(where),
        _urls_of(settings),
    )
    return Status(
        home=str(settings.home.absolute()),
        running=is_up,
        announced=running is not None,
        nats_url=bare(server),
        nats_trouble=says.trouble,
        services=(services := survey.services(pages, says.queues, settings.home / "logs")),
        inbox={"waiting": inbox.waiting, "claimed": inbox.claimed, "ignored": len(inbox.ignored)},
        ledger=ledger,
        ignored_files=[asdict(one) for one in inbox.ignored],
        urls_waiting=number,
        urls=[asdict(one) for one in next_urls],
        streams=says.streams,
        disk_free_bytes=shutil.disk_usage(settings.home).free,
        stuck_after_seconds=settings.stuck_after_seconds,
        promises_given_up=where.gives_up,
        restore=restoring.why(settings.home) if restoring.holds_back(settings.home) else None,
        databases_gone=beginnings.lost(settings.home, remembering()),
        unknown_variables=strangers(),
        not_seen=[*survey.doubts(services), *_unseen(says), *no_inbox, *no_urls],
        check=None if check_seconds is None else await _check(asked, check_seconds),
    )


def _remedy(settings: House, *, is_up: bool) -> str:
    """What helps where no server is: not an `up` beside the one that runs."""
    if settings.nats_url is not None:
        return "see that it runs, and that WIREROOM_NATS_URL (or --nats-url) is right"
    if is_up:
        return f"the `wireroom up` that runs here starts it again; why it does not: {settings.home / 'logs'}"
    return "start one with `wireroom up`"


def _unseen(says: Bus) -> list[str]:
    """What nobody knows while the server does not say it."""
    return says.unseen if says.trouble is None else [f"queues and streams, and all that waits in them: {says.trouble}"]


def from_settings(settings: House) -> Addresses:
    """Where the services are if they were started with these settings, by whatever."""
    base = settings.metrics_port_base
    ports = {service: base + place for place, service in enumerate(SERVICES)}
    fetch = FetchSettings()
    return Addresses(
        0,
        str(settings.inbox),
        settings.server(),
        settings.metrics_host,
        ports,
        fetch.after,
        given_up(settings, fetch),
    )


async def _inbox_of(where: Addresses) -> tuple[Inbox, list[str]]:
    """What lies in the inbox, and why that could not be seen."""
    looking = partial(account.inbox_of, Path(where.inbox), moving=where.fetch_after != "leave")
    try:
        return await in_thread(looking), []
    except (OSError, TimeoutError) as error:
        return Inbox(0, 0, []), [f"the inbox {where.inbox}: {why(error)}"]


async def _urls_of(settings: House) -> tuple[int, list[errands.Unended], list[str]]:
    """How many URLs have no end yet, those whose turn is next, and why that could not be seen."""
    try:
        return *await in_thread(partial(errands.waiting, settings, SHOWN)), []
    except (Told, TimeoutError) as error:
        return 0, [], [f"the URLs without an end: {why(error)}"]


async def _check(asked: Asked, seconds: float) -> Check:
    try:
        with kept.opened(asked.settings) as reading:
            return await account.check(asked, reading, seconds=seconds)
    except (Told, kept.NoStore) as error:
        return Check(findings=[str(error)])


def _show(found: Status) -> None:
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
    tell_list("last errors", [f"{one.name}: {one.last_error}" for one in found.services if one.last_error])
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
    screen.print(f"\nfree on the disk: {_megabytes(found.disk_free_bytes)} MB")
    if found.check is not None:
        _show_check(found.check)


def _show_ledger(found: Status) -> None:
    screen, ledger = console(), found.ledger
    if ledger.trouble:
        screen.print(f"\ninputs: {plain(ledger.trouble)}", markup=False)
    else:
        counts = [(state.replace("_", " "), ledger.inputs.get(state, 0)) for state in State]
        screen.print()
        screen.print(table(("inputs", ""), [*counts, ("in all", sum(ledger.inputs.values()))]))
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


def _why_not(service: Service) -> list[str]:
    """Why it is not ready: what it waits for and since when, or as much as it says."""
    now = datetime.now(UTC)
    lines = [wait.told(now) for wait in service.waits] or service.reasons
    return [f"{service.name}: {line}" for line in lines]


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


def _megabytes(size: int) -> int:
    return round(size / 1e6)


def _percent(fill: Fill) -> str:
    return f"{fill.bytes / fill.limit_bytes:.0%}" if fill.limit_bytes > 0 else ""
