from datetime import UTC, datetime, timedelta

import pytest

from contracts.identity import article_id
from services.store import core
from services.store.database import Store
from services.store.reading import open_reading
from services.store.unstored import NAMED_AT_ONCE
from tests.services.store import sayings as say

PART = article_id(say.source_uri(1), say.sha256_of(1), 2)
LATER = say.NOON + timedelta(hours=1)
ON_ITS_WAY = say.received(1).model_copy(update={"sha256": say.sha256_of(1)})


@pytest.mark.parametrize(
    ("input_id", "original", "number"),
    [
        (say.input_id(1), say.article_id(1), 0),
        (f"{say.input_id(1)}#2", PART, 0),
        (f"{say.input_id(1)}#3", PART, 1),
        (say.input_id(1), say.article_id(9), 1),
    ],
)
async def test_who_waits_for_an_original_that_is_on_its_way_is_no_duplicate_of_what_was_never_stored(
    store: Store, url: str, input_id: str, original: str, number: int
) -> None:
    await store.record([core.received(ON_ITS_WAY.model_copy(update={"input_id": input_id}))])
    await store.keep_duplicates([(say.duplicate(2, of=original), "")], say.NOON)

    with open_reading(url) as reading:
        found = reading.unstored.never_stored()
        assert (found.number, len(found.some)) == (number, number)
        assert reading.unstored.never_heard_of(before=LATER) == found
        assert reading.unstored.never_heard_of(before=say.NOON).number == 0


async def test_of_an_original_that_is_dead_the_ledger_has_heard(store: Store, url: str) -> None:
    await store.bury([say.dead(1)])
    await store.keep_duplicates([(say.duplicate(2, of=say.article_id(1)), "")], say.NOON)

    with open_reading(url) as reading:
        assert reading.unstored.never_stored().number == 1
        assert reading.unstored.never_heard_of(before=LATER).number == 0


async def test_all_are_counted_and_some_are_named(store: Store, url: str) -> None:
    many = NAMED_AT_ONCE + 1
    duplicates = [(say.duplicate(number, of=f"{number:032x}"), "") for number in range(many)]
    await store.keep_duplicates(duplicates, datetime.now(UTC))

    with open_reading(url) as reading:
        found = reading.unstored.never_stored(limit=NAMED_AT_ONCE - 1)
        assert (found.number, len(found.some)) == (many, NAMED_AT_ONCE - 1)


async def test_of_whom_nothing_is_known_the_ledger_may_have_heard(store: Store, url: str) -> None:
    await store.record([core.received(say.received(1))])
    await store.keep_duplicates([(say.duplicate(2, of=say.article_id(1)), "")], say.NOON)
    with open_reading(url) as reading:
        assert reading.unstored.never_heard_of(before=LATER).number == 0

    await store.keep_duplicates([(say.duplicate(3, of=say.article_id(9)), "")], say.NOON)
    with open_reading(url) as reading:
        assert reading.unstored.never_heard_of(before=LATER).number == 2
