"""What the head of a dispatch names: the town, and in brackets who sent it, Zalmira, 12 mars (ZTS)."""

import re
from collections.abc import Iterator

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.words import word_set

_SMALLEST_TOWN = 1_000  # inhabitants
_MONTHS = (
    r"janv(?:ier|\.)|f[ée]v(?:rier|r?\.)|mars|avril|mai|juin|juil(?:let|\.)|ao[ûu]t|sept(?:embre|\.)|oct(?:obre|\.)"
    r"|nov(?:embre|\.)|d[ée]c(?:embre|\.)"
)
_WORD = r"[A-ZÀ-Ý][^\W\d_]+"
_TOWN = rf"{_WORD}(?:[-\s]{_WORD}|-(?:sur|en|le|la|les|de|du|des|l[èe]s|sous)-{_WORD}){{0,3}}"
# A day and a month before the end of the line, or a day before the dash or the bracket that opens the dispatch.
_HEAD = re.compile(
    rf"(?<![\w'’-])(?P<town>{_TOWN})(?:\s\([^()\n\d]{{1,20}}\))?,\s(?:le\s)?\d{{1,2}}(?:er)?"
    rf"(?:\s(?:{_MONTHS})\.?\s?(?:$|\n|[-–—]|\((?P<by>[^()\n]{{2,40}})\))"
    rf"|\.?\s?(?:[–—]|\((?P<from>[^()\n]{{2,40}})\)\.?\s?[-–—]))",
)
_SENDER = re.compile(rf"(?:[Aa]g(?:ence)?\.?\s)?(?P<name>[A-ZÀ-Ý][\w.]{{1,9}}(?:\s{_WORD})?)\.?")
_OTHER_SENDERS = word_set("de du notre nos corr correspondance suite sp part ag agence par lettre tel telephone")


def datelines(text: str, start: int, end: int, is_place: IsPlace) -> Iterator[Found]:
    """The towns at the heads of dispatches in `text[start:end]`, and the agencies in brackets behind them, in order."""
    for head in _HEAD.finditer(text, start, end):
        town = _town(text, head.start("town"), head.end("town"), is_place)
        if town is None:
            continue
        yield town
        group = "by" if head["by"] else "from"
        sender = _SENDER.fullmatch(head[group] or "")
        if sender and sender["name"].lower().rstrip(".") not in _OTHER_SENDERS:
            first = head.start(group) + sender.start("name")
            yield Found(first, first + len(sender["name"].rstrip(".")), EntityType.ORGANISATION)


def _town(text: str, start: int, end: int, is_place: IsPlace) -> Found | None:
    """The longest place that ends here: a heading may stand before it (Accident mortel Zalmira, 28 août)."""
    for word in re.finditer(_WORD, text[start:end]):
        first = start + word.start()
        if (first == start or text[first - 1] != "-") and is_place(text[first:end], _SMALLEST_TOWN):
            return Found(first, end, EntityType.PLACE)
    return None
