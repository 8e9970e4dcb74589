"""`wireroom replay --from extract`: stored articles are heard by extract again, as dedup said them."""

import asyncio
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_enriched import ArticleEnriched
from services.chassis.letters import seal
from services.chassis.settings import House
from services.cli import kept
from services.cli.errors import Misused, Told
from services.cli.local.home import addresses
from services.cli.local.replacing import WAYS
from services.cli.options import moment
from services.cli.speaking import speaking
from services.cli.terminal import console, plain, print_json
from services.extract.core.versions import NAMED, extractor_of_names, versions
from services.extract.installed import installed_models, version_of_lists
from services.extract.settings import ExtractSettings
from services.store.reading import Reading

USER = "dedup"  # whose words are said again

Versions = Mapping[str, Mapping[str, str]]  # by language, "" for all that have no model: by field


@dataclass(frozen=True)
class Wanted:
    """Which articles are meant."""

    ids: tuple[str, ...] = ()
    since: datetime | None = None
    unchanged: bool = False


@dataclass
class Replayed:
    """How many articles were looked at, and how many of them were sent."""

    ways: set[str] = field(default_factory=set)
    looked_at: int = 0
    sent: int = 0


def wanted(ids: list[str] | None, since: str | None, *, unchanged: bool) -> Wanted:
    """What the options say."""
    if ids and since is not None:
        raise Misused("name articles by --ids, or give --since; both at once is not clear")
    return Wanted(tuple(ids or ()), None if since is None else moment(since, datetime.now(UTC)), unchanged)


def send(settings: House, meant: Wanted, *, as_json: bool) -> None:
    """Send those that are meant, as fast as extract takes them, and say how many they were."""
    done = asyncio.run(_replay(settings, meant, quiet=as_json))
    if as_json:
        print_json({**vars(done), "ways": sorted(done.ways)})
        return
    typer.echo(f"{done.sent} of {done.looked_at} articles are on their way to extract again")
    if done.looked_at > done.sent and not meant.unchanged:
        typer.echo("the others were made by what is installed: --unchanged sends them too")


def installed_versions(names: Path | None = None, recognisers: str = "") -> Versions:
    """What extract would tell of the fields of an article that it reads now, with these lists and recognisers."""
    models = dict(installed_models())
    if recognisers:
        from services.extract.model import chosen_recognisers  # noqa: PLC0415 - loads them: only they know their versions

        models |= {language: (one.name, one.version) for language, one in chosen_recognisers(recognisers).items()}
    lists = version_of_lists(names)
    return {
        "": _told(None, None, lists),
        **{language: _told(name, version, lists) for language, (name, version) in models.items()},
    }


def _told(recogniser: str | None, version: str | None, lists: str) -> Mapping[str, str]:
    """By field who makes it, as far as one can be exchanged for another, and the version."""
    extractor = extractor_of_names(recogniser)
    made = versions(version, lists)
    return {name: f"{extractor} {made[name]}" if name in NAMED else made[name] for name in made}


def is_changed(article: ArticleEnriched, installed: Versions) -> bool:
    """Whether any field was made by another version than it would be now."""
    now = installed.get(article.language.primary(), installed[""])
    made_by = article.extraction.made_by
    before = {
        name: f"{made.extractor} {made.version}" if name in NAMED else made.version for name, made in made_by.items()
    }
    return any(before.get(name) != told for name, told in now.items())


def way_to(installed: Versions, enrichment: int) -> str:
    """The same for the same versions until the article is enriched: cut off and repeated, nothing is enriched twice.

    An article that comes back to an earlier version is on another way than it was then.
    """
    told = json.dumps([enrichment, installed], sort_keys=True, default=dict)
    return f":r{1 + zlib.crc32(told.encode()) % (WAYS - 1)}"


def as_dedup_said(article: ArticleEnriched) -> ArticleDeduplicated:
    """What extract heard of it the last time."""
    return ArticleDeduplicated(
        input_id=article.input_id,
        trail=tuple(takewhile(lambda step: step.service != "extract", article.trail)),
        article_id=article.article_id,
        document=article.document,
        language=article.language,
        duplication=article.duplication,
    )


async def _replay(settings: House, meant: Wanted, *, quiet: bool) -> Replayed:
    installed = _installed(settings)
    anew = f":r{int(datetime.now(UTC).timestamp()) % WAYS}"
    done = Replayed()
    with kept.opened(settings) as reading, _progress(quiet) as progress:
        pages, total = _pages(reading, meant)
        task = progress.add_task("articles", total=total)
        async with speaking(settings, USER) as shell:
            for page in pages:
                some = [one for one in page if meant.unchanged or is_changed(one, installed)]
                ways = [anew if meant.unchanged else way_to(installed, one.enrichment) for one in some]
                said = zip(map(as_dedup_said, some), ways, strict=True)
                await shell.publisher.publish_all(seal(one, service=USER, way=way) for one, way in said)
                done.looked_at, done.sent = done.looked_at + len(page), done.sent + len(some)
                done.ways.update(ways)
                progress.update(task, completed=done.looked_at)
    return done


def _installed(settings: House) -> Versions:
    """As the running extract has it, or as it is set here."""
    running = addresses(settings.home)
    if running is not None:
        return installed_versions(Path(running.names) if running.names else None, running.recognisers)
    extract = ExtractSettings(house=settings)
    return installed_versions(extract.names, extract.recognisers)


def _pages(reading: Reading, meant: Wanted) -> tuple[Iterator[list[ArticleEnriched]], int]:
    """The articles to look at, and how many they are; raises Told where one that is named is not stored."""
    if not meant.ids:
        return reading.shelf.pages(since=meant.since), reading.shelf.count(since=meant.since)
    named = reading.shelf.named(meant.ids)
    if missing := [one for one in meant.ids if one not in named]:
        raise Told(f"no article is stored for {plain(missing[0])}: `wireroom trace` shows what became of an input")
    return reading.shelf.articles(set(named.values())), len(set(named.values()))


def _progress(quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console(stderr=True), disable=quiet)
