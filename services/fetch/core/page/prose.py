"""Which blocks are an article's: what an extractor took, what the page's own data tells, what stands with them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from services.fetch.core.page.blocks import Block, Box, squeezed
from services.fetch.core.page.furniture import (
    SENTENCE_END,
    SHORT,
    TOGETHER,
    Around,
    beside,
    is_above,
    is_aside,
    is_prose,
    is_signpost,
)
from services.fetch.core.page.remarks import remarks
from services.fetch.core.page.untitled import CELLS

APART = frozenset(("blockquote", "aside", "figure"))
SURE = 25  # letters: as many in a row are no chance
MOST_PARTS = 50
TAGS = re.compile(r"<[^<>]{1,300}>")
SHORTEST_TOLD = 300
TOLD_SHARE = 0.7  # of a told body must be found on the page, and it must not be a mere beginning
TOLD_TAGS = frozenset(("p", "li", "h2", "h3", "h4", "blockquote"))
SIBLINGS_SHARE = 0.3
PARENT_SHARE = 0.05
AROUND_SHARE = 0.5  # of the letters: such a box is the article's own
LEAD_LINKED = 0.2
NEAR = 4  # boxes up
SHORTEST_TITLE = 8


@dataclass
class Sheet:
    """A page's blocks, and which of them are taken for the article's; `sure` are those that nothing takes out.

    `extracted` is how many letters the extractor's text has.
    """

    blocks: list[Block]
    taken: list[bool]
    sure: list[bool]
    extracted: int

    @property
    def letters(self) -> int:
        """How many letters are taken."""
        return sum(len(block.key) for block, own in zip(self.blocks, self.taken, strict=True) if own)


def sheet_of(blocks: list[Block], extracted: str) -> Sheet:
    """The blocks that an extractor's text holds: short ones as lines of their own, longer ones anywhere in it."""
    written = [squeezed(line) for line in extracted.split("\n")]
    whole, lines = "".join(written), set(written)
    taken = [
        bool(block.key) and (block.key in lines or (len(block.key) > SURE and block.key in whole)) for block in blocks
    ]
    have = "\n".join(block.key for block, own in zip(blocks, taken, strict=True) if own)
    parts = [line for line in lines if len(line) > SURE and line not in have]
    for part in parts[:MOST_PARTS]:  # it took a part of a block
        taken = [own or part in block.key for block, own in zip(blocks, taken, strict=True)]
    return Sheet(blocks, taken, [False] * len(blocks), len(whole))


@dataclass(frozen=True)
class Said:
    """What a page says of its article: its text, its headlines, its summaries; `described` if its data knows it.

    `entries` if it is a live blog; `remarks` are what its readers say of it.
    """

    bodies: Sequence[str] = ()
    titles: Sequence[str] = ()
    summaries: Sequence[str] = ()
    described: bool = False
    entries: bool = False
    remarks: Sequence[str] = ()


def settle(sheet: Sheet, said: Said) -> list[Block]:
    """The article's blocks: what was taken, with what the page's data tells or what stands there, but no furniture."""
    titles, summaries = _keys(said.titles), _keys(said.summaries)
    told = _take_told(sheet, said.bodies)
    around = Around(sheet.blocks, sheet.taken)
    if not told:
        _take_siblings(sheet, around)
        _take_inside(sheet, around)
    _take_between(sheet, around)
    if not said.described:  # or its standfirst is in the data, and apart from the text
        _take_lead(sheet, around, titles)
    _leave_furniture(sheet, titles, summaries)
    if not told and not said.entries:
        _leave_remarks(sheet, said.remarks)
    return [block for block, own in zip(sheet.blocks, sheet.taken, strict=True) if own]


