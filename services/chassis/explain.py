"""What a person is told where a setting is wrong: its name as written, its source, its value, what is allowed."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Lt
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from services.chassis.settings import MEBIBYTE, House, ServiceSettings, Settings, most

MAX_SHOWN_CHARACTERS = 60
SIGNS = {Ge: ("ge", "≥"), Gt: ("gt", ">"), Lt: ("lt", "<")}
KINDS = {int: "a whole number", float: "a number", bool: "true or false", Path: "a path", SecretStr: "a secret"}


def explain(error: ValidationError, options: Mapping[str, object] | None = None) -> str | None:
    """Each wrong setting in words, one after the other; None where the error is of something else.

    `options` are those of the command line, by the name of the field that they set.
    """
    found = next((known for known in _known() if known.__name__ == error.title), None)
    if found is None:
        return None
    problems = error.errors(include_input=False, include_url=False)
    return "; ".join(_explain(found, problem, options or {}) for problem in problems)


def useless(settings: Settings, name: str, why: str, options: Mapping[str, object] | None = None) -> str:
    """In words, that a setting which may be so is of no use here; `options` as above."""
    written, source, value = _origin(type(settings), name, options or {})
    return f"{written} ({source}) is {shown(getattr(settings, name) if value is None else value)}: {why}"


def allowed(name: str, field: FieldInfo) -> str:
    """What the field may be: `a whole number, ≥ 1, ≤ 65535`."""
    bounds = [
        f"{sign} {number(getattr(mark, attribute))}"
        for mark in field.metadata
        for kind, (attribute, sign) in SIGNS.items()
        if isinstance(mark, kind)
    ]
    if _kind(field.annotation) in (int, float):
        bounds.append(f"≤ {number(most(name, field))}")
    return ", ".join([_words(field.annotation), *bounds])


def number(value: float) -> str:
    """The number as it is to be written, and in MiB where that is easier to read."""
    whole = int(value) if value == int(value) else value
    return f"`{whole}` ({whole // MEBIBYTE} MiB)" if whole and whole % MEBIBYTE == 0 else f"`{whole}`"


def _known() -> list[type[Settings]]:
    return [House, ServiceSettings, *ServiceSettings.__subclasses__()]


def _explain(settings: type[Settings], problem: ErrorDetails, options: Mapping[str, object]) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    field = settings.model_fields[name]
    written, source, value = _origin(settings, name, options)
    told = "" if _kind(field.annotation) is SecretStr or value is None else f" is {shown(value)}"
    what = problem["msg"].removeprefix("Value error, ")
    if problem["type"] != "value_error":
        what = f"it must be {allowed(name, field).replace('`', '')}"
    return f"{written} ({source}){told}: {what}"


def _origin(settings: type[Settings], name: str, options: Mapping[str, object]) -> tuple[str, str, object]:
    """How it was written, where, and what was given."""
    if name in options:
        return f"--{name.replace('_', '-')}", "from the command line", options[name]
    variable = f"{settings.model_config.get('env_prefix', '')}{name}".upper()
    for written in sorted(os.environ, key=str.isupper, reverse=True):
        if written.upper() == variable and os.environ[written]:
            return written, "from the environment", os.environ[written]
    return variable, "by default", None


def shown(value: object) -> str:
    """The value, shortened, and without what stands before an @: that may be a password."""
    text = str(value)
    text = f"…@{text.rpartition('@')[2]}" if "@" in text else text
    return repr(text if len(text) <= MAX_SHOWN_CHARACTERS else f"{text[:MAX_SHOWN_CHARACTERS]}…")


def _kind(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(option for option in get_args(annotation) if option is not type(None)))
    return annotation


def _words(annotation: Any) -> str:
    kind = _kind(annotation)
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    return KINDS.get(kind, "text")
