"""Fetch's memory held against the ledger and the inbox: what it has done with, and what it would take again."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from contracts.outcomes import State
from services.cli.asked import Asked
from services.cli.checks.ages import Between, minted
from services.cli.checks.found import Check, Notes, Patience
from services.cli.checks.remembered import begun_anew, hold
from services.fetch.comparing import PAGE, Comparing
from services.fetch.core.names import place_uri
from services.fetch.folder.holding import SCHEME
from services.fetch.folder.scan import Sighting, walk
from services.store import core
from services.store.comparing import Known
from services.store.reading import Reading

NEVER_HEARD = "inputs were said to the end by fetch, and the ledger does not know them"
GOES_ON = "inputs have their end, and fetch would go on with them"
TAKEN_AGAIN = "files lie in the inbox, their inputs have their end, and fetch would take them again"


@dataclass
class Seen:
    """How much was looked at."""

    inputs: int = 0
    files: int = 0


def compare(
    asked: Asked, reading: Reading, found: Check, *, late: datetime, until: datetime, patience: Patience
) -> None:
    """Hold its rows against the ledger, and the files that are left where they lie against its rows.

    What ended after `late` it may not have noted yet, and what came after `until` the ledger may not know.
    """
    anew, seen = begun_anew(asked.settings.home, "fetch", "store"), Seen()
    is_left = asked.where.fetch_after == "leave" and asked.inbox.is_dir()

    def looks(session: Session, missing: Notes) -> Iterator[None]:
        fetch = Comparing(session)
        yield from _inputs(fetch, reading, missing, seen, between=Between(anew.get("store"), until), late=late)
        if is_left:
            yield from _left(asked, reading, fetch, missing, seen, since=anew.get("fetch"))

    if hold(asked.settings, "fetch", looks, found, patience):
        files = f", {seen.files} files in the inbox against it" if is_left else ""
        found.looked_at.append(
            f"fetch's memory: {seen.inputs} files, URLs and entries of feeds against the ledger{files}; not pages, "
            "feeds and how far containers have come"
        )


def _inputs(
    fetch: Comparing, reading: Reading, missing: Notes, seen: Seen, *, between: Between, late: datetime
) -> Iterator[None]:
    for page in fetch.inputs():
        said = [one.input_id for one in page if one.is_said and between.has(one.input_id)]
        known = reading.comparing.states(said)
        for input_id in said:
            if input_id not in known:
                missing.miss(NEVER_HEARD, input_id)
        for input_id in reading.ended([one.input_id for one in page if not one.is_said], before=late):
            missing.miss(GOES_ON, input_id)
        seen.inputs += len(page)
        yield


def _left(
    asked: Asked, reading: Reading, fetch: Comparing, missing: Notes, seen: Seen, *, since: datetime | None
) -> Iterator[None]:
    found = (one for one in walk(asked.inbox.resolve(), moving=False) if isinstance(one, Sighting))
    while page := list(islice(found, PAGE)):
        known = reading.comparing.inputs_at([_uri(one.path) for one in page])
        ended = [one for one in page if _has_ended(one, known.get(_uri(one.path), ()), since)]
        remembered = fetch.places([_place(one.path) for one in ended])
        for one in ended:
            if _place(one.path) not in remembered:
                missing.miss(TAKEN_AGAIN, one.path)
        seen.files += len(page)
        yield


def _has_ended(file: Sighting, inputs: Sequence[Known], since: datetime | None) -> bool:
    """Whether an input has its end that was taken up when the file lay there as it does now."""
    first = max(file.changed_at, since.timestamp() if since is not None else 0.0)
    return any(one.state not in {None, State.IN_PROGRESS} and (minted(one.input_id) or 0.0) > first for one in inputs)


def _place(path: str) -> bytes:
    return os.fsencode(f"{SCHEME}:{path}")


def _uri(path: str) -> str:
    return core.storable(place_uri(SCHEME, path))
