"""What stands below the prose without a label: a name by itself, a picture's words with an agency in brackets."""

from collections.abc import Iterator, Sequence

from services.extract.core.layout import Paragraph
from services.extract.core.metadata import shapes, signatures
from services.extract.core.metadata.furniture import is_credited
from services.extract.core.metadata.near_headline import signed
from services.extract.core.metadata.page_labels import Finding

_TAIL = 8  # paragraphs
_BETWEEN_PROSE_AND_NAME = frozenset(("link", "caption"))
_CREDITED = Finding("caption", "below the prose, with an agency in brackets at its end")


def signatures_below(blocks: Sequence[Paragraph], findings: Sequence[Finding | None]) -> Iterator[tuple[int, Finding]]:
    """The names that sign an article; each is to be noted before the next is asked for."""
    for index in range(1, len(blocks)):
        text = blocks[index].text
        if findings[index] is None and _ends_the_article(findings, index) and signatures.signs(text):
            before = blocks[_above(findings, index)]
            stands_below = shapes.is_prose(before) or shapes.is_desk(text)
            if stands_below and not signatures.credits_a_quotation(before.text, text):
                yield index, signed(text)


def _ends_the_article(findings: Sequence[Finding | None], index: int) -> bool:
    following = findings[index + 1 : index + 1 + _TAIL]
    if findings[_above(findings, index)] is not None or (following and following[0] is None):
        return False
    ruled_off = bool(following) and following[0] is not None and following[0].kind == "separator"
    return ruled_off or (None not in following and index + 1 + len(following) == len(findings))


def _above(findings: Sequence[Finding | None], index: int) -> int:
    """The paragraph that stands above, an address or a picture between apart."""
    above = index - 1
    while above > 0 and (finding := findings[above]) and finding.kind in _BETWEEN_PROSE_AND_NAME:
        above -= 1
    return above


def captions_below(blocks: Sequence[Paragraph], findings: Sequence[Finding | None]) -> Iterator[tuple[int, Finding]]:
    """What stands below all prose, ends without a full stop and credits an agency in brackets."""
    below = len(blocks)
    while below and (findings[below - 1] is not None or is_credited(blocks[below - 1].text)):
        below -= 1
    yield from ((index, _CREDITED) for index in range(max(1, below), len(blocks)) if findings[index] is None)
