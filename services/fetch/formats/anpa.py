"""ANPA 1312: the wire of American agencies, each line marked as heading, tabular matter or text."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.decoding import Decoded
from services.fetch.core.document import ReadDocument
from services.fetch.formats.stamps import utc_moment

MEDIA_TYPE = "text/vnd.iptc.anpa"
ORIGIN = "anpa"
HEADING = re.compile(r"\x01[a-zA-Z]?\d{3,4}\r?\x1f")
STAMP = re.compile(r"\x03?([A-Za-z]{2})-[A-Za-z]{2}-(\d{2})-(\d{2})-(\d{2}) (\d{2})(\d{2})GMT")
BYLINE = re.compile(r"by\s+\S", re.IGNORECASE)
ASIDE = re.compile(r"(?:eds|ap photos?|photos?|video|note|editors?)\b.{0,3}[: ]", re.IGNORECASE)
TABULAR = "\x08"
MARKED = "^"
TEXT_STARTS = "\t"
BEGINNINGS = (TEXT_STARTS, TABULAR, MARKED, " ")
HALF = "½"  # the wire's brace
SLUG_WORDS = 4
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
AGENCIES = {"AP": "The Associated Press"}


def is_one(text: str) -> bool:
    """Whether the heading is one of ANPA's: a service letter, a number, and the selector after a separator."""
    return HEADING.search(text[:200]) is not None


def document(decoded: Decoded) -> ReadDocument:
    """The dispatch."""
    _, _, after = decoded.text.partition("\x02")
    told, end, _ = after.partition("\x03")
    head, body = _parts(told.replace("\r\n", "\n").split("\n"))
    tail = decoded.text[len(decoded.text) - len(after) + len(told) :] if end else ""
    found = tuple(dict.fromkeys(each for each in _claims(head, tail) if each is not None))
    return ReadDocument("\n".join(_lines(body)).strip("\n"), MEDIA_TYPE, decoded.encoding, decoded.lossy, claims=found)


def _parts(lines: list[str]) -> tuple[list[str], list[str]]:
    """The marked lines before the text, and the text."""
    begun = _begun(lines)
    head = lines[:begun]
    # A table has its headings right above it: what follows the first of them belongs to the text.
    if begun < len(lines) and lines[begun].startswith(TABULAR):
        plain = [
            at for at, line in enumerate(head) if line.rstrip().endswith("=") and not BYLINE.match(line.lstrip(MARKED))
        ]
        begun = plain[0] if plain else begun
    return lines[:begun], lines[begun:]


def _begun(lines: list[str]) -> int:
    """Where the text begins: at the first line without a mark, but for one right above marked ones."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    for at, following in zip_longest(written, written[1:]):
        if MARKED in (lines[at][0], lines[at].rstrip()[-1]):
            continue
        heads = at == written[0] and following is not None and lines[following].startswith(MARKED)
        if not heads or lines[at].startswith((TEXT_STARTS, TABULAR)):
            return at
    return len(lines)


def _lines(body: list[str]) -> Iterator[str]:
    """The text: a blank line before each paragraph and heading, the cells of a table apart."""
    for line in _joined(body):
        tabular = line.startswith(TABULAR)
        bare = CONTROLS.sub("", line.replace(";", " | ").replace("{", HALF) if tabular else line)
        bare = bare.strip().strip(MARKED)
        bare = bare.removesuffix("=" if line.startswith(MARKED) or bare.endswith("___=") else "<").rstrip()
        if bare:
            yield bare if tabular else f"\n{bare}"


def _joined(body: list[str]) -> Iterator[str]:
    """The lines; one without any mark or indent goes on with the paragraph before it, where that has one."""
    paragraph: list[str] = []
    for line in body:
        if paragraph and line.strip() and line[0] not in BEGINNINGS:
            paragraph.append(line.rstrip())
            continue
        if paragraph:
            yield " ".join(paragraph)
        begins = line.startswith(TEXT_STARTS) and not line.rstrip().endswith(("<", "="))
        paragraph = [line.rstrip()] if begins else []
        if not begins:
            yield line
    if paragraph:
        yield " ".join(paragraph)


def _ended(line: str) -> str:
    """A marked line without its marks; one that a second mark closes ends as headlines do."""
    bare = line.strip(MARKED).strip()
    return f"{bare}<" if line.endswith(MARKED) and bare and bare[-1] not in "<=" else bare


def _is_headline(lines: list[str]) -> bool:
    """Whether the first line is one: no other is closed like it, and it has more words than a slug."""
    first, *others = lines
    return first.endswith("<") and len(first.split()) > SLUG_WORDS and not any(one.endswith("<") for one in others)


def _claims(head: list[str], tail: str) -> Iterator[Claim | None]:
    lines = [line for raw in head if (line := _ended(CONTROLS.sub("", raw).strip()))]
    if lines and (head[0].rstrip().endswith(MARKED) or _is_headline(lines)):  # it is the first thing that it says
        lines = ["", *lines]
    elif lines:
        yield claim("slugline", lines[0].rstrip("<= ").rpartition(",")[0] or lines[0].rstrip("<= "), ORIGIN)
    titles = [line for line in lines[1:] if line.endswith("<") and not ASIDE.match(line)]
    titles += [line for line in lines[1:] if line.endswith("=") and not BYLINE.match(line)][:1]
    yield claim("title", titles[0].rstrip("<= ") if titles else None, ORIGIN)
    for summary in titles[1:2] if titles and titles[1:2] != [] and titles[1].endswith("<") else []:
        yield claim("description", summary.rstrip("<= "), ORIGIN)
    for line in lines[1:]:
        if BYLINE.match(line):
            yield claim("author", line.rstrip("<= "), ORIGIN)
        elif ASIDE.match(line):
            yield claim("note", line.rstrip("<= "), ORIGIN)
    if (stamp := STAMP.search(tail)) is not None:
        month, day, year, hour, minute = (int(stamp[at]) for at in range(2, 7))
        yield claim("published", utc_moment(year, month, day, hour, minute), ORIGIN)
        yield claim("publisher", AGENCIES.get(stamp[1].upper()), ORIGIN)
