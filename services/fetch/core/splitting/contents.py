"""A list of headlines above the articles that they open: a table of contents, which is no article's own text."""

import re
from collections.abc import Sequence
from itertools import pairwise

from services.fetch.core.splitting import shapes
from services.fetch.core.splitting.blocks import Block

_FEWEST_ITEMS = 2
_MOST_BLOCKS = 200  # of a head: what comes later is no list above the articles
_LONGEST_LINE = 320
_BULLET = re.compile(r"[-–—•·*▪►>→+]\s+")
_PAGE = re.compile(r"(?:\s*(?:\.{2,}|…)\s*|\t+|\s{2,})(?:p\.?\s?)?\d{1,3}$")  # Headline ....... 12
_ENDS = " \t\u00a0.;,"


def below_contents(blocks: Sequence[Block]) -> int:
    """Where the first article begins below a list of the headlines that stand in the text; nought where none does.

    All of them come again, in the order of the list and each above prose of its own; no prose stands above the first.
    """
    head = min(_until_prose(blocks, 0), _MOST_BLOCKS)
    keys = [_key(block.text) for block in blocks]
    found: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(key, []).append(at)
    listed: list[int] = []
    for at in range(head):
        if keys[at] and len(found[keys[at]]) == 2 and found[keys[at]][0] == at:
            listed = [*listed, at] if listed and listed[-1] == at - 1 else [at]
    told = [found[keys[at]][1] for at in listed]
    return told[0] if len(told) >= _FEWEST_ITEMS and told[0] < head and _are_headlines(blocks, told) else 0


def _are_headlines(blocks: Sequence[Block], told: list[int]) -> bool:
    """Whether lines come in their order, with prose below each."""
    spans = pairwise([*told, len(blocks)])
    return all(begin < end and _until_prose(blocks, begin, end) < end for begin, end in spans)


def _until_prose(blocks: Sequence[Block], begin: int, end: int | None = None) -> int:
    """Where the first prose stands; `end` where none does."""
    stop = len(blocks) if end is None else end
    return next((at for at in range(begin, stop) if shapes.is_prose(blocks[at].text)), stop)


def _key(text: str) -> str:
    """A line's words, without marks and numbers before them, or the page behind; none where it is too long for one."""
    if len(text) > _LONGEST_LINE:
        return ""
    bare = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    for begins in (shapes.marked, shapes.numbered):
        bare = bare[begins(bare)[1] :]
    return " ".join(_PAGE.sub("", bare).split()).strip(_ENDS).casefold()
