"""`wireroom replay --announce`: what was announced and is not in ARTICLES is announced again, in the same words."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby, islice

import typer
from pydantic import BaseModel, ValidationError

from contracts.topology import ARTICLES
from services.chassis.credentials import read_credentials
from services.chassis.letters import Letter, seal
from services.chassis.settings import House
from services.cli import kept
from services.cli.checks.announcements import ENRICHED, Said, begin_of, not_said, note
from services.cli.checks.found import Notes, notes
from services.cli.local import history
from services.cli.local.history import Held, Streams
from services.cli.options import server_of
from services.cli.speaking import speaking
from services.cli.terminal import print_json
from services.store.reading import Reading

USER = "store"  # whose words are said again
AT_ONCE = 100


class Announced(BaseModel):
    """What was announced again; `since` is None where the stream has dropped its oldest, and misses nothing."""

    since: datetime | None = None
    articles: int = 0
    duplicates: int = 0


def send(settings: House, *, as_json: bool) -> None:
    """Announce what is missing, and say how many they were."""
    done = asyncio.run(_announce(settings))
    if as_json:
        print_json(done.model_dump(mode="json"))
    elif done.since is None:
        typer.echo("ARTICLES has dropped its oldest, for it is full or they were too old: nothing is announced again")
    else:
        typer.echo(f"{done.articles} articles and {done.duplicates} duplicates are announced again")


async def _announce(settings: House) -> Announced:
    now = datetime.now(UTC)
    with kept.opened(settings) as reading, notes() as seen:
        async with history.opened(server_of(settings), read_credentials(settings.home)) as streams:
            done = Announced(since=begin_of(await streams.public.jetstream().stream_info(ARTICLES.name)))
            await _note_all(streams, seen)
        if done.since is None:
            return done
        async with speaking(settings, USER) as shell:
            missing = not_said(reading.comparing, seen, since=done.since, until=now)
            for are_articles, group in groupby(missing, key=lambda one: one[0]):
                names = (name for _, name in group)
                while some := list(islice(names, AT_ONCE)):
                    letters = list(_articles(reading, some) if are_articles else _duplicates(reading, some))
                    await shell.publisher.publish_all(letters)
                    done.articles += len(letters) if are_articles else 0
                    done.duplicates += 0 if are_articles else len(letters)
    return done


async def _note_all(streams: Streams, seen: Notes) -> None:
    async for some in history.held(streams, ARTICLES.name, 1):
        note(seen, _said(some))


def _said(some: list[Held]) -> Iterator[tuple[Said, bool]]:
    for held in some:
        with suppress(ValidationError):
            yield Said.model_validate_json(held.body), held.subject.startswith(ENRICHED)


def _articles(reading: Reading, article_ids: list[str]) -> Iterator[Letter]:
    for article, way in reading.shelf.announced(article_ids):
        yield seal(article, service=USER, way=way)


def _duplicates(reading: Reading, input_ids: list[str]) -> Iterator[Letter]:
    """On which way one came is not kept: what was replayed or requeued is said under its input's own id."""
    for duplicate in reading.shelf.announced_duplicates(input_ids):
        yield seal(duplicate, service=USER)
