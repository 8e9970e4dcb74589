"""When an input came, by its id."""

from dataclasses import dataclass
from datetime import datetime

from services.fetch.arrival import minted_at


def minted(input_id: str) -> float | None:
    """The time in the id of an input, or in that of what it came out of; None where it is none of ours."""
    try:
        return minted_at(input_id.partition("#")[0])
    except (ValueError, AttributeError, TypeError):  # what stands for an id may be no text
        return None


@dataclass(frozen=True)
class Between:
    """From when on and until when inputs are looked at."""

    since: datetime | None
    until: datetime

    def has(self, input_id: str) -> bool:
        """Whether an input came then."""
        at = minted(input_id)
        if at is None or at >= self.until.timestamp():
            return False
        return self.since is None or at >= self.since.timestamp()
