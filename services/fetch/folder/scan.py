"""Looking through the inbox: what waits in it, what is passed over, and which folders there are."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.fetch.core import Rejected
from services.fetch.core.names import is_ignored
from services.fetch.folder.inbox import CLAIMED, DONE, REJECTED, is_claim
from services.fetch.folder.links import target_of
from services.fetch.originals import Seen

OURS = frozenset({CLAIMED, DONE, REJECTED})
NO_CLAIM = "among the claims, and no claim of fetch's: move it into the inbox, where it is taken, or away"
NOT_LOOKED_AT = "it cannot be looked at: {}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that waits at `path` (relative to the inbox); `changed_at` is when it came or was last changed."""

    path: str
    seen: Seen
    changed_at: float
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that is passed over, and why; `unseen` if nobody knows what is missed with it."""

    path: str
    why: str
    unseen: bool = False


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
    if moving and not start:
        yield from strangers(root)
    while folders:
        folder = folders.pop()
        full = os.path.join(root, folder)  # noqa: PTH118 - a Path would cost a third of the walk
        try:
            entries = os.scandir(full)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            yield Ignored(folder, f"the folder cannot be read: {error.strerror}", unseen=True)
            continue
        yield Subfolder(folder)
        writable = not moving or os.access(full, os.W_OK | os.X_OK)
        with entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                found = _look(root, entry.path, path, device if moving else None, writable=writable)
                if isinstance(found, str):
                    folders.append(found)
                elif found is not None:
                    yield found


def look(root: Path, path: str, *, moving: bool) -> Sighting | None:
    """What waits at `path` now; None for nothing, for a folder, and for what `walk` would pass over."""
    full = os.path.join(root, path)  # noqa: PTH118 - see walk
    try:
        device = os.stat(root).st_dev if moving else None  # noqa: PTH116 - see walk
    except OSError:
        return None
    writable = not moving or os.access(os.path.dirname(full), os.W_OK | os.X_OK)  # noqa: PTH120 - see walk
    found = _look(root, full, path, device, writable=writable)
    return found if isinstance(found, Sighting) else None


def strangers(root: Path) -> Iterator[Ignored]:
    """What lies among the claims and is none: nobody takes it up. What is passed over by its name is no matter."""
    try:
        entries = os.scandir(root / CLAIMED)
    except OSError:
        return
    with entries:
        for entry in entries:
            path = f"{CLAIMED}/{entry.name}"
            try:
                is_one_of_ours = is_ignored(entry.name) or (
                    is_claim(entry.name) and entry.is_dir(follow_symlinks=False)
                )
            except OSError as error:
                yield Ignored(path, NOT_LOOKED_AT.format(error.strerror), unseen=True)
                continue
            if not is_one_of_ours:
                yield Ignored(path, NO_CLAIM)


def files_in(inbox: Path, *, moving: bool = True) -> tuple[list[Sighting], list[Ignored]]:
    """What waits in the inbox, and what in it will not be taken, for people who miss it."""
    found = list(walk(inbox.resolve(), moving=moving)) if inbox.is_dir() else []
    return (
        [one for one in found if isinstance(one, Sighting)],
        [one for one in found if isinstance(one, Ignored)],
    )


def _look(root: Path, full: str, path: str, device: int | None, *, writable: bool) -> Sighting | Ignored | str | None:
    """What is made of what lies at `full`; `path` again for a folder to look into, None for what is ours or gone."""
    if path in OURS:
        return None
    try:
        found = os.lstat(full)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return Ignored(path, NOT_LOOKED_AT.format(error.strerror), unseen=True)
    name = path.rpartition("/")[2]
    if is_ignored(name):
        return Ignored(path, "hidden" if name.startswith(".") else "a temporary file")
    if stat.S_ISDIR(found.st_mode) and (device is None or device == found.st_dev):
        return path
    why = _why_not(root, full, found, writable=writable)
    return _sighting(root, full, path, found) if why is None else Ignored(path, why)


def _why_not(root: Path, full: str, found: os.stat_result, *, writable: bool) -> str | None:
    """Why something that is no folder to look into is not taken; None where it is."""
    if stat.S_ISDIR(found.st_mode):
        return "on another file system: it cannot be moved from there"
    if not writable:
        return "its folder cannot be written: it cannot be moved from there"
    if stat.S_ISLNK(found.st_mode) and os.path.isdir(full) and Path(full).resolve().is_relative_to(root.resolve()):  # noqa: PTH112 - it raises nothing
        return "a link to a folder: what lies in the inbox is taken where it lies"
    return None


def _sighting(root: Path, full: str, path: str, found: os.stat_result) -> Sighting:
    """For a link what it leads to must rest, so that is what is seen of it; the link itself where it leads nowhere."""
    came_at = max(found.st_mtime, found.st_ctime)
    if not stat.S_ISLNK(found.st_mode):
        return Sighting(path, Seen.of(found), came_at)
    try:
        target = target_of(root, path, os.readlink(full))  # noqa: PTH115 - see walk
        there = None if isinstance(target, Rejected) else os.stat(target)  # noqa: PTH116 - see walk
    except OSError:
        there = None
    if there is None:
        return Sighting(path, Seen.of(found), came_at, is_link=True)
    return Sighting(path, Seen.of(there), max(came_at, there.st_mtime, there.st_ctime), is_link=True)
