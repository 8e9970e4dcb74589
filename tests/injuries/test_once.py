"""A check is done once, and again as soon as anything is another that it is about or that it asked for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.injuries.once import Answers, Known


class Checks:
    """One that is about a name and asks for its rows, and one that asks the first."""

    def __init__(self, copy: sqlite3.Connection, originals: dict[str, bytes], known: Known) -> None:
        self.answers = Answers(copy, originals=originals, known=known)
        self.done: list[str] = []

    def told(self, name: str = "a") -> tuple[str, ...]:
        return self.answers.once("told", self._told, name)

    def outer(self) -> tuple[str, ...]:
        return self.answers.once("outer", self.told)

    def _told(self, name: str) -> Iterator[str]:
        self.done.append(name)
        yield from (str(row["value"]) for row in self.answers.rows("things", "name", name))
        yield str(self.answers.original(name))


@pytest.fixture
def copy() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript("CREATE TABLE things (name, number, value); INSERT INTO things VALUES ('a', 1, 7)")
        yield made


def test_a_check_whose_answers_are_the_same_is_not_done_again(copy: sqlite3.Connection) -> None:
    known = Known()
    assert Checks(copy, {}, known).outer() == ("7", "None")

    again = Checks(copy, {}, known)
    copy.execute("INSERT INTO things VALUES ('b', 1, 7)")
    assert (again.outer(), again.told(), again.done) == (("7", "None"), ("7", "None"), [])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE things SET value = 8", ("8", "None")),
        ("UPDATE things SET value = '7'", ("7", "None")),  # a text, and no number: that is another value
        ("INSERT INTO things VALUES ('a', 0, 6)", ("6", "7", "None")),  # by their keys, whenever they were written
        ("DELETE FROM things", ("None",)),
        ("UPDATE things SET name = 'b'", ("None",)),
    ],
)
def test_a_check_that_is_answered_something_else_is_done_again(
    copy: sqlite3.Connection, change: str, found: tuple[str, ...]
) -> None:
    known = Known()
    Checks(copy, {}, known).outer()
    copy.execute(change)

    again = Checks(copy, {}, known)
    assert (again.outer(), again.done) == (found, ["a"])


def test_a_check_of_something_else_or_with_another_original_is_done(copy: sqlite3.Connection) -> None:
    known = Known()
    Checks(copy, {}, known).outer()

    again = Checks(copy, {"a": b"x", "b": b"y"}, known)
    assert (again.told("b"), again.outer(), again.done) == (("b'y'",), ("7", "b'x'"), ["b", "a"])
