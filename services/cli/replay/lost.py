"""`wireroom replay --lost`: what is in progress, and of which no message is anywhere, is sent on its way again."""

import asyncio
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import typer
from nats.errors import Error as NatsError

from contracts.topology import ARTICLES
from services.chassis.credentials import read_credentials
from services.chassis.failures import ChildKilled
from services.chassis.raw import NoSuchOriginal, Raw
from services.chassis.settings import House
from services.cli import account, kept
from services.cli import intake as intakes
from services.cli.asked import Asked
from services.cli.checks.announcements import begin_of
from services.cli.errors import Told
from services.cli.local import history
from services.cli.local.home import addresses
from services.cli.local.replacing import WAYS
from services.cli.moments import at_second
from services.cli.options import server_of
from services.cli.status import from_settings
from services.cli.terminal import plain, print_json
from services.fetch.arrival import Arrival
from services.fetch.intake import Intake
from services.store.reading import Reading, Unended

AT_ONCE = 64


@dataclass
class Replayed:
    """What was found lost, and what became of each."""

    sent: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)  # why it could not be sent
    unseen: list[str] = field(default_factory=list)  # where not all could be looked at, nothing is called lost
    articles_laid_at: datetime | None = None  # where something was kept before, and may have been lost with it


def send(settings: House, *, as_json: bool) -> None:
    """Find what is lost, send it, and say what became of it; exit code 1 where something could not be sent."""
    done = asyncio.run(_replay(settings))
    if as_json:
        laid_at = done.articles_laid_at
        print_json({"sent": done.sent, "left": done.left, "unseen": done.unseen, "articles_laid_at": laid_at})
    else:
        _show(done)
    if done.left or done.unseen:
        raise typer.Exit(1)


async def _replay(settings: House) -> Replayed:
    server, credentials = server_of(settings), read_credentials(settings.home)
    asked = Asked(settings, addresses(settings.home) or from_settings(settings), server, credentials)
    with kept.opened(settings) as reading:
        found, unseen = await account.lost(asked, reading)
        roots = reading.origins({intakes.root_of(one.input_id) for one in found})
        laid_at = await _laid_anew(asked, reading)
    if unseen:
        return Replayed(unseen=unseen, articles_laid_at=laid_at)
    done = Replayed(articles_laid_at=laid_at)
    if found:
        way = f":r{int(datetime.now(UTC).timestamp()) % WAYS}"
        lost = [one.input_id for one in found]
        wants = frozenset(lost).__contains__
        async with intakes.opened(settings, way=way, wants=wants) as (intake, raw, only):
            for first in range(0, len(roots), AT_ONCE):
                some = roots[first : first + AT_ONCE]
                whys = await asyncio.gather(*(send_again(root, intake, raw, settings.home) for root in some))
                _account(done, lost, {root.input_id: why for root, why in zip(some, whys, strict=True)}, only.said)
    return done


async def _laid_anew(asked: Asked, reading: Reading) -> datetime | None:
    """When ARTICLES was laid, if articles are kept that were announced before and would be in it."""
    try:
        async with history.opened(asked.server, asked.credentials) as streams:
            info = await streams.public.jetstream(timeout=history.ANSWER_SECONDS).stream_info(ARTICLES.name)
    except (Told, NatsError, TimeoutError):  # it is nothing that is lost here
        return None
    since = begin_of(info)
    if since is None or info.created is None:
        return None
    before = any(page for page in reading.comparing.articles(since=since, until=info.created))
    return info.created if before else None


def _account(done: Replayed, lost: Iterable[str], whys: Mapping[str, str | None], said: Container[str]) -> None:
    """What became of those that were lost, by why their roots could not be sent."""
    for input_id in lost:
        if (root := intakes.root_of(input_id)) not in whys:
            continue
        if input_id in said:
            done.sent.append(input_id)
        else:
            done.left[input_id] = whys[root] or "it does not come out of its container any more"


async def send_again(one: Unended, intake: Intake, raw: Raw, spool_folder: Path) -> str | None:
    """Read its original again, and say what fetch says; a repetition of its receipt changes nothing.

    What is returned is why that cannot be.
    """
    if one.sha256 is None or one.source_uri is None:
        return "its original is not known by itself: give it in again"
    try:
        original = await intakes.original_of(raw, one.sha256, spool_folder)
    except NoSuchOriginal:
        return "its original is not in RAW any more: give it in again"
    except ValueError as error:
        return f"{error}: give it in again"
    arrival = Arrival.known_by(one.input_id, one.source_uri)
    try:
        await intakes.say_again(intake, arrival, original)
    except ChildKilled as error:
        return f"{error}: try it again"
    return None


def _show(done: Replayed) -> None:
    if done.articles_laid_at is not None:
        typer.echo(
            f"ARTICLES was laid at {at_second(done.articles_laid_at)}, after articles were announced: what it had lost "
            "`wireroom replay --announce` announces again, and nothing twice"
        )
    for line in done.unseen:
        typer.echo(f"  {plain(line)}", err=True)
    if done.unseen:
        typer.echo("not all could be looked at, so nothing is called lost", err=True)
        return
    typer.echo(f"{len(done.sent)} inputs were lost and are on their way again" if done.sent else "nothing is lost")
    for input_id, why in done.left.items():
        typer.echo(f"  {input_id}: {why}", err=True)
