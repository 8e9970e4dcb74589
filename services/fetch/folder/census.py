"""One look through the whole inbox: the truth that hints only hasten."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from services.fetch.folder.scan import Ignored, Sighting, Subfolder, walk

CHUNK = 500  # so that the event loop and other threads get their turn


@dataclass
class Census:
    """What was there: how much waits, since when, what is passed over, which folders there are."""

    waiting: int = 0
    ignored: int = 0
    oldest_at: float | None = None
    folders: set[str] = field(default_factory=set)

    def count(self, came_at: float | None) -> None:
        """One more that waits, since `came_at` if that is known (seconds since 1970)."""
        self.waiting += 1
        if came_at is not None and (self.oldest_at is None or came_at < self.oldest_at):
            self.oldest_at = came_at


async def take(
    root: Path,
    *,
    moving: bool,
    start: str = "",
    news: Callable[[list[Sighting]], Awaitable[list[Sighting]]],
    found: Callable[[list[Sighting]], None],
) -> Census:
    """Look through all from the folder `start` on; what `news` lets pass waits, and `found` gets it piece by piece."""
    census = Census()
    things: Iterator[Sighting | Ignored | Subfolder] = walk(root, moving=moving, start=start)
    while chunk := await asyncio.to_thread(lambda: list(islice(things, CHUNK))):
        for thing in chunk:
            if isinstance(thing, Subfolder):
                census.folders.add(thing.path)
            elif isinstance(thing, Ignored):
                census.ignored += 1
        waiting = await news([thing for thing in chunk if isinstance(thing, Sighting)])
        for sighting in waiting:
            census.count(sighting.changed_at)
        found(waiting)
    return census
