from datetime import datetime
from typing import Any

import pytest
from faststream.nats import NatsBroker, NatsRouter, TestNatsBroker
from nats.aio.msg import Msg

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.message import Message
from contracts.outcomes import State
from services.chassis.hear import EARS
from services.chassis.letters import Letter, seal
from services.chassis.testing import ask
from services.store.database import Store
from services.store.handler import router
from tests.services.store import sayings as say

LIES = "$JS.ACK.DEAD.store.1.7.1.1700000000000000000.0"  # the seventh of its stream


@pytest.fixture
def routes(store: Store) -> NatsRouter:
    def clock() -> datetime:
        return say.NOON

    return router(store, clock)


async def test_each_message_is_answered_in_its_place(routes: NatsRouter, store: Store) -> None:
    messages: list[Message] = [say.received(number) for number in range(5)]
    messages += [
        say.rejected(0),
        say.extracted(1),
        say.extracted(2),
        say.duplicate(3, of=say.article_id(1)),
        say.expanded(4, 0),
    ]
    answers = await ask(routes, *messages)

    assert [type(answer) for answer in answers] == [type(None)] * 6 + [ArticleEnriched] * 2 + [
        ArticleDuplicated,
        type(None),
    ]
    assert [answer.input_id for answer in answers if isinstance(answer, Message)] == [
        say.input_id(n) for n in (1, 2, 3)
    ]
    assert await store.counts() == {
        State.IN_PROGRESS: 0,
        State.REJECTED: 1,
        State.STORED: 2,
        State.DUPLICATE: 1,
        State.DEAD: 0,
        State.EXPANDED: 1,
    }


async def test_a_redelivery_is_answered_as_the_first_time(routes: NatsRouter) -> None:
    first = await ask(routes, say.extracted(1), say.duplicate(2, of=say.article_id(1)))
    again = await ask(routes, say.extracted(1), say.duplicate(2, of=say.article_id(1)))

    for one, other in zip(first, again, strict=True):
        assert isinstance(one, Message)
        assert isinstance(other, Message)
        assert one.model_dump(exclude={"trail"}) == other.model_dump(exclude={"trail"})
        assert seal(one, service="store").headers["Nats-Msg-Id"] == seal(other, service="store").headers["Nats-Msg-Id"]


async def test_a_replay_is_one_enrichment_more_and_its_redelivery_is_not(routes: NatsRouter) -> None:
    numbers = []
    for way in ("", ":r1", ":r1", ":r2", ""):
        [answer] = await _deliver(routes, seal(say.extracted(1), service="extract", way=way))
        numbers.append(answer.enrichment)

    assert numbers == [1, 2, 2, 3, 1]


async def test_a_dead_letter_ends_an_input_and_is_not_answered(routes: NatsRouter, store: Store) -> None:
    letter, body = say.dead(1)
    answers = await _deliver(routes, Letter("DEAD", letter.address, body, letter.to_headers()), subject="dead.>")

    assert answers == [None]
    assert (await store.counts())[State.DEAD] == 1


async def _deliver(routes: NatsRouter, letter: Letter, subject: str | None = None) -> list[Any]:
    """What the routes answer to one letter with its headers."""
    broker = NatsBroker()
    broker.include_router(routes)
    ears: dict[str, Any] = {EARS[subscriber].subject: subscriber for subscriber in broker.subscribers}
    raw = Msg(_client=None, subject=letter.subject, reply=LIES, data=letter.body, headers=letter.headers)  # type: ignore[arg-type]
    async with TestNatsBroker(broker):
        answers: list[Any] = (await ears[subject or letter.subject].process_message([raw])).body
        return answers
