"""When a page's article appeared, as its readers see it: what is called a date, and the lines at the headline."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.page.blocks import Block, squeezed
from services.fetch.core.page.furniture import MOSTLY_LINK, SHORT, called, is_prose
from services.fetch.core.page.own import AT_HEADLINE, HEADINGS, NEAR, WHOLE, headline_of, is_beside, is_ours

TAGS = HEADINGS | {"p", "time", "abbr"}
NAMED = ("class", "id", "itemprop", "property")
CALLED = re.compile(
    r"(?:^|[^a-z])(?:pub-?date|date(?!-?picker)\w*|publi(?:sh\w*|e|cad[oa]|cat\w+|cacao|ere?t)?|post(?:ed)?-?(?:on|at|meta|info)"
    r"|posted|datum|fecha|data|dato|time-?stamps?|times?|horodat\w*|heure|tarih\w*|zeit|created|(?:entry|article)-?(?:meta|info)"
    r"|meta(?:-?data)?|infos?|by-?line|when)(?:$|[^a-z])"
)
CHANGED = re.compile(r"(?:^|[^a-z])(?:last-)?(?:modif\w*|updat\w*|edited|revised|aktualis\w*|changed|maj)(?:$|[^a-z])")
# Called after a time, and not that of the article's appearance.
BESIDES = re.compile(
    r"(?:^|[^a-z])(?:events?|birth\w*|expir\w*|deadline|copyright|countdown|weather|picker|read(?:ing)?|duration|today"
    r"|current|calendar|clock|now|start|end|video|players?|audio|schedule\w*|open\w*|header|masthead|top-?bar|footer)(?:$|[^a-z])"
)
names_date = called(CALLED)
names_change = called(CHANGED)
names_besides = called(BESIDES)
SPOKEN = re.compile(r"date(?!-?target)|time|publi")
STAMP = re.compile(r"[12]\d{3}-?[01]\d-?[0-3]\d(?!\d{2})|\A1\d{9}(?:\d{3})?\Z")
YEAR = re.compile(r"\d{4}|\d.*\d.*\d.*\d", re.DOTALL)
MOST_BETWEEN = 1  # paragraphs: a standfirst may stand between headline and date
MOST_STATIONS = 3000
STAMPED = 200  # elements behind the headline
MOST_DATES = 4
LONGEST = 160  # characters: more is prose
LINES_BEHIND, LINES_ABOVE = 12, 2


def visible_dates(
    elements: Sequence[HtmlElement], blocks: Sequence[Block], titles: Collection[str]
) -> Iterator[Claim | None]:
    """Claims of the dates that a page shows of its article, which has one of these titles, as they are written."""
    keys = {squeezed(title) for title in titles}
    headline = headline_of([element for element in elements if element.tag in HEADINGS], keys)
    said: set[str] = set()
    if headline is not None:
        stations = _stations(elements, elements.index(headline))
        for field, value in islice(_dates(stations, stations.index(headline)), MOST_DATES):
            said.add(value)
            yield claim(field, value, "html-date")
    for line in _lines(blocks, keys):
        if line not in said:
            yield claim("published", line, "html-line")


def _dates(stations: Sequence[HtmlElement], at: int) -> Iterator[tuple[str, str]]:
    """Field and value of each date called so at the headline, the station `at`; where none is, of those behind."""
    around = set(stations[at].iterancestors())
    taken: set[HtmlElement] = set()
    far: list[tuple[str, str]] = []
    for station, near in (*_behind(stations, at), *_above(stations, at, around)):
        if not _is_date(station) or not (value := _value(station)):
            continue
        if not taken.isdisjoint(station.iterancestors()) or not is_ours(station, around, near=near):
            continue
        taken.add(station)
        found = (_field(station), value)
        if near:
            yield found
        else:
            far.append(found)
    if not any(station in taken for station, near in _behind(stations, at) if near):
        yield from far


def _behind(stations: Sequence[HtmlElement], at: int) -> Iterator[tuple[HtmlElement, bool]]:
    prose = 0
    for station in stations[at + 1 : at + MOST_STATIONS]:
        yield station, prose <= MOST_BETWEEN
        prose += prose <= MOST_BETWEEN and station.tag == "p" and len(squeezed(station.text_content())) > SHORT


def _above(stations: Sequence[HtmlElement], at: int, around: set[HtmlElement]) -> Iterator[tuple[HtmlElement, bool]]:
    """What stands above the headline in a box of theirs alone: what stands in none is the site's, and shows today."""
    close = {box for box in islice(stations[at].iterancestors(), AT_HEADLINE) if box.tag not in WHOLE}
    for station in filter(_is_date, stations[:at][:-MOST_STATIONS:-1]):
        boxes = list(station.iterancestors())
        if not close.isdisjoint(boxes) and not any(box.tag == "header" and box not in around for box in boxes):
            yield station, True


