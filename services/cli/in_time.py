"""Questions to what may not answer: a few seconds for each, side by side, whatever becomes of those who are asked."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from pebble import concurrent

T = TypeVar("T")

SECONDS = 4.0  # for all that is asked side by side


async def in_thread(question: Callable[[], T]) -> T:
    """What it returns or raises; raises TimeoutError where that takes too long.

    The thread is left to itself then. It holds up nobody's leaving: a folder may lie on a network that is away.
    """
    answer = concurrent.thread(question)()
    async with within_seconds():
        return await asyncio.wrap_future(answer)


def within_seconds() -> asyncio.Timeout:
    """What happens in the block raises TimeoutError where it takes too long."""
    return asyncio.timeout(SECONDS)


def why(error: Exception) -> str:
    """In words, also where nothing came at all."""
    return f"no answer within {SECONDS:g} s" if isinstance(error, TimeoutError) else str(error)
