"""`wireroom status`: how the services are, what waits, what has ended how, what was passed over."""

import asyncio
import shutil
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from contracts.topology import SERVICES
from services.chassis import beginnings, restoring
from services.chassis.connection import bare
from services.chassis.credentials import read_credentials
from services.chassis.settings import MOST, House
from services.cli import account, errands, kept, queues, survey, typed
from services.cli.account import CHECK_SECONDS, Inbox
from services.cli.asked import Asked
from services.cli.checks.found import Check
from services.cli.errors import Told
from services.cli.in_time import in_thread, why
from services.cli.ledger import ledger_of
from services.cli.local.home import Addresses, addresses, is_held
from services.cli.local.migrations import remembering
from services.cli.options import Home, NatsUrl, house, server_of, settings_class
from services.cli.promises import given_up
from services.cli.queues import Bus
from services.cli.strangers import strangers
from services.cli.telling import SHOWN, Status, show
from services.cli.terminal import AsJson, print_json
from services.fetch.settings import FetchSettings

app = typer.Typer()

OURS = "nats://127.0.0.1:"  # where `up` starts a server of its own

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
        show(found)
    if found.check is not None and (found.check.findings or found.check.unseen):
        raise typer.Exit(1)


async def _status(settings: House, *, check_seconds: float | None) -> Status:
    running, server = addresses(settings.home), server_of(settings)
    is_up = running is not None or is_held(settings.home)
    credentials = read_credentials(settings.home)
    where = running or from_settings(settings)
    asked = Asked(settings, where, server, credentials)
    says, pages, ledger, (inbox, no_inbox), (number, next_urls, no_urls) = await asyncio.gather(
        queues.ask_bus(server, credentials, remedy=_remedy(settings, server, is_up=is_up)),
        survey.pages(where, asked.home),
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
        unheard=says.unheard,
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


def _remedy(settings: House, server: str, *, is_up: bool) -> str:
    """What helps where no server is: not an `up` beside the one that runs, which starts none where one was named."""
    if settings.nats_url is not None or not server.startswith(OURS):
        return "see that it runs, and that WIREROOM_NATS_URL (or --nats-url) is right"
    if is_up:
        return f"the `wireroom up` that runs here starts it again; why it does not: {settings.home / 'logs'}"
    return "start one with `wireroom up`"


def _unseen(says: Bus) -> list[str]:
    """What nobody knows while the server does not say it."""
    return says.unseen if says.trouble is None else [f"queues and streams, and all that waits in them: {says.trouble}"]


def from_settings(settings: House) -> Addresses:
    """Where the services are if they were started with these settings, by whatever."""
    ports = {service: settings_class(service)(house=settings).page_port(service) for service in SERVICES}
    fetch = FetchSettings(house=settings)
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
