"""How far a container has come on its way to its end, and what became of what came out of it: plain values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import itemgetter

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.core.members import Behind, Spent

NAMED = 20  # of the members that failed, in what is told of the container


@dataclass(frozen=True)
class Begun:
    """A container that is not at its end: the portion in work, and which members have theirs.

    All up to the number `done` have, and those in `beyond`. `before` was spent when the portion was unpacked, `spent`
    is what has been since. `ahead` is what will be done with when that portion is, for nobody may be able to unpack it
    again, and `more` if others follow. `given_up` says why that portion, and what is behind it, is one rejected child.
    """

    sha256: str
    behind: Behind = field(default_factory=Behind)
    before: Spent = field(default_factory=Spent)
    spent: Spent = field(default_factory=Spent)
    done: int = 0
    beyond: tuple[int, ...] = ()
    reasons: tuple[tuple[RejectReason, int], ...] = ()
    failed: tuple[tuple[str, Rejected], ...] = ()
    ahead: Behind | None = None
    more: bool = False
    given_up: Rejected | None = None


class Tally:
    """What became of the children of a container."""

    def __init__(self, begun: Begun | None = None) -> None:
        self._done = begun.done if begun is not None else 0
        self._beyond = set(begun.beyond if begun is not None else ())
        self._reasons = Counter(dict(begun.reasons) if begun is not None else {})
        self._failed = list(begun.failed if begun is not None else ())

    @property
    def children(self) -> int:
        """How many have their ends."""
        return self._done + len(self._beyond)

    def has(self, number: int) -> bool:
        """Whether this one has its end."""
        return number <= self._done or number in self._beyond

    def add(self, number: int, path: str, rejected: Rejected | None) -> None:
        """One of them has its end."""
        self._beyond.add(number)
        while self._done + 1 in self._beyond:
            self._done += 1
            self._beyond.remove(self._done)
        if rejected is None:
            return
        self._reasons[rejected.reason] += 1
        if len(self._failed) < NAMED:
            self._failed.append((path, rejected))

    def added_to(self, begun: Begun) -> Begun:
        """How far a container has come, and what became of its children."""
        return replace(
            begun,
            done=self._done,
            beyond=tuple(sorted(self._beyond)),
            reasons=tuple(self._reasons.items()),
            failed=tuple(self._failed),
        )

    def nothing(self) -> Rejected | None:
        """Why the container is no use, if nothing in it could be read."""
        failed = self._reasons.total()
        if failed < self.children:
            return None
        reason = next(iter(self._reasons)) if len(self._reasons) == 1 else RejectReason.UNREADABLE
        words = f"nothing that came out of it could be read: {_named(self._failed)}"
        more = failed - len(self._failed)
        return Rejected(reason, f"{words}; and {more} more" if more else words)


def _named(failed: Iterable[tuple[str, Rejected]]) -> str:
    told = [f"{path} ({rejected.reason}: {rejected.detail})" for path, rejected in sorted(failed, key=itemgetter(0))]
    return "; ".join(told)
