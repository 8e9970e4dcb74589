"""Blocking work in a thread that nobody walks away from: its handles are still in use until it returns."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def to_the_end(
    function: Callable[..., T], *arguments: object, give_back: Callable[[T], object] | None = None
) -> T:
    """What `function` returns; a cancellation waits for it too, and has the result given back."""
    working = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait({working})
        if give_back is not None and working.exception() is None:
            give_back(working.result())
        raise
