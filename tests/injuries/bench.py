"""A finished system to be damaged: it is read once, and after each damage only what that concerns is read again."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from contracts.outcomes import State
from tests.injuries.checker import judge
from tests.injuries.copies import REMEMBERING, copied, readable
from tests.injuries.evidence import gather, held_together, look_into_folders
from tests.injuries.finished import Standing
from tests.injuries.in_streams import Streams, read
from tests.injuries.once import Known
from tests.injuries.seen import Evidence

Deed = Callable[[sqlite3.Connection], object]


class Bench:
    """The findings after a damage, in a database, in the folders or in the streams of a copy of a finished system."""

    def __init__(self, system: Standing) -> None:
        self.system = system
        self._streams = asyncio.run(read(system.url, system.credentials()))
        self._known = Known()  # whoever looks again and again must see each damage all the same
        with copied(system.home) as copies:
            self._whole = {name: getattr(copies, name).serialize() for name in REMEMBERING}
            self._seen = held_together(copies, self._streams, self._known)
        look_into_folders(self._seen, system.home, system.inbox)

        self.unhurt = self._judged(asyncio.run(gather(self.system, self._known)))

    def after(self, *, streams: Callable[[Streams], object] | None = None, **databases: Deed) -> list[str]:
        """The findings after deeds in copies of databases, and in what was read of the streams."""
        read_before = replace(self._streams, articles=[*self._streams.articles], dead=[*self._streams.dead])
        if streams is not None:
            streams(read_before)
        with self._databases() as made:
            for name, deed in databases.items():
                deed(made[name])
                made[name].commit()
            with readable(made) as copies:
                return self._judged(self._with_folders(held_together(copies, read_before, self._known)))

    def of_folders(self, folder: Path, deed: Callable[[Path], object]) -> list[str]:
        """The findings after a deed in a copy of home and inbox, without databases and streams."""
        skipped = shutil.ignore_patterns("*.db", "nats")
        for place in (self.system.home, self.system.inbox):
            shutil.copytree(place, folder / place.name, ignore=skipped)
        deed(folder)
        seen = replace(self._seen, broken=[])
        look_into_folders(seen, folder / "home", folder / "inbox")
        return self._judged(seen)

    async def of_server(self) -> list[str]:
        """The findings after something was done on the server."""
        streams = await read(self.system.url, self.system.credentials())
        with self._databases() as made, readable(made) as copies:
            return self._judged(self._with_folders(held_together(copies, streams, self._known)))

    def rows(self, name: str, question: str) -> list[dict[str, Any]]:
        """What one of the databases answers as it was left."""
        with self._databases() as made:
            made[name].row_factory = sqlite3.Row
            return [dict(row) for row in made[name].execute(question)]

    @contextmanager
    def _databases(self) -> Iterator[dict[str, sqlite3.Connection]]:
        """Copies of the databases as they were left."""
        made = {name: sqlite3.connect(":memory:") for name in REMEMBERING}
        for name, connection in made.items():
            connection.deserialize(self._whole[name])
        try:
            yield made
        finally:
            for connection in made.values():
                connection.close()

    def _with_folders(self, seen: Evidence) -> Evidence:
        unhurt = self._seen
        folders = {name: getattr(unhurt, name) for name in ("shelves", "reports", "modes", "claimed", "waiting")}
        return replace(seen, **folders)

    def _judged(self, seen: Evidence) -> list[str]:
        known = self.system.known
        seen.shown = {State(state): int(value) for state, value in known.shown.items()}
        return judge(known.given, seen, known.special).findings
