"""Lines above the headline that are the site's or the section's own, and say nothing of the article."""

import re
from collections.abc import Sequence

from services.extract.core.metadata import shapes

_TELLING_WORD = re.compile(r"[^\W\d_]{5,}")
_READ_FOR_WORDS = 3000
_MOST_WORDS_OF_A_SECTION = 4
_MOST_WORDS_OF_A_NAME = 5
_PAIR = 2
_STEM = 5  # letters: Libye, libyenne
# A saying in marks that the line ends with, or a page's tools: [+] Larger
_SAYING = re.compile(r"(?:.*\s)?(?:«[^«»]{12,}»|“[^“”]{12,}”|\"[^\"]{12,}\")\W{0,2}\Z", re.DOTALL)
_TOOLS = re.compile(r"[\[(][+x\u2013\u2014-][\])]")


def headline_of(lines: Sequence[str], prose: str) -> int:
    """Which of the lines above the prose is its headline, by its place among them.

    The first, but for a section's name, a motto or a bar of tools that has no word of the prose where another has one.
    """
    known = _telling(prose[:_READ_FOR_WORDS])
    for index, line in enumerate(lines):
        if _is_above_capitals(lines[index : index + 2]):
            own, below = (len(_stems(known) & _stems(_telling(each))) for each in lines[index : index + 2])
            return index + 1 if below and below >= own else 0
        if not (_may_be_the_sites(line) and known.isdisjoint(_telling(line))):
            return index if _speaks_of(line, known) or not index else 0
    return 0


def _is_above_capitals(lines: Sequence[str]) -> bool:
    """Whether a few words in small letters, a weblog's name, stand above a headline in capitals."""
    if len(lines) < _PAIR or not lines[1].isupper() or lines[0].isupper():
        return False
    return shapes.words(lines[0]) <= _MOST_WORDS_OF_A_NAME and shapes.words(lines[1]) > _MOST_WORDS_OF_A_SECTION


def _stems(words: set[str]) -> set[str]:
    return {word[:_STEM] for word in words}


def is_saying(line: str) -> bool:
    """Whether a line ends with words in quotation marks, as a motto does."""
    return _SAYING.match(line) is not None


def _speaks_of(line: str, known: set[str]) -> bool:
    return not known.isdisjoint(_telling(line))


def _may_be_the_sites(line: str) -> bool:
    is_section = line.isupper() and shapes.words(line) <= _MOST_WORDS_OF_A_SECTION
    return is_section or is_saying(line) or _TOOLS.search(line) is not None


def _telling(text: str) -> set[str]:
    return set(_TELLING_WORD.findall(text.casefold()))
