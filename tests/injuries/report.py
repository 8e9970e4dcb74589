"""The table of a programme, and what is to be said under it."""

from collections.abc import Sequence
from statistics import median

from contracts.outcomes import State
from tests.injuries.programme import Row

HEAD = (
    *("fault", "times", "given", "accepted", *(state.value for state in State if state is not State.IN_PROGRESS)),
    *("lost", "stored twice", "announced never", "said again", "recovered in s", "took s"),
)
SHOWN = 10  # findings of one row
UNKNOWN = "?"  # nobody could count it


def table(rows: Sequence[Row]) -> str:
    """Markdown, with the widths of a terminal: one line a fault, and a sum."""
    cells = [_cells(row) for row in rows if row.skipped is None]
    if len(cells) > 1:
        cells.append(_sum([row for row in rows if row.skipped is None]))
    widths = [max(len(line[at]) for line in (HEAD, *cells)) for at in range(len(HEAD))]
    ruled = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([_line(HEAD, widths), f"|{ruled}|", *(_line(line, widths) for line in cells)])


def remarks(rows: Sequence[Row]) -> list[str]:
    """Under the table: what was found, what is worth a note, what was left out and why."""
    lines = []
    for row in rows:
        lines += [f"{row.fault}: left out, {row.skipped}"] if row.skipped else []
        lines += [f"{row.fault}: {line}" for line in row.notes]
        lines += [f"{row.fault}: FOUND {line}" for line in row.findings[:SHOWN]]
        lines += [f"{row.fault}: … and {len(row.findings) - SHOWN} more"] if len(row.findings) > SHOWN else []
    return lines


def _cells(row: Row) -> list[str]:
    counted = [
        *(row.given, row.accepted, *(row.ends[state] for state in State if state is not State.IN_PROGRESS)),
        *(row.lost, row.stored_twice, row.never_announced, row.repeated),
    ]
    shown = [str(number) if row.judged else UNKNOWN for number in counted]
    return [row.fault, str(row.times), *shown, _seconds(row.recovered_seconds), f"{row.seconds:.0f}"]


def _sum(rows: Sequence[Row]) -> list[str]:
    whole = Row("all", judged=all(row.judged for row in rows))
    for row in rows:
        whole.times += row.times
        whole.given += row.given
        whole.accepted += row.accepted
        whole.ends += row.ends
        whole.lost += row.lost
        whole.stored_twice += row.stored_twice
        whole.never_announced += row.never_announced
        whole.repeated += row.repeated
        whole.recovered_seconds += row.recovered_seconds
        whole.seconds += row.seconds
    return _cells(whole)


def _seconds(recovered: Sequence[float]) -> str:
    if not recovered:
        return ""
    if len(recovered) == 1:
        return f"{recovered[0]:.1f}"
    return f"{median(recovered):.1f} (most {max(recovered):.1f})"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
