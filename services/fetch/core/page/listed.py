"""Lists of articles: links as long as headlines with dates, descriptions or teasers, and hardly anything else."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from services.fetch.core.page.blocks import Block, Box, own_blocks, squeezed
from services.fetch.core.page.furniture import MOSTLY_LINK, is_prose

HEADINGS = frozenset(("h2", "h3", "h4"))
POST_HEADINGS = HEADINGS | {"h1"}
CUT = re.compile(r"(?:…|\.\.\.)\s*(?:\S+\s*){0,3}\Z")
LINK_LETTERS = 20  # a link as long as a headline
LONGEST_LEAD = 1000  # letters under a link: an article has more
FEWEST = 10
FEWEST_TERMS = 5
FEWEST_POSTS = 3
SHORTEST_POST = 250  # letters: less is a teaser
LONGEST_TEASER = 250  # letters under a heading
LONGEST_AROUND = 250  # letters of prose before the first
NEARLY_ALL = 0.8
FEWEST_STORIES = 5
SHORTEST_TEASER = 40  # letters
LONGEST_HEADING = 30  # letters: an article's headline has more, a section's name fewer
MOST_AROUND = 0.2  # of the letters of headlines and teasers
LONGEST_PREFACE = 100  # letters before the first headline: what a section says of itself
IN_TITLE = re.compile(r"\s-\s|[|\u2013\u2014]")  # between what a title names and the site
COUNTED = re.compile(r"\W*\d{1,3}\W*")
JOINING = " |-\u2013\u2014\u00b7"  # no colon: what stands before one is explained
WEB = frozenset(("", "http", "https"))
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
    dates = [not item and _is_date(block.text) for block, item in zip(own, items, strict=True)]
    letters = sum(len(block.key) for block, item in zip(own, items, strict=True) if item)
    others = (block for n, block in enumerate(own) if not items[n] and not dates[n])
    rest = sum(len(block.key) for block in others if block.linked <= MOSTLY_LINK * len(block.text))
    count = sum(
        _is_date(block.text[block.linked :])
        or _is_date(block.text[: len(block.text) - block.linked])
        or any(dates[max(0, n - 1) : n + 2])
        for n, block in enumerate(own)
        if items[n]
    )
    return count if count >= FEWEST and count * 2 >= sum(items) and rest <= FEW_WORDS * letters else 0


def _is_item(block: Block) -> bool:
    """Whether a block is a link as long as a headline, with no more than a date beside it."""
    return block.linked >= LINK_LETTERS and len(block.text) - block.linked <= LONGEST_DATE


def _is_date(text: str) -> bool:
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


def stories(blocks: Sequence[Block], titles: Sequence[str], page_url: str | None) -> int:
    """How many headlines lead to the site's other pages with a teaser each, where they say nearly all; else none."""
    own = own_blocks(blocks)
    if sum(block.linked >= LINK_LETTERS for block in own) < FEWEST_STORIES:
        return 0
    if any(len(block.key) - block.linked > LONGEST_TEASER for block in own):
        return 0  # as on nearly every article's page: a paragraph
    if not _is_headed_shortly(own, titles):
        return 0
    told = _told(own)
    if len(told) < FEWEST_STORIES:
        return 0
    hosts = {_host(page_url)} if page_url else set[str]()
    first_words = {
        address: block.box.link[1].split()[0]
        for block, teaser in told
        if (address := _leads(block, teaser, hosts)) is not None
    }
    count = len(first_words)
    if count < max(FEWEST_STORIES, NEARLY_ALL * len(told)) or len(hosts) > 1:
        return 0
    return count if len(set(first_words.values())) * 2 > count else 0  # Re: … · Read also: … · The parish of …


def _told(own: Sequence[Block]) -> list[tuple[Block, str]]:
    """Headlines with the teaser below each, empty where it stands behind it; none where much is said besides."""
    told, inside, around = list[tuple[Block, str]](), 0, 0
    headline: Block | None = None
    for block in own:
        if block.linked >= LINK_LETTERS:
            headline = block
            if len(block.text) - block.linked > LONGEST_DATE:
                told.append((block, ""))
                inside, headline = inside + len(block.key), None
        elif len(block.key) - block.linked < SHORTEST_TEASER:
            continue
        elif headline is not None:
            told.append((headline, block.text))
            inside, headline = inside + len(block.key) + len(headline.key), None
        else:
            around += len(block.key)
            if not told and around > LONGEST_PREFACE:
                return []  # what a short article begins with, above links to others
    return told if around <= MOST_AROUND * inside else []


def _is_headed_shortly(own: Sequence[Block], titles: Sequence[str]) -> bool:
    """Whether a page is headed by a few words, as sections are.

    Its title's first part heads it too where the page shows it, as below a site's name, or has no other heading.
    """
    told = [squeezed(IN_TITLE.split(title)[0]) for title in titles]
    shown = {block.key for block in own if not block.linked}
    heads = [block.key for block in own if block.tag == "h1"] + [each for each in told if each in shown]
    return bool(heads or told) and all(len(head) <= LONGEST_HEADING for head in heads or told)


def _leads(block: Block, teaser: str, hosts: set[str]) -> str | None:
    """Where a link leads that opens a block, with a sentence of its own behind it; None for one in a sentence.

    So is one that is counted, as in a ranking. The host that it names, if any, is added to `hosts`: more than one is
    other sites.
    """
    address, said = block.box.link
    if len(said) < LINK_LETTERS:
        return None
    address = urldefrag(address)[0]
    before, found, behind = block.text.partition(said)
    if not found or (before.strip(JOINING) and (not _is_date(before) or COUNTED.fullmatch(before))):
        return None
    rest = (teaser or behind).lstrip(JOINING).lstrip("\"'\u201c\u201e\u00ab\u2018([")
    if not rest or not rest[0].isalnum() or rest[0].islower() or not address:
        return None
    try:
        scheme = urlsplit(address).scheme
        host = _host(address)
    except ValueError:
        return None
    if scheme not in WEB:
        return None
    if host:
        hosts.add(host)
    return address


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")
