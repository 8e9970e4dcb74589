"""`wireroom deadletters`: messages that no service could deal with, and why."""

import base64
from datetime import UTC, datetime
from typing import Annotated

import typer

from contracts.outcomes import DeadReason
from contracts.topology import SERVICES
from services.cli import kept
from services.cli.errors import Told
from services.cli.options import Home, Since, house, moment
from services.cli.terminal import AsJson, console, plain, print_json, shorten, table

app = typer.Typer(no_args_is_help=True, help="List and show the messages that no service could deal with.")

DETAIL_CHARACTERS = 80
BODY_CHARACTERS = 4000  # of a body on the screen; --json has all of it


@app.command("list")
def list_(
    *,
    service: Annotated[str | None, typer.Option(help=f"Only of this service ({', '.join(SERVICES)}).")] = None,
    reason: Annotated[str | None, typer.Option(help=f"Only for this reason ({', '.join(DeadReason)}).")] = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most dead letters to show.")] = 100,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """List dead letters, the latest first."""
    begin = moment(since, datetime.now(UTC)) if since else None
    with kept.opened(house(home=home)) as reading:
        letters = reading.dead_letters(service=service, reason=reason, since=begin, limit=limit)
    if as_json:
        print_json({"dead_letters": [letter.model_dump(mode="json") for letter in letters]})
    elif not letters:
        typer.echo("no dead letters")
    else:
        rows = [
            (
                f"{one.buried_at:%Y-%m-%d %H:%M:%S}",
                one.service,
                one.reason,
                one.attempts,
                one.message_id,
                shorten(one.detail, DETAIL_CHARACTERS),
            )
            for one in letters
        ]
        console().print(table(("buried", "service", "reason", "attempts", "message", "detail"), rows))


@app.command()
def show(
    message_id: Annotated[str, typer.Argument(help="As `list` shows it.")],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show one dead letter: the facts, the original headers and the original body."""
    with kept.opened(house(home=home)) as reading:
        found = reading.dead_letter(message_id)
    if found is None:
        raise Told(f"there is no dead letter {plain(message_id)}: `wireroom deadletters list` shows what there is")
    letter, body = found
    facts = letter.model_dump(mode="json")
    if as_json:
        print_json({**facts, "body": _text(body), "body_base64": base64.b64encode(body).decode()})
        return
    headers = facts.pop("headers")
    console().print(table(("", ""), [*facts.items(), *((f"header {name}", value) for name, value in headers.items())]))
    typer.echo(f"\n{len(body)} bytes:\n{shorten(plain(body.decode('utf-8', 'backslashreplace')), BODY_CHARACTERS)}")


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
