"""The passages between quotation marks, also where marks are mixed, nested or never closed."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

GUILLEMET, CURLY, STRAIGHT, SINGLE = "guillemet", "curly", "straight", "single"
_FAMILY = {"«": GUILLEMET, "»": GUILLEMET, "“": CURLY, "”": CURLY, "„": CURLY, "‟": CURLY, '"': STRAIGHT}
_MARK = re.compile('[«»“”„‟"]')
_OPENERS_BEFORE = "([{-–—/'’«“„:"  # what a mark may follow and still open
_NEVER_FIRST = ",;:)]}"  # of a quotation
_STOP_AFTER = re.compile(r"[.!?…](?:\s|$)")  # the end of the sentence around a quotation: " so ".
_CLOSERS_AFTER = ".,;:!?…)]}»”\"'’-–—/"  # what may follow a mark that closes
# »so« and „so“: there the mark that closes elsewhere opens.
_REVERSED_LANGUAGES = frozenset({"cs", "da", "de", "hr", "hu", "sk", "sl", "sr"})
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_SINGLE = re.compile(
    r"(?<![\w’])(?:‘(?:[^‘’]|(?<=\w)’(?=\w)){1,1000}+’(?!\w)"
    r"|'(?=\w)(?:[^']|(?<=\w)'(?=\w)){1,1000}+(?<=[.,!?])'(?!\w))"
)
_LOW_SINGLE = re.compile(r"(?<!\w)‚(?=\w)[^‚‘\n]{1,1000}+‘(?!\w)")
_SAID_BEHIND = re.compile(r"(?:[^.!?…;:\n«»“”„‟\"]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\bMrs)\.){1,80}")
_NAME, _WORD = re.compile(r"\w+(?![\w.])"), re.compile(r"\w+")  # no abbreviated title
_MOST_OPEN = 16  # marks open at once; hostile input opens thousands
MOST_BLOCK_PARAGRAPHS = 60  # further away a lone closing mark belongs to something else


@dataclass(frozen=True)
class Marked:
    """A passage between marks: its words from `start` to `end`, its marks from `opening` to `closing`."""

    opening: int
    closing: int
    start: int
    end: int
    paragraph: int
    closed: bool = True
    block: bool = False
    headless: bool = False  # a closing mark without its opening: the words begin somewhere before `end`


@dataclass
class _Scan:
    """What one paragraph gave: pairs of positions, openings never closed, closings never opened."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    unopened: list[int] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)


def marked(text: str, found_paragraphs: list[tuple[int, int]], language: str) -> list[Marked]:
    """Every marked passage in reading order, the outer before the inner."""
    scans = [_scan(text, start, end, language) for start, end in found_paragraphs]
    blocks = _blocks(text, found_paragraphs, scans)
    found = list(blocks)
    for index, scan in enumerate(scans):
        found += [_passage(text, *pair, index) for pair in scan.pairs]
        found += [_unclosed(text, opening, found_paragraphs[index], scan, index) for opening in scan.unclosed]
        found += [
            Marked(at, at + 1, at, _back(text, found_paragraphs[index][0], at), index, headless=True)
            for at in scan.unopened
        ]
    found = [passage for passage in found if passage.headless or passage.start < passage.end]
    return sorted(found, key=lambda passage: (passage.opening, -passage.closing))


def _scan(text: str, start: int, end: int, language: str) -> _Scan:
    scan = _Scan()
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    pending: list[int] = []
    is_reversed = language in _REVERSED_LANGUAGES
    for index, at in enumerate(marks):
        following = marks[index + 1] if index + 1 < len(marks) else None
        opens, forgets = _opens(text, at, following, (start, end), pending, is_reversed=is_reversed)
        if forgets:
            scan.unclosed.append(pending.pop())
        if opens:
            scan.openings.append(at)
            pending.append(at)
            if len(pending) > _MOST_OPEN:
                scan.unclosed.append(pending.pop(0))
        else:
            _close(text, at, pending, scan)
    scan.unclosed = sorted(scan.unclosed + pending)
    _add_singles(text, start, end, language, scan)
    return scan


def _opens(
    text: str, at: int, following: int | None, paragraph: tuple[int, int], pending: list[int], *, is_reversed: bool
) -> tuple[bool, bool]:
    """Whether the mark opens, and whether the last one pending is thereby known to be never closed."""
    family = _FAMILY[text[at]]
    if family == STRAIGHT:
        return _straight_opens(text, at, following, paragraph, pending)
    leads, trails = _leads(text, at, paragraph), _trails(text, at, paragraph)
    if family == GUILLEMET:
        if _is_wrong_way(text, at, paragraph, pending):
            return False, False
        return (leads if is_reversed and leads != trails else text[at] == "«"), False
    return _curly_opens(text, at, pending, is_leading=leads and not trails), False


