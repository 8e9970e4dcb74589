"""Whose business the home and what lies in it is: its owner's alone, whatever somebody has made of it since."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.chassis.private import OWNER_ALONE
from services.cli.local.home import is_all_ours, is_ours


@dataclass(frozen=True)
class Lax:
    """Something that others may read or write, and the mode that it has."""

    path: Path
    mode: int

    @property
    def wanted(self) -> int:
        """The mode without the rights of others."""
        return self.mode & ~OWNER_ALONE

    def told(self) -> str:
        """In words, with what helps."""
        return (
            f"{self.path} is open to others (mode {self.mode:03o}, not {self.wanted:03o}): "
            f"`chmod go= {self.path}`, or start `wireroom up`, which does it"
        )


def lax(home: Path) -> Iterator[Lax]:
    """The home, where it holds nothing of others, and all that is ours in it; what a link leads to is not ours."""
    if is_all_ours(home) and (found := _lax(home)) is not None:
        yield found
    for path in sorted(home.iterdir()):
        if is_ours(path.name):
            yield from _below(path)


def close(home: Path) -> list[Lax]:
    """Take the rights of others away; what was open. What is another's stays, for who may is not us."""
    closed = []
    for one in lax(home):
        try:
            one.path.chmod(one.wanted)
        except OSError:
            continue
        closed.append(one)
    return closed


def _below(path: Path) -> Iterator[Lax]:
    if (found := _lax(path)) is not None:
        yield found
    for folder, folders, files in os.walk(path) if not path.is_symlink() else ():
        for name in (*folders, *files):
            if (found := _lax(Path(folder, name))) is not None:
                yield found


def _lax(path: Path) -> Lax | None:
    try:
        mode = path.lstat().st_mode
    except OSError:  # gone meanwhile
        return None
    if stat.S_ISLNK(mode) or not mode & OWNER_ALONE:
        return None
    return Lax(path, stat.S_IMODE(mode))
