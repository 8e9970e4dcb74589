"""IPTC 7901: the wire of most agencies, a heading line, a keyword, the headline up to `=`, and text in set lines."""

import re
from collections.abc import Iterator

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.decoding import Decoded
from services.fetch.core.document import ReadDocument
from services.fetch.formats.stamps import MONTHS, utc_moment

MEDIA_TYPE = "text/vnd.iptc.7901"
ORIGIN = "iptc7901"
HEADING = re.compile(
    r"\x01(?P<service>[A-Za-z]{2,4})(?P<number>\d{1,5}) +(?P<urgency>\d) +(?P<category>\w{1,4}) +(?P<rest>[^\r\n]*)"
)
AGENCY = re.compile(r"\b(?P<agency>[a-z]{2,6}) +\d{1,4}\s*$", re.IGNORECASE)
STAMP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s*(?i:GMT\s*)?(?P<month>[A-Za-z]{3})[^\W\d]{0,20}\s+"
    r"(?P<year>\d{2,4})"
)
LEAD = re.compile(
    r"\d(?:st|nd|rd|th) (?:lead|ld)\b|(?:lead|urgent|flash|update|advisory)\b\s*+(?:[:\d]++\s*+)?$", re.IGNORECASE
)
BYLINE = re.compile(r"(?i:by|von|par|por|di)\s+[A-ZÀ-Þ]")
# A place in capitals or with a day, perhaps an agency, and a dash.
DATELINE = re.compile(r"\s*[A-ZÀ-Þ][^\n]{0,60}?(?:\([^()\n]{1,20}\)|\d{1,2}\.?|[A-ZÀ-Þ]{2})\s*[-_\u2013\u2014]{1,2}\s")
ENDS = ".,;:-"  # of a sentence or of a line that goes on
INDENT = "   "
MAX_HEAD_LINES = 8
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def document(decoded: Decoded) -> ReadDocument:
    """The dispatch."""
    heading, _, after = decoded.text.partition("\x02")
    told, _, tail = after.partition("\x03")
    lines = [CONTROLS.sub("", line).rstrip() for line in told.replace("\r\n", "\n").split("\n")]
    head, body = _parts(lines)
    found = tuple(dict.fromkeys(each for each in _claims(heading, head, tail) if each is not None))
    text = "\n\n".join(_paragraphs(body)) or " ".join(head)
    return ReadDocument(text, MEDIA_TYPE, decoded.encoding, decoded.lossy, claims=found)


def _parts(lines: list[str]) -> tuple[list[str], list[str]]:
    """The headline's lines, up to the one that ends with `=`, and the text."""
    for at, line in enumerate(lines[:MAX_HEAD_LINES]):
        if line.endswith("="):
            return [one for one in (*lines[:at], line.rstrip("= ")) if one.strip()], lines[at + 1 :]
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if _is_headline(lines[first], lines[first + 1 : first + 2]):
        return [lines[first].strip()], lines[first + 1 :]
    empty = next((at for at in range(first, len(lines)) if not lines[at].strip()), first)
    return (lines[first:empty], lines[empty:]) if empty - first <= 3 else ([], lines)


def _is_headline(line: str, following: list[str]) -> bool:
    """Whether a line without the sign is one by itself: no dateline or sentence, and the text begins right below it."""
    if not line.strip() or DATELINE.match(line) is not None or line.rstrip()[-1] in ENDS or not following:
        return False
    return DATELINE.match(following[0]) is not None or following[0].startswith(INDENT)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The set lines joined: an empty line or an indent begins a paragraph; one that is a sign or a list stays apart."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        bare = line.strip()
        if paragraph and (not bare or line.startswith(INDENT) or bare[0] in "-*#"):
            yield " ".join(paragraph)
            paragraph = []
        if bare:
            paragraph.append(bare)


def _claims(heading: str, head: list[str], tail: str) -> Iterator[Claim | None]:
    titles = [line.strip() for line in head if not LEAD.match(line.strip()) and not BYLINE.match(line.strip())]
    yield claim("title", " ".join(titles), ORIGIN)
    for line in head:
        if BYLINE.match(line.strip()):
            yield claim("author", line.strip(), ORIGIN)
    if (found := HEADING.search(heading)) is not None:
        agency = AGENCY.search(found["rest"])
        yield claim("publisher", agency["agency"] if agency is not None else None, ORIGIN)
        yield claim("slugline", " ".join(CONTROLS.sub("", heading[found.end() :]).split()).rstrip("/"), ORIGIN)
    if (stamp := STAMP.search(tail)) is not None and (month := MONTHS.get(stamp["month"].lower()[:3])) is not None:
        when = (int(stamp[part]) for part in ("day", "hour", "minute"))
        yield claim("published", utc_moment(int(stamp["year"]), month, *when), ORIGIN)
