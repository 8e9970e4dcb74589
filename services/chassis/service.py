"""From settings and a router to a running process: FastStream's application around the chassis's own ear and mouth."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Any, TypeVar

import uvloop
from faststream.nats import NatsBroker, NatsRouter
from nats.errors import Error as NatsError
from pydantic import ValidationError

from services.chassis import logs, restoring
from services.chassis.alone import Alone, AloneSince
from services.chassis.broker import Line, broker_for
from services.chassis.cancelling import end
from services.chassis.connection import harden
from services.chassis.ends import Ends
from services.chassis.explain import explain
from services.chassis.gauges import watch
from services.chassis.health import Health
from services.chassis.hear import EARS
from services.chassis.leaving import leave
from services.chassis.metrics import Measures
from services.chassis.private import OWNER_ALONE, forget_secrets
from services.chassis.publisher import Publisher
from services.chassis.pulse import Pulse
from services.chassis.settings import ServiceSettings
from services.chassis.shell import Shell
from services.chassis.starts import Starts
from services.chassis.unavailable import Unavailable
from services.chassis.version import VERSION
from services.chassis.waits import Since, Trouble, Wait, WaitingSince, Why
from services.chassis.whose import home_id
from services.chassis.worker import Worker

S = TypeVar("S", bound=ServiceSettings)
T = TypeVar("T")
LOOK_SECONDS = 0.5  # whether a restore has come so far
GRACE_SECONDS = 5.0  # for what undoes a beginning that is given up
BEYOND_SECONDS = 1.0  # the grace, for what a task does at its own end
Open = Callable[[S, Shell], AbstractAsyncContextManager[NatsRouter]]


def run(name: str, settings_class: type[S], open_service: Open[S]) -> None:
    """Serve until SIGTERM; exits 2 where the settings are wrong, 1 where the service died."""
    try:
        settings = settings_class()
    except ValidationError as error:
        sys.stderr.write(f"{name}: {explain(error)}\n")
        sys.exit(2)
    os.umask(OWNER_ALONE)
    forget_secrets(name)
    logs.configure(form=settings.house.log_format, level=settings.house.log_level, service=name)
    try:
        uvloop.run(serve(name, settings, open_service))
    except (OSError, Unavailable) as error:
        logs.logger().error("stopped", error=str(error))
        sys.exit(1)
    leave(0)


async def serve(name: str, settings: S, open_service: Open[S]) -> None:
    """Run the service until it is told to stop; then stop hearing, finish, close the edges: so nothing is lost."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    running = Running(name, settings, stopping)
    async with AsyncExitStack() as stack:
        health = await stack.enter_async_context(running.health())
        logs.logger().info("started", version=VERSION, metrics=f"http://{health.address}/metrics")
        if await running.open(stack, open_service):
            logs.logger().info("hearing")
            await stopping.wait()
        await running.finish()
    logs.logger().info("stopped")


