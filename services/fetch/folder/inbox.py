"""The inbox and the hidden folders in it, held open, so that no path is ever followed out of them."""

import os
import stat
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from contracts.identity import is_input_id

CLAIMED, DONE, REJECTED = ".claimed", ".done", ".rejected"
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Inbox:
    """The folder that is watched; with `moving` its hidden folders too, made where they are missing."""

    def __init__(self, path: Path, *, moving: bool) -> None:
        self.path = path.resolve(strict=True)
        self.root = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._hidden: dict[str, int] = {}
        if moving:
            try:
                for name in (CLAIMED, DONE, REJECTED):
                    self._hidden[name] = _open_folder(self.root, name, create=True)
            except OSError:
                _close((self.root, *self._hidden.values()))
                raise
        # Claims in work outlive a lost inbox, and a handle closed under them might become another file's.
        weakref.finalize(self, _close, (self.root, *self._hidden.values()))

    @property
    def claimed(self) -> int:
        """The handle of `.claimed`."""
        return self._hidden[CLAIMED]

    def shelf(self, name: str) -> int:
        """Handle of `.done` or `.rejected`."""
        return self._hidden[name]

    def is_still_there(self) -> bool:
        """Whether the path still leads to this folder, and we may still write in it."""
        try:
            there = os.path.samestat(self.path.stat(), os.fstat(self.root))
            for name, fd in self._hidden.items():
                there = there and os.path.samestat(os.stat(name, dir_fd=self.root, follow_symlinks=False), os.fstat(fd))
        except OSError:
            return False
        return there and (not self._hidden or os.access(self.path, os.W_OK | os.X_OK))


@contextmanager
def parent(top: int, path: str, *, create: bool = False) -> Iterator[tuple[int, str]]:
    """Handle of the folder that holds `path` below `top`, and the last name in `path`; follows no link."""
    *folders, name = path.split("/")
    if not folders:
        yield top, name
        return
    fd = os.dup(top)
    try:
        for folder in folders:
            inner = _open_folder(fd, folder, create=create)
            os.close(fd)
            fd = inner
        yield fd, name
    finally:
        os.close(fd)


def sync_down_to(top: int, path: str) -> None:
    """Be sure that the names on the way from `top` to `path` are on the disk: each folder holds the next one's."""
    fd = os.dup(top)
    try:
        os.fsync(fd)
        for folder in path.split("/")[:-1]:
            inner = _open_folder(fd, folder, create=False)
            os.close(fd)
            fd = inner
            os.fsync(fd)
    finally:
        os.close(fd)


def remove_empty_folders(top: int) -> None:
    """Remove all folders below `top` that nothing is left in.

    They may lie as deep as somebody likes: one handle goes down to them and up again, following no link.
    """
    here = os.open(".", FOLDER, dir_fd=top)
    way: list[tuple[str, os.stat_result]] = []  # the names of the folders down to here, and the folder each lies in
    left = [_folders_in(here)]
    try:
        while way or left[-1]:
            if left[-1]:
                name = left[-1].pop()
                with suppress(OSError):  # gone, or not ours to look into
                    inner = os.open(name, FOLDER, dir_fd=here)
                    way.append((name, os.fstat(here)))
                    os.close(here)
                    here = inner
                    left.append([])
                    left[-1] = _folders_in(here)
            else:
                left.pop()
                name, outer = way.pop()
                inner, here = here, os.open("..", FOLDER, dir_fd=here)
                os.close(inner)
                if not os.path.samestat(os.fstat(here), outer):
                    return  # somebody has moved it: this is none of ours
                with suppress(OSError):
                    os.rmdir(name, dir_fd=here)
    finally:
        os.close(here)


def _folders_in(fd: int) -> list[str]:
    with os.scandir(fd) as entries:
        return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]


def _close(fds: tuple[int, ...]) -> None:
    for fd in fds:
        os.close(fd)


def is_claim(name: str) -> bool:
    """Whether something among the claims is one by its name: that of an input that came by itself."""
    return is_input_id(name) and "#" not in name


def made_folder(top: int, name: str) -> int:
    """Handle of a new folder in `top`; raises FileExistsError where there is one."""
    os.mkdir(name, dir_fd=top)
    fd = os.open(name, FOLDER, dir_fd=top)
    try:
        inherit_rights(top, fd)
    except BaseException:
        os.close(fd)
        raise
    return fd


def made_file(top: int, name: str) -> int:
    """Handle of a new file in `top`, in the place of what a crash has left there, or of a link that somebody has."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        fd = os.open(name, flags, 0o644, dir_fd=top)
    except FileExistsError:
        os.unlink(name, dir_fd=top)
        fd = os.open(name, flags, 0o644, dir_fd=top)
    inherit_rights(top, fd)
    return fd


def inherit_rights(top: int, fd: int) -> None:
    """Give a folder or file of ours the rights of the folder it is made in, whatever our umask is.

    So they come down from the inbox: who may look into that may see what became of the files in it.
    """
    rights, ours = stat.S_IMODE(os.fstat(top).st_mode), os.fstat(fd).st_mode
    if not stat.S_ISDIR(ours):
        rights &= 0o666
    if stat.S_IMODE(ours) != rights:  # else it would only cost a write
        with suppress(OSError):  # a file system that knows no rights says so in many ways
            os.fchmod(fd, rights)


def _open_folder(top: int, name: str, *, create: bool) -> int:
    if create:
        with suppress(FileExistsError):
            return made_folder(top, name)
    return os.open(name, FOLDER, dir_fd=top)
