"""What is gone from the shelves: a person may tidy them, so it is told, and is no disagreement."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from contracts.outcomes import State
from services.cli.checks.found import Check, Notes, Patience
from services.cli.local.shelves import claimed
from services.fetch.core.names import aside
from services.fetch.folder.holding import SCHEME
from services.fetch.folder.inbox import DONE, REJECTED
from services.store.comparing import Came, Comparing

GONE = (
    "files of inputs that came to their end lie nowhere on the shelves of {} (a person may take them, nothing of ours "
    "does; what was taken under `leave` or `delete` was never put there)"
)
FREE, GIVEN = 1, 2  # of what lies under its own name: it is one input's, however many came under that name
BOTH = (DONE, REJECTED)  # of a container nothing may have been read, and of a rejection the word may have died
PLACES = {State.REJECTED: (REJECTED,), State.EXPANDED: BOTH, State.DEAD: BOTH}


def note(seen: Notes, shelf: str, uri: str) -> None:
    """Note what lies on a shelf, by the place that it would have come from by its path there."""
    seen.note([(shelf + uri, FREE)])


def compare(
    inbox: Path,
    comparing: Comparing,
    seen: Notes,
    found: Check,
    *,
    after: str,
    since: datetime | None,
    until: datetime,
    patience: Patience,
) -> None:
    """Hold what was `seen` on the shelves against the inputs whose files were put there."""
    if after == "leave":
        return
    in_hand = claimed(inbox)
    for page in comparing.came(SCHEME, since=since, until=until):
        for one in filter(_is_text, page):
            shelves = [shelf for shelf in PLACES.get(one.state, (DONE,)) if shelf == REJECTED or after == "move"]
            if shelves and one.input_id not in in_hand and not _lies(one, shelves, seen):
                seen.miss(GONE.format(inbox), f"{one.input_id} ({one.source_uri})")
        if patience.is_over():
            found.unseen.append(f"what else was put away once: {patience.seconds:g} s were over (see --within)")
            return


def _is_text(one: Came) -> bool:
    """Whether its id and place are; what they are instead is named by the row that it is in."""
    return isinstance(one.input_id, str) and isinstance(one.source_uri, str)


def _lies(one: Came, shelves: list[str], seen: Notes) -> bool:
    for place in (shelf + uri for shelf in shelves for uri in _own_places(one)):
        if seen.value(place) is not None:
            return True
    for shelf in shelves:
        if seen.value(shelf + one.source_uri) == FREE:
            seen.note([(shelf + one.source_uri, GIVEN)])
            return True
    return False


def _own_places(one: Came) -> Iterator[str]:
    """The places that are no other input's."""
    folder, slash, name = one.source_uri.removeprefix(f"{SCHEME}:").rpartition("/")
    beside = aside(name, one.input_id)
    for path in (f"{folder}{slash}{beside}", beside, f"{one.input_id}/{name}"):
        yield f"{SCHEME}:{path}"
