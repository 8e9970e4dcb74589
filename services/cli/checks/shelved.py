"""Every file that was put away is that of an input which the ledger knows, and lies where its end says."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from contracts.identity import is_input_id
from contracts.outcomes import State
from services.cli.checks import tidied
from services.cli.checks.found import Check, Notes, Patience, notes
from services.cli.local.shelves import ASIDE, names_before
from services.fetch.core.names import aside, fitting, place_uri
from services.fetch.folder.holding import SCHEME
from services.fetch.folder.inbox import DONE, REJECTED
from services.fetch.folder.shelf import REPORT, told
from services.store import core
from services.store.comparing import Comparing, Known

PAGE = 400  # files that are asked about at once, under two names each
UNKNOWN = "files lie in .done, and the ledger knows no input of theirs"
WAS_REJECTED = "files lie in .done, and the ledger says that they were rejected"
NOT_REJECTED = "files lie in .rejected, and the ledger does not say that they were rejected"
NO_REPORT = "files in .rejected have no report beside them that can be read (`wireroom trace` says why they lie there)"
NOT_DONE = {State.REJECTED}
NOT_SO = {State.STORED, State.DUPLICATE, State.IN_PROGRESS}  # a container of which nothing was read is expanded


def compare(
    inbox: Path,
    comparing: Comparing,
    found: Check,
    *,
    after: str,
    since: datetime | None,
    until: datetime,
    patience: Patience,
) -> None:
    """Hold the ledger against the shelves; what was put away before `since` or after `until` is not looked at.

    What is gone from them a person may have taken: it is told beside. `after` is what becomes of taken files.
    """
    between = (since.timestamp() if since is not None else 0.0, until.timestamp())
    looked_at: list[str] = []
    with notes() as missing, notes() as seen:
        is_whole = True
        for shelf, look in ((DONE, _done), (REJECTED, _rejected)):
            files, passed_over = _Count(), _Count()
            paths = _files(inbox / shelf, between, files, passed_over, seen)
            while page := list(islice(paths, PAGE)):
                look(inbox / shelf, page, comparing, missing, seen)
                if patience.is_over():
                    found.unseen.append(f"the rest of {shelf}: {patience.seconds:g} s were over (see --within)")
                    is_whole = False
                    break
            others = f" ({passed_over.number} more are of before the ledger, or too new)" if passed_over.number else ""
            looked_at.append(f"{files.number} files in {shelf}{others}")
        if is_whole:
            tidied.compare(inbox, comparing, seen, found, after=after, since=since, until=until, patience=patience)
        found.findings += missing.findings()
        told = seen.findings()
    closely = "that the ledger knows them, and that they are where their inputs' ends say, not their bytes"
    found.looked_at += [f"the inbox: {', '.join(looked_at)}: {closely}", *told]


class _Count:
    number = 0


def _files(top: Path, between: tuple[float, float], files: _Count, passed_over: _Count, seen: Notes) -> Iterator[str]:
    """Plain files below `top`, by their paths there; a folder of millions is never listed as a whole.

    Whatever lies there is `seen`.
    """
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
                    continue
                tidied.note(seen, top.name, _uri(path))
                if entry.is_file(follow_symlinks=False) and not (top.name == REJECTED and path.endswith(REPORT)):
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


def _done(shelf: Path, page: Sequence[str], comparing: Comparing, missing: Notes, _: Notes) -> None:
    known = _inputs_of(page, comparing)
    for path in page:
        states = _states(shelf, path, known, comparing)
        if states <= NOT_DONE:
            missing.miss(WAS_REJECTED if states else UNKNOWN, path)


def _rejected(shelf: Path, page: Sequence[str], comparing: Comparing, missing: Notes, seen: Notes) -> None:
    """The report beside a file names its input; without one its path does, as on the other shelf."""
    inputs = {path: input_id for path in page if (input_id := _reported(shelf, path)) is not None}
    states = comparing.states(sorted(set(inputs.values())))
    others = _inputs_of([path for path in page if path not in inputs], comparing)
    for path in page:
        if path in inputs:  # it may have been read before it was rejected, and then the ledger has its article's end
            is_known = states.get(inputs[path]) not in {None, State.IN_PROGRESS}
        else:
            is_known = not _states(shelf, path, others, comparing) <= NOT_SO
            seen.miss(NO_REPORT, path)
        if not is_known:
            missing.miss(NOT_REJECTED, path)


def _reported(shelf: Path, path: str) -> str | None:
    try:
        folder, slash, name = path.rpartition("/")
        with (shelf / f"{folder}{slash}{fitting(name, REPORT)}").open("rb") as file:
            input_id = told(file).get("input_id")
    except OSError:
        return None
    return input_id if isinstance(input_id, str) else None


def _inputs_of(page: Sequence[str], comparing: Comparing) -> dict[str, list[Known]]:
    return comparing.inputs_at(sorted({_uri(name) for path in page for name in _names(path)}))


def _names(path: str) -> list[str]:
    """The paths that a file may have come under: its own, that of which it has the place beside, or in a folder."""
    first, slash, rest = path.partition("/")
    return [*names_before(path), *([rest] if slash and is_input_id(first) else [])]


def _states(shelf: Path, path: str, known: dict[str, list[Known]], comparing: Comparing) -> set[State | None]:
    """How those inputs stand that may have put the file there.

    Of those that came from its path, they are the ones that have no other place of their own.
    """
    folder, slash, name = path.rpartition("/")
    owners: list[Known] = []
    for came_as in _names(path):
        own = came_as.rpartition("/")[2]
        inputs = known.get(_uri(came_as), [])
        if came_as != path:
            owners += [one for one in inputs if name == aside(own, one.input_id) or folder == one.input_id]
        else:
            beside = ((one, shelf / f"{folder}{slash}{aside(name, one.input_id)}") for one in inputs)
            owners += [one for one, place in beside if not os.path.lexists(place)]
    return {one.state for one in owners or _from_elsewhere(path, comparing)}


def _from_elsewhere(path: str, comparing: Comparing) -> list[Known]:
    """Whose it is if it came out of a folder that has no place on the shelf.

    Then it lies at its top, under its input's id.
    """
    found = ASIDE.match(path)
    if found is None or "/" in path:
        return []
    came_as = f"/{found['stem']}{found['suffix'] or ''}"
    return [one for uri, one in comparing.ending_in(found["digits"]) if uri.endswith(came_as)]


def _uri(path: str) -> str:
    return core.storable(place_uri(SCHEME, path))