def _take_told(sheet: Sheet, bodies: Iterable[str]) -> bool:
    """Take what a page's own data gives as the article's body, and nothing before or behind it."""
    told = squeezed(TAGS.sub(" ", max(bodies, key=len, default="")))
    if len(told) < max(SHORTEST_TOLD, sheet.letters // 2):
        return False
    found = [len(block.key) > 40 and block.key in told for block in sheet.blocks]
    if sum(len(block.key) for block, own in zip(sheet.blocks, found, strict=True) if own) < TOLD_SHARE * len(told):
        return False
    first, last = found.index(True), len(found) - 1 - found[::-1].index(True)
    for at in range(len(found)):
        block, inside = sheet.blocks[at], first <= at <= last
        told_too = inside and len(block.key) > 5 and block.tag in TOLD_TAGS and block.key in told
        sheet.sure[at] = found[at] or told_too
        sheet.taken[at] = sheet.sure[at] or (sheet.taken[at] and inside)
    return True


def _take_siblings(sheet: Sheet, around: Around) -> None:
    """Take paragraphs that stand where most of those taken do: in the same box, or in boxes of the same names."""
    homes: Counter[tuple[str, str, str]] = Counter()
    for block, own in zip(sheet.blocks, sheet.taken, strict=True):
        if own and block.tag == "p" and is_prose(block):
            homes[_home(block)] += len(block.key)
    if not homes:
        return
    for at, block in enumerate(sheet.blocks):
        if sheet.taken[at] or block.tag != "p" or not is_prose(block) or block.box.outer is None:
            continue
        alike = block.box.outer.names and homes[_home(block)] > SIBLINGS_SHARE * around.letters
        sheet.taken[at] = bool(alike) or around.share(block.box.outer) > PARENT_SHARE


def _home(block: Block) -> tuple[str, str, str]:
    outer = block.box.outer
    return ("", "", block.box.names) if outer is None else (outer.tag, outer.names, block.box.names)


def _take_inside(sheet: Sheet, around: Around) -> None:
    """Take paragraphs of any kind between the first and the last taken, near under the box that holds the article."""
    own = [at for at, taken in enumerate(sheet.taken) if taken]
    for at in range(own[0], own[-1]) if own else ():
        block = sheet.blocks[at]
        if sheet.taken[at] or not is_prose(block) or is_aside(block, around) or beside(block, around):
            continue
        sheet.taken[at] = any(around.share(box) > AROUND_SHARE for box in islice(block.box.chain(), 1, NEAR))


def _take_between(sheet: Sheet, around: Around) -> None:
    """Take headings, items, rows and other pieces that stand between paragraphs taken, in the box of one of them."""
    own = [at for at, taken in enumerate(sheet.taken) if taken]
    for before, behind in pairwise(own):
        boxes = {*_outer(sheet.blocks[before]), *_outer(sheet.blocks[behind])}
        for at in range(before + 1, behind):
            block = sheet.blocks[at]
            if block.linked < 0.4 * len(block.text) and not beside(block, around):
                sheet.taken[at] = any(box in boxes and around.share(box) > PARENT_SHARE for box in _outer(block))


def _take_lead(sheet: Sheet, around: Around, titles: set[str]) -> None:
    """Take the sentences between the headline and the first paragraph taken."""
    own = (
        at for at, block in enumerate(sheet.blocks) if sheet.taken[at] and is_prose(block) and block.key not in titles
    )
    first = next(own, 0)
    headlines = [at for at in range(first) if sheet.blocks[at].key in titles or sheet.blocks[at].tag == "h1"]
    for at in range(headlines[-1] + 1, first) if headlines else ():
        block = sheet.blocks[at]
        if is_prose(block) and block.linked <= LEAD_LINKED * len(block.text) and SENTENCE_END.search(block.text):
            sheet.taken[at] = sheet.taken[at] or not (is_aside(block, around) or beside(block, around))


def _outer(block: Block) -> list[Box]:
    return list(islice(block.box.chain(), 2, 3) if block.tag in TOGETHER else islice(block.box.chain(), 1, 2))


def _keys(said: Iterable[str]) -> set[str]:
    return {key for each in said if len(key := squeezed(each)) > SHORTEST_TITLE}


def _leave_furniture(sheet: Sheet, titles: set[str], summaries: set[str]) -> None:
    around = Around(sheet.blocks, sheet.sure if any(sheet.sure) else sheet.taken)
    reasons = [beside(block, around) if own else None for block, own in zip(sheet.blocks, sheet.taken, strict=True)]
    prose = [
        at
        for at, block in enumerate(sheet.blocks)
        if sheet.taken[at] and len(block.key) > SHORT and block.key not in titles | summaries and not reasons[at]
    ]
    first, last = (prose[0], prose[-1]) if prose else (0, len(sheet.blocks))
    said = "\n".join(sheet.blocks[at].key for at in prose if not _is_apart(sheet.blocks[at]))
    for at, block in enumerate(sheet.blocks):
        if not sheet.taken[at] or sheet.sure[at]:
            continue
        sheet.taken[at] = not (
            reasons[at]
            or (at <= first + 3 and _is_headline(block, titles))
            or is_signpost(block, behind=at > last)
            or (len(block.key) > SURE and block.key in said and _is_apart(block))  # it is pulled out to catch the eye
            or (at < first and (block.key in summaries or len(block.key) <= SHORT) and is_above(block, around))
        )


def _is_headline(block: Block, titles: set[str]) -> bool:
    """Whether a block says a title and nothing more, but for what leads elsewhere in other cells of its row."""
    if block.key in titles:
        return True
    others = [piece for piece in block.text.split(CELLS) if squeezed(piece) not in titles]
    return CELLS in block.text and len(squeezed("".join(others))) <= min(block.linked, len(block.key) - SHORTEST_TITLE)


def _leave_remarks(sheet: Sheet, told: Sequence[str]) -> None:
    for at in remarks(sheet.blocks, sheet.taken, told):
        sheet.taken[at] = False


def _is_apart(block: Block) -> bool:
    return any(box.tag in APART for box in islice(block.box.chain(), NEAR))
