"""The `wireroom` command: its table of contents, each chapter opened only when it is asked for."""

import importlib
import sys
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from services.chassis.leaving import leave
from services.chassis.loading import uncollected
from services.cli.errors import InPlainWords

CONTENTS = {
    "up": "Start everything on this machine, and keep it running until Ctrl-C.",
    "run": "Run one service against a given NATS.",
    "demo": "Send the sample documents through a system of their own, and print what comes out.",
    "ingest": "Read files and folders in place, and wait until each has ended.",
    "feeds": "List, add, remove and look at the feeds and sitemaps that are followed.",
    "replay": "Send again what extract would read otherwise now, duplicates of what was never stored, what was lost.",
    "tail": "Follow the stream of enriched articles.",
    "status": "Show how the services are, what waits, and what has ended how.",
    "trace": "Show the way of an input, of a file, of a URL or of an article.",
    "explain": "Show what belongs with an article: original, copies, versions and what is new in them, passages.",
    "search": "Search the articles that are kept.",
    "schema": "Print the JSON Schema of a message, or the AsyncAPI document.",
    "deadletters": "List, show, send again or throw away the messages that no service could deal with.",
    "backup": "Copy what is kept into one file, while the system runs or not.",
    "restore": "Put a backup in place, and catch up what came to be since.",
    "begin-anew": "Go on without a database that is gone, with an empty one in its place.",
}


class Chapter(TyperCommand):
    """A command by its name and one line of help; its module is imported when it is invoked."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the real command, with the arguments parsed."""
        with uncollected():  # it would take an eighth of the time
            module = importlib.import_module(f"services.cli.{(self.name or '').replace('-', '_')}")
        return typer.main.get_command(module.app).make_context(info_name, args, parent, **extra)


class Contents(TyperGroup):
    """All commands; an error that a person can set right ends as one line, not as a traceback."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name, line in CONTENTS.items():
            self.add_command(Chapter(name, help=line))

    def invoke(self, ctx: Any) -> Any:
        """What the command returns."""
        with InPlainWords():
            return super().invoke(ctx)


app = typer.Typer(
    cls=Contents, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
)


def _say_version(asked: bool) -> None:
    if asked:
        from services.chassis.version import VERSION  # noqa: PLC0415 - only who asks waits for it

        typer.echo(f"wireroom {VERSION}")
        raise typer.Exit


@app.callback()
def wireroom(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """News articles in, an enriched, explained and replayable stream of them out."""


def main() -> None:
    """Run the command line; exits 0 on success, 1 with one line on stderr, 2 where the usage was wrong."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # file names are bytes, terminals are not
    try:
        app(prog_name="wireroom")
    except SystemExit as end:
        with suppress(OSError):  # what cannot be written is told in Python's own way
            leave(0 if end.code is None else int(end.code))
        raise


if __name__ == "__main__":
    main()
