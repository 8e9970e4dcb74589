"""What the inbox's shelves tell: how files were rejected, and which were taken."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any

from contracts.identity import article_id
from services.chassis import faults
from services.cli.local.below import below
from services.fetch.core.names import DIGEST_CHARACTERS, aside, place_uri
from services.fetch.folder.holding import SCHEME
from services.fetch.folder.inbox import CLAIMED, DONE, REJECTED, Inbox, parent
from services.fetch.folder.rename import rename_into
from services.fetch.folder.shelf import REPORT, told
from services.fetch.ingest import SCHEME as INGESTED

# How fetch names a file whose own name is taken.
ASIDE = re.compile(rf"^(?P<stem>.+)\.(?P<digits>[0-9a-f]{{{DIGEST_CHARACTERS}}})(?P<suffix>\.[^.]*)?$")


def reports(inbox: Path, since: datetime) -> Iterator[dict[str, Any]]:
    """What fetch wrote beside the files that it rejected since then; what is no report is passed over."""
    for path in _changed_since(inbox / REJECTED, since):
        if path.endswith(REPORT):
            try:
                with (inbox / REJECTED / path).open("rb") as file:
                    report = told(file)
            except OSError:
                continue
            if report:
                yield report


def taken(inbox: Path, since: datetime) -> Iterator[str]:
    """The files that were put away as done since then, by their paths there."""
    return _changed_since(inbox / DONE, since)


def claimed(inbox: Path) -> set[str]:
    """The inputs that fetch has in its hands: it goes on with them by itself."""
    try:
        return {entry.name for entry in os.scandir(inbox / CLAIMED)}
    except OSError:
        return set()


def names_before(path: str) -> list[str]:
    """The paths that a file may have come under which lies at `path` now."""
    folder, slash, name = path.rpartition("/")
    found = ASIDE.match(name)
    return [path] if found is None else [path, f"{folder}{slash}{found['stem']}{found['suffix'] or ''}"]


def articles_of(path: str, sha256: str) -> list[str]:
    """The articles that a file with these bytes may have become."""
    return [article_id(place_uri(SCHEME, name), sha256) for name in names_before(path)]


def is_known(path: str, inputs: Sequence[AbstractSet[str]]) -> bool:
    """Whether one of the inputs put the file there, by the articles that it may have become, as in `articles_of`.

    A file whose own name was taken bears the end of its input's id, and is no other input's of the same article.
    """
    as_it_is, *before = inputs
    name = path.rpartition("/")[2]
    came_as = [named.rpartition("/")[2] for named in names_before(path)[1:]]
    asides = (aside(own, one) for own, known in zip(came_as, before, strict=True) for one in known)
    return bool(as_it_is) or name in asides


def owner_of(path: str, containers: Sequence[AbstractSet[str]]) -> tuple[str, str] | None:
    """Which of the containers that came under one of `names_before` put the file there, and that name.

    A file that bears its own name is that of the first of them, for the place was free then.
    """
    as_it_is, *before = containers
    name = path.rpartition("/")[2]
    for came_as, inputs in zip(names_before(path)[1:], before, strict=True):
        for one in inputs:
            if aside(came_as.rpartition("/")[2], one) == name:
                return one, came_as
    return (min(as_it_is), path) if as_it_is else None


def places_of(inbox: Path, source_uri: str, input_id: str) -> list[Path]:
    """Where the file of an input may lie: the place that only it can have first."""
    scheme, _, path = source_uri.partition(":")
    if scheme != SCHEME:
        return [Path(path)] if scheme == INGESTED else []
    folder, slash, name = path.rpartition("/")
    return [inbox / DONE / f"{folder}{slash}{aside(name, input_id)}", inbox / DONE / path, inbox / path]


def hash_of(file: Path) -> str | None:
    """The hash of a file's bytes; None where it is gone."""
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None


def give_back(inbox: Path, path: str, name_for_another: str) -> str | None:
    """Move a file from `.done` into the inbox, where fetch takes it as what arrives; its path there, None where gone.

    Never over another file: there it bears `name_for_another` in its name.
    """
    opened = Inbox(inbox, moving=True)
    folder, slash, name = path.rpartition("/")
    with parent(opened.shelf(DONE), path) as (source, here):
        for target in (path, f"{folder}{slash}{aside(name, name_for_another)}"):
            try:
                with parent(opened.root, target, create=True) as (there, free):
                    rename_into(here, free, source_dir=source, target_dir=there)
            except FileExistsError:
                continue
            except FileNotFoundError:
                return None
            faults.point("given_back")
            return target
    return None


def _changed_since(top: Path, since: datetime) -> Iterator[str]:
    """Plain files below `top` that were written or moved since then; links are not followed."""
    for entry in below(top):
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if S_ISREG(found.st_mode) and found.st_ctime >= since.timestamp():
            yield os.path.relpath(entry.path, top)
