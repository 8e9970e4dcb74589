"""Dead letters held against DEAD on a real server: what lacks its other is found, and nothing else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.chassis.testing import LocalServer
from services.cli.checks import letters
from services.cli.checks.found import NAMED, Check, Patience
from services.cli.local import history
from services.store.reading import open_reading
from tests.services.cli.graveyard import Graveyard, say

pytestmark = pytest.mark.nats

SOON = datetime.now(UTC) + timedelta(hours=1)


class Scene:
    """Two dead letters that the store has taken in from DEAD."""

    def __init__(self, graveyard: Graveyard, streams: history.Streams) -> None:
        self.graveyard, self.streams = graveyard, streams
        self.js = streams.services.jetstream()

    async def lay(self, number: int) -> str:
        letter, body = say.dead(number, datetime.now(UTC), sequence=number)
        await self.graveyard.lay(letter, body)
        return letter.message_id()

    async def compare(self, *, since: datetime | None = None, late: datetime = SOON, seconds: float = 60.0) -> Check:
        found = Check()
        with open_reading(self.graveyard.url) as reading:
            patience = Patience(seconds)
            await letters.compare(self.streams, reading.comparing, found, since=since, late=late, patience=patience)
        return found


@pytest_asyncio.fixture
async def scene(store: Any, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr(history, "BEHIND_SECONDS", ())
    async with history.opened(server.url, server.credentials) as streams:
        laid = Scene(Graveyard(server), streams)
        for number in (1, 2):
            await laid.lay(number)
            await laid.graveyard.take_in(laid.js)
        yield laid


def first_of(number: int) -> str:
    return say.dead(number, sequence=number)[0].message_id()


async def test_what_is_whole_adds_up_and_it_is_said_how_many_were_looked_at(scene: Scene) -> None:
    found = await scene.compare()

    assert (found.findings, found.unseen) == ([], [])
    [told] = found.looked_at
    assert told.startswith("DEAD: 2 letters there, and 2 in the store, buried 20")


async def test_what_lacks_its_other_is_named_on_both_sides(scene: Scene, store: Any) -> None:
    await scene.js.delete_msg("DEAD", 1)
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM dead_letters WHERE message_id = ?", (first_of(2),))

    assert (await scene.compare()).findings == [
        f"1 {letters.NOT_THERE}: {first_of(1)}",
        f"1 {letters.NOT_KEPT}: {first_of(2)}",
    ]


async def test_what_store_has_not_taken_in_yet_is_no_contradiction(scene: Scene) -> None:
    await scene.lay(3)

    found = await scene.compare()
    assert found.findings == []
    assert found.unseen == [f"1 letters in DEAD that store has not taken in yet: {first_of(3)}"]
    assert (await scene.compare(late=datetime.now(UTC) - timedelta(hours=1))).unseen == []


@pytest.mark.parametrize("headers", [None, {"Nats-Msg-Id": "mine", "Wireroom-Service": "me"}])
async def test_what_a_stranger_wrote_there_is_known_by_when_it_came(
    scene: Scene, headers: dict[str, str] | None
) -> None:
    await scene.js.publish("dead.letters.of.mine", b"{", headers=headers)
    await scene.graveyard.take_in(scene.js)

    found = await scene.compare()
    assert (found.findings, found.unseen) == ([], [])
    assert found.looked_at[0].startswith("DEAD: 3 letters there, and 3 in the store")


async def test_what_is_of_before_the_store_was_begun_anew_is_not_missed(scene: Scene, store: Any) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM dead_letters")

    found = await scene.compare(since=SOON)
    assert (found.findings, found.unseen) == ([], [])
    assert "DEAD: 2 letters are of before the store was begun anew" in found.looked_at


async def test_what_was_taken_in_before_dead_was_laid_again_is_no_loss_and_is_told(scene: Scene) -> None:
    await scene.js.delete_stream("DEAD")
    await scene.graveyard.server.lay()

    found = await scene.compare()
    assert (found.findings, found.unseen) == ([], [])
    assert found.looked_at[0].startswith("DEAD: 2 letters are kept of before it was laid at 20")


def test_of_many_letters_the_first_are_named_and_the_others_counted() -> None:
    unheard = letters.Read().unheard
    for number in range(NAMED + 5):
        unheard.add(f"{number:02}")

    assert (unheard.number, unheard.names) == (NAMED + 5, [f"{number:02}" for number in range(NAMED)])


async def test_where_the_time_is_over_what_was_not_reached_is_said(scene: Scene) -> None:
    found = await scene.compare(seconds=0)

    assert found.findings == []
    assert found.unseen == ["the later dead letters in DEAD: 0 s were over (see --within)"]
