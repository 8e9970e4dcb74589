"""What `ingest` was given and how each input ended, however many there are: counted, and written down as it ends."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from contracts.outcomes import State
from services.cli.ends import End
from services.cli.errors import Told
from services.cli.terminal import plain
from services.fetch.core.names import written
from services.fetch.ingest import Failed, Ingested, Missing, PassedOver

COLUMNS = ("path", "source_uri", "input_id", "state", "reason", "detail", "article_id", "duplicate_of", "skipped")
MISSING, FAILED, IGNORED = "missing", "failed", "ignored"

Line = dict[str, Any]


class Given(Protocol):
    """One input that was given in."""

    @property
    def path(self) -> object:
        """As it was named."""

    @property
    def source_uri(self) -> str:
        """Its place on the wire."""

    @property
    def input_id(self) -> str:
        """Its id."""

    @property
    def skipped(self) -> bool:
        """Whether an earlier run had given it in."""


@dataclass
class _Open:
    given: Given
    inputs: int = 1  # of it and what came out of it, those that have not ended


class Tally:
    """Counts all, remembers what is open, and keeps on disk the lines that are told at the end."""

    def __init__(self, told: IO[str], report: IO[str] | None, *, tell_all: bool) -> None:
        self._told, self._tell_all = told, tell_all
        self._report = csv.DictWriter(report, COLUMNS, extrasaction="ignore") if report is not None else None
        self._open: dict[str, _Open] = {}
        self._ahead: set[str] = set()
        self.ends: Counter[State] = Counter()
        self.given = self.missing = self.ignored = 0
        self._good = True

    @property
    def open(self) -> int:
        """How many of those given in have not ended, containers until the last that came out of them has."""
        return len(self._open)

    @property
    def ahead(self) -> int:
        """How many files that this run brought in have not ended: whatever comes now has its turn behind them."""
        return len(self._ahead)

    def good(self) -> bool:
        """Whether every input was stored, is a duplicate, or was expanded into such."""
        return self._good and not self._open

    def give(self, one: Given) -> bool:
        """One more was given in; False where it was before, and has not ended."""
        self.given += 1
        if one.input_id in self._open:
            return False
        self._open[one.input_id] = _Open(one)
        if isinstance(one, Ingested) and not one.skipped:
            self._ahead.add(one.input_id)
        return True

    def miss(self, one: Missing) -> None:
        """There is nothing, or nothing that can be brought to its end now, or nothing for us."""
        if isinstance(one, PassedOver):
            self.ignored += 1
            line = {"path": str(one.path), "state": IGNORED, "reason": IGNORED, "detail": one.detail}
            self._write(line, good=True)
            return
        self.missing += 1
        state, detail = (FAILED, one.detail) if isinstance(one, Failed) else (MISSING, "gone before it was read")
        self._write({"path": str(one.path), "state": state, "reason": state, "detail": detail}, good=False)

    def end(self, end: End) -> None:
        """One has ended."""
        root = end.input_id.partition("#")[0]
        found = self._open[root]
        found.inputs += (end.children or 0) - 1
        if not found.inputs:
            del self._open[root]
            self._ahead.discard(root)
        self.ends[end.state] += 1
        member = (end.source_uri or "").removeprefix(found.given.source_uri) if root != end.input_id else ""
        line = {
            "place": f"{found.given.path}{member}",
            "path": str(found.given.path),
            "source_uri": end.source_uri or found.given.source_uri,
            "input_id": end.input_id,
            "skipped": found.given.skipped,
            "state": str(end.state),
            "reason": end.reason,
            "detail": end.detail,
            "article_id": end.article_id,
            "duplicate_of": end.duplicate_of,
        }
        self._write(line, good=end.good)

    def lines(self) -> Iterator[Line]:
        """What is told at the end: all, or those that are not good."""
        self._told.seek(0)
        return map(json.loads, self._told)

    def _write(self, line: Line, *, good: bool) -> None:
        self._good = self._good and good
        if self._tell_all or not good:
            self._told.write(json.dumps(line) + "\n")
        if self._report is not None:
            self._report.writerow(
                {name: written(value) if isinstance(value, str) else value for name, value in line.items()}
            )


@contextmanager
def opened(report: Path | None, *, tell_all: bool) -> Iterator[Tally]:
    """A tally; with `report`, every end is a line of that file as soon as it is known."""
    with ExitStack() as stack:
        told = stack.enter_context(TemporaryFile("w+", encoding="ascii"))
        table = stack.enter_context(_begun(report)) if report is not None else None
        yield Tally(told, table, tell_all=tell_all)


def _begun(report: Path) -> IO[str]:
    """A new report, in the place of an older one; whatever else stands there is not ours to overwrite."""
    heading = ",".join(COLUMNS)
    try:
        if report.exists() and report.stat().st_size:
            with report.open(encoding="utf-8", errors="replace") as before:
                if before.readline().strip() != heading:
                    raise Told(
                        f"{plain(report)}: there is a file that is no report of ingest; name another for --report"
                    )
        # A line is whole, or it is not there.
        table = report.open("w", encoding="utf-8", newline="", buffering=1)
    except OSError as error:
        raise Told(f"{plain(report)}: the report cannot be written: {error.strerror}") from error
    table.write(heading + "\r\n")
    return table
