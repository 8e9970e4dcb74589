"""Writes that share a commit share no failure."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from services.chassis.unavailable import Unavailable
from services.fetch.commits import Commits


class Rows:
    """A database of which a transaction is all or nothing; `away` if it does not answer."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.away = False
        self.transactions = 0

    async def transaction(self, work: Callable[[Any], object]) -> None:
        self.transactions += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable("database")
        added: list[int] = []
        work(added)
        self.rows += added


def write(number: int) -> Callable[[Any], object]:
    def added(rows: Any) -> None:
        if number < 0:
            raise ValueError("no text is like that")
        rows.append(number)

    return added


async def written(rows: Rows, *numbers: int) -> list[BaseException | None]:
    commits = Commits(rows)  # type: ignore[arg-type]
    return await asyncio.gather(*(commits.write(write(number)) for number in numbers), return_exceptions=True)


async def test_what_cannot_be_written_fails_alone_and_those_beside_it_are_written() -> None:
    rows = Rows()
    one, two, bad, three = await written(rows, 1, 2, -1, 3)

    assert (one, two, three) == (None, None, None)
    assert isinstance(bad, ValueError)
    assert sorted(rows.rows) == [1, 2, 3]


async def test_a_database_that_is_away_is_asked_once_for_all() -> None:
    rows = Rows()
    rows.away = True
    found = await written(rows, 1, 2, 3)

    assert [type(one) for one in found] == [Unavailable] * 3
    assert rows.transactions == 1


async def test_a_write_that_fails_by_itself_is_tried_once() -> None:
    rows = Rows()
    with pytest.raises(ValueError, match="no text"):
        await Commits(rows).write(write(-1))  # type: ignore[arg-type]
    assert rows.transactions == 1
