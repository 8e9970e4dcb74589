"""Which lines near the head and the end of a text say who wrote it: behind a label, with a role, beside the date."""

from collections.abc import Iterator, Sequence

from services.extract.core.layout import Paragraph
from services.extract.core.metadata import shapes, signatures
from services.extract.core.metadata.arabic_names import is_placed
from services.extract.core.metadata.page_labels import Finding

_MOST_ABOVE = 3  # lines with the headline above a byline that has no label
_LABELLED = Finding("byline", "a name behind its label")
_PLACED = Finding("byline", "a name, a dash and a place right above the prose")
_BESIDE_DATE = Finding("byline", "a name beside the date line")
_AROUND_NAMES = frozenset(("date_line", "share_bar"))


def bylines(
    blocks: Sequence[Paragraph], findings: Sequence[Finding | None], margins: Sequence[int]
) -> Iterator[tuple[int, Finding]]:
    """The paragraphs among the `margins` that are bylines."""
    for index in margins:
        text = blocks[index].text
        if signatures.is_byline(text) or signatures.is_signed_with_role(text) or signatures.is_of_text(text):
            yield index, _LABELLED
        elif 0 < index <= _MOST_ABOVE and is_placed(text) and _opens(blocks, findings, index):
            yield index, _PLACED
        elif 0 < index <= 2 * _MOST_ABOVE and _is_bare(text) and _stands_beside_a_date(findings, index):
            yield index, _BESIDE_DATE


def _is_bare(text: str) -> bool:
    return (" ".join(text.split()) == text and shapes.is_name(text)) or signatures.is_of_paper(text)


def _opens(blocks: Sequence[Paragraph], findings: Sequence[Finding | None], index: int) -> bool:
    """Whether the prose follows, or the date does that stands between."""
    if index + 1 >= len(blocks):
        return False
    following = findings[index + 1]
    return following.kind in _AROUND_NAMES if following else shapes.is_prose(blocks[index + 1])


def _stands_beside_a_date(findings: Sequence[Finding | None], index: int) -> bool:
    """Whether a line is right above or below a date line, and prose or the page's own lines are not between."""
    beside = [findings[at] for at in (index - 1, index + 1) if 0 <= at < len(findings)]
    return any(finding is not None and finding.kind == "date_line" for finding in beside)
