"""Lines between headline and prose that only their neighbours tell: a section, an author and the paper, a picture."""

from collections.abc import Iterator, Sequence

from services.extract.core.calendar_names import CalendarNames
from services.extract.core.layout import Paragraph
from services.extract.core.metadata import shapes
from services.extract.core.metadata.date_lines import DateLine, date_line
from services.extract.core.metadata.page_labels import Finding, label
from services.extract.core.metadata.press_titles import titled
from services.extract.core.metadata.sheet import TITLE

_ABOVE_PROSE = frozenset(("date_line", "byline"))
_LEFT_OUT = frozenset(("label", "related", "navigation"))
_MOST = 8  # lines below a headline
_LONGEST_CAPTION = 200


def signed(line: str) -> Finding:
    """What a name by itself below the prose is: a paper's, or an author's."""
    if titled(line):
        return Finding("source_line", "a paper's name by itself below the prose")
    return Finding("byline", "a name by itself below the prose")


def below_headline(blocks: Sequence[Paragraph], findings: list[Finding | None]) -> None:
    """Find them, between the headline and the first prose."""
    title = next((i for i, each in enumerate(findings) if each and each.kind == TITLE), None)
    if title is None:
        return
    for index in range(title + 1, min(title + 1 + _MOST, len(blocks) - 1)):
        if _is_enlarged(blocks, findings, index):
            findings[index + 1] = Finding("caption", "between a button that enlarges a picture and its credit")
            findings[index] = findings[index] or Finding("navigation", "a button that enlarges a picture")
        if findings[index] is not None:
            continue
        following = findings[index + 1]
        line, below = blocks[index].text, blocks[index + 1]
        if following and following.kind in _ABOVE_PROSE and shapes.is_label(line) and shapes.words(line) == 1:
            findings[index] = Finding("label", "a word between the headline and the date or author")
        elif following is None and shapes.is_name(line) and titled(below.text) and not shapes.is_prose(below):
            findings[index] = Finding("byline", "a name above the paper's")
            findings[index + 1] = Finding("source_line", "the paper below its author")
        elif shapes.is_prose(blocks[index]) and len(line) > _LONGEST_CAPTION:
            return


def left_out_day(
    text: str, blocks: Sequence[Paragraph], findings: list[Finding | None], names: CalendarNames
) -> Iterator[DateLine]:
    """The line behind its label of publication that was left out with what a page has around, where no other tells."""
    for index in (*range(min(_MOST, len(blocks))), *range(max(_MOST, len(blocks) - _MOST), len(blocks))):
        finding = findings[index]
        line = date_line(text, blocks[index], names) if finding and finding.kind in _LEFT_OUT else None
        if line and line.label == "published":
            findings[index] = Finding("date_line", "a date by itself")
            yield line
            return


def _is_enlarged(blocks: Sequence[Paragraph], findings: Sequence[Finding | None], index: int) -> bool:
    """Whether a button, a line and a picture's credit follow each other."""
    if index + 2 >= len(blocks) or findings[index + 1] is not None or len(blocks[index + 1].text) > _LONGEST_CAPTION:
        return False
    button, credit = label(blocks[index].text), findings[index + 2]
    return button is not None and button.kind == "navigation" and credit is not None and credit.kind == "caption"
