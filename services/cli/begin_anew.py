"""`wireroom begin-anew SERVICE`: an empty database on purpose, in the place of one that is gone or damaged."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from services.chassis import beginnings, marks, standing
from services.chassis.beginnings import Beginning
from services.chassis.migrations import migrate
from services.chassis.settings import House
from services.cli.errors import Misused, Told
from services.cli.local import replacing
from services.cli.local.migrations import remembering
from services.cli.options import Home, house
from services.cli.terminal import AsJson, agrees, print_json

app = typer.Typer()

FORGOTTEN = {
    "fetch": "files that were read in place are taken again, feeds are new, and URLs without an end are forgotten",
    "dedup": "what comes again, or was stored before, is an original",
    "store": "articles, ledger and dead letters are lost, but for what ARTICLES and DEAD hold",
}


@app.command()
def begin_anew(
    service: Annotated[str, typer.Argument(help="fetch, dedup or store.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Go on without a database that is gone or damaged: an empty one is begun in its place.

    Where there is a backup, `wireroom restore FILE` is the better way. What is left of the old one is kept beside.
    """
    if service not in remembering():
        raise Misused(f"{service!r} keeps no database: choose one of {', '.join(remembering())}")
    settings = house(home=home)
    path = settings.home / f"{service}.db"
    missed = beginnings.gone(settings.home, service)
    if missed is not None and missed == beginnings.older(settings.home, service):
        raise Told(missed)
    if missed is None and not standing.is_damaged_within(path):
        raise Told(f"nothing is missed in {path}: another one is begun only where it is gone or damaged")
    _ask(service, path, yes=yes)
    # A new one that nobody may work on yet stays.
    is_there = missed is not None and standing.wrong_with(path, service) is None
    if not is_there:
        _set_aside(path)
    begun = Beginning(begun_at=datetime.now(UTC), anew=True)
    marks.forget(path)
    beginnings.note(settings.home, service, begun)
    if not is_there:
        _begin(settings, service)
    if as_json:
        print_json({"database": str(path), "begun_at": begun.begun_at})
    else:
        typer.echo(f"{path} is begun anew; a service that waits for it goes on within seconds")
        typer.echo("  one that has the old one open still is to be started again")


def _ask(service: str, path: Path, *, yes: bool) -> None:
    what = f"without the old {path} {FORGOTTEN[service]}"
    if not (yes or agrees(f"Begin an empty one ({what})?", f"{what}: say --yes")):
        raise Told("nothing was changed")


def _set_aside(path: Path) -> None:
    """What stands in its place, and what SQLite kept beside the one that is gone: it may be all that is left of it."""
    kept_in = path.parent / f"{replacing.REPLACED}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    for beside in replacing.BESIDE:
        left = path.with_name(path.name + beside)
        if left.exists():
            kept_in.mkdir(mode=0o700, exist_ok=True)
            with suppress(FileNotFoundError):
                left.rename(kept_in / left.name)


def _begin(settings: House, service: str) -> None:
    path = settings.home / f"{service}.db"
    try:
        migrate(settings.database(service), service)
        path.chmod(0o600)
    except OSError as error:
        raise Told(f"{path} cannot be begun: {(error.strerror or str(error)).lower()}") from error
