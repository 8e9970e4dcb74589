"""JSON Lines: an object a line; a line that is none harms no other."""

import json
from collections.abc import Iterator

from contracts.outcomes import RejectReason
from services.fetch.core.decoding import MARKS, decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source

MEDIA_TYPE = "application/json"
LINES_LOOKED_AT = 3
HEAD_CHARACTERS = 1 << 20


def looks_like_it(text: str) -> bool:
    """Whether one of its first lines is an object by itself, and others follow."""
    lines = [line for line in text[:HEAD_CHARACTERS].split("\n", 50) if line.strip()]
    return len(lines) > 1 and any(_object(line.encode("utf-8", "replace")) is None for line in lines[:LINES_LOOKED_AT])


def read(source: Source) -> Read:
    """Its lines, in their order and by their numbers."""
    data = source.data
    if any(data.startswith(mark) for mark, _ in MARKS):
        data = decode(data).text.encode()
    return _lines(data)


def _lines(data: bytes) -> Iterator[Member | BadMember]:
    start, number = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        line = data[start : end if end >= 0 else len(data)].strip()
        start, number = (end + 1 if end >= 0 else len(data)), number + 1
        if line:
            wrong = _object(line)
            path = f"line-{number}.json"
            yield Member(path, [line], MEDIA_TYPE) if wrong is None else BadMember(path, _bad(number, wrong))


def _bad(number: int, wrong: str) -> Rejected:
    return Rejected(RejectReason.UNREADABLE, f"line {number} is no JSON object: {wrong}")


def _object(line: bytes) -> str | None:
    """Why the line is no JSON object; None where it is one."""
    try:
        found = json.loads(decode(line).text, strict=False)
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        return str(error)
    return None if isinstance(found, dict) else "it is something else"
