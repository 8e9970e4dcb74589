"""A backfill leaves the day's news its turn, also where thousands of its articles lie in one archive."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.input_received import InputReceived
from contracts.message import Message
from contracts.outcomes import State
from services.cli import ahead
from services.cli.ahead import Ahead
from services.cli.ends import End
from services.fetch.handler import mint

MOST = 3


class Pipeline:
    """Takes what is said, and brings articles to their ends when it is told to."""

    def __init__(self) -> None:
        self.said: list[Message] = []
        self.ended: set[str] = set()

    async def say(self, *messages: Message, began: datetime | None = None) -> None:
        self.said += messages

    def ends(self, input_ids: Sequence[str]) -> list[End]:
        found = [input_id for input_id in input_ids if input_id in self.ended]
        return [End(input_id, State.STORED, None, None, None, None, None) for input_id in found]

    @property
    def articles(self) -> list[str]:
        return [message.input_id for message in self.said if isinstance(message, ArticleFetched)]


def article(input_id: str) -> ArticleFetched:
    now = datetime.now(UTC)
    document = Document(
        source_uri="file:/a.zip!b", sha256="0" * 64, media_type="text/plain", bytes=1, received_at=now, text="x"
    )
    return ArticleFetched(input_id=input_id, article_id="0" * 32, document=document)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LOOK_SECONDS", 0.0)


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_so_many_members_of_an_archive_are_said_before_some_have_their_ends_and_no_more() -> None:
    pipeline, root = Pipeline(), mint()
    say = Ahead(pipeline.say, pipeline, MOST).say  # type: ignore[arg-type]
    saying = [asyncio.create_task(say(article(f"{root}#{number}"))) for number in range(1, 10)]
    await turns()
    assert pipeline.articles == [f"{root}#1", f"{root}#2", f"{root}#3"]

    pipeline.ended = {f"{root}#2"}
    await turns()
    assert pipeline.articles[MOST:] == [f"{root}#4"]

    pipeline.ended = {f"{root}#{number}" for number in range(1, 10)}
    await asyncio.gather(*saying)
    assert len(pipeline.articles) == 9


async def test_what_is_no_article_waits_for_nothing() -> None:
    pipeline = Pipeline()
    say = Ahead(pipeline.say, pipeline, 0).say  # type: ignore[arg-type]
    await say(InputReceived(input_id=mint(), source_uri="file:/a.zip", received_at=datetime.now(UTC)))
    assert len(pipeline.said) == 1


async def test_what_could_not_be_said_is_ahead_of_nobody() -> None:
    async def fail(*_: Message, began: datetime | None = None) -> None:
        raise ConnectionError

    pipeline = Pipeline()
    failing = Ahead(fail, pipeline, MOST)  # type: ignore[arg-type]
    for _ in range(MOST + 1):
        with pytest.raises(ConnectionError):
            await failing.say(article(mint()))


async def test_what_is_said_at_once_goes_at_once_also_where_it_is_more_than_may_be_ahead() -> None:
    pipeline = Pipeline()
    say = Ahead(pipeline.say, pipeline, MOST).say  # type: ignore[arg-type]
    async with asyncio.timeout(60):
        await say(*(article(mint()) for _ in range(MOST + 1)))
    assert len(pipeline.articles) == MOST + 1
