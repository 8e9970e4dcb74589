"""Dividing a text that holds several articles: judged by evidence, and only where that is clear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import fmean

from contracts.document import Claim, Part
from services.fetch.core.claims import claim
from services.fetch.core.document import Parts, ReadDocument
from services.fetch.core.headings import Headings
from services.fetch.core.splitting.blocks import Block, blocks, ranked
from services.fetch.core.splitting.contents import below_contents
from services.fetch.core.splitting.datelines import dispatches
from services.fetch.core.splitting.evidence import Before, Candidate, Signs, weighed
from services.fetch.core.splitting.exported import claims_above, exported
from services.fetch.core.splitting.shapes import is_date_line
from services.fetch.core.splitting.sheet import Sheet
from services.fetch.core.splitting.story import Story
from services.fetch.core.splitting.titles import titles

# One place must be clear, or several together: a text that is known to hold several is read as one that may hold more.
CLEAR = 0.93
CLEAR_AMONG_SEVERAL, CLEAR_ON_THE_AVERAGE = 0.88, 0.65
CLEAR_ALL_TOGETHER = 0.65
LIKELY = 0.55
LIKELY_ON_PROSE, POSSIBLE = 0.4, 0.02  # of headlines without prose between, the one on the prose before
FAR_SURER = 10  # times the odds
LIKELY_WHERE_DATED = 0.05  # leads that open with their day, one after another, are a column of dispatches
EXPORTED = 0.99
DATELINES = 0.95  # of 13,721 single articles none has two that is not a column of dispatches
MOST_PLACES = 10_000  # headlines that are weighed, half a second a thousand: a text of more is a list, and stays whole
MOST_CHARACTERS = 16_000_000  # less than a second a million, beside the places

ORIGIN = "split"
_OF_THE_WHOLE = frozenset({"title", "subtitle", "summary", "description"})


@dataclass(frozen=True)
class Division:
    """The spans of a text's articles, which tile it; `date` is the line above them all that tells their day.

    `confidence` is how probable each place is, on the average; `titles` what those are called whose first line is no
    title.
    """

    spans: tuple[tuple[int, int], ...]
    confidence: float
    date: str | None = None
    titles: tuple[str | None, ...] = ()


def split(document: ReadDocument) -> ReadDocument | Parts:
    """A document as its several articles, each with the claims that hold for all; as it is where it holds one.

    What stands above the first headline belongs to the first article. A date line there holds for the others too,
    which do not have it in their text: they claim it.
    """
    division = divide(document.text, document.headings) if len(document.text) <= MOST_CHARACTERS else None
    if division is None:
        return document
    shared = tuple(one for one in document.claims if one.field not in _OF_THE_WHOLE)
    dated = any(one.field == "published" for one in shared) or not division.date
    parts = []
    for number, (span, title) in enumerate(zip_longest(division.spans, division.titles), 1):
        date = None if dated or number == 1 else division.date
        told = filter(None, (claim("published", date, ORIGIN), claim("title", title, ORIGIN)))
        parts.append(_part(document, number, span, (*shared, *told)))
    return Parts(tuple(parts), division.confidence)


def divide(text: str, headings: Headings = ()) -> Division | None:
    """Where a text's articles begin and end; None where it holds one, or where it is not clear that it holds more.

    A list of the articles' headlines above them all belongs to the first. It is not looked at: each of them would have
    been told before. `headings` are those that the text's format marks as such.
    """
    if spans := exported(text):
        return Division(spans, EXPORTED)
    found = ranked(blocks(text), headings)
    first = below_contents(found)
    sheet = Sheet.of(text, found[first:])
    judged = list(_judged(sheet))
    likely = [place for place in judged if _is_likely(place)]
    if not _is_clear(likely, of=len(judged)):
        return _by_datelines(sheet)
    chosen = _set_apart_alike(likely)
    starts = [0, *(place.start for place in chosen), len(text)]
    confidence = round(fmean(place.probability for place in chosen), 2)
    dated = any(is_date_line(sheet.blocks[sheet.top(place.index)].text) for place in chosen)
    date = None if dated else _date_above(sheet, found[:first])
    return Division(tuple(pairwise(starts)), confidence, date, titles(sheet, [place.index for place in chosen]))


def _by_datelines(sheet: Sheet) -> Division | None:
    """A file of dispatches whose headlines do not tell them apart, or which have none."""
    found = dispatches(sheet)
    starts = [0, *(sheet.blocks[at].start for at in found), len(sheet.text)]
    return Division(tuple(pairwise(starts)), DATELINES) if found else None


def _is_clear(likely: list[Candidate], *, of: int) -> bool:
    """Whether a text holds several: by one place, by several, or by all where a headline could be and none other.

    The last holds where no layout speaks for it: rules and gaps are drawn between an article's sections as well.
    """
    best = max((place.probability for place in likely), default=0.0)
    together = fmean(place.probability for place in likely) if len(likely) > 1 else 0.0
    if len(likely) == of and together >= CLEAR_ALL_TOGETHER and not any(map(_is_marked, likely)):
        return True
    return best >= (CLEAR_AMONG_SEVERAL if together >= CLEAR_ON_THE_AVERAGE else CLEAR)


def _is_marked(place: Candidate) -> bool:
    return place.signs.ruled > 0 or place.signs.gap > 0


def _judged(sheet: Sheet) -> Iterator[Candidate]:
    """The places where headlines stand, in order, each judged by what was written since the likely one before.

    Where headlines follow each other without prose, only one of them begins an article.
    """
    found = _runs(sheet)
    if not found:
        return
    ends = [*(sheet.blocks[run[0]].start for run in found[1:]), len(sheet.text)]
    before, read = Before(sheet.opener, sheet.blocks[0].start, Story()), 0
    for run, end in zip(found, ends, strict=True):
        for at in range(read, run[0]):
            before.story.tell(sheet.titles[at], sheet.words[at], prose=sheet.proses[at])
        read = run[0]
        place = _first_likely(sheet, [weighed(sheet, at, before, until=end) for at in run])
        yield place
        if _is_likely(place):
            before, read = Before(place.index, place.start, Story()), place.index


def _runs(sheet: Sheet) -> list[list[int]]:
    """The runs of headlines; none where there are more than are weighed."""
    found: list[list[int]] = []
    places = 0
    for run in sheet.runs():
        places += len(run)
        if places > MOST_PLACES:
            return []
        found.append(run)
    return found


def _is_likely(place: Candidate) -> bool:
    return place.probability >= (LIKELY_WHERE_DATED if place.signs.both_dated else LIKELY)


def _first_likely(sheet: Sheet, run: list[Candidate]) -> Candidate:
    """Of headlines without prose between, the first that is likely: what follows it is its standfirst.

    Where one of them begins an article, less is asked of the one that stands on the prose before, unless the text's
    articles end with such a line; least where the likely one is a sentence, as standfirsts are. What is likely above
    a line that is far surer closes the article before.
    """
    likely = next((place for place in run if place.probability >= LIKELY), None)
    if likely is None:
        return max(run, key=_probability)
    first = next(place for place in run if place.probability >= _asked_of(place, sheet))
    top = run[0]
    if first.signs.stopped and not top.signs.stopped and _asked_of(top, sheet) < LIKELY and top.probability >= POSSIBLE:
        first = top
    if not first.signs.few_words:
        first = next((place for place in run if place.start > first.start and _is_far_surer(place, first)), first)
    best = max((place for place in run if place.start == first.start), key=_probability)
    return replace(best, odds=max(best.odds, likely.odds))


def _asked_of(place: Candidate, sheet: Sheet) -> float:
    stands_on_prose = sheet.proses[sheet.top(place.index) - 1]
    return LIKELY_ON_PROSE if stands_on_prose and not place.signs.signed else LIKELY


def _is_far_surer(place: Candidate, first: Candidate) -> bool:
    """Whether it is rather a headline than what stands above it; a standfirst has sentences, or the lead's words."""
    is_standfirst = place.signs.stopped or place.signs.many_words or place.signs.echoed or place.signs.weak
    return not is_standfirst and place.probability >= LIKELY and place.odds >= FAR_SURER * first.odds


