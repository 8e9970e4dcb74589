"""What a bench gives back: rows, and the one table that they are printed as."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: what was measured on how many, the goal beside it, and what else it says of itself."""

    bench: str
    case: str
    size: int
    figure: float
    unit: str  # articles/s, ms, …
    goal: str = ""
    note: str = ""
    seconds: float


class Skipped(Exception):
    """Raised by a bench that cannot run here; its text says what is missing."""


_RIGHT = {2, 3, 6}  # columns that are aligned to the right


def table(rows: list[Row]) -> str:
    """The rows as text, columns aligned."""
    lines = [("bench", "case", "size", "figure", "", "goal", "seconds", "note")]
    lines += [
        (row.bench, row.case, f"{row.size:,}", figure(row.figure), row.unit, row.goal, f"{row.seconds:.1f}", row.note)
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index in _RIGHT else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def figure(value: float) -> str:
    """Three digits that count, and no more where there are more."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of the others does not exceed (nearest rank)."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def middle(values: list[float]) -> float:
    """The median."""
    return median(values)
