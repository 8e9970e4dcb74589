import csv
import json
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from contracts.outcomes import State
from services.cli import ends, ingest, tally
from services.cli.ends import Waiting
from services.cli.urls import AskedFor
from services.fetch.ingest import Ingested, Missing, Named
from services.store.tables import Input

Wireroom = Callable[..., Result]


class Wire:
    """Takes files in, and lets the ledger say at once how each ended: by the first word of its name."""

    def __init__(self, store: Any) -> None:
        self.store, self.resumed, self.given = store, False, 0

    async def take(self, files: Iterable[Named | Missing]) -> AsyncIterator[Ingested | Missing]:
        for number, given in enumerate(files):
            if isinstance(given, Missing):
                yield given
                continue
            path = given.path
            self.given += 1
            state = path.stem.partition("-")[0]
            if state == "missing":
                yield Missing(path)
                continue
            self.store.put(Input, input_id=f"{number}", state=state, reason="why", detail=None, steps="[]")
            yield Ingested(path, f"file:{path}", f"{number}", skipped=self.resumed)


@pytest.fixture
def wire(store: Any, monkeypatch: pytest.MonkeyPatch) -> Wire:
    found = Wire(store)

    @asynccontextmanager
    async def opened(_: object, *, resume: bool, workers: int | None) -> AsyncIterator[Wire]:
        found.resumed = resume
        yield found

    monkeypatch.setattr(ingest, "_opened", opened)
    monkeypatch.setattr(ingest, "LOOK_SECONDS", 0.01)
    return found


def drop(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(os.fsencode(name))
    return folder


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["stored-1.txt"], 0),
        (["stored-1.txt", "duplicate-1.txt"], 0),
        (["stored-1.txt", "rejected-1.txt"], 1),
        (["dead-1.txt"], 1),
        (["stored-1.txt", "missing-1.txt"], 1),
        ([], 0),
    ],
)
def test_success_is_that_every_input_was_stored_or_is_a_duplicate(
    wire: Wire, wireroom: Wireroom, tmp_path: Path, names: list[str], code: int
) -> None:
    told = wireroom("ingest", str(drop(tmp_path / "given", *names)))
    assert told.exit_code == code, told.output
    for name in names:
        assert (name in told.stderr) == name.startswith(("rejected", "dead", "missing"))


def test_json_names_every_input_and_its_end(wire: Wire, wireroom: Wireroom, tmp_path: Path) -> None:
    folder = drop(tmp_path / "given", "stored-1.txt", "rejected-1.txt")
    told = json.loads(wireroom("ingest", "--json", "--resume", str(folder)).stdout)
    assert {(Path(one["path"]).name, one["state"], one["skipped"]) for one in told["inputs"]} == {
        ("stored-1.txt", "stored", True),
        ("rejected-1.txt", "rejected", True),
    }
    assert told["missing"] == told["ignored"] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [("nowhere.txt", "there is no such file or folder"), ("http:nowhere", "there is no such file or folder")],
)
def test_what_cannot_be_taken_in_is_told_before_anything_is(
    wire: Wire, wireroom: Wireroom, given: str, words: str
) -> None:
    told = wireroom("ingest", given)
    assert told.exit_code == 1
    assert words in told.stderr


def test_before_the_first_start_it_says_what_to_do(home: Path, wireroom: Wireroom) -> None:
    told = wireroom("ingest", str(drop(home.parent / "given", "a.txt")))
    assert told.exit_code == 1
    assert "start with `wireroom up`" in told.stderr


def test_who_looks_for_the_ends_and_dies_stops_what_is_given_in(
    wire: Wire, wireroom: Wireroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Waiting) -> list[ends.End]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Waiting, "look", damaged)
    monkeypatch.setattr(ingest, "MOST_AHEAD", 2)
    told = wireroom("ingest", str(drop(tmp_path / "given", *(f"stored-{number}.txt" for number in range(9)))))
    assert told.exit_code == 1
    assert "Input/output error" in f"{told.output} {told.exception}"
    assert wire.given == 2


class Endings:
    """A ledger of whatever the test says."""

    def __init__(self) -> None:
        self.known: dict[str, ends.End] = {}
        self.questions = 0

    def end(self, input_id: str, state: State = State.STORED, children: int | None = None) -> None:
        self.known[input_id] = ends.End(input_id, state, None, None, None, None, children)

    def ends(self, input_ids: list[str]) -> list[ends.End]:
        self.questions += 1
        return [self.known[input_id] for input_id in input_ids if input_id in self.known]


def ids(found: list[ends.End]) -> list[str]:
    return [end.input_id for end in found]


def test_each_end_is_found_once() -> None:
    ledger = Endings()
    waiting = Waiting(ledger)  # type: ignore[arg-type]
    waiting.add("a")
    waiting.add("b")
    ledger.end("b")
    assert ids(waiting.look()) == ["b"]
    assert waiting.look() == []
    ledger.end("a")
    assert ids(waiting.look()) == ["a"]
    assert not waiting


def test_what_came_out_of_a_container_is_waited_for() -> None:
    ledger = Endings()
    waiting = Waiting(ledger)  # type: ignore[arg-type]
    waiting.add("a")
    ledger.end("a", State.EXPANDED, children=2)
    assert ids(waiting.look()) == ["a"]
    ledger.end("a#1")
    ledger.end("a#2", State.REJECTED)
    assert ids(waiting.look()) == ["a#1", "a#2"]
    assert not waiting


