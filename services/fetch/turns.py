"""Turns for those that work side by side, where some of them must go one after the other."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Whoever comes has the turn when all that came before are done, and may do without it."""

    def __init__(self) -> None:
        self._last: asyncio.Future[None] | None = None

    @contextmanager
    def next(self) -> "Iterator[asyncio.Future[None]]":
        """What is to be waited for by whoever needs the turn; who fails leaves it to nobody."""
        loop = asyncio.get_running_loop()
        before = self._last or loop.create_future()
        if self._last is None:
            before.set_result(None)
        done = self._last = loop.create_future()
        yield before
        if before.done():
            done.set_result(None)
        else:
            before.add_done_callback(lambda _: done.set_result(None))
