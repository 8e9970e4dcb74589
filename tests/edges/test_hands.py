"""Hands: who is tried while all are in trouble, who rests, and that none is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from services.chassis.unavailable import Unavailable
from services.fetch.folder import hands as hands_module
from services.fetch.folder.hands import Hands, Parked
from services.fetch.folder.troubles import Troubles
from tests.edges.inboxes import until

NEVER = 3600.0


async def test_while_what_all_need_is_away_one_file_is_tried_and_the_others_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hands_module, "LONG_TRY_SECONDS", NEVER)
    tries, back = [], asyncio.Event()

    async def take(number: int) -> None:
        tries.append(number)
        if len(tries) <= 8:
            raise Unavailable("RAW")
        await back.wait()

    hands = Hands(8)
    hands.start()
    for number in range(100):
        hands.offer(number, partial(take, number))
    await until(lambda: len(tries) > 8)
    for _ in range(100):
        await asyncio.sleep(0)
    assert tries == list(range(9))
    back.set()
    await until(lambda: len(tries) == 100)
    await hands.stop(1)


async def test_a_file_with_a_fault_of_its_own_is_not_tried_at_every_look() -> None:
    async def fail() -> None:
        tries.append(1)
        raise TypeError("no such thing")

    tries: list[int] = []
    hands = Hands(1)
    hands.troubles = Troubles(lambda: 0.0)
    hands.start()
    for _ in range(3):
        hands.look_again()
        assert hands.offer("a", fail)
        await until(lambda: not hands.hold("a"))
    assert tries == [1]
    await hands.stop(0)


async def test_one_that_is_tried_and_takes_long_holds_up_the_others_for_a_while_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hands_module, "LONG_TRY_SECONDS", 0.01)
    taken, ends = [], asyncio.Event()

    async def take(number: int) -> None:
        taken.append(number)
        if number == 0:
            raise Unavailable("RAW")
        if number == 1:  # an archive of a million articles
            await ends.wait()

    hands = Hands(2)
    hands.start()
    hands.offer(0, partial(take, 0))
    await until(lambda: hands.troubles.is_everybodys)
    for number in range(1, 10):
        hands.offer(number, partial(take, number))
    await until(lambda: len(taken) == 10)
    ends.set()
    await hands.stop(1)


async def test_a_hand_whose_work_was_cancelled_by_others_goes_on_and_it_is_told() -> None:
    taken = []

    async def take(number: int) -> None:
        taken.append(number)
        raise asyncio.CancelledError

    hands = Hands(1)
    hands.start()
    for number in range(3):
        hands.offer(number, partial(take, number))
    await until(lambda: len(taken) == 3 and not hands.hold(2))
    assert "CancelledError" in (hands.troubles.words or "")
    await hands.stop(0)


async def test_what_waits_for_its_turn_has_no_hand_and_is_offered_to_nobody() -> None:
    done, turn = list[str](), asyncio.Event()

    @asynccontextmanager
    async def waiting() -> AsyncIterator[None]:
        await turn.wait()
        yield

    async def go_on() -> None:
        done.append("parked")

    async def park() -> Parked:
        return Parked("claim", waiting(), go_on)

    async def do(name: str) -> None:
        done.append(name)

    hands = Hands(1)
    hands.start()
    hands.offer("file", park)
    hands.offer("other", partial(do, "other"))
    await until(lambda: done == ["other"])
    assert hands.hold("claim")
    assert not hands.hold("file")
    hands.offer("claim", partial(do, "twice"))
    turn.set()
    await until(lambda: not hands.hold("claim"))
    assert done == ["other", "parked"]
    await hands.stop(1)


async def test_what_waits_for_its_turn_holds_up_no_stop() -> None:
    turn = asyncio.Event()

    @asynccontextmanager
    async def waiting() -> AsyncIterator[None]:
        await turn.wait()
        yield

    async def park() -> Parked:
        return Parked("claim", waiting(), lambda: asyncio.sleep(NEVER))

    hands = Hands(1)
    hands.start()
    hands.offer("file", park)
    await until(lambda: hands.hold("claim"))
    await hands.stop(NEVER)
