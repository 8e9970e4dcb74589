"""The one place where an error becomes a line that says what to do."""

import errno
import os
import sys
from collections.abc import Callable
from types import TracebackType

import typer

MAX_DETAIL_CHARACTERS = 300
FULL = {errno.ENOSPC, errno.EDQUOT}


class Told(Exception):
    """Something that the person at the terminal can set right; the text says what is wrong and what to do."""

    exit_code = 1


class Misused(Told):
    """What was typed or set cannot be meant so."""

    exit_code = 2


def explain(error: BaseException) -> str | None:
    """One line for people about an error that is not ours; None where it is a defect, or no error at all."""
    if isinstance(error, Told):
        return str(error)
    for kind in type(error).__mro__:
        sentence = SENTENCES.get(_name(kind))
        if sentence is not None:
            return sentence(error)
    return None


def exit_code(error: BaseException) -> int:
    """2 where the usage was wrong, settings included, else 1."""
    if isinstance(error, Told):
        return error.exit_code
    return 2 if _name(type(error)) in SETTINGS else 1


def _name(kind: type) -> str:
    return f"{kind.__module__.partition('.')[0]}.{kind.__name__}"


def _settings(error: BaseException) -> str | None:
    from services.chassis.explain import explain as explain_settings  # noqa: PLC0415 - only when there is such an error

    return explain_settings(error)  # type: ignore[arg-type]


def _unset(error: BaseException) -> str:
    return f"{_first_line(error)}: it cannot be set by itself, leave it out of the environment"


def _file(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno in FULL:
        return (
            f"{error.filename or 'the disk'}: {(error.strerror or str(error)).lower()}: make room (`df -h` tells where)"
        )
    if not isinstance(error, OSError) or error.filename is None:
        return f"{error}"
    return f"{error.filename}: {(error.strerror or str(error)).lower()}"


def _nats(error: BaseException) -> str:
    return f"NATS: {_first_line(error)}: see that the server runs (`wireroom status`) or start one with `wireroom up`"


def _database(error: BaseException) -> str:
    detail = _first_line(getattr(error, "orig", None) or error)
    if "no such table" in detail or "does not exist" in detail:
        return f"the database has no tables yet ({detail}): `wireroom up` lays them"
    return f"the database does not answer: {detail}"


def _first_line(error: object) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:MAX_DETAIL_CHARACTERS]


# By package and class, so that no package is imported only to be named here.
SETTINGS = {"pydantic_core.ValidationError", "pydantic_settings.SettingsError"}
SENTENCES: dict[str, Callable[[BaseException], str | None]] = {
    "pydantic_core.ValidationError": _settings,
    "pydantic_settings.SettingsError": _unset,
    "sqlalchemy.OperationalError": _database,
    "sqlalchemy.ProgrammingError": _database,
    "nats.Error": _nats,
    "services.NoStore": str,
    "services.Unavailable": str,
    "services.Refused": str,
    "builtins.OSError": _file,
}


class InPlainWords:
    """A context in which an error that can be explained ends as one line on stderr, and exit code 1 or 2."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Replace an error that can be explained by typer's exit; a closed pipe is the reader's good right."""
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush finds somebody
            raise typer.Exit(0) from error
        if isinstance(error, KeyboardInterrupt):
            raise typer.Exit(130) from error
        if error is not None and (line := explain(error)) is not None:
            typer.echo(f"wireroom: {line}", err=True)
            raise typer.Exit(exit_code(error)) from error
