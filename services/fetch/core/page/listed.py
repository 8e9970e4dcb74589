"""A page whose text is headlines that lead to other pages of its site, each with a teaser, and hardly more."""

from collections.abc import Sequence
from urllib.parse import urldefrag, urlsplit

from services.fetch.core.page.blocks import Block, squeezed
from services.fetch.core.page.repeated import (
    LINK_LETTERS,
    LONGEST_DATE,
    LONGEST_TEASER,
    NEARLY_ALL,
    is_date,
    own_blocks,
)

FEWEST_STORIES = 5
SHORTEST_TEASER = 40  # letters
LONGEST_HEADING = 30  # letters: an article's headline has more, a section's name fewer
MOST_AROUND = 0.2  # of the letters of headlines and teasers
JOINING = " |:-\u2013\u2014\u00b7"
WEB = frozenset(("", "http", "https"))


def stories(blocks: Sequence[Block], titles: Sequence[str], page_url: str | None) -> int:
    """How many headlines lead to the site's other pages with a teaser each, where they say nearly all; else none."""
    own = own_blocks(blocks)
    if sum(block.linked >= LINK_LETTERS for block in own) < FEWEST_STORIES:
        return 0
    if any(len(block.key) - block.linked > LONGEST_TEASER for block in own):
        return 0  # as on nearly every article's page: a paragraph
    if not _is_headed_shortly(own, titles):
        return 0
    led, inside, around = list[tuple[Block, str]](), 0, 0
    pending: Block | None = None
    for block in own:
        if block.linked >= LINK_LETTERS:
            if len(block.text) - block.linked <= LONGEST_DATE:
                pending = block
            else:
                led.append((block, ""))
                inside, pending = inside + len(block.key), None
        elif pending is not None and len(block.key) - block.linked >= SHORTEST_TEASER:
            led.append((pending, block.text))
            inside, pending = inside + len(block.key) + len(pending.key), None
        elif len(block.key) - block.linked >= SHORTEST_TEASER:
            around += len(block.key)
    if len(led) < FEWEST_STORIES or around > MOST_AROUND * inside:
        return 0
    hosts = {_host(page_url)} if page_url else set[str]()
    addresses = {address for block, teaser in led if (address := _leads(block, teaser, hosts)) is not None}
    count = len(addresses)
    return count if count >= FEWEST_STORIES and count >= NEARLY_ALL * len(led) and len(hosts) <= 1 else 0


def _is_headed_shortly(own: Sequence[Block], titles: Sequence[str]) -> bool:
    """Whether a page is headed by a few words, as sections are; its title's first part stands in for a heading."""
    heads = [block.key for block in own if block.tag == "h1"]
    if not heads:
        heads = [squeezed(title.replace(" - ", "|").replace("\u2013", "|").split("|")[0]) for title in titles]
    return bool(heads) and all(len(head) <= LONGEST_HEADING for head in heads)


def _leads(block: Block, teaser: str, hosts: set[str]) -> str | None:
    """Where a link leads that opens a block, with a sentence of its own behind it; None for one in a sentence.

    The host that it names, if any, is added to `hosts`: more than one is other sites.
    """
    link = block.box.link
    if link is None or len(link[1]) < LINK_LETTERS:
        return None
    address, said = urldefrag(link[0])[0], link[1]
    before, found, behind = block.text.partition(said)
    if not found or (before.strip(JOINING) and not is_date(before)):
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
