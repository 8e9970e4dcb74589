"""What nobody foresaw, counted for each input: the fifth time is its end, as it is a message's."""

from collections.abc import Iterator
from contextlib import contextmanager

from contracts.outcomes import RejectReason
from services.chassis.failures import MAX_FAILURES, ChildKilled
from services.chassis.unavailable import Unavailable
from services.fetch.core import Rejected

MAX_REMEMBERED = 10_000
# These are waited for, however long it takes: the disk, the wire, a machine without memory.
WAITED_FOR = (OSError, Unavailable, ChildKilled)


class Failures:
    """How often each input has failed in this process; the oldest are forgotten when there are too many."""

    def __init__(self) -> None:
        self._errors: dict[str, list[str]] = {}

    @contextmanager
    def counted(self, input_id: str) -> Iterator[None]:
        """Count what is raised in the block, and let it pass; the input starts anew where nothing is."""
        try:
            yield
        except WAITED_FOR:
            raise
        except Exception as error:
            self._errors.setdefault(input_id, []).append(type(error).__name__)
            if len(self._errors) > MAX_REMEMBERED:
                del self._errors[next(iter(self._errors))]
            raise
        self._errors.pop(input_id, None)

    def end_of(self, input_id: str) -> Rejected | None:
        """How an input ends that has failed too often; None while it may be tried again."""
        errors = self._errors.get(input_id, [])
        if len(errors) < MAX_FAILURES:
            return None
        return Rejected(RejectReason.UNREADABLE, f"reading it failed {len(errors)} times: {errors[-1]}")
