"""Tasks that are ended for certain."""

import asyncio
from collections.abc import Iterable
from typing import Any

GRACE_SECONDS = 2.0  # for those who have nothing to bring to an end


async def end(tasks: Iterable[asyncio.Task[Any]], *, grace_seconds: float) -> None:
    """Cancel them and wait until they have ended; whoever goes on after its grace is cancelled once more.

    A cancellation that comes in the moment of an answer is lost: asyncio.wait_for, in which nats-py waits, swallows it
    in Python 3.11. Whoever goes on for ever would then be waited for as long.
    """
    ended = list(tasks)
    going = set(ended)
    while going:
        for task in going:
            task.cancel()
        _, going = await asyncio.wait(going, timeout=grace_seconds)
    await asyncio.gather(*ended, return_exceptions=True)  # what they died of is told elsewhere
