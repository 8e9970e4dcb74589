"""One input before anything is known of what is in it: its id, where it came from, and what was told of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from services.fetch.core.members import About
from services.fetch.core.names import member_uri
from services.fetch.core.web.urls import named


def minted_at(input_id: str) -> float:
    """The time in a UUIDv7 (RFC 9562), in seconds since 1970; raises ValueError where it is none."""
    return (UUID(input_id).int >> 80) / 1000


@dataclass(frozen=True)
class Arrival:
    """One input: its id, where it came from, the name it came under, and what else was told of it, if anything was."""

    input_id: str
    source_uri: str
    name: str
    told: About | None = None

    @classmethod
    def known_by(cls, input_id: str, source_uri: str) -> Self:
        """An input of which the ledger alone tells: what a page's server said of it is not known any more."""
        if source_uri.startswith(("http://", "https://")):
            return cls(input_id, source_uri, named(source_uri), About(named(source_uri), url=source_uri))
        return cls(input_id, source_uri, source_uri.rpartition("/")[2].removeprefix("inbox:"))

    @property
    def received_at(self) -> datetime:
        """When the id was minted (UUIDv7, RFC 9562), or the id of what it came out of: the same after every crash."""
        return datetime.fromtimestamp(minted_at(self.input_id.partition("#")[0]), UTC)

    @property
    def about(self) -> About:
        """What was told of it; its name at least."""
        return self.told or About(self.name)

    def member(self, number: int, path: str, about: About | None = None) -> "Arrival":
        """What came out of it as its `number`-th, and lies there at `path`."""
        uri = member_uri(self.source_uri, path)
        return Arrival(f"{self.input_id}#{number}", uri, path.rpartition("/")[2], about)

    def part(self, number: int) -> "Arrival":
        """The `number`-th of several articles that it is."""
        return Arrival(f"{self.input_id}#{number}", self.source_uri, self.name, self.told)
