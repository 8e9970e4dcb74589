"""Fetch's own way in, for commands that send an input's bytes again: with fetch's rights, on a way of their own.

What came out of a container is said again by opening the outermost one again, for only that knows what was told of each
member; what nobody asked for is then not said.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from contracts.article_fetched import ArticleFetched
from contracts.message import Message
from services.chassis.raw import Raw
from services.chassis.settings import House
from services.cli.speaking import speaking
from services.fetch.arrival import Arrival
from services.fetch.handler import open_intake
from services.fetch.intake import Intake, Say
from services.fetch.opened import Opened
from services.fetch.originals import Original, Seen
from services.fetch.settings import FetchSettings
from services.fetch.spool import Gathered

USER = "fetch"  # this is fetch's work
NOBODY: Mapping[str, str] = MappingProxyType({})


def root_of(input_id: str) -> str:
    """The input that came in by itself, and out of which this one came."""
    return input_id.partition("#")[0]


class Only:
    """Says what is about some inputs, and is silent about others; of some it says whose place they take."""

    def __init__(self, say: Say, wants: Callable[[str], bool], instead_of: Mapping[str, str]) -> None:
        self._say, self._wants, self._instead_of = say, wants, instead_of
        self.said: set[str] = set()

    async def say(self, *messages: Message, began: datetime | None = None) -> None:
        """Wait until those that are wanted are acknowledged."""
        wanted = [self._promoted(message) for message in messages if self._wants(message.input_id)]
        await self._say(*wanted, began=began)
        self.said.update(message.input_id for message in wanted)

    def _promoted(self, message: Message) -> Message:
        if not isinstance(message, ArticleFetched) or message.input_id not in self._instead_of:
            return message
        return message.model_copy(update={"instead_of": self._instead_of[message.input_id]})


def wanting(input_ids: Collection[str], settled: Collection[str]) -> Callable[[str], bool]:
    """Whether an input is one of these, or came out of one of these and is not `settled`."""
    these, others = frozenset(input_ids), frozenset(settled)
    return lambda one: one in these or (root_of(one) in these and one not in others)


async def original_of(raw: Raw, sha256: str, spool_folder: Path) -> Original:
    """The bytes that were kept under this name; raises as `Raw.get` does."""
    kept = Gathered(spool_folder)
    await raw.get_into(sha256, kept)
    data = kept.all()
    return Original(data, sha256, Seen(0, len(data), 0))


async def say_again(intake: Intake, root: Arrival, original: Original) -> None:
    """Read what came in by itself, and say what there is to say of it and of what comes out of it.

    Raises ChildKilled where all that stands against a container's next portion is that reading it did not end well.
    """
    found = await intake.read(root, original)
    try:
        await intake.say(root, original, found)
    finally:
        if isinstance(found, Opened):
            found.close()


@asynccontextmanager
async def opened(
    house: House, *, way: str, wants: Callable[[str], bool], instead_of: Mapping[str, str] = NOBODY
) -> AsyncIterator[tuple[Intake, Raw, Only]]:
    """An intake that says what is about the inputs that it `wants`, on this `way`, and the originals.

    `instead_of` names by their inputs the articles whose place others take.
    """
    async with speaking(house, USER, way=way) as shell:
        raw = Raw(shell.nats, shell.publisher, fresh_seconds=house.raw_fresh_seconds)
        chosen = Only(shell.say, wants, instead_of)
        async with open_intake(FetchSettings(house=house), chosen.say, raw, shell.count) as intake:
            yield intake, raw, chosen
