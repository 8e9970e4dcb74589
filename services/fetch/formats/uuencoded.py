"""Files that stand in the text of a mail as lines of letters (uuencode), as mail had them before MIME."""

import re
from binascii import Error, a2b_uu
from dataclasses import dataclass

BEGIN = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n", re.MULTILINE)
END = re.compile(r"^end[ \t]*(?:\n|\Z)", re.MULTILINE)
MOST_TRIES = 100  # each looks at all up to the next end
SEPARATORS = re.compile(r"[/\\\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Taken:
    """The text without the files that stood in it, and these by their names."""

    text: str
    files: tuple[tuple[str, bytes], ...]


def taken_out(text: str) -> Taken:
    """The text and its files; what is not wholly of such lines stays in it."""
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    at = 0
    for _ in range(MOST_TRIES):
        begin = BEGIN.search(text, at)
        end = END.search(text, begin.end()) if begin is not None else None
        if begin is None or end is None:
            break
        data = _decoded(text[begin.end() : end.start()])
        if data is None:
            kept.append(text[at : begin.end()])
            at = begin.end()
            continue
        kept.append(text[at : begin.start()])
        files.append((SEPARATORS.sub("_", begin[1].strip()).strip(". ") or f"part-{len(files) + 1}", data))
        at = end.end()
    return Taken("".join([*kept, text[at:]]), tuple(files))


def _decoded(lines: str) -> bytes | None:
    """The bytes; None where a line is none of them."""
    try:
        return b"".join(a2b_uu(line.encode("ascii")) for line in lines.splitlines() if line) or None
    except (Error, UnicodeError):
        return None
