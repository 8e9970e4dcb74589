"""What lies below a folder, however deep: os.walk of Python 3.11 calls itself for each level, and not 1,000 times."""

import os
from collections.abc import Iterator
from pathlib import Path


def below(top: Path) -> Iterator[os.DirEntry[str]]:
    """All that lies below `top`, folder by folder, each by name; links are not followed, what is gone is left out."""
    folders = [os.fspath(top)]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        yield from found
        folders += [entry.path for entry in reversed(found) if _is_a_folder(entry)]


def _is_a_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
