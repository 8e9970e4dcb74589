"""`wireroom tail`: the enriched stream as it comes."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.text import Text

from contracts.article_enriched import ArticleEnriched
from contracts.extraction import Entity, Place
from services.cli import bus, typed
from services.cli.errors import Misused
from services.cli.options import Home, NatsUrl, Since, house, moment, server_of
from services.cli.terminal import AsJson, console, plain, shorten

app = typer.Typer()

Show = Callable[[bytes], bool]  # shows one article, and says whether it did
Named = TypeVar("Named", Entity, Place)

TITLE_CHARACTERS = 100
MOST_ARTICLES = 1_000_000_000
NAMES = 8  # of each kind are shown


@app.command()
def tail(
    *,
    language: Annotated[str | None, typer.Option(help="Only articles in this language (fr).")] = None,
    country: Annotated[str | None, typer.Option(help="Only articles mainly about this country (sy).")] = None,
    entity: Annotated[str | None, typer.Option(help="Only articles that name this.")] = None,
    since: Since = None,
    count: Annotated[int | None, typed.whole("--count", 1, MOST_ARTICLES, "Stop after so many articles.")] = None,
    as_json: AsJson = False,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Follow the stream of enriched articles until Ctrl-C; needs no credentials.

    With --json one article a line. What comes while the server restarts is not missed.
    """
    begin = moment(since, datetime.now(UTC)) if since is not None else None
    settings = house(home=home, nats_url=nats_url)
    show = _show_json if as_json else _show
    asyncio.run(_tail(server_of(settings), subject(language, country), begin, _chosen(show, entity), count))


async def _tail(server: str, wanted: str, since: datetime | None, show: Show, count: int | None) -> None:
    shown = 0
    async with bus.connected(server, say=lambda line: typer.echo(line, err=True)) as client:
        async for body in bus.follow(client, wanted, since):
            shown += show(body)
            if shown == count:
                return


def _chosen(show: Show, entity: str | None) -> Show:
    """The same, of articles that name the entity alone."""
    if entity is None:
        return show
    return lambda body: names(ArticleEnriched.model_validate_json(body), entity) and show(body)


def subject(language: str | None, country: str | None) -> str:
    """The subject that these articles are announced on; raises Misused where a word can be no part of one."""
    words = [("*" if word is None else word).partition("-")[0].lower() for word in (language, country)]
    for word in words:
        if not (word == "*" or word.isalpha()):
            raise Misused(f"{word!r} is no language or country: give a code such as fr or sy")
    return f"articles.enriched.{words[0]}.{words[1]}"


def names(article: ArticleEnriched, wanted: str) -> bool:
    """Whether one of the article's entities bears the wanted name, or is mentioned by it, whatever the case."""
    folded = wanted.casefold()
    return any(
        folded in entity.name.casefold() or any(folded in mention.surface.casefold() for mention in entity.mentions)
        for entity in article.extraction.entities
    )


def _show_json(body: bytes) -> bool:
    typer.echo(body.decode())
    return True


def _show(body: bytes) -> bool:
    console().print(picture(ArticleEnriched.model_validate_json(body)))
    return True


def picture(article: ArticleEnriched) -> Text:
    """The article in a few lines: title, when and where, who and what is named, where it came from."""
    extraction = article.extraction
    title = extraction.title.text if extraction.title else article.document.text.strip().partition("\n")[0]
    lines = Text(shorten(plain(title), TITLE_CHARACTERS), style="bold")
    published = extraction.published.value if extraction.published else "no date"
    where = [
        published,
        article.language.tag,
        extraction.country,
        extraction.publisher.name if extraction.publisher else None,
    ]
    lines.append(f"\n  {plain(' · '.join(word for word in where if word))}", style="cyan")
    if article.duplication.revision_of:
        lines.append(f" · revision of {article.duplication.revision_of}", style="yellow")
    _append(lines, "named", [_entity(entity) for entity in by_mentions(extraction.entities)])
    _append(lines, "places", [place.name for place in by_mentions(extraction.places)])
    counts = {"quotations": extraction.quotations, "dates": extraction.dates, "quantities": extraction.quantities}
    _append(lines, "also", [f"{len(found)} {what}" for what, found in counts.items() if found])
    lines.append(f"\n  {plain(article.document.source_uri)}  {article.article_id}\n", style="dim")
    return lines


def by_mentions(found: Iterable[Named]) -> list[Named]:
    """The most mentioned first."""
    return sorted(found, key=lambda one: -len(one.mentions))


def _entity(entity: Entity) -> str:
    times = len(entity.mentions)
    return f"{entity.name} ({entity.type}{f' ×{times}' if times > 1 else ''})"


def _append(lines: Text, what: str, words: list[str]) -> None:
    if words:
        more = f", and {len(words) - NAMES} more" if len(words) > NAMES else ""
        lines.append(f"\n  {what:<7}", style="dim").append(plain(", ".join(words[:NAMES]) + more))
