"""Blocking work in a thread that nobody walks away from: its handles are still in use until it returns."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def to_the_end(function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    """What `function` returns; a cancellation waits for it too, and then goes its way."""
    working = asyncio.ensure_future(asyncio.to_thread(function, *arguments, **keywords))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.gather(working, return_exceptions=True)
        raise
