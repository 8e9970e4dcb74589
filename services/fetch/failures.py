"""What nobody foresaw, counted for each input: the fifth time is its end, as it is a message's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from contracts.outcomes import RejectReason
from services.chassis.failures import MAX_FAILURES, ChildKilled
from services.chassis.unavailable import Unavailable
from services.fetch.core import Rejected
from services.fetch.rooms import NoRoom

MAX_REMEMBERED = 10_000
# These are waited for, however long it takes: the disk, the wire, a room.
WAITED_FOR = (OSError, Unavailable, NoRoom)

T = TypeVar("T")


class Failures:
    """How often each input has failed in this process; the oldest are forgotten when there are too many."""

    def __init__(self) -> None:
        self._errors: dict[str, list[str]] = {}
        self._deaths: dict[str, int] = {}

    @contextmanager
    def counted(self, input_id: str) -> Iterator[None]:
        """Count what is raised in the block, and let it pass; the input starts anew where nothing is."""
        try:
            yield
        except ChildKilled:
            self._deaths[input_id] = self._deaths.get(input_id, 0) + 1
            keep_the_latest(self._deaths)
            raise
        except WAITED_FOR:
            raise
        except Exception as error:  # whatever it is, it is counted and raised again
            self._errors.setdefault(input_id, []).append(type(error).__name__)
            keep_the_latest(self._errors)
            raise
        self._errors.pop(input_id, None)
        self._deaths.pop(input_id, None)

    def end_of(self, input_id: str) -> Rejected | None:
        """How an input ends that has failed too often; None while it may be tried again."""
        errors = self._errors.get(input_id, [])
        if len(errors) < MAX_FAILURES:
            return None
        return Rejected(RejectReason.UNREADABLE, f"reading it failed {len(errors)} times: {errors[-1]}")

    def is_last_try(self, input_id: str) -> bool:
        """Whether what was read once, and kills its child ever since, is waited for no more if it does so again."""
        return self._deaths.get(input_id, 0) >= MAX_FAILURES - 1


class ReadOnce(Rejected):
    """Rejected because it was read once, kills its child ever since, and is waited for no more."""


def never_again(why: Rejected) -> ReadOnce:
    """How something ends of which that is so; what lies in it ends for the same reason, told once."""
    return why if isinstance(why, ReadOnce) else ReadOnce(why.reason, f"it was read once, and not since: {why.detail}")


def keep_the_latest(known: dict[str, T]) -> None:
    """Forget the oldest of what is known by input, where it is one too many."""
    if len(known) > MAX_REMEMBERED:
        del known[next(iter(known))]
