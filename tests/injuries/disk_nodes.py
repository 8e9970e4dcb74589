"""What a disk holds, twice: as programs see it, and as it would be if the power failed now.

The bytes of a file are kept by fsync of that file alone. Names (made, renamed, removed) are kept in one of two ways.
As on a file system with a journal (ext4, XFS), where the journal is written in order: any fsync keeps all names so far.
Or `strict`, as POSIX promises no more: only fsync of the folder that they stand in. Nothing else is ever kept: no time
passes, and no cache is written back by itself, until `keep_all` says that it was. Rights and times are not held back.
"""

import errno
import itertools
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

HIDDEN = ".fuse_hidden"  # libfuse's name for what is removed and still open: to a disk it is removed


@dataclass
class Node:
    """A file, a folder or a link."""

    number: int
    mode: int
    uid: int
    gid: int
    mtime_ns: int
    ctime_ns: int
    atime_ns: int
    data: bytearray = field(default_factory=bytearray)
    target: str = ""
    entries: dict[str, "Node"] = field(default_factory=dict)
    names: int = 1
    kept_data: bytearray = field(default_factory=bytearray)
    kept_entries: dict[str, "Node"] = field(default_factory=dict)
    written: list[tuple[int, int]] = field(default_factory=list)  # since the last fsync
    shortest: int | None = None  # it was cut to this length since the last fsync

    @property
    def is_folder(self) -> bool:
        """Whether it holds names."""
        return stat.S_ISDIR(self.mode)

    def write(self, data: bytes, offset: int) -> None:
        """Put bytes there; a gap before them is zeros."""
        if offset > len(self.data):
            self.resize(offset)
        self.data[offset : offset + len(data)] = data
        self.written.append((offset, offset + len(data)))

    def resize(self, length: int) -> None:
        """Cut it, or fill it up with zeros."""
        if length < len(self.data):
            del self.data[length:]
            self.shortest = length if self.shortest is None else min(self.shortest, length)
        elif length > len(self.data):
            self.written.append((len(self.data), length))
            self.data += bytes(length - len(self.data))

    def keep_data(self) -> None:
        """As fsync of a file does."""
        if self.shortest is not None:
            del self.kept_data[self.shortest :]
        for start, end in self.written:
            last = min(end, len(self.data))
            if len(self.kept_data) < start:
                self.kept_data += bytes(start - len(self.kept_data))
            if start < last:
                self.kept_data[start:last] = self.data[start:last]
        self.written.clear()
        self.shortest = None

    def keep_entries(self) -> None:
        """As fsync of a folder does."""
        self.kept_entries = {name: node for name, node in self.entries.items() if not name.startswith(HIDDEN)}

    def forget(self) -> None:
        """As a power cut does."""
        self.data, self.entries = bytearray(self.kept_data), dict(self.kept_entries)
        self.written.clear()
        self.shortest = None


class Tree:
    """All of the disk; every path begins with a slash."""

    def __init__(self, *, strict: bool = False) -> None:
        self._strict = strict
        self._numbers = itertools.count(2)
        self._changed: dict[int, Node] = {}  # folders whose names are not all kept
        self.root = self.new(stat.S_IFDIR | 0o755)
        self.fsyncs = 0

    def new(self, mode: int) -> Node:
        """A node that stands nowhere yet."""
        now = time.time_ns()
        return Node(next(self._numbers), mode, os.getuid(), os.getgid(), now, now, now)

    def now(self) -> int:
        """The time, as the disk stamps it."""
        return time.time_ns()

    def find(self, path: str) -> Node:
        """What stands at `path`; raises OSError."""
        node = self.root
        for name in path.split("/"):
            if name:
                if not node.is_folder:
                    raise OSError(errno.ENOTDIR, path)
                if name not in node.entries:
                    raise OSError(errno.ENOENT, path)
                node = node.entries[name]
        return node

    def place(self, path: str, node: Node) -> Node:
        """Give the node a name; what had it before is gone."""
        folder, name = self._parent(path)
        before = folder.entries.get(name)
        if before is not None and before is not node:
            if before.is_folder and before.entries:
                raise OSError(errno.ENOTEMPTY, path)
            before.names -= 1
        folder.entries[name] = node
        self._touch(folder)
        return node

    def remove(self, path: str) -> None:
        """Take a name away."""
        folder, name = self._parent(path)
        node = self.find(path)
        if node.is_folder and node.entries:
            raise OSError(errno.ENOTEMPTY, path)
        del folder.entries[name]
        node.names -= 1
        self._touch(folder)

    def rename(self, old: str, new: str) -> None:
        """Give a node another name instead of its own."""
        node = self.find(old)
        if self._parent(new)[0].entries.get(new.rpartition("/")[2]) is node:
            return
        self.place(new, node)
        folder, name = self._parent(old)
        del folder.entries[name]
        self._touch(folder)
        node.ctime_ns = time.time_ns()

    def fsync(self, node: Node) -> None:
        """Keep what fsync of this file or folder keeps."""
        self.fsyncs += 1
        if node.is_folder:
            node.keep_entries()
            self._changed.pop(node.number, None)
        else:
            node.keep_data()
        if not self._strict:
            self._keep_names()

    def keep_all(self) -> None:
        """Everything has been written back, as after some quiet minutes."""
        for node in list(_below(self.root)):
            if node.is_folder:
                node.keep_entries()
            else:
                node.keep_data()
        self._changed.clear()

    def cut(self) -> None:
        """The power fails: what is not kept is gone."""
        kept = {node.number: node for node in _below(self.root, kept=True)}
        for node in kept.values():
            node.forget()
            node.names = 0
        for node in kept.values():
            for inner in node.entries.values():
                inner.names += 1
        self.root.names = 1
        self._changed.clear()

    def _keep_names(self) -> None:
        for folder in self._changed.values():
            folder.keep_entries()
        self._changed.clear()

    def _parent(self, path: str) -> tuple[Node, str]:
        folder, _, name = path.rpartition("/")
        found = self.find(folder)
        if not found.is_folder:
            raise OSError(errno.ENOTDIR, path)
        return found, name

    def _touch(self, folder: Node) -> None:
        folder.mtime_ns = folder.ctime_ns = time.time_ns()
        self._changed[folder.number] = folder


def _below(node: Node, *, kept: bool = False) -> Iterator[Node]:
    yield node
    for inner in (node.kept_entries if kept else node.entries).values():
        yield from _below(inner, kept=kept)
