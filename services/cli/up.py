"""`wireroom up`: everything on this machine, until it is asked to stop."""

import asyncio
import os
import signal
import time
from functools import partial
from pathlib import Path
from typing import Annotated, get_args

import typer

from contracts.topology import SERVICES
from services.chassis import beginnings, sockets
from services.chassis.connection import bare
from services.chassis.explain import useless
from services.chassis.restoring import holds_back
from services.chassis.settings import House
from services.cli import typed
from services.cli.errors import Misused, Told
from services.cli.local import home as homes
from services.cli.local import laying, migrations, modes, replacing, system
from services.cli.local.ports import wrong_with
from services.cli.local.replacing import Plan
from services.cli.local.supervisor import Supervisor
from services.cli.options import Home, NatsUrl, house
from services.cli.promises import given_up
from services.cli.strangers import warn_of_strangers
from services.extract.settings import ExtractSettings
from services.fetch.settings import FetchSettings

app = typer.Typer()

THEN = "and then its services start"
AFTER = get_args(FetchSettings.model_fields["after"].annotation)

STILL_WAITING_SECONDS = 10.0  # how often is said what is being waited for
LOOK_SECONDS = 0.5  # how soon it is seen that a backup is to be put in place
AGAIN_SECONDS = 2.0


@app.command()
def up(
    home: Home = None,
    inbox: Annotated[Path | None, typed.path("--inbox", "The watched folder.  [WIREROOM_INBOX]")] = None,
    nats_url: NatsUrl = None,
    database_url: Annotated[
        str | None, typer.Option("--database-url", help="A database for all services.  [WIREROOM_DATABASE_URL]")
    ] = None,
    after: Annotated[
        str | None,
        typed.choice("--after", AFTER, "What becomes of a taken file.  [WIREROOM_FETCH_AFTER]"),
    ] = None,
) -> None:
    """Start everything on this machine, and keep it running until Ctrl-C.

    A nats-server (JetStream under HOME/nats), and one process a service.
    What dies is started again; on Ctrl-C all stop in order, within 10 s.
    """
    options = {"home": home, "inbox": inbox, "nats_url": nats_url, "database_url": database_url}
    settings = house(**options)
    if after is not None:
        os.environ["WIREROOM_FETCH_AFTER"] = after  # as if it had been set: fetch is started with it
    system.settings_of(settings)
    warn_of_strangers()
    given = {name: value for name, value in options.items() if value is not None}
    if (why := wrong_with(settings.metrics_host)) is not None:
        raise Misused(useless(settings, "metrics_host", why))
    if (why := sockets.no_room()) is not None:
        raise Misused(why)
    ports = system.metrics_ports(settings)
    with homes.hold(settings.home, lambda why: useless(settings, "home", why, given)):
        for one in modes.close(settings.home):
            _say(f"closed      {one.path}: it was open to others (mode {one.mode:03o}, now {one.wanted:03o})")
        homes.make_inbox(settings.inbox, lambda why: useless(settings, "inbox", why, given))
        if (warning := modes.made_for_another(settings.home, settings.inbox)) is not None:
            _say(f"owner       {warning}")
        with homes.owner_alone():
            asyncio.run(_keep_up(settings, ports))
    _say("stopped")


class Order:
    """What was asked by signals: to stop, and once more to kill. It is kept where nothing runs that could obey."""

    def __init__(self) -> None:
        self.given = False
        self._supervisor: Supervisor | None = None

    def goes_to(self, supervisor: Supervisor) -> None:
        """It is `supervisor` who obeys from now on."""
        self._supervisor = supervisor
        if self.given:
            supervisor.ask_to_stop()

    def take(self, number: int) -> None:
        """A signal has come; the first one kills nothing, also where all stops already for a restore."""
        again, self.given = self.given, True
        _say(f"stopping ({signal.Signals(number).name}); once more kills")
        if self._supervisor is not None and (again or not self._supervisor.is_stopping):
            self._supervisor.ask_to_stop()


async def _keep_up(settings: House, ports: dict[str, int]) -> None:
    order = Order()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, order.take, number)
    while await _serve(settings, ports, order):
        _say("beginning anew")


