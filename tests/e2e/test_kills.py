"""Stopped while articles pass, every input ends once: nothing is lost or said twice. What is killed, see `injuries`."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

import pytest

from contracts.outcomes import State
from contracts.topology import SERVICES
from services.chassis.testing import until as until_so
from tests.e2e.hearing import as_operator, whole_stream
from tests.e2e.running import System, still_there, until
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

FILES = 150  # ten seconds of work, for a stop that comes after one
COPIES = 5  # of them are copies of another
BEGUN = 8  # are stored when it is told to stop, so that it comes in the middle
ENDS_SECONDS = 120.0


@dataclass
class Dropped:
    """What was given in."""

    texts: dict[str, str] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)

    def wave(self, system: System, number: int, files: int) -> None:
        """Drop that many more, some of them copies that may arrive before what they are copies of."""
        for place in range(files):
            copied = place >= files - COPIES
            name = f"{number}/{place:03}.txt"
            self.texts[name] = an_article(1000 * number + place - (COPIES if copied else 0))
            self.copies |= {name} if copied else set()
            system.drop(name, self.texts[name].encode())

    @property
    def different(self) -> int:
        """How many different texts there were."""
        return len(set(self.texts.values()))


async def test_readers_killed_at_rest_and_then_told_to_stop_under_load_it_goes_on_the_next_time(
    own_system: System,
) -> None:
    dropped = Dropped()
    for service in ("fetch", "extract"):
        own_system.kill_readers(service)
    dropped.wave(own_system, 0, FILES)
    until(lambda: own_system.counts().get(State.STORED, 0) >= BEGUN, seconds=60, what="some are stored")
    family = own_system.family()
    assert own_system.stop() == 0
    assert own_system.said().rstrip().endswith("stopped")
    assert "killed by" not in own_system.said()
    until(lambda: not still_there(family), seconds=60, what=lambda: f"all gone, but {still_there(family)}")
    unfinished = FILES - sum(number for state, number in own_system.counts().items() if state is not State.IN_PROGRESS)
    assert unfinished > 0, "it was stopped too late to show anything"
    own_system.start()
    await adds_up(own_system, dropped)


async def adds_up(system: System, dropped: Dropped) -> None:
    """Hold the system to what was dropped, once everything has ended."""
    given, different = len(dropped.texts), dropped.different
    counts = system.all_ended(given, seconds=ENDS_SECONDS)
    assert counts == {State.STORED: different, State.DUPLICATE: given - different}
    until(lambda: not system.waiting(), seconds=60, what=lambda: f"an empty inbox, but {system.waiting()}")
    assert system.kept(".done") == {name: text.encode() for name, text in dropped.texts.items()}
    assert not system.kept(".rejected")
    await said_once(system, dropped)
    await nothing_is_left(system)


async def said_once(system: System, dropped: Dropped) -> None:
    """Every article and every duplicate is on the public stream, once."""
    given, different = len(dropped.texts), dropped.different
    until(lambda: not system.owed(), seconds=60, what=lambda: f"all is announced, but {system.owed()}")
    told = await whole_stream(system.url)
    again = {
        identifier: times for identifier, times in Counter(one.headers["ce-id"] for one in told).items() if times > 1
    }
    assert not again
    enriched = [one for one in told if one.is_enriched]
    assert len(enriched) == len({one.body["article_id"] for one in enriched}) == different
    assert {one.body["document"]["text"] for one in enriched} == set(dropped.texts.values())
    assert len(told) == given
    known = {one.body["article_id"] for one in enriched}
    assert all(one.body["duplication"]["of"] in known for one in told if not one.is_enriched)
    assert {one.source_uri for one in told} == {f"inbox:{name}" for name in dropped.texts}


async def nothing_is_left(system: System) -> None:
    """Nothing was buried, and nothing waits in a queue."""
    async with as_operator(system.url, system.credentials()["operator"]) as client:
        js = client.jetstream()

        async def is_empty(stream: str) -> bool:
            return (await js.stream_info(stream)).state.messages == 0

        for service in SERVICES:
            await until_so(partial(is_empty, service.upper()), seconds=60)  # what is written is acknowledged after that
        assert await is_empty("DEAD")
