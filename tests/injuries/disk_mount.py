"""A disk whose power can fail, mounted with FUSE: `python disk_mount.py FOLDER [strict]`, told what to do on stdin.

A line is a command, and each is answered by a line: `mount`, `freeze` (no operation ends any more), `cut` (what was not
kept is gone, and whoever still waits gets EIO), `keep` (all is written back), `fsyncs` (how many there were), `quit`.
It begins with what the folder holds, and leaves in it what the disk holds at the end.
"""

import ctypes
import errno
import os
import shutil
import stat
import sys
import threading
from pathlib import Path
from typing import Any

import mfusepy

from tests.injuries.disk_nodes import HIDDEN, Node, Tree

BLOCK_BYTES = 4096
BLOCKS = (64 << 30) // BLOCK_BYTES


class Operations(mfusepy.Operations):  # type: ignore[misc]
    """What the kernel asks; one at a time, and none while the disk is frozen."""

    use_ns = True

    def __init__(self, tree: Tree, power: threading.Lock) -> None:
        self._tree, self._power = tree, power
        self.dead = False
        self._open: dict[int, Node] = {}
        self._next = 1

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        asked_by_the_kernel = name in Operations.__dict__ and callable(value) and not name.startswith("_")
        return self._powered(value) if asked_by_the_kernel else value

    def _powered(self, operation: Any) -> Any:
        def run(*arguments: Any) -> Any:
            with self._power:
                if self.dead:
                    raise OSError(errno.EIO, "the power is off")
                return operation(*arguments)

        return run

    # -- looking

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        node = self._node(path, fh)
        return {
            "st_ino": node.number,
            "st_mode": node.mode,
            "st_nlink": 2 if node.is_folder else max(1, node.names),
            "st_uid": node.uid,
            "st_gid": node.gid,
            "st_size": len(node.target.encode(errors="surrogateescape")) if node.target else len(node.data),
            "st_blocks": (len(node.data) + 511) // 512,
            "st_mtime": node.mtime_ns,
            "st_ctime": node.ctime_ns,
            "st_atime": node.atime_ns,
        }

    def readdir(self, path: str, fh: int) -> list[tuple[str, dict[str, int], int]]:
        folder = self._tree.find(path)
        entries = {".": folder, "..": folder} | folder.entries
        return [(name, {"st_ino": node.number, "st_mode": node.mode}, 0) for name, node in entries.items()]

    def readlink(self, path: str) -> str:
        return self._tree.find(path).target

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._open[fh].data[offset : offset + size])

    def statfs(self, path: str) -> dict[str, int]:
        sizes = {"f_bsize": BLOCK_BYTES, "f_frsize": BLOCK_BYTES, "f_namemax": 255}
        return sizes | {"f_blocks": BLOCKS, "f_bfree": BLOCKS // 2, "f_bavail": BLOCKS // 2}

    # -- names

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        return self._handle(self._tree.place(path, self._tree.new(stat.S_IFREG | stat.S_IMODE(mode))))

    def mknod(self, path: str, mode: int, dev: int) -> int:
        self._tree.place(path, self._tree.new(mode))
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        self._tree.place(path, self._tree.new(stat.S_IFDIR | stat.S_IMODE(mode)))
        return 0

    def symlink(self, target: str, source: str) -> int:
        self._tree.place(target, self._tree.new(stat.S_IFLNK | 0o777)).target = source
        return 0

    def link(self, target: str, source: str) -> int:
        node = self._tree.find(source)
        self._tree.place(target, node)
        node.names += 1
        return 0

    def unlink(self, path: str) -> int:
        self._tree.remove(path)
        return 0

    def rmdir(self, path: str) -> int:
        self._tree.remove(path)
        return 0

    def rename(self, old: str, new: str) -> int:
        self._tree.rename(old, new)
        return 0

    # -- bytes

    def open(self, path: str, flags: int) -> int:
        return self._handle(self._tree.find(path))

    def release(self, path: str, fh: int) -> int:
        self._open.pop(fh, None)
        return 0

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._open[fh].write(data, offset)
        self._written(self._open[fh])
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        node = self._node(path, fh)
        node.resize(length)
        self._written(node)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._tree.fsync(self._open[fh])
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._tree.fsync(self._tree.find(path))
        return 0

    # -- rights and times

    def chmod(self, path: str, mode: int) -> int:
        node = self._tree.find(path)
        node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        node = self._tree.find(path)
        node.uid, node.gid = (uid if uid >= 0 else node.uid), (gid if gid >= 0 else node.gid)
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        node = self._tree.find(path)
        if times is not None:
            node.atime_ns, node.mtime_ns = times
        else:
            self._written(node)
        return 0

    def _written(self, node: Node) -> None:
        node.mtime_ns = node.ctime_ns = self._tree.now()

    def _node(self, path: str, fh: int | None) -> Node:
        return self._open[fh] if fh is not None and fh in self._open else self._tree.find(path)

    def _handle(self, node: Node) -> int:
        self._next += 1
        self._open[self._next] = node
        return self._next


class Mounted(mfusepy.FUSE):  # type: ignore[misc]
    """libfuse's loop, until it is unmounted."""

    def rename_fuse_3(self, old: bytes, new: bytes, flags: int) -> int:
        """The flags are left out by mfusepy: better no renaming than one that overwrites."""
        return -errno.EINVAL if flags else int(self.rename_fuse_2(old, new) or 0)


def load(tree: Tree, folder: Path, path: str = "") -> None:
    """Take in what a real folder holds, as kept."""
    for entry in sorted(folder.iterdir()):
        found, inner = entry.lstat(), f"{path}/{entry.name}"
        node = tree.place(inner, tree.new(found.st_mode))
        node.mtime_ns, node.uid, node.gid = found.st_mtime_ns, found.st_uid, found.st_gid
        if entry.is_symlink():
            node.target = str(entry.readlink())
        elif entry.is_dir():
            load(tree, entry, inner)
        elif entry.is_file():
            node.write(entry.read_bytes(), 0)


def save(node: Node, folder: Path) -> None:
    """Leave in a real folder what the disk holds."""
    for entry in list(folder.iterdir()):
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    for name, inner in node.entries.items():
        target = folder / name
        if name.startswith(HIDDEN):
            continue
        if inner.target:
            target.symlink_to(inner.target)
            continue
        if inner.is_folder:
            target.mkdir()
            save(inner, target)
        else:
            target.write_bytes(inner.data)
        target.chmod(stat.S_IMODE(inner.mode))
        os.utime(target, ns=(inner.atime_ns, inner.mtime_ns))


class Disk:
    """The process's two halves: libfuse's loop in the main thread, the commands in another."""

    def __init__(self, folder: Path, *, strict: bool) -> None:
        self.folder, self.tree = folder, Tree(strict=strict)
        load(self.tree, folder)
        self.tree.keep_all()
        self.power = threading.Lock()
        self.operations: Operations | None = None
        self.wanted = threading.Semaphore(0)
        self.over = False

    def run(self) -> None:
        """Mount as often as is asked for."""
        threading.Thread(target=self._obey, daemon=True).start()
        while self.wanted.acquire() and not self.over:
            self.operations = Operations(self.tree, self.power)
            options = {"big_writes": True, "nonempty": True} if mfusepy.fuse_version_major == 2 else {}
            Mounted(
                self.operations,
                str(self.folder),
                foreground=True,
                nothreads=True,
                use_ino=True,
                default_permissions=True,
                fsname="wireroom-test-disk",
                **options,
            )
        save(self.tree.root, self.folder)

    def _obey(self) -> None:
        for line in sys.stdin:
            word = line.strip()
            answer = getattr(self, f"_{word}")()
            sys.stdout.write(f"{'done' if answer is None else answer}\n")
            sys.stdout.flush()
        self._quit()

    def _mount(self) -> None:
        self.wanted.release()

    def _freeze(self) -> None:
        self.power.acquire()

    def _cut(self) -> None:
        assert self.operations is not None
        self.tree.cut()
        self.operations.dead = True
        self.power.release()

    def _keep(self) -> None:
        with self.power:
            self.tree.keep_all()

    def _fsyncs(self) -> int:
        return self.tree.fsyncs

    def _quit(self) -> None:
        self.over = True
        self.wanted.release()


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG: it goes with the test
    os.umask(0)
    Disk(Path(sys.argv[1]), strict="strict" in sys.argv).run()
