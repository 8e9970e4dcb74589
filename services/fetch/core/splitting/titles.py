"""What the articles of a text are called where that is not their first line: below a motto, behind a number."""

from collections.abc import Sequence

from services.fetch.core.splitting import shapes
from services.fetch.core.splitting.sheet import Sheet
from services.fetch.core.splitting.terms import share

SURER = 2  # of its words in the prose below it, to those of the line over all


def titles(sheet: Sheet, heads: Sequence[int]) -> tuple[str | None, ...]:
    """The titles of the first article and of those with their headlines at `heads`; None where a first line will do."""
    first = _unlike_its_line(sheet, sheet.opener) or _marked(sheet, heads) if sheet.opener is not None else None
    return first or _below_motto(sheet, heads), *(_unlike_its_line(sheet, head) for head in heads)


def _unlike_its_line(sheet: Sheet, at: int) -> str | None:
    """The words of a headline that a number or a mark stands before."""
    return sheet.titles[at] if sheet.titles[at] != sheet.blocks[at].text else None


def _marked(sheet: Sheet, heads: Sequence[int]) -> str | None:
    """The first article's headline, where its format marks it as it does all others, and not the line above."""
    all_are = sheet.opener is not None and all(sheet.levels[at] == sheet.levels[sheet.opener] > 0 for at in heads)
    return sheet.titles[sheet.opener] if sheet.opener and all_are and not sheet.levels[0] else None


def _below_motto(sheet: Sheet, heads: Sequence[int]) -> str | None:
    """The first article's headline, where more stands above its prose than above that of every other.

    It says more of what its prose is about than the line over all does: else that is the headline, and this what
    stands below it.
    """
    prose = next((at for at in range(len(sheet.blocks)) if sheet.proses[at]), None)
    below = {(head - sheet.top(head), (sheet.prose_below(head) or head) - head) for head in heads}
    if prose is None or len(below) != 1:
        return None
    [(above, under)] = below
    at = prose - under
    if not 0 < at - above < prose or not sheet.heads[at] or shapes.is_date_line(sheet.blocks[0].text):
        return None
    told = sheet.stretches.terms(sheet.blocks[prose].start, sheet.blocks[sheet.top(heads[0])].start)
    own, over = share(sheet.words[at], told), max(share(words, told) for words in sheet.words[: at - above])
    return sheet.titles[at] if own > SURER * over else None
