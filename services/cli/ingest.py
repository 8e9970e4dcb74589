"""`wireroom ingest`: files and folders read where they lie, URLs asked for, and all waited for until each has ended."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from contracts.outcomes import State
from services.chassis import cancelling, logs, restoring
from services.chassis.raw import Raw
from services.chassis.settings import House
from services.cli import ends, kept, tally, typed
from services.cli.ahead import Ahead
from services.cli.ends import Waiting
from services.cli.errors import Told
from services.cli.options import Home, NatsUrl, house
from services.cli.speaking import speaking
from services.cli.tally import FAILED, IGNORED, MISSING, Tally
from services.cli.terminal import AsJson, console, plain
from services.cli.urls import AskedFor, ask_for
from services.fetch.handler import open_ingest
from services.fetch.ingest import Ingest, Ingested, Missing, files_in
from services.fetch.settings import FetchSettings

app = typer.Typer()

URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
USER = "fetch"  # ingest does fetch's work, with fetch's rights
LOOK_SECONDS = 0.25
PATIENCE_SECONDS = 30.0  # without a single end, then a hint
RATE_SECONDS = 60.0  # that the rate is of, and with it the time that is left
MOST_OPEN = 20_000  # inputs that have not ended; the others wait in their folder, and no memory grows with their number
# Files that have not ended, and articles, for a file may hold thousands: what is dropped into the inbox meanwhile has
# its turn behind them.
MOST_AHEAD = 500
COUNTED_AT_ONCE = 2000
MOST_WORKERS = 64


@dataclass(frozen=True)
class Named:
    """What was named, and how it is to be taken."""

    files: Sequence[Path]
    urls: Sequence[str]
    resume: bool = False
    workers: int | None = None


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, URLs.")],
    *,
    resume: Annotated[bool, typer.Option("--resume", help="Skip what an earlier ingest has brought in.")] = False,
    workers: Annotated[
        int | None,
        typed.whole("--workers", 1, MOST_WORKERS, "Child processes that read.  [WIREROOM_FETCH_READERS]"),
    ] = None,
    report: Annotated[
        Path | None,
        typed.path(
            "--report",
            "A CSV file for every input, its end and its reason, in UTF-8: bytes of a path that are no text as %XX.",
        ),
    ] = None,
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
    with tally.opened(report, tell_all=as_json) as account:
        given = Named(files, urls, resume=resume, workers=workers)
        asyncio.run(_ingest(settings, given, account, quiet=as_json))
        if as_json:
            _print_all(account)
        else:
            _show(account)
        if not account.good():
            raise typer.Exit(1)


def _file(told: str) -> Path:
    file = typed.path_of("PATH", told)
    if not file.exists():
        raise Told(f"{plain(told)}: there is no such file or folder")
    return file


async def _ingest(settings: House, named: Named, account: Tally, *, quiet: bool) -> None:
    with ends.opened(settings) as ledger, _progress(quiet) as progress:
        shown = _Shown(progress, account)
        waiting = Waiting(ledger)
        all_given = asyncio.Event()
        looking = asyncio.create_task(_look(account, waiting, shown, all_given))
        counting = asyncio.create_task(_count(named, shown))
        try:
            async for one in _given(settings, named):
                if isinstance(one, Missing):
                    account.miss(one)
                elif account.give(one):
                    waiting.add(one.input_id)
                shown.turn()
                while _is_enough(account) and not looking.done():  # noqa: ASYNC110 - a database sets no event
                    await asyncio.sleep(LOOK_SECONDS)
                if looking.done():  # it has died: nobody would see an end, nor hold anything back
                    break
            all_given.set()
            await looking
        finally:
            await cancelling.end((looking, counting), grace_seconds=cancelling.GRACE_SECONDS)


def _is_enough(account: Tally) -> bool:
    """Whether no more is to be given in until some have ended."""
    return account.open >= MOST_OPEN or account.ahead >= MOST_AHEAD


async def _given(settings: House, named: Named) -> AsyncIterator[Ingested | AskedFor | Missing]:
    """Everything that was named, as it is given in."""
    if named.urls:
        for asked in await ask_for(settings, named.urls):
            yield asked
    if named.files:
        async with _opened(settings, resume=named.resume, workers=named.workers) as taker:
            async for one in taker.take(files_in(named.files)):
                yield one


class _Shown:
    """The two bars: what was taken in, and how much of that has ended."""

    def __init__(self, progress: Progress, account: Tally) -> None:
        self.progress, self._account = progress, account
        self._taken, self._ended = (progress.add_task(name, total=None) for name in ("taken in", "ended"))

    def count(self, number: int) -> None:
        """There are so many."""
        for task in (self._taken, self._ended):
            self.progress.update(task, total=number)

    def turn(self) -> None:
        """Show how it stands."""
        taken = self._account.given + self._account.missing + self._account.ignored
        self.progress.update(self._taken, completed=taken)
        self.progress.update(self._ended, completed=taken - self._account.open)


async def _count(named: Named, shown: _Shown) -> None:
    """How many there are, so that it can be said how long it will take; no list is made of them."""
    files, number = iter(files_in(named.files)), len(named.urls)
    while some := await asyncio.to_thread(lambda: sum(1 for _ in islice(files, COUNTED_AT_ONCE))):
        number += some
    shown.count(number)


async def _look(account: Tally, waiting: Waiting, shown: _Shown, all_given: asyncio.Event) -> None:
    """Note the ends as they come, until all is given in and all has ended."""
    quiet_since = asyncio.get_running_loop().time()
    while waiting or not all_given.is_set():
        found = waiting.look()
        for end in found:
            account.end(end)
        shown.turn()
        now = asyncio.get_running_loop().time()
        if found:
            quiet_since = now
        elif now - quiet_since > PATIENCE_SECONDS and waiting:
            console = shown.progress.console
            console.print(f"still waiting for {len(waiting)}: `wireroom status` shows how the services are")
            quiet_since = now
        await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def _opened(settings: House, *, resume: bool, workers: int | None) -> AsyncIterator[Ingest]:
    """Fetch's own way in, with a connection of its own."""
    fetch = FetchSettings(house=settings)
    if workers is not None:
        fetch = fetch.model_copy(update={"readers": workers})
    async with speaking(settings, USER) as shell:
        originals = Raw(shell.nats, shell.publisher, fresh_seconds=settings.raw_fresh_seconds)
        with ends.opened(settings) as ledger:
            say = Ahead(shell.say, ledger, MOST_AHEAD).say
            async with open_ingest(fetch, say, originals, shell.count, resume=resume) as taker:
                yield taker


