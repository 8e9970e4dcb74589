"""`wireroom demo`: a system of its own in a temporary folder, the sample documents through it, and what came out."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer

from contracts.article_enriched import ArticleEnriched
from services.chassis.settings import House
from services.cli import kept, typed
from services.cli.ends import GOOD
from services.cli.errors import Told
from services.cli.local import ports, probes, system
from services.cli.local.home import Addresses, addresses
from services.cli.local.process import die_with_parent
from services.cli.tail import picture
from services.cli.terminal import AsJson, console, plain
from services.cli.trace import end_of
from services.store.reading import Reading
from services.store.traced import TracedInput

app = typer.Typer()

READY_SECONDS = 180.0  # a cold disk, a large model, an atlas that is built at the first start
END_SECONDS = 120.0  # for all files together
STOP_SECONDS = 15.0
LOOK_SECONDS = 0.05


@app.command()
def demo(
    *,
    seeds: Annotated[Path, typed.path("--seeds", "Folder with the sample documents.")] = Path("seeds"),
    as_json: AsJson = False,
) -> None:
    """Start a system in a temporary folder, send the sample documents through, print their articles, stop it all.

    Nothing else on this machine is touched. Exit code 0 only if every file became an article.
    """
    files = sorted(seeds.glob("*.txt"))
    if not files:
        raise Told(
            f"there are no sample documents in {seeds.absolute()}: run this where seeds/ is, or give --seeds DIR"
        )
    try:
        well = asyncio.run(_demo(files, as_json=as_json))
    except asyncio.CancelledError:
        raise typer.Exit(128 + signal.SIGTERM) from None
    if not well:
        raise typer.Exit(1)


async def _demo(files: Sequence[Path], *, as_json: bool) -> bool:
    """Whether all went well."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # we are in it
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with tempfile.TemporaryDirectory(prefix="wireroom-demo-") as name:
        folder = Path(name)
        house = House(
            home=folder / "home",
            inbox=folder / "inbox",
            nats_port=ports.any_free(system.LOOPBACK, 1)[0],
            nats_url=None,
            nats_replicas=1,
            database_url=None,
        )
        async with _running(house) as where:
            _say(f"ready; dropping {len(files)} files into {where.inbox}")
            begun = time.monotonic()
            _drop(files, folder, house.inbox)
            well, articles = await _follow([file.name for file in files], house, as_json=as_json)
            within = f"within {time.monotonic() - begun:.1f} s"
            _say(f"{well} of {len(files)} files became {articles} articles {within}")
    return well == len(files)


@asynccontextmanager
async def _running(house: House) -> AsyncIterator[Addresses]:
    """The system, started, ready, and stopped again."""
    _say(f"starting a system in {house.home.parent}")
    log = house.home.parent / "up.log"
    with log.open("wb") as output:
        up = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.cli", "up"),
            env=_environment(house),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours to pass on
            preexec_fn=die_with_parent(),
        )
    try:
        yield await _ready(house, up, log)
    finally:
        await _stop(up)


def _environment(house: House) -> dict[str, str]:
    """Ours without any setting of another system on this machine."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
    return ours | {
        "WIREROOM_HOME": str(house.home),
        "WIREROOM_INBOX": str(house.inbox),
        "WIREROOM_NATS_PORT": str(house.nats_port),
        "WIREROOM_METRICS_PORT_BASE": "0",
        "PYTHONUNBUFFERED": "1",
    }


async def _ready(house: House, up: asyncio.subprocess.Process, log: Path) -> Addresses:
    deadline, trouble = time.monotonic() + READY_SECONDS, "nothing answers"
    while time.monotonic() < deadline:
        if up.returncode is not None:
            raise Told(f"the system did not start: {_last_line(log).removeprefix('wireroom: ')}")
        if where := addresses(house.home):
            asked = [probes.http(where.metrics_host, port, "/readyz")() for port in where.metrics_ports.values()]
            answers = zip(where.metrics_ports, await asyncio.gather(*asked), strict=True)
            trouble = "; ".join(f"{service}: {reason}" for service, reason in answers if reason)
            if not trouble:
                return where
        await asyncio.sleep(LOOK_SECONDS)
    raise Told(f"the system was not ready after {READY_SECONDS:g} s ({trouble}); its last word: {_last_line(log)}")


def _last_line(log: Path) -> str:
    return (log.read_text(errors="replace").strip().splitlines() or ["no word"])[-1]


async def _stop(up: asyncio.subprocess.Process) -> None:
    if up.returncode is not None:
        return
    _say("stopping")
    up.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await up.wait()
    except TimeoutError:
        up.kill()  # what it started dies with it
        await up.wait()


def _drop(files: Sequence[Path], folder: Path, inbox: Path) -> None:
    """Each file as a good program drops one: written elsewhere, then renamed in."""
    for file in files:
        shutil.copyfile(file, folder / file.name)
        (folder / file.name).rename(inbox / file.name)


async def _follow(names: Sequence[str], house: House, *, as_json: bool) -> tuple[int, int]:
    """Print each file's articles as soon as it has ended; how many files ended well, and their articles."""
    waiting, well, articles = list(names), 0, 0
    deadline = time.monotonic() + END_SECONDS
    with kept.opened(house) as reading:
        while waiting and time.monotonic() < deadline:
            for name in list(waiting):
                family = reading.inputs_of(f"inbox:{name}")
                if _has_ended(family):
                    waiting.remove(name)
                    shown = _show(family, reading, as_json=as_json)
                    well += all(one.state in GOOD for one in family)
                    articles += shown
            await asyncio.sleep(LOOK_SECONDS)
    for name in waiting:
        _say(f"{plain(name)} has not ended after {END_SECONDS:g} s")
    return well, articles


def _has_ended(family: Sequence[TracedInput]) -> bool:
    """Whether the file came in, and it and everything that came out of it has its end."""
    children = sum(one.children or 0 for one in family)
    return len(family) == 1 + children and all(one.ended_at is not None for one in family)


def _show(family: Sequence[TracedInput], reading: Reading, *, as_json: bool) -> int:
    """Print the articles of one file, or why there is none; how many there are."""
    shown = 0
    for one in family:
        article = reading.article(one.article_id) if one.article_id else None
        if article is None:
            _say(f"{plain(one.source_uri)}: {end_of(one)}")
            continue
        shown += 1
        told = ArticleEnriched.model_validate(article)
        if as_json:
            typer.echo(told.model_dump_json())
        else:
            console().print(picture(told))
    return shown


def _say(line: str) -> None:
    typer.echo(line, err=True)
