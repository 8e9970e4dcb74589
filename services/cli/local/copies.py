"""A database that somebody copied by himself, taken for a backup: a restore goes on from it and catches up."""

from datetime import UTC, datetime
from pathlib import Path

from services.chassis import beginnings, marks, standing
from services.chassis.migrations import knows
from services.chassis.version import VERSION
from services.cli.errors import Told
from services.cli.local import archive
from services.cli.local.history import BLIND
from services.cli.local.home import sync_folder
from services.cli.local.manifest import Manifest, Member
from services.cli.local.migrations import remembering

HEAD = b"SQLite format 3\0"


def is_one(file: Path) -> bool:
    """Whether it is a database, and no archive; raises OSError."""
    with file.open("rb") as content:
        return content.read(len(HEAD)) == HEAD


def take(home: Path, file: Path, folder: Path) -> Manifest:
    """Copies of it, and of all in the home that are older copies of themselves, in `folder`; raises Told.

    These are caught up together: while one of them waits for that, nothing can be caught up for another.
    """
    whose = next((service for service in remembering() if standing.wrong_with(file, service) is None), None)
    if whose is None:
        raise Told(f"{file} is no database of {', '.join(remembering())}, or it is damaged")
    sources = {service: home / f"{service}.db" for service in remembering() if beginnings.older(home, service)}
    sources[whose] = file
    archive.make_sure_of_room(home, sum(map(archive.size_of, sources.values())), f"{file}: a copy of it")
    members, marked = [], []
    for service, source in sources.items():
        members.append(_copied(source, folder / f"{service}.db"))
        marked.append(marks.of(folder / f"{service}.db").last)
    sync_folder(folder)
    now, of = datetime.now(UTC), marks.moment(min(marked))
    if of > now:  # its clock was ahead: nothing tells of which time it is
        of = marks.BEGAN
    return Manifest(begun_at=of, copied_at=now, unheard_since=of - BLIND, streams={}, members=tuple(members))


def _copied(source: Path, copy: Path) -> Member:
    """A copy that is whole; what lies beside an older file is that of the later one."""
    alone = (noted := marks.noted(source)) is not None and marks.of(source).in_file < noted.in_file
    member = archive.copied(source, copy, alone=alone)
    if member.revision is None or not knows(copy.stem, member.revision):
        told = f"is at revision {member.revision}, which this Wireroom ({VERSION}) does not know"
        raise Told(f"{source} {told}")
    return member
