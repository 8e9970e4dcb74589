"""What the kernel tells of a folder (inotify(7)): a file renamed in is whole, a file created is not yet."""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

IN_CLOSE_WRITE = 0x00000008
IN_MOVED_TO = 0x00000080
IN_CREATE = 0x00000100
IN_Q_OVERFLOW = 0x00004000
IN_IGNORED = 0x00008000
IN_ONLYDIR = 0x01000000
IN_DONT_FOLLOW = 0x02000000
IN_ISDIR = 0x40000000
WATCHED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_DONT_FOLLOW
EVENT = struct.Struct("iIII")
READ_BYTES = 32 << 10  # some thousand hints at most: each is looked after before anybody else has a turn


@dataclass(frozen=True)
class Hint:
    """Something happened to `path` (relative to the inbox); `whole` if it was renamed there, `lost` if hints were."""

    path: str
    whole: bool = False
    folder: bool = False
    lost: bool = False


class Inotify:
    """Watches folders by their path below `root`; `fd` is readable when there are hints."""

    def __init__(self, root: bytes) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._root = root
        self._folders: dict[int, str] = {}
        self._watches: dict[str, int] = {}
        self.fd = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")

    def watch(self, folders: set[str]) -> bool:
        """Watch exactly these; False where the kernel has no more watches to give (fs.inotify.max_user_watches)."""
        for gone in self._watches.keys() - folders:
            self._libc.inotify_rm_watch(self.fd, self._watches.pop(gone))
        added = [self.add(folder) for folder in folders - self._watches.keys()]
        return all(added)

    def add(self, folder: str) -> bool:
        """Watch one more; False where that cannot be."""
        path = self._root + b"/" + os.fsencode(folder)
        watch = self._libc.inotify_add_watch(self.fd, path, WATCHED)
        if watch < 0:
            return ctypes.get_errno() != errno.ENOSPC  # a folder that is gone is no trouble
        if (before := self._folders.get(watch)) is not None and before != folder:
            self._watches.pop(before, None)  # it was renamed
        self._folders[watch] = folder
        self._watches[folder] = watch
        return True

    def hints(self) -> Iterator[Hint]:
        """What the kernel has told since the last call, as far as one read goes: `fd` stays readable where it is more.

        Files may come faster than anybody looks at them, and then reading all would never end.
        """
        try:
            events = os.read(self.fd, READ_BYTES)
        except BlockingIOError:
            return
        yield from self._parsed(events)

    def close(self) -> None:
        """Watch nothing any more."""
        os.close(self.fd)

    def _parsed(self, events: bytes) -> Iterator[Hint]:
        at = 0
        while at < len(events):
            watch, mask, _, length = EVENT.unpack_from(events, at)
            name = events[at + EVENT.size : at + EVENT.size + length].rstrip(b"\0")
            at += EVENT.size + length
            if mask & IN_Q_OVERFLOW:
                yield Hint("", lost=True)
            elif mask & IN_IGNORED:
                folder = self._folders.pop(watch, None)
                if folder is not None and self._watches.get(folder) == watch:
                    del self._watches[folder]
            elif name and watch in self._folders:
                folder = self._folders[watch]
                path = f"{folder}/{os.fsdecode(name)}" if folder else os.fsdecode(name)
                yield Hint(path, whole=bool(mask & IN_MOVED_TO), folder=bool(mask & IN_ISDIR))
