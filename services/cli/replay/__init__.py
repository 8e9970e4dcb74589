"""`wireroom replay`: what is kept is sent on its way again, as it is lost or would be read otherwise now."""

from enum import StrEnum
from typing import Annotated

import typer

from services.chassis import logs
from services.cli.errors import Misused
from services.cli.options import Home, NatsUrl, Since, house
from services.cli.replay import again, announced, lost, promoted
from services.cli.terminal import AsJson

app = typer.Typer()

Lost = Annotated[bool, typer.Option("--lost", help="Inputs in progress of which no message is anywhere.")]
Announce = Annotated[bool, typer.Option("--announce", help="What was announced and is not in ARTICLES, unchanged.")]


class Stage(StrEnum):
    """The service that hears first what is sent again."""

    DEDUP = "dedup"
    EXTRACT = "extract"


@app.command()
def replay(
    *,
    stage: Annotated[
        Stage | None,
        typer.Option("--from", help="extract: stored articles; dedup: duplicates of what was never stored."),
    ] = None,
    ids: Annotated[
        list[str] | None,
        typer.Option("--ids", help="With --from: only this one, by article_id or input_id; repeatable."),
    ] = None,
    since: Since = None,
    unchanged: Annotated[
        bool, typer.Option("--unchanged", help="With --from extract: also those that would be read as they were.")
    ] = False,
    lost_ones: Lost = False,
    announce: Announce = False,
    as_json: AsJson = False,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Send on their way again what is kept, without fetching it again.

    With --from extract: stored articles of which a field was made by another version than is installed. Each is
    enriched once more and announced again; what it said before is kept. With --from dedup: duplicates of articles that
    were never stored; of each of these one takes the place. With --lost: what was in a stream that was deleted.
    With --announce: what ARTICLES has lost, as it was announced.
    """
    if [stage is not None, lost_ones, announce].count(True) != 1:
        raise Misused("say which: --from extract, --from dedup, --lost, or --announce")
    _go_together(stage, ids=bool(ids), others=since is not None or unchanged)
    logs.configure(form="console", level="warning")
    settings = house(home=home, nats_url=nats_url)
    if lost_ones:
        lost.send(settings, as_json=as_json)
    elif announce:
        announced.send(settings, as_json=as_json)
    elif stage is Stage.DEDUP:
        promoted.send(settings, ids, as_json=as_json)
    else:
        again.send(settings, again.wanted(ids, since, unchanged=unchanged), as_json=as_json)


def _go_together(stage: Stage | None, *, ids: bool, others: bool) -> None:
    if stage is None and (ids or others):
        raise Misused(
            "--ids, --since and --unchanged go with --from: --lost and --announce send everything that is lost"
        )
    if stage is Stage.DEDUP and others:
        raise Misused("--since and --unchanged go with --from extract")
