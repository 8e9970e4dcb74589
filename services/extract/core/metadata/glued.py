"""What was glued to the prose within its paragraph: who made it, where it is from, what else to read, buttons.

Whoever made a text of a page may have lost the lines. All of this stands behind the end of a sentence, and a sentence
or nothing follows it.
"""

import re
from collections.abc import Iterable, Iterator

from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.metadata.closing_lines import PLAYER, closing_line, points_elsewhere
from services.extract.core.metadata.furniture import SOURCE_WORDS, furniture, glued_label, only_networks
from services.extract.core.metadata.glued_ends import SENTENCE_END, Glued, ends, stands_apart
from services.extract.core.metadata.invitations import INVITED, RELATED_BEFORE_QUOTE
from services.extract.core.metadata.page_labels import Finding
from services.extract.core.metadata.shapes import is_name
from services.extract.core.words import word_set

_LONGEST_PIECE = 260
_MOST_PIECES = 4
_LONGEST_READ = 20_000  # a longer paragraph is none of an article, and only its end is read
_LONGEST_SIGNED = 120
_LONGEST_WHOLE = 60  # of a label with its words that ends as sentences do
_SHORTEST_BEFORE = 80  # an agency in brackets closer to the head is a dateline's
_WORDS_OF_PROSE, _WORDS_OF_A_SENTENCE = 12, 4
_ASKING = frozenset(("link", "subscription", "share_bar"))
_TO_READERS = word_set(
    """
    vous votre vos nous notre nos you your our us we sie ihr ihre ihren unser unsere unseren su sus usted
    nuestro nuestra get receive read join follow click stay don't free sign subscribe visit here newsletter
    inbox e-mail email
    """
)

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,80})[)\]]\.?")
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s[\u2013\u2014-]\s")
_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{1,2}/\d{1,2}/\d{2,4}")
_CODE = re.compile(r"[a-zäöü]{2,5}")
_NO_CODES = word_set("sic bis lol rires fin ende end suite note ndlr nb cf etc ibid idem vf vo vost dr")
_SIGNED = re.compile(
    r"(?:[^\Wa-zß-öø-ÿ_][\w’'.-]*\s?(?:(?:de|von|van|la|le|da|di|del|der|den|al|aus|in|à|en|zu)\s)?){1,5}"
)
_SOURCE_IN = re.compile(rf"(?:{SOURCE_WORDS})\s?[:\uff1a]\s?\S.{{1,70}}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[(\[][ \u00a0]?(?:https?://|www\.)[^\s<>\"»)\]]+[ \u00a0]?[)\]]|[(\[]?(?:https?://(?!t\.co/)|www\.)[^\s<>\"»)\]]+[)\]]?",
    re.IGNORECASE,
)
# No initial, number or quotation, whose source a name may be.
_SENTENCE_BEFORE = re.compile(r"[^\W\d_]{3}[)]?[.!?…][)]?\s*\Z")


def glued(paragraph: str, *, closes: bool, has_lines: bool = False) -> list[Glued]:
    """What in a paragraph of prose is none, in order, without overlap; `closes` where the text's prose ends with it.

    A page's copy `has_lines`: what stands within its paragraphs its paper set there.
    """
    end = len(paragraph)
    found: list[Glued] = []
    for one in sorted(ends(paragraph, closes=closes), reverse=True):
        found.append(one._replace(end=end))
        end = one.start
    for piece in _tail(paragraph, end, closes=closes):
        found.append(piece)
        end = piece.start
    within = () if has_lines else _within(paragraph, end, closes=closes)
    return sorted([*found, *_apart(within)])


def goes_on(invited: str, kind: str) -> bool:
    """Whether behind an invitation to read or to see something else prose begins in the same paragraph."""
    if kind in _ASKING:
        _, _, behind = invited.partition(". ")
        said = behind.casefold().split()
        is_told = len(said) >= _WORDS_OF_A_SENTENCE and ends_a_sentence(behind) and furniture(behind) is None
        return is_told and _TO_READERS.isdisjoint(said) and not any(word.endswith("ez") for word in said)
    if kind != "related":
        return False
    match = RELATED_BEFORE_QUOTE.match(invited)
    return match is not None and len(invited[match.end() :].split()) >= _WORDS_OF_PROSE and ends_a_sentence(invited)


def _apart(found: Iterable[Glued]) -> Iterator[Glued]:
    end = 0
    for one in sorted(found):
        if one.start >= end:
            yield one
            end = one.end


