"""Work side by side, so much of it and no more; the first that fails ends it all."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from services.chassis import cancelling


class Together:
    """What was started has ended when the block is left; it raises what the first of them raised."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._working: set[asyncio.Task[Any]] = set()

    async def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begin `work`, as soon as there is room for it."""
        self._working.add(asyncio.create_task(work))
        while len(self._working) >= self._at_once:
            await self._some()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            while self._working and error is None:
                await self._some()
        finally:
            await cancelling.end(self._working, grace_seconds=cancelling.GRACE_SECONDS)

    async def _some(self) -> None:
        done, self._working = await asyncio.wait(self._working, return_when=asyncio.FIRST_COMPLETED)
        errors = [error for task in done if (error := task.exception()) is not None]
        if errors:
            raise errors[0]
