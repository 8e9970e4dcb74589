"""A stranger's NATS client: nats-py and nothing of ours, without credentials, on a thread of its own."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

ALL = "articles.>"
HEARD_SECONDS = 60.0  # a deadline costs nothing where it is met


@dataclass(frozen=True)
class Heard:
    """One message as it came."""

    subject: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def source_uri(self) -> str:
        """Where its document came from."""
        return str(self.body["document"]["source_uri"])

    @property
    def is_enriched(self) -> bool:
        """Whether it announces an article, and no duplicate."""
        return self.subject.startswith("articles.enriched.")


def heard(message: Msg) -> Heard:
    """The message without the client's own objects."""
    return Heard(message.subject, dict(message.headers or {}), json.loads(message.data))


class Ears:
    """Everything that was said on `articles.>` since this began."""

    def __init__(self, url: str) -> None:
        self._url, self._all = url, list[Heard]()
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="ears", daemon=True)
        self._client: Client | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._await(self._listen())
        return self

    def __exit__(self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        if self._client is not None:
            self._await(self._client.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def first(self, fits: Callable[[Heard], bool], *, seconds: float = HEARD_SECONDS) -> Heard:
        """The first message that fits, heard before or to come."""
        return self.some(fits, 1, seconds=seconds)[0]

    def some(self, fits: Callable[[Heard], bool], count: int, *, seconds: float = HEARD_SECONDS) -> list[Heard]:
        """The messages that fit, as soon as there are so many."""
        with self._news:
            came = self._news.wait_for(lambda: sum(map(fits, self._all)) >= count, timeout=seconds)
            found = [one for one in self._all if fits(one)]
        assert came, f"only {len(found)} of {count} were heard within {seconds:g} s"
        return found

    def of(self, source_uri: str, *, count: int = 1, seconds: float = HEARD_SECONDS) -> list[Heard]:
        """What was said of a source, as soon as there is so much."""
        return self.some(lambda one: one.source_uri == source_uri, count, seconds=seconds)

    async def _listen(self) -> None:
        self._client = await nats.connect(self._url.split(","))
        await self._client.subscribe(ALL, cb=self._note)
        await self._client.jetstream(timeout=HEARD_SECONDS).stream_info("ARTICLES")  # a flush may overtake it

    async def _note(self, message: Msg) -> None:
        with self._news:
            self._all.append(heard(message))
            self._news.notify_all()

    def _await(self, work: Any) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result(timeout=60)


async def whole_stream(url: str) -> list[Heard]:
    """Everything that the public stream holds, from the start, read without credentials."""
    client = await nats.connect(url.split(","))
    try:
        js = client.jetstream(timeout=60)
        held = (await js.stream_info("ARTICLES")).state.messages
        config = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL, inactive_threshold=30)
        reader = await js.pull_subscribe("articles.>", stream="ARTICLES", config=config)
        found: list[Heard] = []
        while len(found) < held:
            found += [heard(message) for message in await reader.fetch(min(256, held - len(found)), timeout=60)]
        return found
    finally:
        await client.close()


@asynccontextmanager
async def as_operator(url: str, password: str) -> AsyncIterator[Client]:
    """A client that may do everything in the services' account."""
    client = await nats.connect(url.split(","), user="operator", password=password)
    client.jetstream = partial(client.jetstream, timeout=HEARD_SECONDS)  # type: ignore[method-assign]
    try:
        yield client
    finally:
        await client.close()
