"""`wireroom ingest`: files and folders read where they lie, URLs asked for, and all waited for until each has ended."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from contracts.outcomes import State
from services.chassis import logs, restoring
from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.settings import House
from services.chassis.shell import Shell
from services.cli import bus, ends, kept
from services.cli.asking import AskedFor, ask_for
from services.cli.ends import End, Waiting
from services.cli.errors import Told
from services.cli.local.home import read_credentials
from services.cli.options import Home, NatsUrl, house, server_of
from services.cli.terminal import AsJson, console, plain, print_json
from services.fetch.handler import open_ingest
from services.fetch.ingest import Failed, Ingest, Ingested, Missing, files_in
from services.fetch.settings import FetchSettings

app = typer.Typer()

URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
USER = "fetch"  # ingest does fetch's work, with fetch's rights
LOOK_SECONDS = 0.25
PATIENCE_SECONDS = 30.0  # without a single end, then a hint


@dataclass
class Account:
    """What was given in, and how each input ended."""

    given: dict[str, Ingested | AskedFor] = field(default_factory=dict)
    ended: dict[str, End] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)

    def good(self) -> bool:
        """Whether every input was stored or is a duplicate."""
        return not self.missing and len(self.ended) >= len(self.given) and all(end.good for end in self.ended.values())

    def told(self) -> dict[str, Any]:
        """As --json prints it."""
        return {
            "inputs": [self._line(input_id, end) for input_id, end in self.ended.items()],
            "missing": [str(one.path) for one in self.missing],
        }

    def name_of(self, end: End) -> str:
        """The file that was given in, and the member's path in it."""
        given = self.given[end.input_id.partition("#")[0]]
        return f"{given.path}{(end.source_uri or '').removeprefix(given.source_uri)}"

    def _line(self, input_id: str, end: End) -> dict[str, Any]:
        given = self.given[input_id.partition("#")[0]]
        names = {
            "path": str(given.path),
            "source_uri": end.source_uri or given.source_uri,
            "input_id": input_id,
            "skipped": given.skipped,
        }
        return names | {
            "state": end.state,
            "reason": end.reason,
            "detail": end.detail,
            "article_id": end.article_id,
            "duplicate_of": end.duplicate_of,
        }


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, URLs.")],
    *,
    resume: Annotated[bool, typer.Option("--resume", help="Skip what an earlier ingest has brought in.")] = False,
    as_json: AsJson = False,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Read files and folders in place, move nothing, ask for URLs, and wait until each input has ended.

    The services must be running. Exit code 0 only if every input was stored or is a duplicate; the others are listed.
    """
    urls = [path for path in paths if URL.match(path)]
    files = [_file(path) for path in paths if not URL.match(path)]
    settings = house(home=home, nats_url=nats_url)
    if restoring.holds_back(settings.home):
        raise Told(restoring.why(settings.home))
    with kept.opened(settings):
        pass  # there is a store, and so there can be an end
    logs.configure(form="console", level="warning")
    account = asyncio.run(_ingest(settings, files, urls, resume=resume, quiet=as_json))
    if as_json:
        print_json(account.told())
    else:
        _show(account)
    if not account.good():
        raise typer.Exit(1)


def _file(path: str) -> Path:
    if not Path(path).exists():
        raise Told(f"{plain(path)}: there is no such file or folder")
    return Path(path)


async def _ingest(settings: House, paths: Sequence[Path], urls: Sequence[str], *, resume: bool, quiet: bool) -> Account:
    account = Account()
    with ends.opened(settings) as ledger, _progress(quiet) as progress:
        taken, ended = progress.add_task("taken in", total=None), progress.add_task("ended", total=None)
        waiting = Waiting(ledger)
        all_given = asyncio.Event()
        looking = asyncio.create_task(_look(account, waiting, progress, ended, all_given))
        try:
            async for one in _given(settings, paths, urls, resume=resume):
                if isinstance(one, Missing):
                    account.missing.append(one)
                else:
                    account.given[one.input_id] = one
                    waiting.add(one.input_id)
                progress.advance(taken)
            progress.update(taken, total=len(account.given) + len(account.missing))
            all_given.set()
            await looking
        finally:
            looking.cancel()
    return account


async def _given(
    settings: House, paths: Sequence[Path], urls: Sequence[str], *, resume: bool
) -> AsyncIterator[Ingested | AskedFor | Missing]:
    """Everything that was named, as it is given in."""
    if urls:
        for asked in await ask_for(settings, urls):
            yield asked
    if paths:
        async with _opened(settings, resume=resume) as taker:
            async for one in taker.take(files_in(paths)):
                yield one


async def _look(account: Account, waiting: Waiting, progress: Progress, task: Any, all_given: asyncio.Event) -> None:
    """Note the ends as they come, until all is given in and all has ended."""
    quiet_since = asyncio.get_running_loop().time()
    while waiting or not all_given.is_set():
        found = waiting.look()
        account.ended |= {end.input_id: end for end in found}
        progress.update(task, completed=len(account.ended), total=len(account.ended) + len(waiting))
        now = asyncio.get_running_loop().time()
        if found:
            quiet_since = now
        elif now - quiet_since > PATIENCE_SECONDS and waiting:
            progress.console.print(f"still waiting for {len(waiting)}: `wireroom status` shows how the services are")
            quiet_since = now
        await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def _opened(settings: House, *, resume: bool) -> AsyncIterator[Ingest]:
    """Fetch's own way in, with a connection of its own."""
    password = read_credentials(settings.home).get(USER)
    async with bus.connected(server_of(settings), USER, password, inbox=f"_SVC.{USER}") as client:
        publisher = Publisher(client)
        shell = Shell(USER, client, publisher, Measures(USER), asyncio.Event())
        fetch = FetchSettings(house=settings)
        try:
            originals = Raw(client, publisher, fresh_seconds=fetch.house.raw_fresh_seconds)
            async with open_ingest(fetch, shell.say, originals, shell.count, resume=resume) as taker:
                yield taker
        finally:
            await publisher.close()


def _progress(quiet: bool) -> Progress:
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console(stderr=True), disable=quiet)


def _show(account: Account) -> None:
    counts = {state: sum(end.state is state for end in account.ended.values()) for state in State}
    typer.echo(", ".join(f"{number} {state}" for state, number in counts.items() if number) or "nothing was given in")
    for one in account.missing:
        why = one.detail if isinstance(one, Failed) else "gone before it was read"
        typer.echo(f"  {plain(one.path)}: {why}", err=True)
    for end in account.ended.values():
        if not end.good:
            why = ": ".join(word for word in (end.reason, end.detail) if word)
            typer.echo(f"  {plain(account.name_of(end))}: {end.state} ({plain(why)})  {end.input_id}", err=True)
