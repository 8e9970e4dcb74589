"""What may be typed: what is something else is told with the option, what was typed and what is allowed.

An option of ours is parsed by us: typer's own words name neither the value nor the whole range, and an empty path is to
it the folder that one happens to stand in.
"""

from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import typer

from services.chassis.explain import KINDS, number, shown
from services.cli.errors import Misused


def wrong(option: str, typed: object, remedy: str) -> Misused:
    """What to raise where this was typed for the option."""
    return Misused(f"{option} (from the command line) is {shown(typed)}: {remedy}")


def whole(option: str, least: int, most: int, words: str) -> Any:
    """An option that takes a whole number in this range."""
    return _option(
        option, lambda typed: _within(option, typed, int, least, most), "NUMBER", f"{words}  [{least}…{most}]"
    )


def seconds(option: str, least: float, most: float, words: str) -> Any:
    """An option that takes a length of time in this range."""
    return _option(option, lambda typed: _within(option, typed, float, least, most), "SECONDS", words)


def choice(option: str, allowed: tuple[str, ...], words: str) -> Any:
    """An option that takes one of these words."""

    def parse(typed: str) -> str:
        if typed not in allowed:
            raise wrong(option, typed, f"it must be {', '.join(allowed)}")
        return typed

    return _option(option, parse, f"[{'|'.join(allowed)}]", words)


def path(option: str, words: str) -> Any:
    """An option that takes a path."""
    return _option(option, lambda typed: path_of(option, typed), "PATH", words)


def file(name: str, words: str) -> Any:
    """An argument that takes a path."""
    return typer.Argument(parser=lambda typed: path_of(name, typed), metavar=name, help=words)


def path_of(option: str, typed: object) -> Path:
    """The path that was typed."""
    if not str(typed):
        raise wrong(option, typed, "it must be a path; `.` is the folder that you are in")
    return Path(str(typed))


def _within(option: str, typed: object, kind: type[int] | type[float], least: float, most: float) -> Any:
    try:
        found = kind(str(typed))
    except ValueError:
        found = -inf
    if not least <= found <= most:  # nan is not, either
        allowed = f"it must be {KINDS[kind]}, ≥ {number(least)}, ≤ {number(most)}"
        raise wrong(option, typed, allowed.replace("`", ""))
    return found


def _option(option: str, parse: Callable[[Any], Any], metavar: str, words: str) -> Any:
    return typer.Option(option, parser=parse, metavar=metavar, help=words)
