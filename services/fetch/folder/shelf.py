"""Where taken files go: `.done` and `.rejected`, by their own path where it is free, never over another file."""

import json
import os
from contextlib import suppress
from datetime import datetime
from typing import IO, Any

from services.fetch.core import Rejected
from services.fetch.core.names import aside, fitting
from services.fetch.folder.claim import REPORT_DRAFT as DRAFT
from services.fetch.folder.claim import Claim
from services.fetch.folder.inbox import DONE, REJECTED, made_file, parent
from services.fetch.folder.rename import rename_into

REPORT = ".error.json"
REPORT_MAX_BYTES = 1 << 20


def put_away(claim: Claim) -> None:
    """Move the claimed file to `.done`."""
    _shelve(claim, claim.inbox.shelf(DONE))


def reject(claim: Claim, source_uri: str, rejected: Rejected, at: datetime) -> None:
    """Move the claimed file to `.rejected`, beside a report that says why."""
    report = {
        "input_id": claim.input_id,
        "source_uri": source_uri,
        "reason": rejected.reason,
        "detail": rejected.detail,
        "at": at.isoformat(),
    }
    with os.fdopen(made_file(claim.fd, DRAFT), "wb") as draft:
        draft.write(json.dumps(report, indent=2, ensure_ascii=True).encode() + b"\n")
        draft.flush()
        os.fsync(draft.fileno())  # its name is kept if the power fails, and without this nothing that it says
    _shelve(claim, claim.inbox.shelf(REJECTED), report=True)


def told(report: IO[bytes]) -> dict[str, Any]:
    """What a report says; nothing where it is none, for a file that was rejected may be called so; raises OSError."""
    try:
        said = json.loads(report.read(REPORT_MAX_BYTES))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def remove(claim: Claim) -> None:
    """Delete the claimed file."""
    with suppress(FileNotFoundError), parent(claim.fd, claim.path) as (folder, name):
        os.unlink(name, dir_fd=folder)


def _shelve(claim: Claim, shelf: int, *, report: bool = False) -> None:
    """The first of its possible places that is free; the last is named after the input, and nobody else's."""
    folder, slash, name = claim.path.rpartition("/")
    beside = aside(name, claim.input_id)
    for place in (claim.path, f"{folder}{slash}{beside}", beside, f"{claim.input_id}/{name}"):
        try:
            if _placed(claim, shelf, place, report=report):
                return
        except (FileExistsError, NotADirectoryError):
            continue
    raise FileExistsError(f".claimed/{claim.input_id}: every place for it is taken")


def _placed(claim: Claim, shelf: int, place: str, *, report: bool) -> bool:
    with parent(claim.fd, claim.path) as (source, name), parent(shelf, place, create=True) as (target, free):
        if report and not _report_placed(claim, target, fitting(free, REPORT)):
            return False
        try:
            rename_into(name, free, source_dir=source, target_dir=target)
        except FileExistsError:
            return _half_moved(source, name, target, free) or (
                report and _withdrawn(claim, target, fitting(free, REPORT))
            )
    return True


def _report_placed(claim: Claim, target: int, name: str) -> bool:
    """Whether the report has its name; it may be there already, from before a crash."""
    try:
        rename_into(DRAFT, name, source_dir=claim.fd, target_dir=target)
    except FileExistsError:
        return _is_report_of(claim, target, name)
    return True


def _is_report_of(claim: Claim, target: int, name: str) -> bool:
    try:
        with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=target), "rb") as file:
            return told(file).get("input_id") == claim.input_id
    except OSError:
        return False


def _withdrawn(claim: Claim, target: int, name: str) -> bool:
    """Take our report back: the file beside it is another."""
    os.rename(name, DRAFT, src_dir_fd=target, dst_dir_fd=claim.fd)
    return False


def _half_moved(source: int, name: str, target: int, free: str) -> bool:
    """Whether a crash between link and unlink left the file in both places; then it is moved now."""
    here = os.stat(name, dir_fd=source, follow_symlinks=False)
    there = os.stat(free, dir_fd=target, follow_symlinks=False)
    if not os.path.samestat(here, there):
        return False
    os.unlink(name, dir_fd=source)
    return True
