"""What an evaluation stands on: the corpus's gold and archives to read, and rows to print as one table."""

import gzip
import json
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, cast


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: what was measured on what, ours beside a baseline's from the same run."""

    task: str
    data_set: str
    size: int
    ours: float
    measure: str = "%"  # accuracy in per cent; else F1, recall, ms, …
    goal: float | None = None
    baseline: str | None = None
    baseline_score: float | None = None
    less_is_better: bool = False
    seconds: float

    def difference(self) -> float | None:
        """How much better than the baseline in the same run; less than nothing is worse."""
        if self.baseline_score is None:
            return None
        return self.baseline_score - self.ours if self.less_is_better else self.ours - self.baseline_score


class Skipped(Exception):
    """Raised by an evaluation that cannot run here; its text says what is missing."""


class Record(TypedDict):
    """One line of `gold.jsonl.gz`; null means that there is no gold, never that there is none in the document."""

    id: str
    archive: str
    path: str
    format: str
    language: str | None
    language_basis: str | None
    title: str | None
    authors: list[str] | None
    published: str | None
    published_precision: str | None
    body: str | None
    body_kind: str | None
    must_include: list[str] | None
    must_exclude: list[str] | None
    publisher: str | None
    split_key: str
    url: str | None
    bytes: int
    extra: dict[str, Any] | None


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file, such as `entities.jsonl.gz`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gold(corpus: Path, wanted: Callable[[Record], bool] = lambda _: True) -> list[Record]:
    """The records of the corpus that are `wanted`, in the file's order."""
    records = (cast("Record", record) for record in json_lines(corpus / "gold.jsonl.gz"))
    return [record for record in records if wanted(record)]


def every(records: list[Record], most: int) -> list[Record]:
    """At most `most` records, evenly spread over the list: the same ones on every run."""
    return records if len(records) <= most else [records[i * len(records) // most] for i in range(most)]


def documents(corpus: Path, records: Iterable[Record]) -> Iterator[tuple[Record, bytes]]:
    """Each record with its file's bytes, one pass an archive, so in the archives' order."""
    by_archive: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        by_archive[record["archive"]][record["path"]].append(record)
    for archive, by_path in by_archive.items():
        with tarfile.open(corpus / archive, "r:xz") as members:
            for member in members:
                if member.isfile() and (found := by_path.pop(member.name, None)):
                    data = cast("Any", members.extractfile(member)).read()
                    yield from ((record, data) for record in found)
                if not by_path:
                    break


def body(record: Record, data: bytes) -> str | None:
    """The article's text as the gold has it, without its title; None where there is no whole body."""
    if record["body_kind"] == "full":
        return record["body"]
    text = data.decode("utf-8", "replace")
    if record["body_kind"] == "file-after-title":
        return text.partition("\n\n")[2]
    return text if record["body_kind"] == "file" else None


_NUMBERS = {2, 3, 5, 7, 8, 9}  # columns that are aligned to the right


def table(rows: list[Row]) -> str:
    """The rows as text, columns aligned."""
    lines = [("task", "data set", "size", "ours", "", "goal", "baseline", "score", "difference", "seconds")]
    lines += [
        (
            row.task,
            row.data_set,
            f"{row.size:,}",
            _figure(row.ours),
            row.measure,
            _figure(row.goal),
            row.baseline or "",
            _figure(row.baseline_score),
            "" if row.difference() is None else f"{row.difference():+.2f}",
            f"{row.seconds:.1f}",
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index in _NUMBERS else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
