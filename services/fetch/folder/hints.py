"""Hints of the kernel, as far as it gives any: else the inbox is only looked through, and it is said why."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from services.chassis.logs import logger
from services.fetch.core.mounts import Mounted, mounted
from services.fetch.folder.gauges import Gauges, Polled
from services.fetch.folder.inotify import Hint, Inotify

MOUNTS = Path("/proc/self/mountinfo")


class Hints:
    """What the kernel tells of one inbox after the other; `hinted` is called when there is something to be read."""

    def __init__(self, gauges: Gauges, hinted: Callable[[], None], *, every_seconds: float) -> None:
        self._gauges, self._hinted, self._every_seconds = gauges, hinted, every_seconds
        self._inotify: Inotify | None = None
        self._polled: Polled | None = None

    def open(self, inbox: Path) -> None:
        """Hear of this inbox from now on."""
        self._show(None)
        there = _lies_on(inbox)
        if there is not None and there.remote:
            self._poll("network_folder", f"it lies on {there.name}: what others do there is not told")
            return
        try:
            self._inotify = Inotify(bytes(inbox))
        except OSError as error:
            self._poll("no_inotify", f"the kernel gives no hints (fs.inotify.max_user_instances): {error.strerror}")
            return
        self.add("")
        asyncio.get_running_loop().add_reader(self._inotify.fd, self._hinted)

    def close(self) -> None:
        """Hear of nothing any more."""
        if self._inotify is not None:
            asyncio.get_running_loop().remove_reader(self._inotify.fd)
            self._inotify.close()
            self._inotify = None

    def watch(self, folders: set[str]) -> None:
        """Hear of exactly these."""
        if self._inotify is None:
            return
        if not self._inotify.watch(folders):
            self._none_left()
        elif self._polled == "no_watches":  # some were given back
            self._show(None)

    def add(self, folder: str) -> None:
        """Hear of one more."""
        if self._inotify is not None and not self._inotify.add(folder):
            self._none_left()

    def since(self) -> Iterator[Hint]:
        """Some of what was told since the last call; `hinted` is called again where that was not all."""
        for hint in self._inotify.hints() if self._inotify is not None else ():
            if hint.lost:
                self._gauges.overflowed()
                logger().warning("the kernel lost hints (fs.inotify.max_queued_events): the inbox is looked through")
            yield hint

    def _none_left(self) -> None:
        self._poll("no_watches", "the kernel watches no more folders (fs.inotify.max_user_watches)")

    def _poll(self, why: Polled, words: str) -> None:
        if self._polled != why:
            logger().warning(f"the inbox is looked through every {self._every_seconds:g} s: {words}")
        self._show(why)

    def _show(self, why: Polled | None) -> None:
        self._polled = why
        self._gauges.show_polled(why)


def _lies_on(inbox: Path) -> Mounted | None:
    try:
        return mounted(MOUNTS.read_bytes(), os.fsencode(inbox))
    except OSError:  # no proc file system, no such list
        return None
