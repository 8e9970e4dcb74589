"""Waiting in the ledger until inputs have ended."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Connection, select

from contracts.outcomes import State
from services.chassis.settings import House
from services.store.connecting import connected
from services.store.tables import Input
from services.store.writing import table_of

INPUTS = table_of(Input)
AT_ONCE = 500  # asked for in one question
GOOD = {State.STORED, State.DUPLICATE, State.EXPANDED}


@dataclass(frozen=True)
class End:
    """How an input ended."""

    input_id: str
    state: State
    reason: str | None
    detail: str | None
    article_id: str | None
    duplicate_of: str | None
    children: int | None
    source_uri: str | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self.state in GOOD


@contextmanager
def opened(settings: House) -> Iterator["Ledger"]:
    """The ledger, for reading only; it may be empty still. Raises NoStore where it cannot be read."""
    with connected(settings.database("store")) as connection:
        yield Ledger(connection)


class Ledger:
    """Looks for the ends of inputs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ends(self, input_ids: Sequence[str]) -> list[End]:
        """The ends of those that have ended."""
        columns = [INPUTS.c[name] for name in End.__dataclass_fields__]
        asked = select(*columns).where(INPUTS.c.input_id.in_(input_ids), INPUTS.c.state != State.IN_PROGRESS)
        return [End(**{**row, "state": State(row["state"])}) for row in self._connection.execute(asked).mappings()]


class Waiting:
    """The inputs whose ends are still to come; what comes out of a container is waited for as well."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._open = ledger, deque[str]()

    def __len__(self) -> int:
        return len(self._open)

    def add(self, input_id: str) -> None:
        """Wait for this one too."""
        self._open.append(input_id)

    def forget(self, input_id: str) -> None:
        """Do not wait for this one: it will have no end now."""
        with suppress(ValueError):
            self._open.remove(input_id)

    def look(self) -> list[End]:
        """The ends that came since; asks for some at a time, and for more only where it was worth it."""
        found: list[End] = []
        for _ in range(0, len(self._open), AT_ONCE):
            some = [self._open.popleft() for _ in range(min(AT_ONCE, len(self._open)))]
            ended = {end.input_id: end for end in self._ledger.ends(some)}
            self._open.extend(input_id for input_id in some if input_id not in ended)
            for end in ended.values():
                self._open.extend(f"{end.input_id}#{number + 1}" for number in range(end.children or 0))
            found += ended.values()
            if not ended:
                break
        return found
