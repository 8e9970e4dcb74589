"""The file of feeds: the truth about which there are. Read again when it changes, edited whole or not at all."""

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from services.chassis.logs import logger
from services.fetch.core.feeds.listing import Listing, listed

MISSED_BEFORE_GONE = 2  # looks: some editors take a file away before they put the new one there
SHOWN_FAULTS = 5


class FeedFile:
    """The file as it was last seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._missed = 0
        self._told = ""

    def news(self) -> Listing | None:
        """What it says, where that may have changed since it was asked last; what cannot be read says nothing new.

        A file that is not there lists no feeds.
        """
        try:
            found = self.path.stat()
            seen = (found.st_ino, found.st_size, found.st_mtime_ns)
            if seen == self._seen:
                return None
            listing = listed(read(self.path))
        except FileNotFoundError:
            self._missed += 1
            self._seen = None
            return Listing() if self._missed == MISSED_BEFORE_GONE else None
        except OSError as error:
            self._tell(f"the file of feeds {self.path} cannot be read ({error.strerror}): its feeds stay as they were")
            return None
        self._seen, self._missed, self._told = seen, 0, ""
        for fault in listing.faults[:SHOWN_FAULTS]:
            logger().warning("no feed", file=str(self.path), line=fault.number, text=fault.text)
        return listing

    def _tell(self, words: str) -> None:
        if words != self._told:
            logger().warning("feeds", error=words)
        self._told = words


def read(path: Path) -> str:
    """The text of the file; bytes that are no UTF-8 are kept for whoever writes it again."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def edit(path: Path, change: Callable[[str], str]) -> bool:
    """Put the changed text in the file's place, in one step; False where `change` changes nothing.

    Whoever else edits it waits. A file that is not there has no text.
    """
    target = path.resolve()  # a link stays one
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        before, mode = "", None
        with suppress(FileNotFoundError):
            before, mode = read(target), target.stat().st_mode & 0o777
        after = change(before)
        if after == before:
            return False
        _replace(target, after, mode)
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def _replace(target: Path, text: str, mode: int | None) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(text.encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