def test_a_few_that_never_end_do_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "AT_ONCE", 2)
    ledger = Endings()
    waiting = Waiting(ledger)  # type: ignore[arg-type]
    for name in "abcdef":
        waiting.add(name)
    ledger.end("f")
    assert "f" in [name for _ in range(3) for name in ids(waiting.look())]
    assert ledger.questions <= 4


def test_nothing_is_taken_in_before_a_restore_is_caught_up(wire: Wire, home: Path, wireroom: Wireroom) -> None:
    (home / "restore.next").mkdir()

    told = wireroom("ingest", str(drop(home.parent / "given", "stored-1.txt")))

    assert told.exit_code == 1
    assert "is not caught up" in told.stderr


def rows(report: Path) -> list[dict[str, str]]:
    with report.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_the_report_has_a_line_for_every_file_its_end_and_its_reason(
    wire: Wire, wireroom: Wireroom, tmp_path: Path
) -> None:
    folder = drop(tmp_path / "given", "stored-1.txt", "rejected-1.txt", "missing-1.txt", "duplicate-\udce9, \n2.txt")
    wireroom("ingest", str(folder), "--report", str(tmp_path / "report.csv"))
    found = {Path(row["path"]).name: (row["state"], row["reason"]) for row in rows(tmp_path / "report.csv")}
    assert found == {
        "stored-1.txt": ("stored", "why"),
        "rejected-1.txt": ("rejected", "why"),
        "missing-1.txt": ("missing", "missing"),
        "duplicate-%E9, \n2.txt": ("duplicate", "why"),  # as in its source_uri: the table is UTF-8 for everybody
    }


def test_a_report_takes_the_place_of_an_older_one_and_of_nothing_else(
    wire: Wire, wireroom: Wireroom, tmp_path: Path
) -> None:
    folder, report = drop(tmp_path / "given", "stored-1.txt"), tmp_path / "report.csv"
    report.write_text(",".join(tally.COLUMNS) + "\r\na line of another run\r\n")
    assert wireroom("ingest", str(folder), "--report", str(report)).exit_code == 0
    assert [row["state"] for row in rows(report)] == ["stored"]
    told = wireroom("ingest", str(folder), "--report", str(folder / "stored-1.txt"))
    assert (told.exit_code, (folder / "stored-1.txt").read_text()) == (1, "stored-1.txt")
    assert "no report of ingest" in told.stderr


@pytest.mark.parametrize("limit", ["MOST_OPEN", "MOST_AHEAD"])
def test_more_files_than_may_be_open_at_once_all_have_their_end(
    wire: Wire, wireroom: Wireroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(ingest, limit, 2)
    folder = drop(tmp_path / "given", *(f"stored-{number}.txt" for number in range(9)))
    told = wireroom("ingest", str(folder))
    assert told.exit_code == 0
    assert "9 stored" in told.stdout


def test_only_files_that_a_run_brought_in_itself_are_ahead_of_what_comes_now(tmp_path: Path) -> None:
    with tally.opened(None, tell_all=False) as account:
        account.give(Ingested(Path("/a"), "file:/a", "a"))
        account.give(Ingested(Path("/b"), "file:/b", "b", skipped=True))  # it has ended long ago, most likely
        account.give(AskedFor("https://example.org/", "c"))  # its host may let it wait for hours
        assert (account.open, account.ahead) == (3, 1)
        account.end(ends.End("a", State.STORED, None, None, None, None, None, "file:/a"))
        assert (account.open, account.ahead) == (2, 0)


def test_a_container_is_open_until_the_last_that_came_out_of_it_has_ended(tmp_path: Path) -> None:
    def end(input_id: str, state: State, children: int | None = None) -> ends.End:
        return ends.End(input_id, state, "why", None, None, None, children, f"file:/a.zip!{input_id}")

    with tally.opened(tmp_path / "report.csv", tell_all=False) as account:
        account.give(Ingested(Path("/a.zip"), "file:/a.zip", "a"))
        account.end(end("a", State.EXPANDED, 2))
        account.end(end("a#2", State.EXPANDED, 1))
        account.end(end("a#2#1", State.STORED))
        assert (account.open, account.good()) == (1, False)
        account.end(end("a#1", State.REJECTED))
        assert (account.open, account.good()) == (0, False)
        assert [(line["input_id"], line["place"]) for line in account.lines()] == [("a#1", "/a.zip!a#1")]
    assert [row["path"] for row in rows(tmp_path / "report.csv")] == ["/a.zip"] * 4


def test_what_is_passed_over_is_counted_and_has_its_line_in_the_report(
    wire: Wire, wireroom: Wireroom, tmp_path: Path
) -> None:
    folder, report = drop(tmp_path / "given", "stored-1.txt", ".hidden.txt", "x.tmp"), tmp_path / "report.csv"
    told = wireroom("ingest", "--report", str(report), str(folder))
    assert told.exit_code == 0, told.output
    assert "1 stored, 2 ignored" in told.stdout
    lines = {Path(row["path"]).name: (row["state"], row["detail"]) for row in rows(report)}
    assert lines[".hidden.txt"] == ("ignored", "hidden")
    assert lines["x.tmp"] == ("ignored", "a temporary file")


def test_json_names_what_is_passed_over(wire: Wire, wireroom: Wireroom, tmp_path: Path) -> None:
    folder = drop(tmp_path / "given", "stored-1.txt", ".hidden.txt", "x.tmp")
    told = json.loads(wireroom("ingest", "--json", str(folder)).stdout)
    assert {Path(path).name for path in told["ignored"]} == {".hidden.txt", "x.tmp"}
