"""`wireroom deadletters list` and `show`: what could not be dealt with, and why."""

import base64
from typing import Annotated

import typer

from services.cli import kept, typed
from services.cli.deadletters.choice import Before, Reason, Service, filtered
from services.cli.errors import Told
from services.cli.options import Home, Since, house
from services.cli.terminal import AsJson, console, plain, print_json, shorten, table
from services.store.reading import MAX_ANSWERS, Buried

DETAIL_CHARACTERS = 80
BODY_CHARACTERS = 4000  # of a body on the screen; --json has all of it


def list_(
    *,
    service: Service = None,
    reason: Reason = None,
    since: Since = None,
    before: Before = None,
    limit: Annotated[int, typed.whole("--limit", 1, MAX_ANSWERS, "Most dead letters to show.")] = 100,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """List dead letters, the latest first."""
    with kept.opened(house(home=home)) as reading:
        meant = filtered(service, reason, since, before)
        letters = reading.dead_letters(meant, limit=limit)
        number = sum(count for _, _, count in reading.dead_letters_by_reason(meant))
    if as_json:
        print_json({"dead_letters": [letter.model_dump(mode="json") for letter in letters], "in_all": number})
    elif not letters:
        typer.echo("no dead letters")
    else:
        for one in letters:
            _tell(one)
        if number > len(letters):
            typer.echo(f"… and {number - len(letters)} older ones: --limit shows more, --service, --reason … others")


def show(
    message_id: Annotated[str, typer.Argument(metavar="MESSAGE", help="As `list` shows it.")],
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


def _tell(one: Buried) -> None:
    """The id in a line of its own: it is copied from here, and however narrow a terminal is it has no break in it."""
    typer.echo(plain(one.message_id))
    tries = f"{one.attempts} attempt{'' if one.attempts == 1 else 's'}"
    detail = plain(_sent_again(one) + shorten(one.detail, DETAIL_CHARACTERS))
    typer.echo(f"  {one.buried_at:%Y-%m-%d %H:%M:%S}  {plain(one.service)}  {one.reason}  {tries}  {detail}")


def _sent_again(one: Buried) -> str:
    """The last requeue, and what became of it."""
    if not one.requeues:
        return ""
    became = f"the input is {one.input_state or 'unknown'}" if one.requeued_at else "not acknowledged"
    return f"[sent again as q{one.requeues}: {became}] "


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
