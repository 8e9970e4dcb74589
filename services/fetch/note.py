"""What is noted of an input before anything is said, so that whoever takes it up after a crash says the same."""

import json
from dataclasses import dataclass
from typing import Self

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.originals import Original, Seen


@dataclass(frozen=True)
class Note:
    """Which bytes were read, the rejection if that is how the input ends, and whether all is `said` already."""

    sha256: str | None = None
    seen: Seen | None = None
    rejected: Rejected | None = None
    said: bool = False

    @classmethod
    def of(cls, original: Original | None, rejected: Rejected | None) -> Self:
        """The note about an input that is going to be fetched, or `rejected`."""
        return cls(None, None, rejected) if original is None else cls(original.sha256, original.seen, rejected)

    def to_json(self) -> bytes:
        """As it is written down."""
        return json.dumps(
            {
                "sha256": self.sha256,
                "seen": self.seen and [self.seen.inode, self.seen.size, self.seen.mtime_ns],
                "rejected": self.rejected and [self.rejected.reason, self.rejected.detail],
                "said": self.said,
            }
        ).encode()

    @classmethod
    def from_json(cls, written: bytes) -> Self | None:
        """The note that was written; None where a crash left half of one, before anything was said."""
        try:
            read = json.loads(written)
            return cls(
                read["sha256"],
                read["seen"] and Seen(*read["seen"]),
                read["rejected"] and Rejected(RejectReason(read["rejected"][0]), read["rejected"][1]),
                read.get("said", False),
            )
        except (ValueError, TypeError, LookupError):
            return None
