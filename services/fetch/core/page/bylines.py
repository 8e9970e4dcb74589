"""Who wrote a page's article, as its readers see it: what is marked as its author, and the byline at its headline."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.page.blocks import Block, squeezed
from services.fetch.core.page.furniture import SHORT, called, is_prose
from services.fetch.core.page.own import AT_HEADLINE, HEADINGS, NEAR, headline_of, is_beside, is_ours, names_own_foot
from services.fetch.core.page.signed import DONE, LABELS, WORD, is_of_words, names_signed, signed_between

STATIONS = HEADINGS | {"p", "address"}
WORDLESS = frozenset(("br", "hr", "img", "input", "link", "meta"))  # nobody is named in them
# Without their first letters, which sites write in either case.
NAMED = re.compile("uth?or|uteur|yline|ontributor|riter|eporter|ournalist|ubmitted|reator|erson|ser-?[nN]ame")
NAMING = frozenset(("class", "itemprop", "rel", "property", "typeof", "data-testid", "data-hook"))
CALLING = ("class", "data-testid")
CREATORS = frozenset(("author", "creator", "has_creator"))  # of schema.org, Dublin Core and SIOC
PREFIX = re.compile(r"\S*[:/#]")
_names = etree.XPath(".//*[@itemprop='name' or @property='name' or @property='schema:name' or @property='foaf:name']")
_texts = etree.XPath(
    ".//text()[not(ancestor::time or ancestor::script or ancestor::style or ancestor::button or ancestor::noscript)]",
    smart_strings=False,
)
CALLED = re.compile(
    r"(?:^|[^a-z])(?:by-?lines?|authors?|auteure?s?|autor(?:e|es|en|in|i)?|contributors?|writers?|reporters?|journalists?"
    r"|submitted)(?:$|[^a-z])"
)
# Called after who wrote it, and only their picture, life and addresses.
BESIDES = re.compile(
    r"(?:^|[^a-z])(?:bio\w*|about|images?|img|avatar|photos?|pictures?|social|follow|twitter|e?mail|role|job|position"
    r"|desc\w*|box|date|time|share)(?:$|[^a-z])"
)
names_author = called(CALLED)
names_besides = called(BESIDES)
ORIGINS = ("html-itemprop", "html-property", "html-rel", "html-byline")
# A line that is a byline, or has one behind a date or a rule. A comma or dash may be a sentence's, "von der" a name's.
SIGNED = re.compile(
    r"(?:\A\W{0,8}|[|•·]\s*|\d[^|•·]{0,40}?[,\u2013\u2014-]\s*|\d\s+)"
    rf"((?:{DONE}\s+)?"
    rf"(?:by|par|por|(?:von|door)(?!\s+de[rnm]?\s))\s+\S.*|{DONE}\s+da\s+\S.*|(?<![^\W_]){LABELS}\s*[:\uff1a]\s*\S.*)",
    re.IGNORECASE,
)
LINES = 8  # blocks behind the headline
LONGEST_LINE = 160
MOST_BETWEEN = 1  # paragraphs: a standfirst may stand between headline and byline
MOST_SIGNS = 200  # a page with more is a list of comments
MOST_STATIONS = 3000
LONGEST = 300  # characters of a byline


@dataclass(frozen=True, slots=True)
class Sign:
    """An element that names authors, how that is known, and whether it stands at the headline."""

    element: HtmlElement
    origin: str
    near: bool
    names: tuple[str, ...]


def visible_authors(
    elements: Sequence[HtmlElement], blocks: Sequence[Block], titles: Collection[str]
) -> Iterator[Claim | None]:
    """Claims of the authors whom a page of these elements shows of its article, which has one of these titles."""
    keys = {squeezed(title) for title in titles}
    stations = list(_stations(elements))
    headline = headline_of(stations, keys)
    marked = list(_marked(stations, headline)) if headline is not None else []
    yield from marked or _signed(elements, blocks, keys)


def _signed(elements: Sequence[HtmlElement], blocks: Sequence[Block], titles: set[str]) -> Iterator[Claim | None]:
    """Claims of the authors in lines at the headline that read as bylines, and whose names are no words of the text."""
    lines = list(_lines(elements, blocks, titles))
    words = _words(blocks) if lines else frozenset()
    for line, block in lines:
        for name in names_signed([line]):
            if block.linked >= len(name) or not is_of_words(name, words):
                yield claim("author", name, "html-line")


def _words(blocks: Sequence[Block]) -> frozenset[str]:
    """What the page writes without a capital."""
    return frozenset(word for block in blocks for word in WORD.findall(block.text) if word.islower())


def _marked(stations: Sequence[HtmlElement], headline: HtmlElement) -> Iterator[Claim | None]:
    """Claims of the authors in what is marked or called so."""
    found = list(islice(_signs(stations, stations.index(headline)), MOST_SIGNS))
    for origin in ORIGINS:
        signs = [sign for sign in found if sign.origin == origin]
        signs = [sign for sign in signs if sign.near] or signs
        around = {box for sign in signs for box in sign.element.iterancestors()}
        for name in dict.fromkeys(name for sign in signs if sign.element not in around for name in sign.names):
            yield claim("author", name, origin)


def _lines(elements: Sequence[HtmlElement], blocks: Sequence[Block], titles: set[str]) -> Iterator[tuple[str, Block]]:
    """What follows a word that begins a byline, in short lines right behind the headline, and where it stands."""
    at = next((n for n, block in enumerate(blocks) if block.key in titles and block.tag in HEADINGS), None)
    prose = 0
    for block in blocks[at + 1 : at + 1 + LINES] if at is not None else ():
        if prose > MOST_BETWEEN:
            break
        if len(block.text) <= LONGEST_LINE and not is_beside(block):
            if signed := SIGNED.search(block.text):
                yield signed[1], block
            elif (name := signed_between(block.text)) and not _is_a_section(name, elements):
                yield name, block
        prose += is_prose(block)
    yield from _foot(blocks)


def _foot(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """The byline in a post's own foot, on a page of one post."""
    signed = [(found[1], each) for each in blocks if (found := SIGNED.match(each.text[:LONGEST_LINE]))]
    feet = [one for one in signed if any(names_own_foot(box.names) for box in islice(one[1].box.chain(), NEAR))]
    if len(feet) == 1:
        yield from feet


