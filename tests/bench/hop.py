"""`python -m tests.bench.hop SERVICE LAYER`: one of the real services with an identity core, as far as `LAYER`."""

import asyncio
import hashlib
import inspect
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from faststream.nats import NatsRouter
from nats.aio.msg import Msg

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.duplication import Duplication
from contracts.extraction import Extraction
from contracts.language import Language
from contracts.language_detected import LanguageDetected
from contracts.message import Message, Step
from contracts.outcomes import Outcome
from contracts.topology import ROUTES
from services.chassis.database import Database
from services.chassis.hear import EARS
from services.chassis.letters import seal
from services.chassis.pull import Pull
from services.chassis.service import run
from services.chassis.settings import ServiceSettings
from services.chassis.shell import Shell
from services.chassis.version import VERSION
from services.dedup import handler as dedup
from services.dedup.core import Fingerprint
from services.dedup.memory import Memory, Sighting
from services.dedup.settings import DedupSettings
from services.extract import handler as extract
from services.extract.settings import ExtractSettings
from services.language import handler as language
from services.language.settings import LanguageSettings
from services.store import core
from services.store import handler as store
from services.store.settings import StoreSettings

# What is added from one to the next; the last one is the system as it is.
LAYERS = {
    "engine": "pull, contracts, publisher, ack",
    "ends": "the worker: ends, trail, metrics",
    "faststream": "FastStream's call path",
    "logs": "a line an outcome, to a file",
    "databases": "memory of dedup, store",
}
MAIN = {message.subject for message in (ArticleFetched, LanguageDetected, ArticleDeduplicated, ArticleExtracted)}
HELD = 256
SKETCH_HASHES = 800  # shingles of an article of 5 KB

Heard = Callable[[list[Msg]], Awaitable[list[Message]]]


def detect(_text: str) -> Language:
    """Everything is French."""
    return Language(tag="fr", script="Latn", confidence=1)


def fingerprint(text: str) -> Fingerprint:
    """A fingerprint as large as a real one, that resembles no other."""
    digest = hashlib.shake_128(text.encode())
    sketch = np.sort(np.frombuffer(digest.digest(4 * SKETCH_HASHES), dtype=np.uint32))
    return Fingerprint(digest.digest(16), SKETCH_HASHES, sketch.tobytes(), digest.digest(4 * SKETCH_HASHES))


async def read(_document: Document, _language: Language) -> Extraction:
    """Nothing is in it."""
    return Extraction()


class NoMemory:
    """Remembers nothing: everything is original."""

    async def probe(self) -> None:
        """Never away."""

    async def judge(self, sightings: Sequence[Sighting]) -> list[Duplication]:
        """One verdict for each."""
        return [Duplication(verdict="original") for _ in sightings]


class NoStore:
    """Keeps nothing: what is to be announced is all that it makes."""

    async def probe(self) -> None:
        """Never away."""

    def announced(self, said: Sequence[Message]) -> None:
        """Nothing is marked."""

    async def keep(self, heard: Sequence[tuple[ArticleExtracted, str]], at: datetime) -> list[ArticleEnriched]:
        """What is to be announced."""
        step = Step(service="store", version=VERSION, at=at, seconds=0, outcome=Outcome.STORED)
        return [core.enriched(extracted, way, (), step).article for extracted, way in heard]


@asynccontextmanager
async def routes_of(service: str, settings: Any, shell: Shell, *, databases: bool) -> AsyncIterator[NatsRouter]:
    """The service's own router around an identity core, over its own database or none."""
    if service == "language":
        yield language.router(detect)
    elif service == "extract":
        yield extract.router(read)
    elif service == "dedup" and databases:
        async with Database(settings.house.database("dedup")) as database:
            yield dedup.router(Memory(database), fingerprint)
    elif service == "dedup":
        yield dedup.router(cast("Memory", NoMemory()), fingerprint)
    elif databases:
        async with store.open_service(settings, shell) as routes:
            yield routes
    else:
        yield store.router(cast("Any", NoStore()))


def heard_by(subscriber: Any) -> Heard:
    """The way from raw messages to answers without FastStream: decode, call the handler."""
    ear = EARS[subscriber]
    message = next(route.message for route in ROUTES if route.message.subject == ear.subject)
    handler = subscriber.calls[0].handler._original_call
    takes_raw = "raw" in inspect.signature(handler).parameters

    async def batch(raws: list[Msg]) -> list[Message]:
        articles = [message.model_validate_json(raw.data) for raw in raws]
        answers: list[Message] = await (handler(articles, raw=raws) if takes_raw else handler(articles))
        return answers

    async def singles(raws: list[Msg]) -> list[Message]:
        return [await handler(message.model_validate_json(raw.data)) for raw in raws]

    return batch if ear.batch else singles


def without_faststream(subscriber: Any) -> None:
    """Let the worker call the handler itself."""
    if EARS[subscriber].subject.startswith("dead."):
        return
    batch, heard = EARS[subscriber].batch, heard_by(subscriber)

    async def call(raw: Any) -> Any:
        answers = await heard(raw if batch else [raw])
        return SimpleNamespace(body=answers if batch else answers[0])

    subscriber.process_message = call


async def engine(shell: Shell, stream: str, heard: Heard) -> None:
    """The least that loses nothing: pull, answer, publish with acknowledgement, ack; two batches at once."""
    waiting: asyncio.Queue[Msg] = asyncio.Queue()
    held = 0

    def take(message: Msg) -> None:
        nonlocal held
        held += 1
        waiting.put_nowait(message)

    pull = Pull(shell.nats, stream, shell.service, room=lambda: (HELD - held, 64 << 20), take=take)

    async def turn() -> None:
        nonlocal held
        while True:
            raws = [await waiting.get()]
            while not waiting.empty():
                raws.append(waiting.get_nowait())
            answers = await heard(raws)
            await shell.publisher.publish_all(seal(answer, service=shell.service) for answer in answers)
            for raw in raws:
                await raw.ack()
            held -= len(raws)
            await pull.ask()

    await pull.open()
    await asyncio.gather(turn(), turn())


def opened(service: str, layer: str) -> Any:
    """The `open_service` of a layer."""

    @asynccontextmanager
    async def open_service(settings: ServiceSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
        async with routes_of(service, settings, shell, databases=layer == "databases") as routes:
            if layer == "engine":
                main = next(one for one in routes.subscribers if EARS[one].subject in MAIN)
                shell.attach(engine(shell, EARS[main].stream, heard_by(main)))
                yield NatsRouter()
                return
            if layer == "ends":
                for subscriber in routes.subscribers:
                    without_faststream(subscriber)
            yield routes

    return open_service


SETTINGS: dict[str, type[ServiceSettings]] = {
    "language": LanguageSettings,
    "dedup": DedupSettings,
    "extract": ExtractSettings,
    "store": StoreSettings,
}

if __name__ == "__main__":
    name, depth = sys.argv[1:]
    run(name, SETTINGS[name], opened(name, depth))
