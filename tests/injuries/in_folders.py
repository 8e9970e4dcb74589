"""What lies in the folders: files on their shelves, reports beside them, and who may read what is nobody's business."""

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

SHELVES = (".done", ".rejected")
REPORT = ".error.json"
OTHERS = 0o077  # everybody but the owner


def shelves(inbox: Path) -> dict[str, str]:
    """Every file on a shelf: its place, and the hash of its bytes."""
    return {
        f"{shelf}/{path}": hashlib.sha256((inbox / shelf / path).read_bytes()).hexdigest()
        for shelf in SHELVES
        for path in files(inbox / shelf)
    }


def modes(inbox: Path) -> dict[str, int]:
    """Every file on a shelf that is no report, and who may do what with it."""
    return {
        f"{shelf}/{path}": stat.S_IMODE((inbox / shelf / path).lstat().st_mode)
        for shelf in SHELVES
        for path in files(inbox / shelf)
        if not path.endswith(REPORT)
    }


def reports(inbox: Path) -> dict[str, Mapping[str, Any]]:
    """Every report: its place, and what it says; nothing where it cannot be read."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in files(inbox / ".rejected"):
        if path.endswith(REPORT):
            told = found[f".rejected/{path}"] = {}
            with suppress(ValueError, TypeError):
                told.update(json.loads((inbox / ".rejected" / path).read_text()))
    return found


def open_to_others(home: Path) -> Iterator[str]:
    """What in the home folder others than its owner may read or write."""
    inside = (Path(place, name) for place, folders, names in os.walk(home) for name in (*folders, *names))
    for path in (home, *sorted(inside)):  # the server removes what was laid for who has gone
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(path.lstat().st_mode)
            if mode & OTHERS and not path.is_symlink():
                place = path.relative_to(home.parent)
                yield f"{place} has the mode {mode:o}: it is its owner's business alone"


def files(folder: Path) -> list[str]:
    """Everything in a folder and its folders that is no folder."""
    return sorted(os.path.relpath(f"{place}/{name}", folder) for place, _, names in os.walk(folder) for name in names)