def _is_a_section(name: str, elements: Sequence[HtmlElement]) -> bool:
    """Whether what may be a name is an entry of a menu."""
    key = squeezed(name)
    links = (each for each in elements if each.tag == "a" and squeezed(each.text_content()) == key)
    return any(box.tag in ("nav", "menu") for link in links for box in link.iterancestors())


def _stations(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield what may name authors or tells how far from the headline that is."""
    for each in elements:
        if each.tag in STATIONS:
            yield each
        elif each.tag not in WORDLESS:
            for name, value in each.items():
                if name in NAMING and _may_name(value):
                    yield each
                    break


@lru_cache(maxsize=8192)
def _may_name(names: str) -> bool:
    return NAMED.search(names) is not None


def _signs(stations: Sequence[HtmlElement], at: int) -> Iterator[Sign]:
    """The signs of who wrote the article, those behind its headline, which is the station `at`, before those above."""
    headline = stations[at]
    around = set(headline.iterancestors())
    close = set(islice(headline.iterancestors(), AT_HEADLINE))
    for following, most in ((stations[at : at + MOST_STATIONS], MOST_BETWEEN), (stations[:at][:-MOST_STATIONS:-1], 0)):
        prose = 0
        for station in following:
            origin = _origin(station)
            if origin is None:
                prose += prose <= most and station.tag == "p" and len(squeezed(station.text_content())) > SHORT
                continue
            near = prose <= most and (most > 0 or not close.isdisjoint(station.iterancestors()))
            if (near or origin != "html-byline") and is_ours(station, around, near=near):
                names = tuple(names_signed(_pieces(station)))
                if names:
                    yield Sign(station, origin, near, names)


def _origin(element: HtmlElement) -> str | None:
    if (prop := element.get("itemprop")) and "author" in prop.lower().split():
        return "html-itemprop"
    if (prop := element.get("property")) and not CREATORS.isdisjoint(_terms(prop)):
        return "html-property"
    if (rel := element.get("rel")) and not CREATORS.isdisjoint(_terms(rel)):
        return "html-rel"
    if element.get("data-hook") == "user-name":  # on Wix, whoever wrote the post
        return "html-byline"
    own = " ".join(value for name in CALLING if (value := element.get(name)))
    if element.tag == "address" or (names_author(own) and not names_besides(own)) or _is_person(element):
        return "html-byline"
    return None


def _is_person(element: HtmlElement) -> bool:
    """Whether an element is the name of somebody in RDFa."""
    kind, prop = element.get("typeof"), element.get("property")
    return bool(kind and prop) and "person" in _terms(kind or "") and "name" in _terms(prop or "")


def _terms(value: str) -> list[str]:
    """The terms of an attribute, without their vocabularies' addresses."""
    return [PREFIX.sub("", term) for term in value.lower().split()]


def _pieces(element: HtmlElement) -> list[str]:
    """What an element says, each of its pieces of text apart; only the name where one is marked as such."""
    texts = [" ".join(text.split()) for part in _names(element) or [element] for text in _texts(part)]
    return [text for text in texts if text] if sum(map(len, texts)) <= LONGEST else []
