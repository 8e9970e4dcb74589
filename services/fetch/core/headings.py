"""Headings that a format marks as such: whoever divides a text is told where they begin, and their level."""

import re
from collections.abc import Sequence

# Until a text is whole a mark stands before each: characters that are none (Unicode, noncharacters), so that no text
# has them.
_MARKS = "\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"
_MARK = re.compile(f"[{_MARKS}]")
_NONE = dict.fromkeys(map(ord, _MARKS))
# What programs call the style of such a line, where they do not say it as all do: "heading 1".
STYLES = (
    "heading", "Überschrift", "Titre", "Título", "Titolo", "Kop", "Nagłówek", "Заголовок", "Rubrik", "Overskrift",
    "Nadpis", "Otsikko", "Başlık",
)  # fmt: skip
_STYLE = re.compile(rf"(?:{'|'.join(STYLES)})\s?([1-6])", re.IGNORECASE)
LOWEST = len(_MARKS)

Headings = Sequence[tuple[int, int]]


def mark(level: int) -> str:
    """What to put before a heading of this level, 1 being the highest; nothing where it is none."""
    return _MARKS[level - 1] if 0 < level <= LOWEST else ""


def is_mark(text: str) -> bool:
    """Whether it is such a mark."""
    return len(text) == 1 and text in _MARKS


def level_of(style: str) -> int:
    """The level of the headings that have a style of this name; nought where it is no heading's."""
    found = _STYLE.fullmatch(style.strip())
    return int(found[1]) if found is not None else 0


def unmarked(text: str) -> str:
    """The text without any marks."""
    return text.translate(_NONE)


def said(line: str) -> str:
    """A line as it is; without its mark where that is all."""
    return line if unmarked(line).strip() else ""


def told(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its marks, and where each heading begins in it, with its level."""
    found = [(each.start() - before, _MARKS.index(each[0]) + 1) for before, each in enumerate(_MARK.finditer(text))]
    return unmarked(text), tuple(found)
