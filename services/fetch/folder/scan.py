"""Looking through the inbox: what waits in it, what is passed over, and which folders there are."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.fetch.core.names import is_ignored
from services.fetch.originals import Seen

OURS = frozenset({".claimed", ".done", ".rejected"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that waits at `path` (relative to the inbox); `changed_at` is when it came or was last changed."""

    path: str
    seen: Seen
    changed_at: float


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that is passed over, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Subfolder:
    """A folder that was looked into; the inbox itself is ''."""

    path: str


def walk(root: Path, *, moving: bool, start: str = "") -> Iterator[Sighting | Ignored | Subfolder]:
    """Everything in the inbox from the folder `start` downwards, one folder after the other.

    With `moving`, what cannot be moved from where it is counts as passed over.
    """
    device = os.stat(root).st_dev  # noqa: PTH116 - of the string, as below
    folders = [start]
    while folders:
        folder = folders.pop()
        full = os.path.join(root, folder)  # noqa: PTH118 - a Path would cost a third of the walk
        try:
            entries = os.scandir(full)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            yield Ignored(folder, f"the folder cannot be read: {error.strerror}")
            continue
        yield Subfolder(folder)
        writable = not moving or os.access(full, os.W_OK | os.X_OK)
        with entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                found = _look(root, entry, path, device if moving else None, writable=writable)
                if isinstance(found, str):
                    folders.append(found)
                elif found is not None:
                    yield found


def look(root: Path, path: str) -> Sighting | None:
    """What is at `path` now; None for nothing and for a folder."""
    try:
        found = os.lstat(os.path.join(root, path))  # noqa: PTH118 - see walk
    except OSError:
        return None
    return None if stat.S_ISDIR(found.st_mode) else _sighting(path, found)


def ignored_files(inbox: Path, *, moving: bool = True) -> list[Ignored]:
    """What the inbox holds that will not be taken, for people who miss it; empty where there is no inbox."""
    if not inbox.is_dir():
        return []
    return [found for found in walk(inbox.resolve(), moving=moving) if isinstance(found, Ignored)]


def _look(
    root: Path, entry: os.DirEntry[str], path: str, device: int | None, *, writable: bool
) -> Sighting | Ignored | str | None:
    """What is made of an entry; the path again for a folder to look into, None for what is ours or gone."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if path in OURS:
        return None
    if is_ignored(entry.name):
        return Ignored(path, "hidden" if entry.name.startswith(".") else "a temporary file")
    if stat.S_ISDIR(found.st_mode) and (device is None or device == found.st_dev):
        return path
    why = _why_not(root, entry, found, writable=writable)
    return _sighting(path, found) if why is None else Ignored(path, why)


def _why_not(root: Path, entry: os.DirEntry[str], found: os.stat_result, *, writable: bool) -> str | None:
    """Why something that is no folder to look into is not taken; None where it is."""
    if stat.S_ISDIR(found.st_mode):
        return "on another file system: it cannot be moved from there"
    if not writable:
        return "its folder cannot be written: it cannot be moved from there"
    if stat.S_ISLNK(found.st_mode) and _leads_to_a_folder(entry) and _is_within(root, entry):
        return "a link to a folder: what lies in the inbox is taken where it lies"
    return None


def _leads_to_a_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # a loop, or into what we may not see: it has its own end
        return False


def _is_within(root: Path, link: os.DirEntry[str]) -> bool:
    return Path(link.path).resolve().is_relative_to(root)


def _sighting(path: str, found: os.stat_result) -> Sighting:
    return Sighting(path, Seen.of(found), max(found.st_mtime, found.st_ctime))
