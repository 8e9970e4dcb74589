"""A dispatch that an article quotes with its headline: no article of the file begins within it."""

import re
from collections.abc import Iterator, Sequence

from services.fetch.core.splitting import shapes

_CLOSERS = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_MOST_BLOCKS = 60
_LONGEST_INTRODUCTION = 250
_ENDS_OPEN = re.compile(r"[:\uff1a]\W{0,2}\Z")
# Reuters, 12 November: “
_OPENS_BEHIND_COLON = re.compile(r"[:\uff1a]\s{0,3}(?=[«“„\"])")
_SPEAKS_OF_A_DISPATCH = re.compile(
    r"\b(?:dépêches?|(?:agency|news|wire) (?:dispatch|report|story|copy)|(?:agentur|eil)meldung(?:en)?|teletipos?"
    r"|dispacci?o?|depesz[aey]|depeš[aei]|депеш[аеиу])\b",
    re.IGNORECASE,
)


def quoted(titles: Sequence[str]) -> frozenset[int]:
    """The blocks that belong to quoted dispatches, their headlines too, but for one that opens the text."""
    if not titles or any(map(shapes.opens_with_an_agency, titles[:2])):
        return frozenset()
    return frozenset((*_behind_signs(titles), *_dispatches(titles)))


def _behind_signs(titles: Sequence[str]) -> Iterator[int]:
    """What stands behind `>`, several blocks at once, where the text itself does not."""
    signed = [title[0] == ">" for title in titles]
    if signed[0]:
        return
    for at in range(1, len(titles)):
        if signed[at] and (signed[at - 1] or signed[at + 1 : at + 2] == [True]):
            yield at


def _dispatches(titles: Sequence[str]) -> Iterator[int]:
    for at in range(1, len(titles)):
        if not shapes.opens_with_an_agency(titles[at].lstrip('«“„" \u00a0\u202f')):
            continue
        head = at - 1 if not shapes.is_prose(titles[at - 1]) else at
        end = _closed(titles, head, at)
        if end is not None:
            yield from range(head, end + 1)
        elif head < at and _leads_to(titles[head - 1] if head else ""):
            yield head


def _closed(titles: Sequence[str], head: int, lead: int) -> int | None:
    """Where the marks close that a dispatch's headline or lead opens; None where none are open."""
    for at in range(head, lead + 1):
        behind = _OPENS_BEHIND_COLON.search(titles[at][:_LONGEST_INTRODUCTION])
        text = titles[at] if titles[at][0] in _CLOSERS or not behind else titles[at][behind.end() :]
        if text[0] not in _CLOSERS:
            continue
        lines = (text, *titles[at + 1 : at + _MOST_BLOCKS])
        return next((end for end, is_open in enumerate(_open(lines), at) if end >= lead and not is_open), None)
    return None


def _open(lines: Sequence[str]) -> Iterator[bool]:
    """Whether the quotation that the first line opens is open behind each, until it closes.

    A mark that opens a later line may only say that the quotation goes on.
    """
    opens, closers = lines[0][0], _CLOSERS[lines[0][0]]
    depth, reopened = 0, False
    for number, line in enumerate(lines):
        balance = _balance(line, opens, closers)
        if number and line[0] == opens and balance >= (0 if reopened else 1):
            reopened = True
            balance = _balance(line[1:], opens, closers)
        depth = (depth + balance) % 2 if opens in closers else depth + balance
        yield depth > 0
        if depth <= 0:
            return


def _balance(line: str, opens: str, closers: str) -> int:
    """How many more marks open than close; of marks that are alike whether one is without its other."""
    return line.count(opens) % 2 if opens in closers else line.count(opens) - sum(map(line.count, closers))


def _leads_to(above: str) -> bool:
    """Whether a block leads to a dispatch: with a colon, or as it speaks of one."""
    return bool(_ENDS_OPEN.search(above) or _SPEAKS_OF_A_DISPATCH.search(above))