def _probability(place: Candidate) -> float:
    return place.probability


def _set_apart_alike(likely: list[Candidate]) -> list[Candidate]:
    """The places that are set apart as the surest is, where most are: who draws rules between articles draws them all.

    Who counts them counts all.
    """
    surest = max(likely, key=_probability).signs
    alike = [place for place in likely if place.signs.both_dated or _is_set_like(place.signs, surest)]
    return alike if len(alike) * 2 >= len(likely) else likely


def _is_set_like(signs: Signs, surest: Signs) -> bool:
    if surest.numbered and not signs.numbered:
        return False
    return bool(signs.ruled if surest.ruled else signs.gap or not surest.gap)


def _part(document: ReadDocument, number: int, span: tuple[int, int], claims: tuple[Claim, ...]) -> ReadDocument:
    start, end = span
    text = document.text[start:end]
    lossy = text.count("\ufffd") if document.lossy else 0
    part = Part(number=number, start=start, end=end)
    return replace(document, text=text, lossy=lossy, claims=(*claims, *claims_above(text)), part=part, headings=())


def _date_above(sheet: Sheet, contents: Sequence[Block]) -> str | None:
    """The date line between the text's head and its first headline."""
    above = (*contents, *sheet.blocks[: sheet.opener or 0])
    return next((block.text for block in above if is_date_line(block.text)), None)
