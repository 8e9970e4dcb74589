"""Dispatches one behind the other that no headline parts: each opens with where it comes from, and with its agency."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.fetch.core.splitting import shapes
from services.fetch.core.splitting.sheet import Sheet
from services.fetch.core.splitting.story import opening

_WITHIN = 140  # characters of a lead
_LONGEST_PARTICLE, _LONGEST_SMALL_AGENCY, _MOST_WORDS = 3, 4, 8
_SHORTEST_DISPATCH = 150
_DASH = r"\s?\.?\s?[-\u2013\u2014_]{1,2}\s?(?=[^\W_]|[\"'«“„‘])"
_PLACE = r"(?P<place>[^()\[\]!?:;\n]{2,60}?)"
_AGENCY = r"\((?P<agency>[^()\d]{2,30})\)"
# LONDON, May 17 (Reuters) - · Berlin (dpa) - · (ANSA) - ROMA, 17 MAG - · (Reuters) - · LONDON, May 17 -
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_PLACE}\s?{_AGENCY}{_DASH}",
        rf"{_AGENCY}{_DASH}{_PLACE}{_DASH}",
        rf"{_AGENCY}{_DASH}",
        rf"(?P<place>[^()\[\].!?:;,\n]{{2,40}}),\s(?P<day>[^()\[\]!?:;\n]{{1,20}}?){_DASH}",
    )
)
_DAY_ALONE = _FORMS[-1]


@dataclass(frozen=True, slots=True)
class Dateline:
    """How a dispatch opens; `day` where it is told apart by that, and no agency is named.

    `name` is what stands for the agency where it may be any name: without a day, and no capitals for short.
    """

    day: str = ""
    name: str = ""


def dateline(text: str) -> Dateline | None:
    """How a text opens, if it does as dispatches do."""
    for form in _FORMS:
        found = form.match(text[:_WITHIN])
        if found is None:
            continue
        told = found.groupdict()
        if "place" in told and not _is_a_place(told["place"]):
            continue
        if form is not _DAY_ALONE:
            agency, is_dated = told["agency"], any(map(str.isdigit, told.get("place", "")))
            any_name = not is_dated and agency != agency.lower() and agency != agency.upper()
            return Dateline(name=agency if any_name else "") if _is_an_agency(agency) else None
        if told["place"].isupper() and any(map(str.isdigit, told["day"])):
            return Dateline(told["day"])
    return None


def dispatches(sheet: Sheet) -> Sequence[int]:
    """The blocks at which the second dispatch of a text begins, and those behind it; none where it holds one article.

    The first one must open the text, and each tell something. Days alone, without agencies, are those of one edition;
    names that differ from one to the next are publishers of books, parties of candidates.
    """
    found = [(at, told) for at in range(len(sheet.blocks)) if (told := _opens(sheet, at)) is not None]
    if len(found) < 2 or any(sheet.proses[: found[0][0]]):
        return ()
    days, names = [told.day for _, told in found if told.day], [told.name for _, told in found if told.name]
    if len(set(days)) * 2 > len(days) > 0 or len(set(names)) * 2 > len(names) > 1:
        return ()
    above = _headlines_above(sheet, found[0][0], found[0][0])
    starts = [at - _headlines_above(sheet, at, above) for at, _ in found]
    ends = [*(sheet.blocks[start].start for start in starts[1:]), len(sheet.text)]
    leads = {opening(sheet.blocks[at].text) for at, _ in found}
    told_enough = all(
        end - sheet.blocks[at].start >= _SHORTEST_DISPATCH for (at, _), end in zip(found, ends, strict=True)
    )
    return starts[1:] if told_enough and len(leads) == len(found) else ()


def _opens(sheet: Sheet, at: int) -> Dateline | None:
    return dateline(sheet.titles[at]) if sheet.proses[at] else None


def _headlines_above(sheet: Sheet, at: int, most: int) -> int:
    """How many lines above a dispatch are its headlines: never more than the first one has."""
    count = 0
    while count < most and sheet.heads[at - count - 1] and not shapes.is_signature(sheet.blocks[at - count - 1].text):
        count += 1
    return count


def _is_a_place(text: str) -> bool:
    words = text.partition(",")[0].split()
    return 0 < len(words) <= _MOST_WORDS and all(
        not word[0].islower() or len(word) <= _LONGEST_PARTICLE for word in words
    )


def _is_an_agency(text: str) -> bool:
    return not text[0].islower() or len(text.partition("/")[0]) <= _LONGEST_SMALL_AGENCY
