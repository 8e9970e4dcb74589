"""What readers say below an article, where no name calls it so: the page's data tells it, or its repeated shape."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from services.fetch.core import jsonld
from services.fetch.core.page.blocks import Block, Box, squeezed
from services.fetch.core.page.furniture import SENTENCE_END, SHORT, is_prose

TAG = re.compile(r"<[^<>]{1,300}>")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
SHORTEST = 8  # letters of what data tells: less may be anything
MOST_TOLD = 200
MOST_DEEP = 3  # answers to answers
FEWEST = 3  # of one shape
LONGEST_NAME, MOST_NAME_WORDS = 40, 4
LONGEST_TIME = 40
LONGEST_LINE = 160  # with a name and a time in it
FEWEST_BEFORE = 300  # letters of the article
BETWEEN = re.compile(r"\s*[·•|\u2013\u2014]\s*")
# A day with its year, a time of day, or how long ago it was (the words of CLDR's patterns for that).
TIME = re.compile(
    r"""(?xi)
    (?<!\d)\d{1,2}\s?[:hH]\s?\d{2}(?!\d) | (?<!\d)(?:19|20)\d{2}(?!\d) | (?<!\d)\d{1,2}[./]\d{1,2}[./]\d{2}(?!\d)
    | \A\W*(?:vor|il\ y\ a|hace|há|pred|před|för|for|om)\s+\S{1,6}\s+[^\W\d_]+(?:\s+(?:siden|sedan))?\W*\Z
    | \d\s?[^\W\d_]+\s+(?:ago|fa|geleden|temu|назад|тому|önce|sitten|atrás)\W*\Z"""
)
Shape = tuple[str, ...]


def told_remarks(nodes: Sequence[jsonld.Node]) -> list[str]:
    """The texts that a page's data gives as comments on its article, and as answers to those."""
    return list(islice((text for node in nodes for text in _texts(node.get("comment"), MOST_DEEP)), MOST_TOLD))


def _texts(value: object, deep: int) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and deep:
            if isinstance(text := each.get("text"), str):
                yield text
            yield from _texts(each.get("comment"), deep - 1)


def remarks(blocks: Sequence[Block], taken: Sequence[bool], told: Sequence[str]) -> range:
    """The blocks that are readers' words, and what stands around these: all behind the article's last paragraph."""
    own = [at for at, each in enumerate(taken) if each]
    starts = [at for at in (_told(blocks, own, told), _alike(blocks, own)) if at is not None]
    if not starts:
        return range(0)
    start = min(starts)
    homes = {box for at in own if at < start and is_prose(blocks[at]) for box in blocks[at].box.chain()}
    around = {box for box in islice(blocks[start].box.chain(), 1, 3) if box not in homes}
    while start and not is_prose(blocks[start - 1]) and not around.isdisjoint(islice(blocks[start - 1].box.chain(), 3)):
        start -= 1  # a name above the first, what all of them are called
    return range(start, len(blocks))


def _told(blocks: Sequence[Block], own: Sequence[int], told: Sequence[str]) -> int | None:
    """Where the comments begin that the data tells: all that ends the text is theirs, each told once."""
    rest = [key for text in told if len(key := squeezed(TAG.sub(" ", text))) >= SHORTEST]
    start = None
    for at in reversed(own if rest else ()):
        key = blocks[at].key
        whose = next((n for n, each in enumerate(rest) if len(key) >= SHORTEST and each.endswith(key)), None)
        if whose is not None:
            rest[whose], start = rest[whose].removesuffix(key), at
        elif len(key) > SHORT or SENTENCE_END.search(blocks[at].text):
            break
    return start


def _alike(blocks: Sequence[Block], own: Sequence[int]) -> int | None:
    """Where several begin that have one shape: a name, a time, and some words; the article has more than they."""
    found = [(at, shape) for at in range(len(blocks) - 1) if (shape := _shape(blocks, at)) is not None]
    usual = Counter(shape for _, shape in found).most_common(1)
    if not usual or usual[0][1] < FEWEST:
        return None
    starts = [at for at, shape in found if shape == usual[0][0]]
    names = {blocks[at].key for at in starts}
    before = sum(len(blocks[at].key) for at in own if at < starts[0] and is_prose(blocks[at]))
    within = sum(len(blocks[at].key) for at in own if at >= starts[0])
    last = _home(blocks[starts[-1]])
    is_last = all(last & _home(blocks[at]) for at in own if at > starts[-1] and is_prose(blocks[at]))
    return starts[0] if len(names) > 1 and before >= max(FEWEST_BEFORE, within) and is_last else None


def _home(block: Block) -> set[Box]:
    """The boxes right around a block, but not those around the whole page."""
    return {box for box in islice(block.box.chain(), 1, 4) if box.tag not in ("body", "html", "main", "article")}


def _shape(blocks: Sequence[Block], at: int) -> Shape | None:
    """The tags of a name and of a time, where these stand above some words; None where no such begins there."""
    name, time, words = blocks[at], blocks[at + 1], blocks[min(at + 2, len(blocks) - 1)]
    if name.tag in HEADINGS or len(name.text) > LONGEST_LINE:
        return None
    pieces = BETWEEN.split(name.text)
    if len(pieces) > 1:
        time, words = name, time
        is_signed = _is_name(pieces[0]) and any(map(_is_time, pieces[1:]))
    else:
        is_signed = _is_time(time.text) and _is_name(name.text)  # most lines are followed by none
    if not is_signed or not any(map(str.isalpha, words.text)) or _is_time(words.text):
        return None
    return (*_tags(name), str(len(pieces) > 1), *_tags(time))


def _tags(block: Block) -> Iterator[str]:
    return (box.tag for box in islice(block.box.chain(), 3))


def _is_name(text: str) -> bool:
    fits = len(text) <= LONGEST_NAME and len(text.split()) <= MOST_NAME_WORDS and not SENTENCE_END.search(text)
    return fits and any(map(str.isalpha, text)) and not TIME.search(text)


def _is_time(text: str) -> bool:
    return len(text) <= LONGEST_TIME and TIME.search(text) is not None
