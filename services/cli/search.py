"""`wireroom search`: articles that are kept, by their words."""

from typing import Annotated

import typer
from rich.text import Text

from services.cli import kept, typed
from services.cli.options import Home, house
from services.cli.terminal import AsJson, console, plain, print_json
from services.store.reading import MAX_ANSWERS, Hit

app = typer.Typer()

MARK = "**"  # stands before and after what was found


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words that must all be there; "a phrase"; a beginning*.')],
    *,
    limit: Annotated[int, typed.whole("--limit", 1, MAX_ANSWERS, "Most articles to show.")] = 20,
    language: Annotated[str | None, typer.Option(help="Only articles in this language (fr).")] = None,
    country: Annotated[str | None, typer.Option(help="Only articles mainly about this country (sy).")] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Search the articles that are kept, best first."""
    with kept.opened(house(home=home)) as reading:
        hits = reading.search(query, limit=limit, language=language, country=country)
    if as_json:
        print_json({"articles": [hit.model_dump(mode="json") for hit in hits]})
        return
    for hit in hits:
        console().print(_picture(hit))
    if not hits:
        typer.echo("nothing found")


def _picture(hit: Hit) -> Text:
    lines = Text(plain(hit.title or hit.source_uri), style="bold")
    about = [hit.published or "no date", hit.language, hit.country, hit.publisher]
    lines.append(f"\n  {plain(' · '.join(word for word in about if word))}\n  ", style="cyan")
    for place, passage in enumerate(plain(hit.snippet).split(MARK)):
        lines.append(passage, style="bold yellow" if place % 2 else "")
    return lines.append(f"\n  {plain(hit.source_uri)}  {hit.article_id}\n", style="dim")
