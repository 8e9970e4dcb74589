"""Blocking work in a thread that nobody walks away from: its handles are still in use until it returns."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

from services.fetch.gathering import Gathering

T = TypeVar("T")

LANES = 4  # threads that work at once: most of the time they wait for the disk
MOST_AT_ONCE = 16  # pieces of work on one way to a thread and back, which costs as much as what is done there


class Threads:
    """Work beside the event loop; what waits for a thread goes there together, one after the other."""

    def __init__(self) -> None:
        self._gathering: Gathering[Callable[[], object], object] = Gathering(_away, most=MOST_AT_ONCE, lanes=LANES)

    async def to_the_end(
        self, function: Callable[..., T], *arguments: object, give_back: Callable[[T], object] | None = None
    ) -> T:
        """What `function` returns; a cancellation waits for it too, and has the result given back."""
        return await to_the_end(self._gathering.ask(partial(function, *arguments)), give_back=give_back)  # type: ignore[arg-type]

    async def alone(self, function: Callable[..., T], *arguments: object) -> T:
        """The same for what takes long, in a thread of its own: others would wait for it."""
        return await to_the_end(asyncio.ensure_future(asyncio.to_thread(function, *arguments)))


async def to_the_end(working: "asyncio.Future[T]", *, give_back: Callable[[T], object] | None = None) -> T:
    """What it comes to; a cancellation waits for it too, and has the result given back."""
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        while not working.done():
            with suppress(asyncio.CancelledError):  # said again: the thread has our handles all the same
                await asyncio.wait({working})
        if give_back is not None and not working.cancelled() and working.exception() is None:
            give_back(working.result())
        raise


async def _away(work: Sequence[Callable[[], object]]) -> Sequence[object]:
    return await asyncio.to_thread(_each, work)


def _each(work: Sequence[Callable[[], object]]) -> list[object]:
    """What each comes to; what one raises is no matter of the others, and is raised where it is waited for."""
    came = []
    for one in work:
        with _Came() as it:
            it.result = one()
        came.append(it.result)
    return came


class _Came:
    """What a piece of work has come to: what it raised, too."""

    result: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if error is not None:
            self.result = error
        return True
