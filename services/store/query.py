"""What people type, as the store understands it: search words, and references to inputs."""

import os
import re
from pathlib import Path

MAX_TERMS = 64  # FTS5 takes 256; nobody means more than a sentence
MOVED_TO = (".done", ".rejected")  # where fetch puts what it has read, with its path in the inbox kept

# A phrase in quotation marks (the last one may be left open), or a word; either may end in a star.
TERM = re.compile(r'"(?P<phrase>[^"]*)"?(?P<phrase_star>\*)?|(?P<word>[^\s"]+)')


def match(query: str) -> str | None:
    """The FTS5 expression for `query`; None where there is no letter or digit to look for.

    Every word must be there, "a phrase" stands together, a star* begins a word. Nothing else is an operator:
    every term goes in as a string, in which FTS5 reads no syntax (sqlite.org/fts5.html, section 3.1).
    """
    terms = [_term(found) for found in TERM.finditer(query.replace("\0", " "))]
    return " AND ".join([term for term in terms if term][:MAX_TERMS]) or None


def _term(found: re.Match[str]) -> str:
    phrase, word = found["phrase"], found["word"]
    text = word.rstrip("*") if phrase is None else phrase
    star = "*" if found["phrase_star"] or (word or "").endswith("*") else ""
    if not any(character.isalnum() for character in text):
        return ""
    return '"' + text.encode("utf-8", "replace").decode() + '"' + star


def file_uris(reference: str, inbox: Path | None) -> list[str]:
    """The source_uris that `reference` may mean: itself, or a file by its path, in the inbox or as it was ingested."""
    path = os.path.abspath(reference)  # noqa: PTH100 - Path.absolute keeps the `..`
    uris = [reference, f"inbox:{reference}", f"file:{path}"]
    if inbox is not None and Path(path).is_relative_to(inbox.absolute()):
        parts = Path(path).relative_to(inbox.absolute()).parts
        uris.append("inbox:" + "/".join(parts[1:] if parts[:1] and parts[0] in MOVED_TO else parts))
    return uris


def reading_order(input_id: str) -> tuple[str, tuple[int, ...]]:
    """Sorts inputs by arrival, and each container before what came out of it, in the order in which it was read."""
    arrival, *places = input_id.split("#")
    return arrival, tuple(int(place) for place in places)


def printable(uri: str) -> str:
    """A path with its undecodable bytes as %XX, as they stand in a source_uri."""
    return re.sub("[\udc80-\udcff]", lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", uri)
