"""What goes to the terminal: tables and lines for people, JSON for programs."""

import json
import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from services.cli.errors import Told

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]

WIDEST = 10_000  # columns of a terminal

# What a text from outside may not do to a terminal: move the cursor, change colours, turn the reading direction.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console(*, stderr: bool = False) -> Console:
    """A console on the present stdout or stderr; colours only where it is a terminal."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def print_whole(grid: Table) -> None:
    """Print a table whose lines are as long as they are, however narrow the terminal is: addresses are copied."""
    screen = console()
    screen.width = max(screen.width, Measurement.get(screen, screen.options.update(max_width=WIDEST), grid).maximum)
    screen.print(grid)


def print_json(value: object) -> None:
    """Print one value on one line, readable by any JSON parser."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def plain(text: object) -> str:
    """The text without control characters, lone surrogates made visible, on one line."""
    safe = str(text).encode("utf-8", "backslashreplace").decode()
    return CONTROLS.sub("�", safe.replace("\r", " ").replace("\n", " ").replace("\t", " "))


def agrees(question: str, unasked: str) -> bool:
    """Whether the person says yes, or what is piped in; raises Told where nobody answers, with what to say then."""
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:  # at the end of what is piped in, and by Ctrl-C
        if sys.stdin.isatty():
            raise
        typer.echo(err=True)
        raise Told(unasked) from None


def shorten(text: str, characters: int) -> str:
    """At most so many characters, with an ellipsis where something was left out."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None) -> Table:
    """A table without lines; cells are plain text, numbers stand right."""
    grid = Table(
        box=None,
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        pad_edge=False,
        padding=(0, 3, 0, 0),
    )
    for place, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        grid.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text("–" if cell is None else plain(cell)) for cell in row))
    return grid