def _is_wrong_way(text: str, at: int, paragraph: tuple[int, int], pending: list[int]) -> bool:
    """Whether a mark that opens elsewhere closes, as some page makers set it: « so« , dit X."""
    is_behind_word = at > paragraph[0] and (text[at - 1].isalnum() or text[at - 1] in ".!?…")
    following = text[at + 1 : min(paragraph[1], at + 4)].lstrip()[:1]
    is_open = any(text[other] == "«" for other in pending)
    return text[at] == "«" and is_open and is_behind_word and (not following or following in _NEVER_FIRST + ".")


def _curly_opens(text: str, at: int, pending: list[int], *, is_leading: bool) -> bool:
    """„ always opens, and whatever follows it closes; ” opens only where Swedish and Finnish let it."""
    if text[at] in "„‟":
        return True
    if any(text[other] == "„" for other in pending):
        return False
    is_pending = any(_FAMILY[text[other]] == CURLY for other in pending)
    return text[at] == "“" or (is_leading and not is_pending)


def _straight_opens(
    text: str, at: int, following: int | None, paragraph: tuple[int, int], pending: list[int]
) -> tuple[bool, bool]:
    leads, trails = _leads(text, at, paragraph), _trails(text, at, paragraph)
    is_pending = any(text[other] == '"' for other in pending)
    if leads != trails:
        return leads, False
    if at + 1 == paragraph[1]:
        return False, False
    if not is_pending:
        return True, False
    # Blank on both sides while one is open: if the next mark can only close, this one opens and the other never closed.
    blank_before = at > paragraph[0] and text[at - 1].isspace()
    next_closes = (
        following is not None
        and text[following] == '"'
        and _trails(text, following, paragraph)
        and not _leads(text, following, paragraph)
    )
    forgets = blank_before and next_closes and text[pending[-1]] == '"'
    return forgets, forgets


def _leads(text: str, at: int, paragraph: tuple[int, int]) -> bool:
    """Whether the mark stands as an opening one does: space before it, words after it."""
    before, after = _beside(text, at, paragraph)
    if not (before.isspace() or before in _OPENERS_BEFORE) or after.isspace() or after in _NEVER_FIRST:
        return False
    return not _STOP_AFTER.match(text, at + 1, paragraph[1])


def _trails(text: str, at: int, paragraph: tuple[int, int]) -> bool:
    """Whether the mark stands as a closing one does: words before it, space or punctuation after it."""
    before, after = _beside(text, at, paragraph)
    if after in _NEVER_FIRST or (before.isspace() and _STOP_AFTER.match(text, at + 1, paragraph[1])):
        return True
    return not before.isspace() and (after.isspace() or after in _CLOSERS_AFTER)


def _beside(text: str, at: int, paragraph: tuple[int, int]) -> tuple[str, str]:
    start, end = paragraph
    return text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "


def _close(text: str, at: int, pending: list[int], scan: _Scan) -> None:
    """Pair the mark with the last pending one of its family, else (mixed marks) with the last one of all."""
    family = _FAMILY[text[at]]
    depth = next((i for i in reversed(range(len(pending))) if _FAMILY[text[pending[i]]] == family), len(pending) - 1)
    if depth < 0:
        before = text[max(0, at - 3) : at].rstrip()[-1:]
        is_inches = family == STRAIGHT and before.isdigit()
        if before and before not in _FAMILY and not is_inches:
            scan.unopened.append(at)
        return
    scan.unclosed += pending[depth + 1 :]
    scan.pairs.append((pending[depth], at))
    del pending[depth:]


def _add_singles(text: str, start: int, end: int, language: str, scan: _Scan) -> None:
    """Single marks quote in English, and where the one that opens stands low: ‚so‘; elsewhere they are apostrophes."""
    pattern = _SINGLE if language == "en" else _LOW_SINGLE if language in _REVERSED_LANGUAGES else None
    if pattern:
        for match in pattern.finditer(text, start, end):
            scan.pairs.append((match.start(), match.end() - 1))
            scan.openings.append(match.start())
        scan.openings.sort()


