"""The bytes of a file as it stood at one moment, read without ever blocking on what is no file."""

import errno
import hashlib
import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.spool import Gathered, Stretch
from services.fetch.writers import has_writer

READ_BYTES = 1 << 20
Wanted = Literal["bytes", "hash", "look"]
# What says something about the file, not about us or the machine (a disk that fails, out of space, out of handles) is
# waited for.
THE_FILES_FAULT = frozenset({errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENXIO, errno.ENODEV, errno.EOVERFLOW})


@dataclass(frozen=True)
class Seen:
    """Which file it is and which state of it: unchanged as long as inode, size and time of writing are."""

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int | None = field(default=None, compare=False)  # rights and names change it too

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """What `found` says of it."""
        return cls(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@dataclass(frozen=True)
class Original:
    """A file's bytes, its SHA-256 in hex, what was seen of it and when; `moving` if it changes still, or may."""

    data: bytes | Stretch
    sha256: str
    seen: Seen
    moving: bool = False
    read_at: float = field(default_factory=time.time, compare=False)


def read_original(
    name: str | bytes,
    *,
    dir_fd: int | None = None,
    max_bytes: int,
    durable: bool = False,
    within: Path | None = None,
    copied_to: Path | None = None,
    wanted: Wanted = "bytes",
) -> Original | Rejected:
    """The file's bytes (on disk for sure if `durable`), or why it has none; raises OSError where we are at fault.

    `within` is the folder that it must lie in when it is open, whatever its name led to before. What is too large for
    memory is copied to a spool in the folder `copied_to`, for the file itself may change while it is worked on. Of what
    is only compared the `hash` is `wanted`: its `data` is empty; where a `look` is enough, nothing is read at all.
    """
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=dir_fd)
    except OSError as error:
        if error.errno not in THE_FILES_FAULT:
            raise
        return Rejected(RejectReason.UNREADABLE, f"it cannot be opened: {error.strerror}")
    try:
        if within is not None and not os.readlink(f"/proc/self/fd/{fd}").startswith(f"{within}/"):  # noqa: PTH115 - of a handle
            return Rejected(RejectReason.NOT_A_FILE, "it is a symbolic link that leaves its folder")
        if wanted == "look":
            return _looked_at(fd, max_bytes)
        return _read(fd, max_bytes, durable=durable, kept=Gathered(copied_to) if wanted == "bytes" else None)
    except OSError as error:
        if error.errno not in THE_FILES_FAULT:
            raise
        return Rejected(RejectReason.UNREADABLE, f"it cannot be read: {error.strerror}")
    finally:
        os.close(fd)


def kind_of(found: os.stat_result) -> str | None:
    """What a thing is that is no file, in words; None for a file."""
    kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
    return None if stat.S_ISREG(found.st_mode) else kinds.get(stat.S_IFMT(found.st_mode), "something else")


def _looked_at(fd: int, max_bytes: int) -> Original | Rejected:
    seen = _seen(fd, max_bytes)
    return seen if isinstance(seen, Rejected) else Original(b"", "", seen, moving=has_writer(fd))


def _seen(fd: int, max_bytes: int) -> Seen | Rejected:
    found = os.fstat(fd)
    if kind := kind_of(found):
        return Rejected(RejectReason.NOT_A_FILE, f"it is {kind}, not a file")
    if found.st_size > max_bytes:
        return Rejected(RejectReason.TOO_LARGE, f"the file has {found.st_size} bytes, more than {max_bytes}")
    return Seen.of(found)


def _read(fd: int, max_bytes: int, *, durable: bool, kept: Gathered | None) -> Original | Rejected:
    seen = _seen(fd, max_bytes)
    if isinstance(seen, Rejected):
        return seen
    if durable:
        os.fsync(fd)
    digest, left = hashlib.sha256(), max_bytes + 1
    while left > 0 and (chunk := os.read(fd, min(left, READ_BYTES))):
        if kept is not None:
            kept.write(chunk)
        digest.update(chunk)
        left -= len(chunk)
    size = max_bytes + 1 - left
    data = kept.all() if kept is not None else b""
    moving = Seen.of(os.fstat(fd)) != seen or size != seen.size or has_writer(fd)
    return Original(data, digest.hexdigest(), seen, moving)
