"""Articles that a press database has exported into one file: its own lines between them leave no doubt."""

import re
from collections.abc import Iterator
from itertools import pairwise

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.splitting.labelled import headers, labelled
from services.fetch.core.splitting.shapes import is_date_line

ORIGIN = "export"
_FEWEST = 2
_HEADER_LINES, _HEADER_CHARACTERS = 20, 4000
_SHORTEST = 200  # what is shorter between two such lines is a list of documents
_SHORTEST_LABELLED = 100
_LONGEST_TAIL = 600  # what a database says of its search below the last article
# 1 of 3 DOCUMENTS (Nexis) · Document 1 of 3 (ProQuest, Nexis Uni), in the languages of their surfaces
_WORD = "(?:dokumente?|documents?|documentos?|documenti?)"
_COUNTED = re.compile(
    rf"^[ \t]*(?:(?P<before>{_WORD})[ \t]+)?(?P<number>\d{{1,4}})[ \t]+(?:of|sur|de|von|di)[ \t]+(?P<all>\d{{1,4}})"
    rf"(?(before)|[ \t]+{_WORD})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# Document LEMDE00020240312ek3c0001x (Factiva) · news·20240312·LM·7612345 (Europresse): the last line of each article
_ENDED = re.compile(
    r"^[ \t]*(?:Document [A-Z]{2,8}\d{6,}\w{0,12}|news[·.•]\d{8}[·.•][A-Z]{1,8}[·.•]\S{1,60})[ \t]*$", re.MULTILINE
)
_LABEL = re.compile(r"(?P<name>[A-Z][A-Z-]{3,20}):\s*(?P<value>\S.*)?")


def exported(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the articles, which tile the text; none where it is no such file."""
    starts = _counted(text) or _behind_ends(text) or labelled(text, _SHORTEST_LABELLED)
    return tuple(pairwise([0, *starts[1:], len(text)])) if len(starts) >= _FEWEST else ()


def _counted(text: str) -> list[int]:
    """Where each counted article begins; they are counted from one, without a gap, up to what each says."""
    found = list(_COUNTED.finditer(text))
    said = [(int(one["number"]), int(one["all"])) for one in found]
    whole = [(number, len(found)) for number in range(1, len(found) + 1)]
    begins = not found or not text[: found[0].start()].strip(" \t\r\n\f\ufeff")
    return [one.start() for one in found] if said == whole and begins else []


def _behind_ends(text: str) -> list[int]:
    ends = [one.end() for one in _ENDED.finditer(text)]
    if len(ends) < _FEWEST or len(text[ends[-1] :].strip()) > _LONGEST_TAIL:
        return []
    starts = [0, *(end + 1 for end in ends[:-1])]
    return starts if all(end - start >= _SHORTEST for start, end in zip(starts, ends, strict=True)) else []


def claims_above(text: str) -> Iterator[Claim]:
    """What the labelled lines above an article of such a file tell of it, and its headline, which stands over them."""
    lines = [bare for line in text[:_HEADER_CHARACTERS].splitlines() if (bare := line.strip())][:_HEADER_LINES]
    labels = [(at, found) for at, line in enumerate(lines) if (found := _LABEL.fullmatch(line))]
    if not labels or not _COUNTED.fullmatch(lines[0]):
        yield from _claims_of_header(text)
        return
    above = lines[1 : labels[0][0]]
    told = [
        ("publisher", above[0] if len(above) > 1 else None),
        ("published", next((line for line in above if is_date_line(line)), None)),
        ("title", above[-1] if above and not is_date_line(above[-1]) else None),
        ("author", next((found["value"] for _, found in labels if found["name"] == "BYLINE"), None)),
    ]
    yield from filter(None, (claim(field, value, ORIGIN) for field, value in told))


def _claims_of_header(text: str) -> Iterator[Claim]:
    """What the labelled lines tell that an article opens with."""
    header = next(headers(text[:_HEADER_CHARACTERS]), None)
    if header is not None and not text[: header.start].strip():
        yield from filter(None, (claim(field, value, ORIGIN) for field, value in header.told.items() if field))
