"""Files that were put away, and the inputs that they are told to be of."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from services.chassis.settings import House
from services.cli import kept
from services.cli.checks import shelved, tidied
from services.cli.checks.found import Check, Patience
from services.fetch.core.names import aside, fitting
from services.store.tables import Input
from tests.services.cli.conftest import INPUT, NOON

ONE, TWO, THREE = (INPUT.format(number) for number in (1, 2, 3))
TWENTY = INPUT.format(0x20)
NOT_THERE = ("stored", "duplicate", "in_progress")  # never in .rejected
LONG_NAME = "n" * 250 + ".txt"
Look = Callable[..., Check]


@pytest.fixture
def look(home: Path) -> Look:
    def looked(**how: Any) -> Check:
        found, soon = Check(), datetime.now(UTC) + timedelta(hours=1)
        options = {"after": "move", "since": None, "until": soon, "patience": Patience(60)} | how
        with kept.opened(House()) as reading:
            shelved.compare(home.parent / "inbox", reading.comparing, found, **options)
        return found

    return looked


def put(inbox: Path, path: str, report: object = None) -> None:
    place = inbox / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("text")
    if report is not None:
        told = report if isinstance(report, bytes) else json.dumps(report).encode()
        place.with_name(fitting(place.name, ".error.json")).write_bytes(told)


def an_input(store: Any, input_id: str, path: str, state: str = "stored", parent: str | None = None) -> None:
    values = {"state": state, "received_at": NOON, "ended_at": NOON, "steps": "[]", "parent_input_id": parent}
    store.put(Input, input_id=input_id, source_uri=f"inbox:{path}", **values)


@pytest.mark.parametrize(
    "way",
    [
        ("a.txt", "a.txt"),
        ("sub/a.txt", "sub/a.txt"),
        ("sub/a.txt", f"sub/{aside('a.txt', ONE)}"),
        ("sub/a.txt", aside("a.txt", ONE)),
        ("a.txt", f"{ONE}/a.txt"),
        ("100%25.txt", "100%25.txt"),
    ],
)
@pytest.mark.parametrize(("shelf", "state"), [(".done", "stored"), (".rejected", "rejected")])
def test_a_file_is_found_where_its_input_put_it(
    store: Any, look: Look, way: tuple[str, str], shelf: str, state: str
) -> None:
    came_as, lies_at = way
    an_input(store, ONE, came_as, state)
    put(store.home.parent / "inbox", f"{shelf}/{lies_at}")

    assert look().findings == []


def test_a_file_lies_on_the_shelf_of_its_end(store: Any, home: Path, look: Look) -> None:
    states = ("stored", "duplicate", "expanded", "dead", "in_progress", "rejected", "none")
    for number, (shelf, state) in enumerate(product((".done", ".rejected"), states)):
        an_input(store, INPUT.format(number), f"{shelf[1:]}/{state}.txt", state)
        put(home.parent / "inbox", f"{shelf}/{shelf[1:]}/{state}.txt")
    an_input(store, TWENTY, "away/rejected.txt", "rejected")
    put(home.parent / "inbox", f".done/{aside('rejected.txt', TWENTY)}")

    assert look().findings == [
        f"2 {shelved.WAS_REJECTED}: done/rejected.txt, {aside('rejected.txt', TWENTY)}",
        f"3 {shelved.NOT_REJECTED}: " + ", ".join(f"rejected/{state}.txt" for state in sorted(NOT_THERE)),
    ]


@pytest.mark.parametrize("came_as", ["b.txt", "sub/a.txt", f"{ONE}/a.txt"])
def test_a_file_of_no_input_is_named(store: Any, home: Path, look: Look, came_as: str) -> None:
    an_input(store, ONE, came_as)
    an_input(store, f"{TWO}#1", "a.txt", parent=TWO)
    put(home.parent / "inbox", ".done/a.txt")

    found = look()
    assert found.findings == ["1 files lie in .done, and the ledger knows no input of theirs: a.txt"]
    shelves, *others = found.looked_at
    assert shelves.startswith("the inbox: 1 files in .done, 0 files in .rejected: that the ledger knows them, and ")
    assert others == gone(home, (ONE, came_as))


def gone(home: Path, *inputs: tuple[str, str]) -> list[str]:
    """What is told of the files of these inputs where they are gone."""
    named = ", ".join(f"{input_id} (inbox:{came_as})" for input_id, came_as in inputs)
    return [f"{len(inputs)} {tidied.GONE.format(home.parent / 'inbox')}: {named}"] if inputs else []


@pytest.mark.parametrize(
    "case",
    [
        ([], "move", []),
        ([".done/a.txt"], "move", [(ONE, "a.txt")]),
        ([f".done/{aside('a.txt', TWO)}"], "move", [(TWO, "a.txt")]),
        ([".done/a.txt", f".done/{aside('a.txt', TWO)}"], "move", [(ONE, "a.txt"), (TWO, "a.txt")]),
        ([".rejected/c.txt", ".rejected/c.txt.error.json"], "move", [(THREE, "c.txt")]),
        ([".done/a.txt", ".rejected/c.txt"], "delete", [(THREE, "c.txt")]),
        ([".done/a.txt", ".rejected/c.txt"], "leave", []),
    ],
)
def test_what_a_person_took_off_the_shelves_is_told_and_is_no_finding(
    store: Any, home: Path, look: Look, case: tuple[list[str], str, list[tuple[str, str]]]
) -> None:
    inbox, (taken, after, told) = home.parent / "inbox", case
    put(inbox, ".done/a.txt")
    put(inbox, f".done/{aside('a.txt', TWO)}")
    put(inbox, ".rejected/c.txt", {"input_id": THREE})
    put(inbox, f".claimed/{INPUT.format(4)}/d.txt")
    for number, path, state in ((1, "a.txt", "stored"), (2, "a.txt", "stored"), (3, "c.txt", "rejected")):
        an_input(store, INPUT.format(number), path, state)
    an_input(store, INPUT.format(4), "d.txt")
    an_input(store, INPUT.format(5), "e.txt", "in_progress")
    an_input(store, f"{ONE}#1", "a.txt", parent=ONE)
    for path in taken:
        (inbox / path).unlink()

    found = look(after=after)
    assert found.findings == []
    assert found.looked_at[1:] == gone(home, *told)


def test_a_report_that_is_gone_is_told_and_is_no_finding(store: Any, home: Path, look: Look) -> None:
    an_input(store, ONE, "a.txt", "rejected")
    put(home.parent / "inbox", ".rejected/a.txt")

    found = look()
    assert found.findings == []
    assert found.looked_at[1:] == [f"1 {shelved.NO_REPORT}: a.txt"]


def test_of_two_that_came_under_one_name_each_has_its_own_file(store: Any, home: Path, look: Look) -> None:
    inbox = home.parent / "inbox"
    put(inbox, ".done/a.txt")
    put(inbox, f".done/{aside('a.txt', TWO)}")
    an_input(store, TWO, "a.txt")
    an_input(store, INPUT.format(3), "a.txt", parent=TWO)
    [lacking] = look().findings
    assert lacking.endswith("no input of theirs: a.txt")

    an_input(store, ONE, "a.txt")
    assert look().findings == []


@pytest.mark.parametrize("name", ["a.txt", LONG_NAME])
@pytest.mark.parametrize(
    ("state", "is_known"), [("rejected", True), ("stored", True), ("in_progress", False), (None, False)]
)
def test_a_rejected_file_is_its_reports(
    store: Any, home: Path, look: Look, name: str, state: str | None, *, is_known: bool
) -> None:
    put(home.parent / "inbox", f".rejected/{name}", {"input_id": ONE})
    if state is not None:
        an_input(store, ONE, "somewhere else", state)

    assert [one.split(":")[0] for one in look().findings] == (
        [] if is_known else ["1 files lie in .rejected, and the ledger does not say that they were rejected"]
    )


@pytest.mark.parametrize("report", [{}, [], {"input_id": 3}, "no report", b"[" * 200_000])
def test_where_the_report_says_nothing_the_path_does(store: Any, home: Path, look: Look, report: object) -> None:
    an_input(store, ONE, "a.txt", "rejected")
    put(home.parent / "inbox", ".rejected/a.txt", report)

    assert look().findings == []


@pytest.mark.parametrize(
    "how",
    [{"since": datetime.now(UTC) + timedelta(days=1)}, {"until": NOON}],
)
def test_what_is_older_than_the_ledger_or_on_its_way_is_passed_over_and_counted(
    store: Any, home: Path, look: Look, how: dict[str, datetime]
) -> None:
    put(home.parent / "inbox", ".done/a.txt")

    found = look(**how)
    assert found.findings == []
    assert found.looked_at[0].startswith("the inbox: 0 files in .done (1 more are of before the ledger, or too new)")


def test_what_there_was_no_time_for_is_said(store: Any, home: Path, look: Look) -> None:
    an_input(store, ONE, "a.txt")
    put(home.parent / "inbox", ".done/a.txt")

    assert look(patience=Patience(0)).unseen == ["the rest of .done: 0 s were over (see --within)"]
