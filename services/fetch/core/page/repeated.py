"""What repeats itself on a page: teasers under headings that lead elsewhere, entries that begin with a time of day."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from services.fetch.core.page.blocks import Block, Box
from services.fetch.core.page.furniture import CAMEL, MOSTLY_LINK, SENTENCE_END, is_prose

BESIDE = frozenset(("nav", "footer", "aside"))
HEADINGS = frozenset(("h2", "h3", "h4"))
POST_HEADINGS = HEADINGS | {"h1"}
CUT = re.compile(r"(?:…|\.\.\.)\s*(?:\S+\s*){0,3}\Z")
LINK_LETTERS = 20  # a link as long as a headline
LONGEST_LEAD = 1000  # letters under a link: an article has more
FEWEST = 10
FEWEST_ENTRIES = 5
FEWEST_TERMS = 5
FEWEST_POSTS = 3
SHORTEST_POST = 250  # letters: less is a teaser
LONGEST_TEASER = 250  # letters under a heading
LONGEST_AROUND = 250  # letters of prose before the first
ENTRY = re.compile(
    r"(?:^|[^a-z])(?:live-?(?:blog|ticker)?-?(?:entry|entries|posts?|updates?|items?|events?|blocks?)|ticker-?\w+)"
)
CLOCK = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
HEAD = re.compile(r"\W{0,3}(?P<hour>[01]?\d|2[0-3])\s?[:.hH]\s?(?P<minute>[0-5]\d)\b")
# As editors head what they write while it happens: the word stands alone, where to watch something has others with it.
LIVE_TITLE = re.compile(
    r"""(?xi)
    \A\W*(?:(?:en\ )?direct[eo]?|(?:in\ )?diretta|(?:en|ao)\ vivo|live|ticker)
      \s*(?:[:|!\u2013\u2014\u00b7\u2022]|-\s)
    | (?:[:|(\u2013\u2014]|\s-)\s*(?:live|en\ direct[eo]?|in\ diretta|(?:en|ao)\ vivo|ticker)\W*\Z
    | \blive-?\s?(?:blog|ticker)s?\b | \bnews-?ticker\b"""
)
# What is told afterwards is headed so as well, and then told from its beginning.
MINUTES_TITLE = re.compile(
    r"(?i)\bminute (?:par|by) minute\b|\bminuto (?:a|per) minuto\b|\bas it happen(?:s|ed)\b"
    r"|\blive (?:updates?|coverage|text)\b"
)
# One of them is in whatever the two find: hardly a title has any.
LIVE_STEMS = ("live", "direct", "dirett", "vivo", "ticker", "minut", "happen")
FEWEST_TOLD_LIVE = 4
SHORTEST_ENTRY = 25  # letters
NEARLY_ALL = 0.8
OPENING = 40
NEAR = 4  # boxes up
LONGEST_DATE = 40  # characters beside a link
DATE_LETTERS = 20  # Wednesday, 24 September
FEW_WORDS = 0.25  # of the links' letters: what else a page of links says


@dataclass(frozen=True, slots=True)
class Leads:
    """Links with teasers: how many, how many teasers are cut off, and how often one and the same link leads on."""

    count: int
    cut: int
    onward: int


def teasers(blocks: Sequence[Block]) -> int:
    """How many headings lead elsewhere, on a page where there is nothing but a teaser under each; else none."""
    count, between = 0, 0
    for block in own_blocks(blocks):
        if block.tag in HEADINGS and block.linked > MOSTLY_LINK * len(block.text):
            count, between = count + 1, 0
        elif is_prose(block):
            between += len(block.key)
            if between > (LONGEST_TEASER if count else LONGEST_AROUND):
                return 0
    return count if count >= FEWEST else 0


def leads(blocks: Sequence[Block]) -> Leads:
    """The links as long as headlines that have a teaser each, on a page where all prose is their teasers; else none."""
    count = pending = cut = between = 0
    words: Counter[str] = Counter()
    for block in own_blocks(blocks):
        if block.linked > MOSTLY_LINK * len(block.text):
            words[block.key] += 1
            if len(block.key) >= LINK_LETTERS and words[block.key] == 1:
                pending, between = 1, 0
        elif is_prose(block) or (pending and len(block.key) >= LINK_LETTERS and CUT.search(block.text)):
            between += len(block.key)
            if between > (LONGEST_LEAD if count or pending else LONGEST_AROUND):
                return Leads(0, 0, 0)
            count, cut, pending = count + pending, cut + (CUT.search(block.text) is not None), 0
    return Leads(count, cut, max((n for key, n in words.items() if len(key) < LINK_LETTERS), default=0))


def dated(blocks: Sequence[Block]) -> int:
    """How many links as long as headlines have a date beside them, where they are nearly all that is said; else none.

    A link's date stands in its own line, or alone in the one before or behind it.
    """
    own = own_blocks(blocks)
    items = [_is_item(block) for block in own]
    if sum(items) < FEWEST:
        return 0
    dates = [not item and is_date(block.text) for block, item in zip(own, items, strict=True)]
    letters = sum(len(block.key) for block, item in zip(own, items, strict=True) if item)
    others = (block for n, block in enumerate(own) if not items[n] and not dates[n])
    rest = sum(len(block.key) for block in others if block.linked <= MOSTLY_LINK * len(block.text))
    count = sum(
        is_date(block.text[block.linked :])
        or is_date(block.text[: len(block.text) - block.linked])
        or any(dates[max(0, n - 1) : n + 2])
        for n, block in enumerate(own)
        if items[n]
    )
    return count if count >= FEWEST and count * 2 >= sum(items) and rest <= FEW_WORDS * letters else 0


def _is_item(block: Block) -> bool:
    """Whether a block is a link as long as a headline, with no more than a date beside it."""
    return block.linked >= LINK_LETTERS and len(block.text) - block.linked <= LONGEST_DATE


def is_date(text: str) -> bool:
    """Whether a text is no more than a date."""
    has_number = len(text) <= LONGEST_DATE and any(map(str.isdecimal, text))
    return has_number and sum(map(str.isalpha, text)) <= DATE_LETTERS


def bare(blocks: Sequence[Block]) -> int:
    """How many links as long as headlines there are, where hardly anything else is said, and no prose; else none."""
    own = own_blocks(blocks)
    if any(is_prose(block) and block.linked <= MOSTLY_LINK * len(block.text) for block in own):
        return 0
    items = [_is_item(block) for block in own]
    letters = sum(len(block.key) for block, item in zip(own, items, strict=True) if item)
    others = (block for block, item in zip(own, items, strict=True) if not item)
    said = sum(len(block.key) for block in others if block.linked <= MOSTLY_LINK * len(block.text))
    return sum(items) if said <= FEW_WORDS * letters else 0


def described(blocks: Sequence[Block]) -> int:
    """How many links as long as headlines are terms (dt), where these and their descriptions say all; else none."""
    own = own_blocks(blocks)
    terms = [block for block in own if block.tag == "dt" and _is_item(block)]
    said = sum(len(block.key) for block in own)
    listed = sum(len(block.key) for block in own if block.tag in {"dt", "dd"})
    return len(terms) if len(terms) >= FEWEST_TERMS and listed >= NEARLY_ALL * said else 0


def posts(blocks: Sequence[Block]) -> int:
    """How many articles stand whole on a page, each under a heading that leads to its own page; else none.

    All prose of the page is theirs: an article with others below it has a heading that leads nowhere.
    """
    letters: dict[Box, int] = {}
    headings: dict[Box, str] = {}
    around = 0
    for block in own_blocks(blocks):
        post = next((box for box in reversed([*block.box.chain()]) if box.tag == "article"), None)
        size = len(block.key) if is_prose(block) else 0
        if post is None:
            around += size
        else:
            letters[post] = letters.get(post, 0) + size
            if block.tag in POST_HEADINGS and post not in headings:
                headings[post] = block.key if block.linked > MOSTLY_LINK * len(block.text) else ""
    whole = [post for post, size in letters.items() if size >= SHORTEST_POST]
    led = {key for post in whole if (key := headings.get(post, ""))}
    return len(led) if len(led) >= FEWEST_POSTS and len(led) == len(whole) and around <= LONGEST_AROUND else 0


def entries(blocks: Sequence[Block]) -> int:
    """How many entries of a live blog hold most of a page's prose, each with its time; else none."""
    if sum(CLOCK.search(block.text[:OPENING]) is not None for block in blocks) < FEWEST_ENTRIES:
        return 0  # as on nearly every page, and told sooner than what its boxes are called
    timed: set[Box] = set()
    inside = prose = 0
    for block in own_blocks(blocks):
        size = len(block.key) if is_prose(block) else 0
        prose += size
        if (box := _entry(block)) is not None:
            inside += size
            if CLOCK.search(block.text[:OPENING]):
                timed.add(box)
    return len(timed) if len(timed) >= FEWEST_ENTRIES and inside * 2 >= prose else 0


def timed(blocks: Sequence[Block]) -> int:
    """How many entries have a time of day before them, the latest first, and hold nearly all prose; else none.

    A chronology tells the earliest first, and an article around it has prose of its own.
    """
    times: list[int] = []
    told: set[int] = set()
    inside = prose = 0
    for block in own_blocks(blocks):
        size = len(block.key) if is_prose(block) else 0
        head = HEAD.match(block.text)
        if head is not None:
            times.append(60 * int(head["hour"]) + int(head["minute"]))
        if size and (head is None or block.tag not in HEADINGS):
            prose += size
            inside += size if times else 0
            told.add(len(times))
    falling = sum(later > earlier for later, earlier in pairwise(times))
    is_one = len(times) >= FEWEST_ENTRIES and len(told - {0}) >= NEARLY_ALL * len(times)
    return len(times) if is_one and falling >= NEARLY_ALL * (len(times) - 1) and inside >= NEARLY_ALL * prose else 0


def told_live(blocks: Sequence[Block], titles: Sequence[str]) -> int:
    """How many entries of a sentence or more stand under times of day in order, on a page called live; else none.

    They may be shorter than prose; the earliest is first only where the title says more than minute by minute.
    """
    titles = [title for title in titles if any(stem in title.lower() for stem in LIVE_STEMS)]
    is_live = any(LIVE_TITLE.search(title) for title in titles)
    if not is_live and not any(MINUTES_TITLE.search(title) for title in titles):
        return 0
    times: list[int] = []
    told: set[int] = set()
    inside = said = 0
    for block in own_blocks(blocks):
        head, size = HEAD.match(block.text), len(block.key)
        if head is not None:
            times.append(60 * int(head["hour"]) + int(head["minute"]))
        if size >= SHORTEST_ENTRY and block.tag not in POST_HEADINGS and block.linked <= MOSTLY_LINK * len(block.text):
            said += size
            inside += size if times else 0
            if SENTENCE_END.search(block.text):
                told.add(len(times))
    if len(times) < FEWEST_TOLD_LIVE or len(told - {0}) < NEARLY_ALL * len(times) or inside < NEARLY_ALL * said:
        return 0
    falling = sum(later > earlier for later, earlier in pairwise(times))
    rising = sum(earlier < later for earlier, later in pairwise(times)) if is_live else 0
    return len(times) if max(falling, rising) >= NEARLY_ALL * (len(times) - 1) else 0


def own_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that stand in no menu, foot or side of the page."""
    return [block for block in blocks if BESIDE.isdisjoint(block.box.tags)]


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
