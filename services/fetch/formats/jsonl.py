"""JSON Lines: an object a line; a line that is none harms no other."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from contracts.outcomes import RejectReason
from services.fetch.core.cut import cut_short
from services.fetch.core.decoding import MARKS, decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source

MEDIA_TYPE = "application/json"
LINES_LOOKED_AT = 3
HEAD_CHARACTERS = 1 << 20
HEAD_BYTES = 4
MAX_LINE_BYTES = 16 << 20  # longer is no article


def looks_like_it(text: str) -> bool:
    """Whether one of its first lines is an object by itself, and others follow."""
    lines = [line for line in text[:HEAD_CHARACTERS].split("\n", 50) if line.strip()]
    return len(lines) > 1 and any(_object(line.encode("utf-8", "replace")) is None for line in lines[:LINES_LOOKED_AT])


def read(source: Source) -> Read:
    """Its lines, in their order and by their numbers."""
    with source.open() as file:
        head = file.read(HEAD_BYTES)
    if any(head.startswith(mark) for mark, _ in MARKS) or b"\x00" in head[:4]:  # two bytes or four a character
        return _lines(cut_short(BytesIO(decode(source.data).text.encode()), source.cut))
    return _lines(source.open())


def _lines(file: BinaryIO) -> Iterator[Member | BadMember]:
    number = 0
    with file:
        while line := file.readline(MAX_LINE_BYTES):
            number += 1
            path = f"line-{number}.json"
            if len(line) >= MAX_LINE_BYTES and not line.endswith(b"\n"):
                _skip_line(file)
                yield BadMember(path, Rejected(RejectReason.TOO_LARGE, f"line {number} is over {MAX_LINE_BYTES} bytes"))
            elif bare := line.strip():
                wrong = _object(bare)
                if wrong is not None and not line.endswith(b"\n"):
                    file.readline(1)  # raises where that is all that came of it
                yield Member(path, [bare], MEDIA_TYPE) if wrong is None else BadMember(path, _bad(number, wrong))


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


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