class Running:
    """A service from its first breath to its last."""

    def __init__(self, name: str, settings: ServiceSettings, stopping: asyncio.Event) -> None:
        self._name, self._settings, self._stopping = name, settings, stopping
        self._measures = Measures(name)
        self._since = Since()
        self._measures.ready.set_function(lambda: not self.waits())
        self._measures.registry.register(WaitingSince(name, self.waits))
        self._measures.registry.register(AloneSince(name, self.alone))
        self._workers: list[Worker] = []
        self._line = Line(settings.house.servers())
        self._shell: Shell | None = None
        self._pulse: Pulse | None = None
        self._held_back = False

    def health(self) -> Health:
        """The port that tells how we are, from before there is anything to tell."""
        host, port = self._settings.house.metrics_host, self._settings.page_port(self._name)
        home = home_id(self._settings.house.home)
        waits, over, alone = self.waits, self._since.over, self.alone
        return Health(self._measures.registry, waits, over, alone, host=host, port=port, home=home)

    def waits(self) -> list[Wait]:
        """Why the service is not ready, and since when; empty where it is."""
        return self._since.of(self._troubles())

    def alone(self) -> list[Alone]:
        """What has been tried by itself for long, because it may be killing the service."""
        return [one for worker in list(self._workers) if (one := worker.alone) is not None]  # it may end just now

    def _troubles(self) -> list[Trouble]:
        shell = self._shell
        if self._held_back:
            return [Trouble("restore", Why.NOT_READY, restoring.why(self._settings.house.home))]
        if shell is None or not shell.nats.is_connected:
            return [Trouble("NATS", Why.NOT_CONNECTED, self._line.not_connected())]
        found = self._pulse.troubles() if self._pulse is not None else []
        found += [Trouble(what, Why.NOT_READY, words) for what, words in list(shell.not_ready.items())]
        found += list(shell.publisher.stalls.values())
        found += [trouble for worker in self._workers for trouble in worker.troubles()]
        return found

    async def open(self, stack: AsyncExitStack, open_service: Open[Any]) -> bool:
        """Connect, open the service's edges and begin to hear; False where we were told to stop first."""
        if await _unless(self._stopping, self._may_begin()) is None:
            return False
        broker = broker_for(self._name, self._settings, self._line, self._closed)
        client = await _unless(self._stopping, broker.connect())
        if client is None:
            return False
        stack.push_async_callback(_close, broker)
        publisher = Publisher(harden(client), self._die)
        stack.push_async_callback(publisher.close)
        shell = self._shell = Shell(self._name, client, publisher, self._measures, self._stopping)
        shell.not_ready["starting"] = "starting"
        self._pulse = Pulse(client)
        shell.attach(self._pulse.run())
        edges = stack.enter_async_context(open_service(self._settings, shell))
        router = await _unless(self._stopping, edges)
        if router is None:
            return False
        broker.include_router(router)
        self._workers += _workers(broker, self._settings, shell)
        await broker.start()  # FastStream prepares its handlers, and finds the subscriptions there already
        for worker in self._workers:
            await worker.start()
        shell.attach(watch(client, self._measures, self._name, self._workers))
        del shell.not_ready["starting"]
        gc.freeze()  # models, memories and handlers live as long as we do: the collector need not walk them again
        return True

    async def _may_begin(self) -> bool:
        """Wait while a restore is not caught up: what was heard before that would be missing for good."""
        while restoring.holds_back(self._settings.house.home):
            self._held_back = True
            await asyncio.sleep(LOOK_SECONDS)
        self._held_back = False
        return True

    async def finish(self) -> None:
        """Hear no more, finish what was begun, and raise what stopped us where that was no order."""
        if self._shell is None:  # we were told to stop before there was a server
            return
        self._shell.not_ready["stopping"] = "stopping"
        await asyncio.gather(*(worker.unsubscribe() for worker in self._workers))
        await self._shell.detach(grace_seconds=self._settings.house.stop_seconds + BEYOND_SECONDS)

    async def _closed(self) -> None:
        """The server threw us out, as where our password was changed: whoever starts us again lets us read the new."""
        why = self._shell and self._shell.nats.last_error
        self._line.trouble = str(why) if why else "closed for good"
        self._die(ConnectionError(f"the server ended the connection to NATS: {self._line.trouble}"))

    def _die(self, error: BaseException) -> None:
        if self._shell is not None and not self._stopping.is_set():
            self._shell.die(error)


def _workers(broker: NatsBroker, settings: ServiceSettings, shell: Shell) -> list[Worker]:
    """One worker for each durable consumer; the subscribers of a consumer share it."""
    ends = Ends(
        shell.publisher,
        shell.measures,
        Starts(shell.nats, shell.service),
        service=shell.service,
        version=VERSION,
        timeout_seconds=settings.delivery_seconds(),
    )
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


async def _unless(stopping: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What `work` brings, however long it takes; None where we are told to stop first."""
    working = asyncio.ensure_future(work)
    stop = asyncio.ensure_future(stopping.wait())
    await asyncio.wait({working, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if working.done():
        return working.result()
    await end([working], grace_seconds=GRACE_SECONDS)
    return None


async def _close(broker: NatsBroker) -> None:
    # While disconnected, stopping raises ConnectionReconnectingError; what matters was given back before.
    with suppress(NatsError, TimeoutError):
        await broker.stop()
