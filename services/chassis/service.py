"""From settings and a router to a running process: FastStream's application around the chassis's own ear and mouth."""

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import uvloop
from faststream.nats import NatsBroker, NatsRouter
from nats.aio.client import Client
from nats.errors import Error as NatsError
from prometheus_client import CollectorRegistry
from pydantic import ValidationError

from contracts.message import Message, Step
from contracts.outcomes import Outcome
from contracts.topology import SERVICES
from services.chassis import logs
from services.chassis.connection import broker_for
from services.chassis.ends import Ends
from services.chassis.gauges import watch
from services.chassis.health import Health
from services.chassis.hear import EARS
from services.chassis.letters import seal
from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.settings import ServiceSettings, explain
from services.chassis.starts import Starts
from services.chassis.version import VERSION
from services.chassis.worker import Worker

S = TypeVar("S", bound=ServiceSettings)
Open = Callable[[S, "Shell"], AbstractAsyncContextManager[NatsRouter]]


@dataclass
class Shell:
    """What a service gets from the chassis."""

    service: str
    nats: Client
    publisher: Publisher
    measures: Measures
    stopping: asyncio.Event
    not_ready: dict[str, str] = field(default_factory=dict)
    _attached: set[asyncio.Task[None]] = field(default_factory=set)
    _death: list[BaseException] = field(default_factory=list)

    @property
    def registry(self) -> CollectorRegistry:
        """Where a service puts the gauges of its own."""
        return self.measures.registry

    async def say(self, *messages: Message, began: datetime | None = None) -> None:
        """Wait until `messages`, each with our step, are acknowledged; raises as the publisher does."""
        at = began or datetime.now(UTC)
        seconds = (datetime.now(UTC) - at).total_seconds()
        await self.publisher.publish_all(
            seal(_signed(message, self.service, at, seconds), service=self.service) for message in messages
        )

    def count(self, outcome: Outcome, reason: str = "") -> None:
        """One intake ended; each is counted once."""
        self.measures.count(outcome, reason)

    def attach(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the handlers; its death stops the service, and a supervisor starts it again."""
        task = asyncio.create_task(work)
        self._attached.add(task)
        task.add_done_callback(self._mourn)

    def die(self, error: BaseException) -> None:
        """Stop the service with an error."""
        self._death.append(error)
        self.stopping.set()

    async def detach(self) -> None:
        """End what was attached, and raise what a task died of."""
        for task in list(self._attached):
            task.cancel()
        await asyncio.gather(*self._attached, return_exceptions=True)
        if self._death:
            raise self._death[0]

    def _mourn(self, task: asyncio.Task[None]) -> None:
        self._attached.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.die(error)


def run(name: str, settings_class: type[S], open_service: Open[S]) -> None:
    """Serve until SIGTERM; exits 2 where the settings are wrong, 1 where the service died."""
    try:
        settings = settings_class()
    except ValidationError as error:
        sys.stderr.write(f"{name}: {explain(error)}\n")
        sys.exit(2)
    logs.configure(form=settings.house.log_format, level=settings.house.log_level, service=name)
    try:
        uvloop.run(serve(name, settings, open_service))
    except OSError as error:
        logs.logger().error("stopped", error=str(error))
        sys.exit(1)


async def serve(name: str, settings: S, open_service: Open[S]) -> None:
    """Run the service until it is told to stop; then stop hearing, finish, close the edges: so nothing is lost."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    broker = broker_for(name, settings)
    measures = Measures(name)
    workers: list[Worker] = []
    shell: Shell | None = None

    def troubles() -> list[str]:
        found = list(shell.not_ready.values()) if shell else ["not connected to NATS"]
        found += [trouble for worker in workers for trouble in worker.troubles()]
        return list(dict.fromkeys(found))

    measures.ready.set_function(lambda: not troubles())

    async with AsyncExitStack() as stack:
        health = Health(measures.registry, troubles, host=settings.house.metrics_host, port=_port(name, settings))
        await stack.enter_async_context(health)
        logs.logger().info(
            "started", version=VERSION, metrics=f"http://{settings.house.metrics_host}:{health.port}/metrics"
        )
        client = await _connected(broker, stopping)
        if client is None:
            return
        stack.push_async_callback(_close, broker)
        publisher = Publisher(client)
        stack.push_async_callback(publisher.close)
        shell = Shell(name, client, publisher, measures, stopping)
        shell.not_ready["starting"] = "starting"
        broker.include_router(await stack.enter_async_context(open_service(settings, shell)))
        ends = Ends(
            publisher,
            measures,
            Starts(client, name),
            service=name,
            version=VERSION,
            timeout_seconds=settings.handler_timeout_seconds,
        )
        workers += _workers(broker, ends, settings, shell)
        await broker.start()  # FastStream prepares its handlers, and finds the subscriptions there already
        for worker in workers:
            await worker.start()
        shell.attach(watch(client, measures, name, workers))
        del shell.not_ready["starting"]
        gc.freeze()  # models, memories and handlers live as long as we do: the collector need not walk them again
        logs.logger().info("hearing")
        await stopping.wait()
        shell.not_ready["stopping"] = "stopping"
        await asyncio.gather(*(worker.unsubscribe() for worker in workers))
        await shell.detach()
    logs.logger().info("stopped")


def _workers(broker: NatsBroker, ends: Ends, settings: ServiceSettings, shell: Shell) -> list[Worker]:
    """One worker for each durable consumer; the subscribers of a consumer share it."""
    consumers: dict[tuple[str, str], dict[str, Any]] = {}
    for subscriber in broker.subscribers:
        ear = EARS[subscriber]
        consumers.setdefault((ear.stream, ear.durable), {})[ear.subject] = subscriber
    workers = []
    for (stream, durable), subscribers in consumers.items():
        worker = Worker(
            shell.nats,
            shell.measures,
            ends,
            stream=stream,
            durable=durable,
            subscribers=subscribers,
            batch=all(EARS[subscriber].batch for subscriber in subscribers.values()),
            settings=settings,
            on_death=shell.die,
        )
        for subscriber in subscribers.values():
            subscriber.subscription = worker  # FastStream makes no subscription where there is one, and stops this one
        workers.append(worker)
    return workers


async def _connected(broker: NatsBroker, stopping: asyncio.Event) -> Client | None:
    """The connection, however long it takes; None where we are told to stop first."""
    connecting = asyncio.ensure_future(broker.connect())
    stop = asyncio.ensure_future(stopping.wait())
    await asyncio.wait({connecting, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if connecting.done():
        return connecting.result()
    connecting.cancel()
    await asyncio.gather(connecting, return_exceptions=True)
    return None


async def _close(broker: NatsBroker) -> None:
    # While disconnected, stopping raises ConnectionReconnectingError; what matters was given back before.
    with suppress(NatsError, TimeoutError):
        await broker.stop()


def _port(name: str, settings: ServiceSettings) -> int:
    if settings.metrics_port is not None:
        return settings.metrics_port
    base = settings.house.metrics_port_base
    return base and base + SERVICES.index(name)


def _signed(message: Message, service: str, at: datetime, seconds: float) -> Message:
    step = Step(service=service, version=VERSION, at=at, seconds=max(0.0, seconds), outcome=message.ended())
    return message.model_copy(update={"trail": (*message.trail, step)})
