"""`wireroom status`: how the services are, what waits, what has ended how, what was passed over."""

import asyncio
import shutil
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from contracts.outcomes import State
from contracts.topology import SERVICES
from services.chassis.connection import read_credentials
from services.chassis.settings import House
from services.cli import kept, survey
from services.cli.bus import bare
from services.cli.errors import Told
from services.cli.local.home import Addresses, addresses
from services.cli.options import Home, NatsUrl, house, server_of
from services.cli.promises import given_up
from services.cli.survey import Fill, Service
from services.cli.terminal import AsJson, console, plain, print_json, table
from services.fetch.folder.scan import ignored_files
from services.fetch.settings import FetchSettings

app = typer.Typer()

STUCK_AFTER = timedelta(hours=1)
SHOWN = 10  # of a list that may be long


@dataclass
class Ledger:
    """What the store knows; `trouble` where it cannot be read."""

    inputs: dict[str, int] = field(default_factory=dict)
    dead_letters: list[dict[str, Any]] = field(default_factory=list)
    duplicates_of_never_stored: list[dict[str, Any]] = field(default_factory=list)
    in_progress_for_over_an_hour: list[str] = field(default_factory=list)
    trouble: str | None = None


@dataclass
class Status:
    """Everything that is told."""

    home: str
    running: bool
    nats_url: str
    nats_trouble: str | None
    services: list[Service]
    ledger: Ledger
    ignored_files: list[dict[str, str]]
    streams: dict[str, Fill]
    disk_free_bytes: int
    promises_given_up: list[str]


@app.command()
def status(*, as_json: AsJson = False, home: Home = None, nats_url: NatsUrl = None) -> None:
    """Show how the services are, what waits, what has ended how, what was passed over, and how full the disk is."""
    settings = house(home=home, nats_url=nats_url)
    if not settings.home.exists():
        raise Told(f"nothing has been kept in {settings.home} yet: start with `wireroom up`, or set WIREROOM_HOME")
    found = asyncio.run(_status(settings))
    if as_json:
        print_json(asdict(found))
    else:
        _show(found)


async def _status(settings: House) -> Status:
    running, server = addresses(settings.home), server_of(settings)
    says = await survey.ask_bus(server, read_credentials(settings.home))
    where = running or from_settings(settings)
    services = await survey.services(where, says.queues, settings.home / "logs")
    inbox = Path(where.inbox)
    return Status(
        home=str(settings.home.absolute()),
        running=running is not None,
        nats_url=bare(server),
        nats_trouble=says.trouble,
        services=services,
        ledger=_ledger(settings),
        ignored_files=[asdict(one) for one in ignored_files(inbox, moving=where.fetch_after != "leave")],
        streams=says.streams,
        disk_free_bytes=shutil.disk_usage(settings.home).free,
        promises_given_up=where.gives_up,
    )


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


def _ledger(settings: House) -> Ledger:
    try:
        with kept.opened(settings) as reading:
            dead = Counter((letter.service, letter.reason) for letter in reading.dead_letters(limit=1000))
            stuck = reading.stuck(before=datetime.now(UTC) - STUCK_AFTER)
            return Ledger(
                inputs={str(state): number for state, number in reading.ledger_counts().items()},
                dead_letters=[
                    {"service": service, "reason": reason, "count": n} for (service, reason), n in dead.items()
                ],
                duplicates_of_never_stored=[one.model_dump() for one in reading.duplicates_of_never_stored()],
                in_progress_for_over_an_hour=[one.input_id for one in stuck],
            )
    except (Told, kept.NoStore) as error:
        return Ledger(trouble=str(error))


def _show(found: Status) -> None:
    screen = console()
    state = "running" if found.running else "no `wireroom up` runs here"
    screen.print(
        f"home {plain(found.home)}: {state}; NATS {plain(found.nats_trouble or found.nats_url)}\n", markup=False
    )
    columns = ("service", "state", "pending", "in flight", "redelivered", "per second")
    screen.print(table(columns, [_service_row(service) for service in found.services]))
    _list("not ready", [f"{one.name}: {'; '.join(one.reasons)}" for one in found.services if not one.ready])
    _list("last errors", [f"{one.name}: {one.last_error}" for one in found.services if one.last_error])
    _list("files that wait", [f"{one.files_waiting} in the inbox" for one in found.services if one.files_waiting])
    ledger = found.ledger
    if ledger.trouble:
        screen.print(f"\ninputs: {plain(ledger.trouble)}", markup=False)
    else:
        counts = [(state.replace("_", " "), ledger.inputs.get(state, 0)) for state in State]
        screen.print()
        screen.print(table(("inputs", ""), counts))
    _list("dead letters", [f"{one['count']} {one['service']} {one['reason']}" for one in ledger.dead_letters])
    _list(
        "duplicates of articles that were never stored",
        [f"{one['input_id']} of {one['duplicate_of']}" for one in ledger.duplicates_of_never_stored],
    )
    _list("in progress for over an hour", ledger.in_progress_for_over_an_hour)
    _list("ignored files", [f"{one['path']} ({one['why']})" for one in found.ignored_files])
    _list("settings that give up a promise", found.promises_given_up)
    if found.streams:
        screen.print()
        screen.print(table(("stream", "messages", "MB", "of MB", "full"), _fills(found.streams)))
    screen.print(f"\nfree on the disk: {_megabytes(found.disk_free_bytes)} MB")


def _service_row(service: Service) -> tuple[Any, ...]:
    state, rate = "ready" if service.ready else "not ready", None if service.rate is None else round(service.rate, 1)
    return service.name, state, service.pending, service.in_flight, service.redelivered, rate


def _list(title: str, lines: list[str]) -> None:
    if lines:
        more = [f"… and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        typer.echo(f"\n{title}: {len(lines)}\n" + "\n".join(f"  {plain(line)}" for line in [*lines[:SHOWN], *more]))


def _fills(streams: dict[str, Fill]) -> list[tuple[Any, ...]]:
    return [
        (name, fill.messages, _megabytes(fill.bytes), _megabytes(fill.limit_bytes), _percent(fill))
        for name, fill in streams.items()
    ]


def _megabytes(size: int) -> int:
    return round(size / 1e6)


def _percent(fill: Fill) -> str:
    return f"{fill.bytes / fill.limit_bytes:.0%}" if fill.limit_bytes > 0 else ""
