"""Lists for people: what it is, how many, and the first of them."""

import typer

from services.cli.terminal import plain

SHOWN = 10  # of a list that may be long


def tell_list(title: str, lines: list[str], *, number: int | None = None, of: int | None = None) -> None:
    """Print a list, if there is anything in it.

    `number` is how many lines there are, where not all are given; `of` is what the lines add up to, where that is
    another number: 0 where they count nothing.
    """
    if not lines:
        return
    number = len(lines) if number is None else number
    heading = number if of is None else of
    more = [f"… and {number - SHOWN} more"] if number > SHOWN else []
    typer.echo(f"\n{title}: {heading}" if heading else f"\n{title}:")
    typer.echo("\n".join(f"  {plain(line)}" for line in [*lines[:SHOWN], *more]))
