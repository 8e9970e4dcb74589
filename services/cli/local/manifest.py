"""What the archive of a backup says of itself."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.topology import SERVICES
from services.chassis.migrations import remembers
from services.chassis.version import VERSION

FORMAT = 1
CONFIGURATION = ("credentials.json", "disk_budget_bytes")  # what of a home is not made again as it was


class Member(BaseModel):
    """One file in the archive."""

    model_config = ConfigDict(frozen=True)

    name: str
    bytes: int
    sha256: str
    revision: str | None = None  # of a database: how far it was migrated
    begun_anew_at: AwareDatetime | None = None  # of one that knows nothing of what was before, on purpose


class Mark(BaseModel):
    """How far a stream had come: which stream it was, and the last message in it."""

    model_config = ConfigDict(frozen=True)

    created: AwareDatetime
    last_sequence: int


class Manifest(BaseModel):
    """What an archive holds, and from which moment everything that is not in it has to be caught up."""

    model_config = ConfigDict(frozen=True)

    product: Literal["wireroom"] = "wireroom"
    format: int = FORMAT
    wireroom: str = VERSION
    begun_at: AwareDatetime
    copied_at: AwareDatetime  # when the last copy was made
    unheard_since: AwareDatetime  # what came in from then on may be unknown to the store's copy
    streams: dict[str, Mark]  # empty where no server answered: then the time alone tells
    members: tuple[Member, ...]


class Kind(BaseModel):
    """Enough of a manifest to know whether we can read it."""

    product: Literal["wireroom"]
    format: int
    wireroom: str


def databases() -> tuple[str, ...]:
    """The files of those who remember, in the order in which they must be copied.

    Upstream first: what one calls done, the copy of the next one, made later, has heard of. So the copies never
    contain a verdict on an article, or a file that is done with, which those behind know nothing of.
    """
    return tuple(f"{service}.db" for service in SERVICES if remembers(service))
