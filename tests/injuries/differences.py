"""What is kept in more than one place and is not the same in all of them. Values in, differences out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

NOTHING = "nothing"  # in the place of a whole row, message or file
SHOWN = 60  # characters of a value
AROUND = 10  # before the place where two long ones part
BLANK: tuple[Any, ...] = (None, "", b"", "[]", [], 0)  # as in a column that was added after its rows

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One value that is not what it is elsewhere."""

    where: str  # the table, stream or folder
    who: str  # the input that it is about
    what: str
    found: str
    wanted: str
    is_blank: bool = False  # as what was added later than the rows are

    def __str__(self) -> str:
        return f"{self.where}: {self.who}: {self.what} is {self.found}, not {self.wanted}"


def rows_differ(where: str, who: str, found: Values | None, wanted: Values | None) -> Iterator[Difference]:
    """A row, or what takes its place, column by column."""
    if found is None or wanted is None:
        if found is not wanted:
            told = ("a row", NOTHING) if wanted is None else (NOTHING, "a row")
            yield Difference(where, who, "it", *told, is_blank=found is None)
        return
    for name in sorted(found.keys() | wanted.keys()):
        one, other = found.get(name), wanted.get(name)
        if one == other:
            continue
        one, other = kept(one), kept(other)
        if one != other and not _same_json(one, other):
            yield Difference(where, who, name, *apart(one, other), one in BLANK)


def lists_differ(where: str, who: str, found: Iterable[Values], wanted: Iterable[Values]) -> Iterator[Difference]:
    """Rows that are numbered from 1 on."""
    rows = {row["number"]: row for row in found}
    should = {row["number"]: row for row in wanted}
    for number in sorted(rows.keys() | should.keys()):
        yield from rows_differ(f"{where} {number}", who, rows.get(number), should.get(number))


def words_differ(where: str, who: str, found: Any, wanted: Any, path: str = "") -> Iterator[Difference]:
    """JSON, field by field, down to the first that differs."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            at = f"{path}.{name}" if path else name
            if name not in wanted or name not in found:
                yield Difference(where, who, at, shown(found.get(name, NOTHING)), shown(wanted.get(name, NOTHING)))
            else:
                yield from words_differ(where, who, found[name], wanted[name], at)
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        for number, pair in enumerate(zip(found, wanted, strict=True)):
            yield from words_differ(where, who, *pair, f"{path}[{number}]")
    elif found != wanted:
        yield Difference(where, who, path or "it", *apart(found, wanted), found in BLANK)


def kept(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, str):
        return str(value).replace("\0", "\ufffd")  # of an enumeration its word
    return int(value) if isinstance(value, bool) else value


def shown(value: Any) -> str:
    """In a line: of what is long, the beginning and how long it is."""
    text = value if value == NOTHING else repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)})"


def apart(one: Any, other: Any) -> tuple[str, str]:
    """Both in a line, from where they part if they are long."""
    if not (isinstance(one, str | bytes) and isinstance(other, type(one)) and max(len(one), len(other)) > SHOWN):
        return shown(one), shown(other)
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    begin = max(0, at - AROUND)
    return f"…{shown(one[begin:])} at {at}", f"…{shown(other[begin:])}"


def moment(text: object) -> datetime | None:
    """A moment as SQLite keeps it; None where it is none."""
    with suppress(TypeError, ValueError):
        found = datetime.fromisoformat(str(text))
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _same_json(one: Any, other: Any) -> bool:
    """Whether two texts are the same JSON, however it is written."""
    with suppress(TypeError, ValueError):
        return bool(one[:1] in ("[", "{") and json.loads(one) == json.loads(other))
    return False
