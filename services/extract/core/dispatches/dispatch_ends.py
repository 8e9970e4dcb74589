"""Where a dispatch ends that no marks set apart: at its own ending, or before its quoter speaks again."""

import re
from collections.abc import Sequence

from services.extract.core.layout import Paragraph
from services.extract.core.metadata import shapes, signatures
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.metadata.furniture import only_agencies

_LONGEST_CREDIT = 60
_LONGEST_SIGNATURE = 300
# … on Monday. (AFP) · … on Monday. — Reuters · … el lunes. EFE
_CREDIT = re.compile(
    r"[.!?…]\W{0,3}(?:\((?P<bracketed>[^()]{2,30})\)|(?:[\u2013\u2014-]\s?|\s)(?P<bare>[^\W\d_]{2,20}))\W{0,3}\Z"
)
_HIGH = r"(?-i:[^\Wa-zß-öø-ÿ_])"
# (Reporting by A. Martin; editing by B. Petit) · (Reportage A. Martin, édité par B. Petit)
_SIGNED = re.compile(
    r"(?:\A|(?<=[.!?…»”\"])\s{1,3})(?:"
    r"[(\[]?(?:(?:additional|further) )?(?:(?:reporting|writing|editing)(?:,? (?:and|&) (?:writing|editing))?"
    rf"|compiled|written|edited) by\s{_HIGH}"
    r"|[(\[](?:avec (?:la contribution de|[^()\[\]]{2,60} à )|(?:reportage|récit|édition|version française)\b"
    r"|(?:écrit|rédigé|édité|traduit) par\s)"
    r"|[(\[](?:bericht(?:et)? von|redaktion:|redigiert von|reporte de|información de|editado por|a cura di)\s)"
    r"[^\n]{1,240}\Z|\bcontributed to this (?:report|story)\.?\W{0,2}\Z",
    re.IGNORECASE,
)
# What stands between their names: else it is a sentence, on what somebody wrote.
_BETWEEN_NAMES_WORDS = """
    additional and at bureau bureaus by compiled contributed contributions desk edited editing for from further in
    newsroom on reporting the this report story to with writing written
"""
_BETWEEN_NAMES = shapes.PARTICLES | frozenset(_BETWEEN_NAMES_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
# abc/def/ghi · bur-abc/def
_INITIALS = re.compile(r"(?:\A|(?<=[.!?…»”\")])\s{1,3})(?:[a-z]{2,5}-){0,2}[a-z]{2,5}(?:/[a-z]{1,5}){1,5}\Z")

_SPOKEN = re.compile(
    r"«[^»]*(?:»|\Z)|“[^”]*(?:”|\Z)|„[^“”]*(?:[“”]|\Z)|\"[^\"]*(?:\"|\Z)|‘.*?(?:’(?!\w)|\Z)"
    r"|(?<!\w)'.*?(?:'(?!\w)|\Z)",
    re.DOTALL,
)
_OPENS_A_SENTENCE = r"(?:\A|(?<=[.!?…]\s))"
# Not those of names: US, Our Lady, Notre-Dame, Cosa Nostra.
_FIRST_PERSONS = re.compile(
    r"\b(?:we|ours?|us|nous|notre|wir|uns|unser(?:e[mnrs]?)?|nosotr[ao]s|nuestr[ao]s?|noi|nostr[aeio])\b"
    rf"|{_OPENS_A_SENTENCE}(?:We|Our(?!\sLady)|Nous|Notre(?![\s-]Dame)|Wir|Unsere?|Nosotros|Noi)\b"
)
_NOS = re.compile(rf"\bnos\b|{_OPENS_A_SENTENCE}Nos\b")  # in French and Spanish; in Portuguese it is "in the"
_PORTUGUESE = re.compile(r"\b(?:não|são|uma|numa?|aos?|pel[ao]s?|também|foram|d[oa] que)\b")
_OF_ITSELF = re.compile(
    r"\b(?:[Tt]h(?:e|is|at)(?: \w+)? (?:dispatch(?!\s(?:of|call|cent|desk|office|room)|ed)|wire (?:story|report|copy))"
    r"|(?:[Ll]a|[Cc]ette|[Ll]adite) dépêche|[Cc]e communiqué d'agence|[Dd]iese[rs]? (?:Agentur|Eil)?[Mm]eldung"
    r"|(?:[Ee]l|[Ee]ste) teletipo|(?:[Ii]l|[Qq]uesto) dispaccio)\b"
)
_DASH = "-\u2013\u2014"
_MARKS = re.compile("[«»“”„]")


def agency_of_credit(text: str) -> str | None:
    """The agency that a passage ends with."""
    credit = _CREDIT.search(text[-_LONGEST_CREDIT:])
    return next(iter(agencies_in(credit["bracketed"] or credit["bare"])), None) if credit else None


def own_end(blocks: Sequence[Paragraph], first: int, stop: int) -> int | None:
    """The paragraph before `stop` with which a dispatch says that it ends: reporters, initials, its agency."""
    last = next((at for at in range(first, stop) if _ends(blocks[at].text)), None)
    while last is not None and last + 1 < stop and _only_ends(blocks[last + 1].text):
        last += 1
    return last


def return_to_article(blocks: Sequence[Paragraph], first: int, stop: int) -> int | None:
    """The first paragraph behind `first` in which whoever quotes the dispatch speaks: of themselves, or of it."""
    within = _left_open(blocks[first].text, within=False)
    for at in range(first + 1, stop):
        text = blocks[at].text
        if not within and shapes.is_prose(blocks[at]) and text[0] not in _DASH and _is_the_quoters(text):
            return at
        within = _left_open(text, within=within)
    return None


def without_sign_off(blocks: Sequence[Paragraph], first: int, stop: int) -> int:
    """The last paragraph before `stop` but for the article's own byline at the text's end."""
    last = max(first, stop - 1)
    if stop == len(blocks) and last > first and _is_sign_off(blocks[last].text):
        last -= 1
    return last


def _ends(text: str) -> bool:
    tail = text[-_LONGEST_SIGNATURE:]
    return bool(_only_ends(text) or agency_of_credit(text) or _INITIALS.search(tail) or _signature(text))


def _only_ends(text: str) -> bool:
    """Whether a paragraph does nothing else than end a dispatch."""
    signature = _signature(text)
    return only_agencies(text) or _INITIALS.fullmatch(text) is not None or bool(signature and not signature.start())


def _signature(text: str) -> re.Match[str] | None:
    """The reporters at the end of a paragraph, in brackets or nothing but names; of a longer one its end is read."""
    found = _SIGNED.search(text, max(0, len(text) - _LONGEST_SIGNATURE))
    if found is None or found[0].lstrip()[0] in "([":
        return found
    small = {word for word in _WORD.findall(found[0]) if word[0].islower()}
    return found if small <= _BETWEEN_NAMES else None


def _is_the_quoters(text: str) -> bool:
    bare = _SPOKEN.sub(" ", text)
    if _FIRST_PERSONS.search(bare) or _OF_ITSELF.search(bare):
        return True
    return _NOS.search(bare) is not None and _PORTUGUESE.search(text) is None


def _left_open(text: str, *, within: bool) -> bool:
    """Whether a quotation goes on behind a paragraph: the last of its marks opens, or it has none and was `within`."""
    marks = _MARKS.findall(text)
    if not marks:
        return within
    return marks[-1] in "«„" or (marks[-1] == "“" and "„" not in marks)


def _is_sign_off(text: str) -> bool:
    return signatures.signs(text) or signatures.is_byline(text)
