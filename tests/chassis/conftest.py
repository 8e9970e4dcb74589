import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uuid_utils
from faststream.nats import NatsBroker, NatsRouter
from faststream.security import SASLPlaintext
from nats.aio.client import Client

from contracts.article_fetched import ArticleFetched
from contracts.dead_letter import DeadLetter
from contracts.document import Document
from contracts.language import Language
from contracts.language_detected import LanguageDetected
from services.chassis.connection import close
from services.chassis.ends import Ends
from services.chassis.hear import EARS, hear
from services.chassis.letters import seal
from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.settings import House, ServiceSettings
from services.chassis.starts import Starts
from services.chassis.testing import LocalServer, until
from services.chassis.worker import Worker


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    """A real nats-server with everything laid, in a folder of its own."""
    async with LocalServer(tmp_path / "home", ack_wait_seconds=2.0) as running:
        yield running


def an_article(text: str = "Les faits.") -> ArticleFetched:
    return ArticleFetched(
        input_id=str(uuid_utils.uuid7()),
        article_id="0" * 32,
        document=Document(
            source_uri="inbox:a.txt",
            sha256="0" * 64,
            media_type="text/plain",
            bytes=len(text),
            received_at=datetime.now(UTC),
            text=text,
        ),
    )


def in_french(article: ArticleFetched) -> LanguageDetected:
    return LanguageDetected(
        input_id=article.input_id,
        trail=article.trail,
        article_id=article.article_id,
        document=article.document,
        language=Language(tag="fr", script="Latn", confidence=1),
    )


class Room:
    """A service with a handler of the test's own, on a real server: everything of the chassis but the process."""

    def __init__(self, server: LocalServer, stack: AsyncExitStack) -> None:
        self.server, self._stack = server, stack
        self.measures = Measures("language")
        self.deaths: list[BaseException] = []
        self.workers: list[Worker] = []

    async def open(self) -> None:
        self.operator = await self._connect("operator")
        self.js = self.operator.jetstream()
        self.fetch = Publisher(await self._connect("fetch"))
        self._stack.push_async_callback(self.fetch.close)

    async def say(self, *articles: ArticleFetched) -> None:
        await self.fetch.publish_all(seal(article, service="fetch") for article in articles)

    async def listen(
        self,
        handler: Callable[[Any], Awaitable[Any]],
        *,
        batch: bool = False,
        probe: Any = None,
        said: Any = None,
        stop_seconds: float = 1.0,
        **settings: Any,
    ) -> Worker:
        """A worker on LANGUAGE whose handler is the test's; one more with each call."""
        house = House(home=self.server.home, nats_url=self.server.url, ack_wait_seconds=2.0, stop_seconds=stop_seconds)
        chosen = ServiceSettings(house=house, **settings)
        client = await self._connect("language")
        publisher = Publisher(client)
        self._stack.push_async_callback(publisher.close)
        routes = NatsRouter()
        hears = hear(routes, ArticleFetched, service="language", batch=batch, probe=probe, said=said)
        if batch:

            async def on_articles_fetched(articles: list[ArticleFetched]) -> Any:
                return await handler(articles)

            hears(on_articles_fetched)
        else:

            async def on_article_fetched(article: ArticleFetched) -> Any:
                return await handler(article)

            hears(on_article_fetched)
        broker = NatsBroker(
            self.server.url, security=SASLPlaintext("language", self.server.credentials["language"]), logger=None
        )
        broker.include_router(routes)
        self._stack.push_async_callback(close, await broker.connect())
        subscriber: Any = broker.subscribers[0]
        ends = Ends(
            publisher,
            self.measures,
            Starts(client, "language"),
            service="language",
            version="1",
            timeout_seconds=chosen.delivery_seconds(),
        )
        worker = Worker(
            client,
            self.measures,
            ends,
            stream="LANGUAGE",
            durable="language",
            subscribers={EARS[subscriber].subject: subscriber},
            batch=batch,
            settings=chosen,
            on_death=self.deaths.append,
        )
        subscriber.subscription = worker
        await subscriber.start()
        await worker.start()
        self.workers.append(worker)
        return worker

    async def messages(self, stream: str) -> int:
        """How many messages a stream holds."""
        return int((await self.js.stream_info(stream)).state.messages)

    async def is_full(self, stream: str, messages: int) -> bool:
        """Whether a stream holds so many."""
        return await self.messages(stream) == messages

    async def the_dead(self) -> tuple[DeadLetter, bytes]:
        """The one that is buried, once it is."""
        await until(lambda: self.is_full("DEAD", 1))
        buried = await self.js.get_msg("DEAD", 1)
        return DeadLetter.from_headers(buried.headers or {}), buried.data or b""

    async def unacknowledged(self) -> int:
        return int((await self.js.consumer_info("LANGUAGE", "language")).num_ack_pending or 0)

    def counted(self, outcome: str, reason: str = "") -> float:
        labels = {"service": "language", "outcome": outcome, "reason": reason}
        return self.measures.registry.get_sample_value("wireroom_outcomes_total", labels) or 0.0

    async def _connect(self, user: str) -> Client:
        client = await self.server.connect(user)
        self._stack.push_async_callback(close, client)
        return client


@pytest_asyncio.fixture
async def room(server: LocalServer) -> AsyncIterator[Room]:
    async with AsyncExitStack() as stack:
        made = Room(server, stack)
        await made.open()
        yield made
        await asyncio.gather(*(worker.unsubscribe() for worker in made.workers))
        assert made.deaths == []


@pytest.fixture
def article() -> Callable[..., ArticleFetched]:
    return an_article


@pytest.fixture
def french() -> Callable[[ArticleFetched], LanguageDetected]:
    return in_french
