"""What people do about dead letters, beside a store that writes."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.dead_letter import DeadLetter
from contracts.outcomes import State
from services.chassis import database
from services.chassis.unavailable import Unavailable
from services.store.chosen import Chosen
from services.store.database import Store
from services.store.deadletters import DeadLetters, open_dead_letters
from services.store.reading import open_reading
from tests.services.store import sayings as say
from tests.services.store.beside import rows

LATER = say.NOON + timedelta(hours=1)
SUBJECT = "wireroom.article.deduplicated"


@pytest.fixture
async def letters(url: str) -> AsyncIterator[DeadLetters]:
    async with open_dead_letters(url) as opened:
        yield opened


def buried_as(number: int, way: str, sequence: int = 7) -> str:
    return f"dead:{say.input_id(number)}:article_deduplicated{way}:{sequence}"


def again(number: int, way: str, sequence: int) -> tuple[DeadLetter, bytes]:
    """The article's message, buried once more on another way."""
    headers = {"Nats-Msg-Id": f"{say.input_id(number)}:article_deduplicated{way}"}
    return say.dead(number, LATER, headers=headers, sequence=sequence)


async def test_a_requeue_is_noted_with_a_number_and_brings_the_message_byte_for_byte(
    store: Store, letters: DeadLetters, url: str
) -> None:
    letter, body = say.dead(1)
    await store.bury([(letter, body)])

    [first] = await letters.number(Chosen((letter.message_id(),)))
    assert (first.letter, first.body, first.input_id) == (letter, body, say.input_id(1))
    assert (first.number, first.repeated) == (1, False)

    await letters.sent([letter.message_id()], LATER)
    [second] = await letters.number(Chosen((letter.message_id(),)))
    assert (second.number, second.repeated) == (2, False)
    assert rows(url, "SELECT requeues, requeued_at FROM dead_letters") == [(2, None)]


async def test_a_requeue_that_nobody_acknowledged_is_repeated_under_its_own_number(
    store: Store, letters: DeadLetters
) -> None:
    await store.bury([say.dead(1)])
    this = Chosen((buried_as(1, ""),))
    numbered = [await letters.number(this), await letters.number(this), await letters.number(this, anew=True)]
    assert [(one.number, one.repeated) for [one] in numbered] == [(1, False), (1, True), (2, False)]


async def test_a_requeue_that_was_not_acknowledged_but_buried_again_was_sent(
    store: Store, letters: DeadLetters
) -> None:
    await store.bury([say.dead(1)])
    await letters.number(Chosen((buried_as(1, ""),)))
    await store.bury([again(1, ":q1", 8)])

    [one] = await letters.number(Chosen((buried_as(1, ""),)))
    assert (one.number, one.repeated) == (2, False)


async def test_what_somebody_else_sent_meanwhile_is_passed_over(store: Store, letters: DeadLetters) -> None:
    await store.bury([say.dead(1)])
    await letters.number(Chosen((buried_as(1, ""),), unsettled=True))
    await letters.sent([buried_as(1, "")], LATER)

    assert await letters.number(Chosen((buried_as(1, ""),), unsettled=True)) == []


async def test_what_is_acknowledged_is_noted_with_its_time(store: Store, letters: DeadLetters, url: str) -> None:
    await store.bury([say.dead(1), say.dead(2)])
    await letters.sent([buried_as(1, "")], LATER)

    with open_reading(url) as reading:
        assert {one.input_id: one.requeued_at for one in reading.dead_letters()} == {
            say.input_id(1): LATER,
            say.input_id(2): None,
        }


async def test_burials_of_one_message_share_their_numbers(store: Store, letters: DeadLetters) -> None:
    await store.bury([say.dead(1)])
    numbers = [one.number for one in await letters.number(Chosen((buried_as(1, ""),)))]
    await store.bury([again(1, ":q1", 8)])
    for identifier in (buried_as(1, ":q1", 8), buried_as(1, "")):
        numbers += [one.number for one in await letters.number(Chosen((identifier,)))]

    assert numbers == [1, 2, 3]


async def test_a_requeue_that_died_goes_on_counting_although_its_first_burial_is_gone(
    store: Store, letters: DeadLetters
) -> None:
    await store.bury([again(1, ":r1:q4", 8)])

    [one] = await letters.number(Chosen((buried_as(1, ":r1:q4", 8),)))

    assert one.number == 5


async def test_what_is_thrown_away_is_gone_and_the_ledger_keeps_its_word(
    store: Store, letters: DeadLetters, url: str
) -> None:
    await store.bury([say.dead(1), say.dead(2)])

    assert await letters.purge([buried_as(1, ""), "dead:nobody:1"]) == 1
    assert rows(url, "SELECT input_id FROM dead_letters") == [(say.input_id(2),)]
    with open_reading(url) as reading:
        [kept] = reading.inputs_of(say.input_id(1))
    assert (kept.state, kept.reason, kept.service, kept.attempts) == (State.DEAD, "failed", "extract", 5)


async def test_settled_is_what_came_to_a_better_end_or_was_buried_or_sent_again(
    store: Store, letters: DeadLetters, url: str
) -> None:
    await store.bury([say.dead(1), say.dead(2), say.dead(3), again(3, ":q1", 8), say.dead(4)])
    await letters.sent([buried_as(4, "")], LATER)
    await store.keep([(say.extracted(1), ":q1")], say.NOON)

    with open_reading(url) as reading:
        assert [one[0] for one in reading.buried(Chosen(unsettled=True))] == [
            buried_as(2, ""),
            buried_as(3, ":q1", 8),
        ]
        assert [one.input_state for one in reading.dead_letters(Chosen(message_ids=(buried_as(1, ""),)))] == [
            State.STORED
        ]


async def test_a_store_that_writes_is_waited_for_and_one_that_does_not_let_go_is_told(
    store: Store, letters: DeadLetters, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MILLISECONDS", 50)
    await store.bury([say.dead(1)])
    other = sqlite3.connect(Path(url.removeprefix("sqlite:///")), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="locked"):
        await letters.number(Chosen((buried_as(1, ""),)))
    other.execute("ROLLBACK")
    other.close()

    assert [one.number for one in await letters.number(Chosen((buried_as(1, ""),)))] == [1]
