"""Blocking work in a thread that nobody walks away from: its handles are still in use until it returns."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from services.fetch.gathering import Gathering

T = TypeVar("T")

LANES = 4  # threads that work at once: most of the time they wait for the disk
MOST_AT_ONCE = 16  # pieces of work on one way to a thread and back, which costs as much as what is done there
LONG_LANES = 2  # for what takes long: two cores have six threads, and those who are quick need some at any time


class Threads:
    """Work beside the event loop; what waits for a thread goes there together, one after the other."""

    def __init__(self) -> None:
        self._short: Gathering[Callable[[], object], Any] = Gathering(_away, most=MOST_AT_ONCE, lanes=LANES)
        self._long: Gathering[Callable[[], object], Any] = Gathering(_away, most=1, lanes=LONG_LANES)

    async def to_the_end(
        self, function: Callable[..., T], *arguments: object, give_back: Callable[[T], object] | None = None
    ) -> T:
        """What `function` returns; a cancellation waits for it too once it has begun, and has the result given back."""
        result: T = await self._short.to_the_end(partial(function, *arguments), give_back=give_back)
        return result

    async def alone(self, function: Callable[..., T], *arguments: object) -> T:
        """The same for what takes long: others would wait for it."""
        result: T = await self._long.to_the_end(partial(function, *arguments))
        return result


async def _away(work: Sequence[Callable[[], object]]) -> Sequence[object]:
    """What each comes to; what one raises is no matter of the others, and is raised where it is waited for."""
    came: list[object] = []
    while len(came) < len(work):
        going = asyncio.to_thread(_each, work[len(came) :], came)
        [error] = await asyncio.gather(going, return_exceptions=True)
        if error is not None:
            came.append(error)
    return came


def _each(work: Sequence[Callable[[], object]], came: list[object]) -> None:
    """As far as none of them raises."""
    for one in work:
        came.append(one())  # noqa: PERF401 - what came before one that raises is kept