def _progress(quiet: bool) -> Progress:
    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console(stderr=True), disable=quiet, speed_estimate_period=RATE_SECONDS)


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        """As of the last while, or of the whole when it is over."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s")


def _print_all(account: Tally) -> None:
    """One JSON object on one line, written piece by piece."""
    typer.echo('{"inputs": [', nl=False)
    missing, ignored, comma = [], [], ""
    for line in account.lines():
        if line["state"] in {MISSING, FAILED}:
            missing.append(line["path"])
        elif line["state"] == IGNORED:
            ignored.append(line["path"])
        else:
            typer.echo(comma + json.dumps({name: line[name] for name in line if name != "place"}), nl=False)
            comma = ", "
    typer.echo(f'], "missing": {json.dumps(missing)}, "ignored": {json.dumps(ignored)}}}')


def _show(account: Tally) -> None:
    counts = [f"{account.ends[state]} {state}" for state in State if account.ends[state]]
    if account.ignored:
        counts.append(f"{account.ignored} {IGNORED}")
    typer.echo(", ".join(counts) or "nothing was given in")
    for line in account.lines():
        if line["state"] in {MISSING, FAILED}:
            typer.echo(f"  {plain(line['path'])}: {plain(line['detail'])}", err=True)
        else:
            why = ": ".join(word for word in (line["reason"], line["detail"]) if word)
            typer.echo(f"  {plain(line['place'])}: {line['state']} ({plain(why)})  {line['input_id']}", err=True)
