"""Work side by side: the first that fails ends it all, also those who overhear that they are to end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from services.chassis import cancelling
from services.fetch.together import Together


async def wait_in_vain() -> None:
    await asyncio.Event().wait()


async def overhear() -> None:
    """As nats-py does in Python 3.11, where the answer comes in the moment of the cancellation."""
    try:
        await wait_in_vain()
    except asyncio.CancelledError:
        await wait_in_vain()


async def fail() -> None:
    raise OSError("database or disk is full")


async def side_by_side(*work: Coroutine[Any, Any, None]) -> None:
    async with asyncio.timeout(60), Together(10) as together:
        for one in work:
            await together.start(one)


@pytest.mark.parametrize("other", [wait_in_vain, overhear])
async def test_the_first_that_fails_ends_the_others_for_certain(
    other: Callable[[], Coroutine[Any, Any, None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cancelling, "GRACE_SECONDS", 0.01)
    with pytest.raises(OSError, match="is full"):
        await side_by_side(other(), fail())


async def test_what_was_started_has_ended_when_the_block_is_left() -> None:
    ended = []

    async def work(number: int) -> None:
        ended.append(number)

    async with Together(2) as together:
        for number in range(5):
            await together.start(work(number))
    assert sorted(ended) == [0, 1, 2, 3, 4]