async def _serve(settings: House, ports: dict[str, int], order: Order) -> bool:
    """Keep everything running until asked to stop; whether it is to begin anew, with a backup in place."""
    await system.claim_ports(settings, ports)  # once they are free, nothing that was started here before lives any more
    if (plan := replacing.put_in_place(settings.home)) is not None:
        _say(f"restored the backup {plan.of}; when the server is there it is caught up with what came since, {THEN}")
    system.lay_ground(settings)
    fetch, extract = FetchSettings(house=settings), ExtractSettings(house=settings)
    addresses = homes.Addresses(
        os.getpid(),
        str(settings.inbox.absolute()),
        settings.server(),
        settings.metrics_host,
        ports,
        fetch.after,
        given_up(settings, fetch),
        str(fetch.feeds_file().absolute()),
        str(extract.names.absolute()) if extract.names is not None else "",
        extract.recognisers,
        settings.ack_wait_seconds,
    )
    table = system.table(settings, ports)
    supervisor = Supervisor(table, logs=settings.home.absolute() / "logs", say=_say)
    order.goes_to(supervisor)
    _say(f"starting {', '.join(process.name for process in table)} (home {settings.home.absolute()})")
    with homes.announced(settings.home, addresses):
        await supervisor.run(
            _streams(settings, supervisor),
            _databases(settings, ports, supervisor),
            _welcome(settings, addresses, supervisor),
            _restores(settings, supervisor),
        )
    return replacing.is_staged(settings.home) and not order.given


async def _streams(settings: House, supervisor: Supervisor) -> None:
    if settings.nats_url is None:
        await supervisor.is_there(system.SERVER).wait()
    for line in await laying.laid(lambda: system.lay_streams(settings), _say):
        _say(f"streams     {line}; left as it is")
    supervisor.is_there(system.STREAMS).set()
    operator = partial(system.password_of, "operator", settings)
    await laying.keep_laid(settings.server(), operator, lambda: system.lay_streams(settings), _say)


async def _databases(settings: House, ports: dict[str, int], supervisor: Supervisor) -> None:
    for words in beginnings.lost(settings.home, migrations.remembering()):
        _say(f"waiting     {words}")
    if migrations.pending(settings):
        await system.migrate(system.environment(settings, ports), settings.home.absolute() / "logs")
    if (plan := replacing.begun(settings.home)) is None:
        supervisor.is_there(system.DATABASES).set()
        return
    await supervisor.is_there(system.STREAMS).wait()
    _say(f"catching up with what the streams and the inbox's folders tell of since the backup, {THEN}")
    catching_up = asyncio.ensure_future(_catch_up(settings, ports, plan))
    try:
        while holds_back(settings.home) and not catching_up.done():
            await asyncio.wait({catching_up}, timeout=LOOK_SECONDS)
        supervisor.is_there(system.DATABASES).set()
        await catching_up
    finally:
        catching_up.cancel()
        await asyncio.gather(catching_up, return_exceptions=True)


async def _catch_up(settings: House, ports: dict[str, int], plan: Plan) -> None:
    """Catch up after a restore, however often something comes between, and say what could not be."""
    while True:
        try:
            await system.catch_up(system.environment(settings, ports), settings.home.absolute() / "logs")
        except Told as error:
            _say(f"{error}; trying again in {AGAIN_SECONDS:g} s")
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            break
    account = replacing.account_of(settings.home, plan)
    losses = account.losses() if account is not None else []
    for line in losses:
        _say(f"the restore  {line}")
    if losses:
        _say(f"  all of it is told in {settings.home.absolute() / plan.replaced / replacing.ACCOUNT}")
    else:
        _say("caught up with all that came to be since the backup")


async def _restores(settings: House, supervisor: Supervisor) -> None:
    """Stop everything when `wireroom restore` has laid out a backup to be put in place."""
    while not replacing.is_staged(settings.home):  # noqa: ASYNC110 - another process lays it out
        await asyncio.sleep(LOOK_SECONDS)
    _say("stopping: a backup is to be put in place")
    supervisor.ask_to_stop()


async def _welcome(settings: House, addresses: homes.Addresses, supervisor: Supervisor) -> None:
    """Say what is being waited for, and when all is ready where everything is."""
    begun = time.monotonic()
    while not await _all_ready(supervisor, STILL_WAITING_SECONDS):
        for kept in supervisor.kept.values():
            if not supervisor.is_there(kept.process.name).is_set():
                _say(f"{kept.process.name:<11} not ready for {time.monotonic() - begun:.0f} s: {kept.waits_for}")
    _say(f"all ready after {time.monotonic() - begun:.1f} s")
    _say(f"  drop files into   {addresses.inbox}")
    _say(f"  listen            wireroom tail, or any NATS client on articles.> at {bare(addresses.nats_url)}")
    for service in SERVICES:
        _say(f"  metrics           {addresses.metrics(service)}  {service}")
    _say(f"  logs              {settings.home.absolute() / 'logs'}")
    for line in addresses.gives_up:
        _say(f"  gives up          {line}")
    _say("  stop              Ctrl-C")


async def _all_ready(supervisor: Supervisor, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            for service in SERVICES:
                await supervisor.is_there(service).wait()
    except TimeoutError:
        return False
    return True


def _say(line: str) -> None:
    try:
        typer.echo(line)
    except OSError:
        return  # nobody listens at the terminal any more; the system goes on