def _stations(elements: Sequence[HtmlElement], at: int) -> list[HtmlElement]:
    """What may be a date or tells how far it is; stamps without a name only near the headline, for it takes time."""
    near = range(at, at + STAMPED)
    return [
        each
        for n, each in enumerate(elements)
        if each.tag in TAGS or _is_called_date(*map(each.get, NAMED)) or (n in near and _is_stamped(each))
    ]


def _is_date(element: HtmlElement) -> bool:
    names = _names(element)
    if names and names_besides(names):
        return False
    return element.tag in {"time", "abbr"} or (names and names_date(names)) or _is_stamped(element)


@lru_cache(maxsize=8192)
def _is_called_date(*names: str | None) -> bool:
    return names_date(" ".join(filter(None, names)))


def _is_stamped(element: HtmlElement) -> bool:
    return any(name.startswith("data-") and SPOKEN.search(name) for name in element.attrib)


def _field(element: HtmlElement) -> str:
    return "modified" if names_change(_names(element)) else "published"


def _names(element: HtmlElement) -> str:
    return " ".join(value for name in NAMED if (value := element.get(name)))


def _value(element: HtmlElement) -> str | None:
    """What an element says of a date: a stamp of its own, the only one in it, else its text where that is short."""
    if (own := _stamp(element)) is not None:
        return own
    inner = [stamp for each in islice(element.iterdescendants(), STAMPED) if (stamp := _stamp(each)) is not None]
    if len(inner) == 1:
        return inner[0]
    text = " ".join(" ".join(islice(element.itertext(), 60)).split())
    return text if len(text) <= LONGEST and YEAR.search(text) else None


def _stamp(element: HtmlElement) -> str | None:
    """What stands in an attribute of an element for machines to read as a date."""
    for name, value in element.attrib.items():
        own = name in ("title", "content", "datetime") or name.startswith("data-")
        if own and len(value) <= LONGEST and STAMP.search(value):
            return str(value)
    return None


def _lines(blocks: Sequence[Block], titles: set[str]) -> Iterator[str]:
    """Short lines with a number as long as a year, right at the headline."""
    at = next((n for n, block in enumerate(blocks) if block.key in titles and block.tag in HEADINGS), None)
    if at is None:
        return
    prose = 0
    for block in blocks[at + 1 : at + 1 + LINES_BEHIND]:
        if prose > MOST_BETWEEN:
            break
        if _is_line(block):
            yield block.text
        prose += is_prose(block)
    close = {box for box in islice(blocks[at].box.chain(), 1, AT_HEADLINE) if box.tag not in WHOLE}
    for block in blocks[max(0, at - LINES_ABOVE) : at]:
        if _is_line(block) and not close.isdisjoint(block.box.chain()):
            yield block.text


def _is_line(block: Block) -> bool:
    if len(block.text) > LONGEST or not YEAR.search(block.text) or block.linked > MOSTLY_LINK * len(block.text):
        return False
    return not is_beside(block) and not any(names_besides(box.names) for box in islice(block.box.chain(), NEAR))
