"""Every file that was put away is that of an input which the ledger knows."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from contracts.identity import is_input_id
from contracts.outcomes import State
from services.cli.checks.found import Check, Notes, Patience, notes
from services.cli.local.shelves import ASIDE, names_before
from services.fetch.core.names import aside, fitting, place_uri
from services.fetch.folder.holding import SCHEME
from services.fetch.folder.inbox import DONE, REJECTED
from services.fetch.folder.shelf import REPORT
from services.store import core
from services.store.comparing import Comparing, Known

PAGE = 400  # files that are asked about at once, under two names each
REPORT_MAX_BYTES = 1 << 20
UNKNOWN = "files lie in .done, and the ledger knows no input of theirs"
NOT_REJECTED = "files lie in .rejected, and the ledger does not say that they were rejected"


def compare(
    inbox: Path, comparing: Comparing, found: Check, *, since: datetime | None, until: datetime, patience: Patience
) -> None:
    """Hold the ledger against the shelves; what was put away before `since` or after `until` is not looked at."""
    between = (since.timestamp() if since is not None else 0.0, until.timestamp())
    looked_at: list[str] = []
    with notes() as missing:
        for shelf, look in ((DONE, _done), (REJECTED, _rejected)):
            files, passed_over = _Count(), _Count()
            paths = _files(inbox / shelf, between, files, passed_over)
            while page := list(islice(paths, PAGE)):
                look(inbox / shelf, page, comparing, missing)
                if patience.is_over():
                    found.unseen.append(f"the rest of {shelf}: {patience.seconds:g} s were over (see --within)")
                    break
            others = f" ({passed_over.number} more are of before the ledger, or too new)" if passed_over.number else ""
            looked_at.append(f"{files.number} files in {shelf}{others}")
        found.findings += missing.findings()
    found.looked_at.append(f"the inbox: {', '.join(looked_at)}: that the ledger knows them, not their bytes")


class _Count:
    number = 0


def _files(top: Path, between: tuple[float, float], files: _Count, passed_over: _Count) -> Iterator[str]:
    """Plain files below `top`, by their paths there; a folder of millions is never listed as a whole."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(top / folder)
        except OSError:
            continue
        with entries:
            for entry in entries:
                path = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False) and not (top.name == REJECTED and path.endswith(REPORT)):
                    changed = _changed(entry)
                    if changed is not None and between[0] <= changed <= between[1]:
                        files.number += 1
                        yield path
                    else:
                        passed_over.number += 1


def _changed(entry: os.DirEntry[str]) -> float | None:
    """When it was put there; None where it is gone already."""
    try:
        return entry.stat(follow_symlinks=False).st_ctime
    except OSError:
        return None


def _done(shelf: Path, page: Sequence[str], comparing: Comparing, missing: Notes) -> None:
    known = _inputs_of(page, comparing)
    for path in page:
        if not _is_known(shelf, path, known, comparing):
            missing.miss(UNKNOWN, path)


def _rejected(shelf: Path, page: Sequence[str], comparing: Comparing, missing: Notes) -> None:
    """The report beside a file names its input; without one its path does, as on the other shelf."""
    inputs = {path: input_id for path in page if (input_id := _reported(shelf, path)) is not None}
    states = comparing.states(sorted(set(inputs.values())))
    others = _inputs_of([path for path in page if path not in inputs], comparing)
    for path in page:
        if path in inputs:
            is_known = states.get(inputs[path]) not in {None, State.IN_PROGRESS}
        else:
            is_known = _is_known(shelf, path, others, comparing)
        if not is_known:
            missing.miss(NOT_REJECTED, path)


def _reported(shelf: Path, path: str) -> str | None:
    try:
        folder, slash, name = path.rpartition("/")
        with (shelf / f"{folder}{slash}{fitting(name, REPORT)}").open("rb") as file:
            told = json.loads(file.read(REPORT_MAX_BYTES))
    except (OSError, ValueError):
        return None
    input_id = told.get("input_id") if isinstance(told, dict) else None
    return input_id if isinstance(input_id, str) else None


def _inputs_of(page: Sequence[str], comparing: Comparing) -> dict[str, list[Known]]:
    return comparing.inputs_at(sorted({_uri(name) for path in page for name in _names(path)}))


def _names(path: str) -> list[str]:
    """The paths that a file may have come under: its own, that of which it has the place beside, or in a folder."""
    first, slash, rest = path.partition("/")
    return [*names_before(path), *([rest] if slash and is_input_id(first) else [])]


def _is_known(shelf: Path, path: str, known: dict[str, list[Known]], comparing: Comparing) -> bool:
    """Whether an input put the file there: of those that came from its path one that has no other place of its own."""
    folder, slash, name = path.rpartition("/")
    for came_as in _names(path):
        own = came_as.rpartition("/")[2]
        inputs = known.get(_uri(came_as), [])
        if came_as != path:
            if any(name == aside(own, one.input_id) or folder == one.input_id for one in inputs):
                return True
        elif not all(os.path.lexists(shelf / f"{folder}{slash}{aside(name, one.input_id)}") for one in inputs):
            return True
    return _lies_elsewhere(path, comparing)


def _lies_elsewhere(path: str, comparing: Comparing) -> bool:
    """Whether it came out of a folder that has no place on the shelf: then it lies at its top, under its input's id."""
    found = ASIDE.match(path)
    if found is None or "/" in path:
        return False
    came_as = f"{found['stem']}{found['suffix'] or ''}"
    return any(uri.endswith(f"/{came_as}") for uri in comparing.ending_in(found["digits"]))


def _uri(path: str) -> str:
    return core.storable(place_uri(SCHEME, path))