def _tail(paragraph: str, end: int, *, closes: bool) -> Iterator[Glued]:
    """Pieces behind the last sentence before `end`, the last first."""
    end = len(paragraph[:end].rstrip())
    for _ in range(_MOST_PIECES):
        start = _last_piece(paragraph, end)
        piece = paragraph[start:end].strip()
        if not (start and 0 < len(piece) <= _LONGEST_PIECE):
            return
        may_be_signed = closes and _SENTENCE_BEFORE.search(paragraph[max(0, start - 12) : start]) is not None
        finding = _of_a_piece(piece, closes=closes, may_be_signed=may_be_signed)
        if finding is None:
            return
        yield Glued(start, end, finding)
        end = len(paragraph[:start].rstrip())


def _last_piece(paragraph: str, end: int) -> int:
    """Where the last sentence before `end` begins, or what stands behind the last; 0 where there is but one."""
    last = 0
    for match in SENTENCE_END.finditer(paragraph, max(0, end - _LONGEST_PIECE - 20), end):
        if match.end() < end and paragraph[match.end() : end].strip("\"'»”’)]. "):
            last = match.end()
    return last


def _of_a_piece(piece: str, *, closes: bool, may_be_signed: bool) -> Finding | None:
    finding = points_elsewhere(piece)
    if finding or (len(piece) > _LONGEST_WHOLE and ends_a_sentence(piece)):
        return finding
    if closes and piece[0].isupper() and only_networks(piece):
        return Finding("share_bar", "networks' names behind the last sentence")
    if closes and len(piece) <= _LONGEST_SIGNED and _is_of_several(piece):
        return Finding("byline", "papers and persons, with strokes between them")
    if (finding := glued_label(piece) or closing_line(piece)) or not may_be_signed:
        return finding
    return Finding("byline", "a name behind the last sentence") if is_name(piece) else None


def _within(paragraph: str, end: int, *, closes: bool) -> Iterator[Glued]:
    """Brackets, players' words, addresses and invitations between two sentences before `end`."""
    if len(paragraph) > _LONGEST_READ:
        return
    for match in _BRACKET.finditer(paragraph, 0, end):
        if match.start() >= _SHORTEST_BEFORE and _is_between_sentences(paragraph, match.start(), match.end()):
            is_last = not paragraph[match.end() : end].strip()
            if finding := _in_brackets(match[1].strip(), is_last=is_last, closes=closes):
                yield Glued(match.start(), match.end(), finding)
    for words, sign, finding in _BETWEEN_SENTENCES:
        for match in sign.finditer(paragraph, 0, end) if any(word in paragraph for word in words) else ():
            is_behind = ends_a_sentence(paragraph[: match.start()].rstrip())
            if is_behind and _is_between_sentences(paragraph, match.start(), match.end()):
                yield Glued(match.start(), match.end(), finding)
    for match in RELATED_BEFORE_QUOTE.finditer(paragraph, 0, end):
        yield Glued(*match.span("invited"), INVITED)


_BETWEEN_SENTENCES = (
    (("available", "loaded", "support"), PLAYER, Finding("navigation", "what a player says")),
    (("://", "www."), _ADDRESS, Finding("link", "an address behind a sentence")),
)


def _in_brackets(words: str, *, is_last: bool, closes: bool) -> Finding | None:
    """What a bracket of its own behind a sentence says: a source, or who wrote it and when."""
    if _SOURCE_IN.fullmatch(words):
        return Finding("source_line", "a source behind its label, in brackets")
    sorts = [_sort(part) for part in _BETWEEN.split(words) if part]
    if "agency" in sorts and {*sorts} <= {"agency", "code", "day"} and (is_last or "day" in sorts):
        return Finding("source_line", "agencies in brackets behind a sentence")
    if "day" in sorts and "" not in sorts:
        return Finding("byline" if len(sorts) > 1 else "label", "who wrote it, and the day, in brackets")
    if is_last and closes and sorts == ["code"] and words not in _NO_CODES:
        return Finding("byline", "letters that stand for who wrote it, in brackets")
    return Finding("source_line", "whose material it is, in brackets") if closing_line(words) else None


def _sort(part: str) -> str:
    """What one of the words in brackets names: a day, an agency, somebody by name or in letters, or nothing of it."""
    if _DAY.fullmatch(part):
        return "day"
    if agencies_in(part):
        return "agency"
    return "code" if _CODE.fullmatch(part) else "name" if _SIGNED.fullmatch(part) else ""


def _is_of_several(piece: str) -> bool:
    """Whether a piece names agencies, papers and persons with strokes between: Reuters/Morning Paper/Ann Miller."""
    parts = [part.strip() for part in piece.rstrip(" .").split("/")]
    return len(parts) > 1 and all(map(_SIGNED.fullmatch, parts)) and any(agencies_in(p) or is_name(p) for p in parts)


def _is_between_sentences(paragraph: str, start: int, end: int) -> bool:
    following = paragraph[end:].lstrip()[:1]
    return stands_apart(paragraph, start) and not (following.islower() or following in set(",;:)"))
