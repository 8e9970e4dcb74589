"""Whose business the home and what lies in it is: its owner's alone, whatever somebody has made of it since."""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from contracts.topology import SERVICES
from services.chassis.private import OWNER_ALONE
from services.cli.local.below import below
from services.cli.local.home import is_all_ours, is_ours

OUR_LOGS = tuple(f"{name}.log*" for name in (*SERVICES, "nats-server", "migrations", "catchup"))


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
    """The home, where it holds nothing of others, and all that is ours in it, as far as this user owns it.

    The home may be a link; what a link in it leads to is not ours.
    """
    all_ours = is_all_ours(home)
    if all_ours and (found := _lax(home.resolve())) is not None:
        yield found
    for path in sorted(home.iterdir()):
        if is_ours(path.name) and (all_ours or path.name != "logs" or _are_our_logs(path)):
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


def made_for_another(*folders: Path) -> str | None:
    """What root is told where it works in another's folders: what it makes there is its own, and of no use to them.

    Where they belong to several it is told of those who own the first.
    """
    others = {path: uid for path in folders if path.exists() and (uid := path.stat().st_uid) != 0}
    if os.geteuid() != 0 or not others:
        return None
    whose = next(iter(others.values()))
    owner, theirs = _name_of(whose), [str(path) for path, uid in others.items() if uid == whose]
    return (
        f"this runs as root, and {' '.join(theirs)} {'belongs' if len(theirs) == 1 else 'belong'} to {owner}: what is "
        f"made there is root's, and no use to {owner}; start it as {owner}, and give back what is made meanwhile with "
        f"`chown -R --no-dereference {owner} {shlex.join(theirs)}`"
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _are_our_logs(folder: Path) -> bool:
    """Whether nobody else logs there too: in a folder where others have their work it may be theirs."""
    try:
        return all(any(fnmatch(path.name, ours) for ours in OUR_LOGS) for path in folder.iterdir())
    except OSError:  # nobody knows whose it is
        return False


def _below(path: Path) -> Iterator[Lax]:
    if (found := _lax(path)) is not None:
        yield found
    for entry in below(path) if not path.is_symlink() else ():
        if (found := _lax(Path(entry.path))) is not None:
            yield found


def _lax(path: Path) -> Lax | None:
    try:
        found = path.lstat()
    except OSError:  # gone meanwhile
        return None
    if found.st_uid != os.geteuid():  # root could close it all the same
        return None
    if stat.S_ISLNK(found.st_mode) or not found.st_mode & OWNER_ALONE:
        return None
    return Lax(path, stat.S_IMODE(found.st_mode))
