import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from contracts.outcomes import State
from services.cli import ends, ingest
from services.cli.ends import Waiting
from services.fetch.ingest import Ingested, Missing, Named
from services.store.tables import Input

Wireroom = Callable[..., Result]


class Wire:
    """Takes files in, and lets the ledger say at once how each ended: by the first word of its name."""

    def __init__(self, store: Any) -> None:
        self.store, self.resumed = store, False

    async def take(self, files: Iterable[Named]) -> AsyncIterator[Ingested | Missing]:
        for number, (path, _) in enumerate(files):
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
    async def opened(_: object, *, resume: bool) -> AsyncIterator[Wire]:
        found.resumed = resume
        yield found

    monkeypatch.setattr(ingest, "_opened", opened)
    monkeypatch.setattr(ingest, "LOOK_SECONDS", 0.01)
    return found


def drop(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(name)
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
    assert told["missing"] == []


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
