"""What stands before the root of an XML document: a declaration, comments, instructions and its type, however long."""

import re
from dataclasses import dataclass

SPACE = re.compile(r"[\s\ufeff]*")
TYPE = re.compile(r"<!DOCTYPE\b\s*([^\s<>\[\"']*)", re.IGNORECASE)
TYPE_MARK = re.compile(r"[\"'>\[]")
SUBSET_MARK = re.compile(r"[\"'\]]|<!--|<\?")
SUBSET_CLOSES = re.compile(r"\]\s*>")
CLOSED_BY = {"<!--": "-->", "<?": "?>"}


@dataclass(frozen=True)
class Prologue:
    """Where the root begins (`end`), and of the document's type its name, its place, and what it declares itself."""

    end: int
    name: str = ""
    type_start: int = 0
    type_end: int = 0
    subset: str = ""


def prologue(text: str) -> Prologue | None:
    """What stands before the first element, or before whatever else is there; None where `text` ends before."""
    found = Prologue(0)
    at = _past_space(text, 0)
    while at < len(text):
        opening = next((mark for mark in CLOSED_BY if text.startswith(mark, at)), None)
        if opening is not None:
            end = _past(text, CLOSED_BY[opening], at + len(opening))
        elif (of_type := TYPE.match(text, at)) is not None:
            end, subset = _past_type(text, of_type.end())
            found = Prologue(0, of_type[1], at, end, subset)
        else:
            return Prologue(at, found.name, found.type_start, found.type_end, found.subset)
        if end < 0:
            return None
        at = _past_space(text, end)
    return None


def _past_space(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    return space.end() if space is not None else at


def _past(text: str, closing: str, at: int) -> int:
    found = text.find(closing, at)
    return found + len(closing) if found >= 0 else -1


def _past_type(text: str, at: int) -> tuple[int, str]:
    while at >= 0 and (mark := TYPE_MARK.search(text, at)) is not None:
        if mark[0] == ">":
            return mark.end(), ""
        if mark[0] == "[":
            end = _past_subset(text, mark.end())
            return end, text[mark.end() : text.rfind("]", mark.end(), end)] if end >= 0 else ""
        at = _past(text, mark[0], mark.end())
    return -1, ""


def _past_subset(text: str, at: int) -> int:
    """Brackets in quotes, in comments and in instructions close nothing."""
    while at >= 0 and (mark := SUBSET_MARK.search(text, at)) is not None:
        if mark[0] == "]":
            closed = SUBSET_CLOSES.match(text, mark.start())
            if closed is not None:
                return closed.end()
            at = mark.end()
        else:
            at = _past(text, CLOSED_BY.get(mark[0], mark[0]), mark.end())
    return -1
