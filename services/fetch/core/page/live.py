"""Live blogs: told by the page's data, by its address, or by entries that stand under times of day."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from services.fetch.core import jsonld
from services.fetch.core.page.blocks import Block, Box, own_blocks
from services.fetch.core.page.furniture import CAMEL, MOSTLY_LINK, SENTENCE_END, is_prose
from services.fetch.core.page.nothing import PageKind

HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
LIVE_PATH = re.compile(r"live-?(?:blog|ticker|updates?)|en-direct|minuto-a-minuto|/live/", re.IGNORECASE)
FEWEST_CLOCKS = FEWEST_ENTRIES = 5
ENTRY = re.compile(
    r"(?:^|[^a-z])(?:live-?(?:blog|ticker)?-?(?:entry|entries|posts?|updates?|items?|events?|blocks?)|ticker-?\w+)"
)
CLOCK = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
ALONE = re.compile(r"\W*\d{1,2}\s?[:.h]\s?\d{2}\b")
LONGEST_CLOCK = 20  # characters
HEAD = re.compile(r"\W{0,3}(?P<hour>[01]?\d|2[0-3])\s?[:.hH]\s?(?P<minute>[0-5]\d)\b")
# As editors head what they write while it happens: the word stands alone, where to watch something has others with it.
LIVE_TITLE = re.compile(
    r"""(?xi)
    \A\W*(?:(?:en\ )?direct[eo]?|(?:in\ )?diretta|(?:en|ao)\ vivo|live|ticker)
      \s*(?:[:|!\u2013\u2014\u00b7\u2022]|-\s)
    | (?:[:|(\u2013\u2014]|\s-)\s*(?:live|en\ direct[eo]?|in\ diretta|(?:en|ao)\ vivo|ticker)\W*\Z
    | \A\W*(?:\w{2,3}\ )?(?:live-?\s?(?:blog|ticker)|news-?ticker)\b
    | \b(?:live-?\s?(?:blog|ticker)|news-?ticker)\s*(?:\Z|[:|!(\u2013\u2014\u00b7\u2022]|-\s)"""
)
# What is told afterwards is headed so as well, and then told from its beginning.
MINUTES_TITLE = re.compile(
    r"(?i)\bminute (?:par|by) minute\b|\bminuto (?:a|per) minuto\b|\bas it happen(?:s|ed)\b"
    r"|\blive (?:updates?|coverage|text)\b"
)
# One of them is in whatever the two find: hardly a title has any.
LIVE_STEMS = ("live", "direct", "dirett", "vivo", "ticker", "minut", "happen")
FEWEST_TOLD_LIVE = 4
ROUND = 5  # minutes
SHORTEST_ENTRY = 25  # letters
NEARLY_ALL = 0.8
OPENING = 40
NEAR = 4  # boxes up


def live(
    blocks: Sequence[Block], nodes: list[jsonld.Node], page_url: str | None, titles: Sequence[str] = ()
) -> PageKind | None:
    """That a page is a live blog, and how that is known; None where it is none."""
    node = jsonld.article_of(nodes, page_url)
    path = urlsplit(page_url).path if page_url else ""
    if any("LiveBlogPosting" in jsonld.types(each) for each in nodes) and (
        node is None or "LiveBlogPosting" in jsonld.types(node)
    ):
        return PageKind("live_blog", "its data calls it a live blog")
    if sign := _sign(blocks, titles):
        return PageKind("live_blog", sign)
    if not LIVE_PATH.search(path):
        return None
    clocks = sum(1 for block in blocks if len(block.text) <= LONGEST_CLOCK and ALONE.match(block.text))
    if clocks >= FEWEST_CLOCKS:
        return PageKind("live_blog", f"its address says so, and {clocks} of its lines are times of day")
    return None


def _sign(blocks: Sequence[Block], titles: Sequence[str]) -> str | None:
    """Why entries with their times of day make a live blog; None where they may be an article's."""
    if told := _entries(blocks):
        return f"{told} entries with their times of day are most of it"
    if told := _timed(blocks):
        return f"{told} entries stand under times of day, the latest first"
    if told := _told_live(blocks, titles):
        return f"its title says so, and {told} entries stand under times of day in order"
    return None


def _entries(blocks: Sequence[Block]) -> int:
    """How many entries of a live blog hold most of a page's prose, each with its time; else none."""
    if sum(CLOCK.search(block.text[:OPENING]) is not None for block in blocks) < FEWEST_ENTRIES:
        return 0  # as on nearly every page, and told sooner than what its boxes are called
    found: set[Box] = set()
    inside = prose = 0
    for block in own_blocks(blocks):
        size = len(block.key) if is_prose(block) else 0
        prose += size
        if (box := _entry(block)) is not None:
            inside += size
            if CLOCK.search(block.text[:OPENING]):
                found.add(box)
    return len(found) if len(found) >= FEWEST_ENTRIES and inside * 2 >= prose else 0


def _timed(blocks: Sequence[Block]) -> int:
    """How many entries have a time of day before them, the latest first, and hold nearly all prose; else none.

    A chronology tells the earliest first, and an article around it has prose of its own.
    """
    times = _over(blocks, lambda block: is_prose(block) and not (block.tag in HEADINGS and HEAD.match(block.text)))
    return len(times) if len(times) >= FEWEST_ENTRIES and _is_falling(times) else 0


def _told_live(blocks: Sequence[Block], titles: Sequence[str]) -> int:
    """How many entries of a sentence or more stand under times of day in order, on a page called live; else none.

    They may be shorter than prose. The earliest is first only where the title says more than minute by minute, and not
    where all are as round as those of a programme.
    """
    titles = [title for title in titles if any(stem in title.lower() for stem in LIVE_STEMS)]
    is_live = any(LIVE_TITLE.search(title) for title in titles)
    if not is_live and not any(MINUTES_TITLE.search(title) for title in titles):
        return 0
    times = _over(blocks, _is_told, lambda block: SENTENCE_END.search(block.text) is not None)
    if len(times) < FEWEST_TOLD_LIVE:
        return 0
    is_rising = is_live and any(at % ROUND for at in times) and _is_falling(times[::-1])
    return len(times) if is_rising or _is_falling(times) else 0


def _over(
    blocks: Sequence[Block], counts: Callable[[Block], bool], tells: Callable[[Block], bool] = lambda _: True
) -> list[int]:
    """The times of day, in minutes, over nearly all that counts, most of them over something that tells; else none."""
    times: list[int] = []
    told: set[int] = set()
    inside = said = 0
    for block in own_blocks(blocks):
        if (head := HEAD.match(block.text)) is not None:
            times.append(60 * int(head["hour"]) + int(head["minute"]))
        if counts(block):
            said += len(block.key)
            inside += len(block.key) if times else 0
            if tells(block):
                told.add(len(times))
    return times if len(told - {0}) >= NEARLY_ALL * len(times) and inside >= NEARLY_ALL * said else []


def _is_told(block: Block) -> bool:
    is_long = len(block.key) >= SHORTEST_ENTRY and block.tag not in HEADINGS
    return is_long and block.linked <= MOSTLY_LINK * len(block.text)


def _is_falling(times: Sequence[int]) -> bool:
    """Whether the latest is first, but for few."""
    return sum(later > earlier for later, earlier in pairwise(times)) >= NEARLY_ALL * (len(times) - 1)


def _entry(block: Block) -> Box | None:
    box: Box | None = block.box
    for _ in range(NEAR):
        if box is None:
            break
        if (names := box.names) and _is_called_entry(names):
            return box
        box = box.outer
    return None


@lru_cache(maxsize=4096)
def _is_called_entry(names: str) -> bool:
    return ENTRY.search(CAMEL.sub("-", names[:200]).lower().replace("_", "-")) is not None
