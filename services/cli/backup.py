"""`wireroom backup`: what cannot be made again, copied into one file while everything runs."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from services.chassis import beginnings
from services.chassis.credentials import read_credentials
from services.cli import typed
from services.cli.errors import Told
from services.cli.local import archive, history
from services.cli.local.manifest import Member
from services.cli.local.migrations import remembering
from services.cli.options import Home, NatsUrl, house, server_of
from services.cli.terminal import AsJson, print_json

app = typer.Typer()

BY_REFERENCE = "originals (RAW) and streams stay in the server: while it has them, a restore catches up from there"


@app.command()
def backup(
    file: Annotated[Path, typed.file("FILE", "Where to write it.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a FILE that exists.")] = False,
    as_json: AsJson = False,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Copy the databases, the credentials and the disk budget into one FILE, while the system runs or not.

    FILE holds passwords and is readable for its owner alone. Originals and streams are not in it.
    """
    settings = house(home=home, nats_url=nats_url)
    if (words := beginnings.gone(settings.home, "store")) is not None:
        raise Told(words)
    if not (settings.home / "store.db").exists():
        raise Told(f"nothing has been kept in {settings.home} yet: start with `wireroom up`, or set WIREROOM_HOME")
    if file.exists() and not force:
        raise Told(f"{file} exists: give another name, or --force to overwrite it")
    if not file.parent.is_dir():
        raise Told(f"{file.parent}: there is no such folder to write into")
    begun_at = datetime.now(UTC)
    position = asyncio.run(history.position(server_of(settings), read_credentials(settings.home), begun_at))
    manifest = archive.write(
        settings.home, file, begun_at=begun_at, unheard_since=position.unheard_since, streams=position.marks
    )
    for words in beginnings.lost(settings.home, remembering()):
        typer.echo(f"not in it  {words}", err=True)
    if as_json:
        print_json({"file": str(file), "bytes": file.stat().st_size, **manifest.model_dump(mode="json")})
        return
    typer.echo(f"{file}: {file.stat().st_size} bytes, begun at {begun_at:%Y-%m-%d %H:%M:%S} UTC")
    for member in manifest.members:
        typer.echo(f"  {member.name:<18} {member.bytes} bytes{_at(member)}")
    for name, mark in manifest.streams.items():
        typer.echo(f"  {name:<18} up to {mark.last_sequence}, by reference")
    typer.echo(f"  {BY_REFERENCE}")
    if not manifest.streams:
        typer.echo("  the server did not answer: what is to be caught up is told by the time alone", err=True)


def _at(member: Member) -> str:
    return f", revision {member.revision}" if member.revision else ""
