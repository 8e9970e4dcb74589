"""A text sorted out into passages, and what is read off them: the runs of its body, and what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.extraction import Removed
from contracts.value import Span
from services.extract.core.metadata.date_lines import DateLine

TITLE, PROSE, HEADING = "title", "prose", "heading"
_KEPT = {TITLE, PROSE, HEADING}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the text, what it is, and by which sign."""

    start: int
    end: int
    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Sheet:
    """All of a text, sorted: passages in order, without overlap, and the dates that stand where papers put theirs."""

    passages: tuple[Passage, ...]
    date_lines: tuple[DateLine, ...]

    def of_kind(self, kind: str) -> Iterator[Passage]:
        """Yield the passages of one kind, in order."""
        return (passage for passage in self.passages if passage.kind == kind)


def body_spans(passages: Sequence[Passage]) -> tuple[Span, ...]:
    """Join prose and headings into runs with nothing removed between them."""
    runs: list[list[int]] = []
    open_run = False
    for passage in passages:
        if passage.kind not in {PROSE, HEADING}:
            open_run = False
        elif open_run:
            runs[-1][1] = passage.end
        else:
            runs.append([passage.start, passage.end])
            open_run = True
    return tuple(Span(start=start, end=end) for start, end in runs)


def removed_spans(passages: Sequence[Passage]) -> tuple[Removed, ...]:
    """Everything that is neither prose nor headline, with its kind and the sign it was told by."""
    return tuple(
        Removed(start=passage.start, end=passage.end, kind=passage.kind, reason=passage.reason or None)
        for passage in passages
        if passage.kind not in _KEPT
    )