def _blocks(text: str, found_paragraphs: list[tuple[int, int]], scans: list[_Scan]) -> list[Marked]:
    """Quotations over several paragraphs; takes their marks out of `scans`."""
    found = []
    openings = [start for start, _ in found_paragraphs]  # where a quotation of each opens or goes on, if any does
    first: int | None = None  # the paragraph that opens a quotation which it does not close
    for index, scan in enumerate(scans):
        if first is not None and index - first > MOST_BLOCK_PARAGRAPHS:
            first = None
        closing = None
        if first is not None:
            family = _FAMILY[text[openings[first]]]
            goes_on = openings[index - 1] in scans[index - 1].unclosed
            goes_on = goes_on and not _is_closed_later(text, family, scans[index + 1 : first + MOST_BLOCK_PARAGRAPHS])
            closing = _block_closing(text, family, scan, openings[index], goes_on=goes_on)
        if first is not None and closing is not None:
            found.append(replace(_passage(text, openings[first], closing, first), block=True))
            for at in range(first, index + 1):
                scans[at].unclosed = [mark for mark in scans[at].unclosed if mark != openings[at]]
            first = None
        elif first is None and (opening := _block_opening(text, openings, scans, index)) is not None:
            first, openings[index] = index, opening
    return found


def _block_opening(text: str, openings: list[int], scans: list[_Scan], index: int) -> int | None:
    """The mark of a paragraph that opens a block: its first, or one behind a sentence that the next one repeats."""
    start, scan = openings[index], scans[index]
    if start in scan.unclosed:
        return start
    last = scan.openings[-1] if scan.openings else start
    is_next = index + 1 < len(scans) and openings[index + 1] in scans[index + 1].openings
    if not is_next or last not in scan.unclosed or _FAMILY[text[last]] != _FAMILY[text[openings[index + 1]]]:
        return None
    if not text[start:last].rstrip().endswith((".", "!", "?", ":")) or _is_anothers(text, openings, scans, index):
        return None
    return last


def _is_anothers(text: str, openings: list[int], scans: list[_Scan], index: int) -> bool:
    """Whether the words that would close a block are said by a name that its first paragraph does not tell.

    `"So," said Anne. "But.` and `"That is a lie," said John.`: a mark was lost.
    """
    later = range(index + 1, min(len(scans), index + MOST_BLOCK_PARAGRAPHS))
    closing = next((at for at in later if openings[at] not in scans[at].unclosed), index)
    ends = [pair[1] for pair in scans[closing].pairs if pair[0] == openings[closing]] + scans[closing].unopened
    said = _SAID_BEHIND.match(text, ends[0] + 1) if ends and text[ends[0] - 1] != "." else None
    names = {word for word in _NAME.findall(said.group()) if word[0].isupper()} if said else set()
    return bool(names) and names.isdisjoint(_WORD.findall(_unquoted(text, openings[index], scans[index])))


def _unquoted(text: str, start: int, scan: _Scan) -> str:
    """What a paragraph says before its last opening mark and outside quotations."""
    told, at = [], start
    for opening, closing in sorted(scan.pairs):
        if opening < scan.openings[-1]:
            told.append(text[at:opening])
            at = max(at, closing + 1)
    return " ".join([*told, text[at : scan.openings[-1]]])


def _is_closed_later(text: str, family: str, scans: Iterable[_Scan]) -> bool:
    """Whether a lone mark closes the block further on, so that a quotation here is one inside it."""
    return any(_FAMILY[text[at]] == family for scan in scans for at in scan.unopened[:1])


def _block_closing(text: str, family: str, scan: _Scan, start: int, *, goes_on: bool) -> int | None:
    """Where this paragraph closes the quotation opened before it: by a lone mark, or as its last, marked anew."""
    if lone := next((at for at in scan.unopened if _FAMILY[text[at]] == family), None):
        scan.unopened.remove(lone)
        return lone
    if goes_on and (pair := next((p for p in scan.pairs if p[0] == start), None)):
        scan.pairs.remove(pair)
        return pair[1]
    return None


def _passage(text: str, opening: int, closing: int, paragraph: int) -> Marked:
    start = opening + 1
    while start < closing and text[start].isspace():
        start += 1
    return Marked(opening, closing + 1, start, _back(text, start, closing), paragraph)


def _unclosed(text: str, opening: int, paragraph: tuple[int, int], scan: _Scan, index: int) -> Marked:
    """A quotation whose closing mark is missing: it ends with the last sentence before the next mark opens."""
    index_after = bisect_right(scan.openings, opening)
    end = paragraph[1]
    if index_after < len(scan.openings):
        following = scan.openings[index_after]
        end = max(
            (match.end() for match in _SENTENCE_END.finditer(text, opening, following)),
            default=_back(text, opening + 1, following),
        )
    return replace(_passage(text, opening, end, index), closing=end, closed=False)


def _back(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
