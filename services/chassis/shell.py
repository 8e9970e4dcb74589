"""What a running service gets from the chassis: a mouth, measures, a word in readiness, and company for its tasks."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from nats.aio.client import Client
from prometheus_client import CollectorRegistry

from contracts.message import Message, Step
from contracts.outcomes import Outcome
from services.chassis.cancelling import end
from services.chassis.letters import seal
from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.version import VERSION


@dataclass
class Shell:
    """What a service gets from the chassis."""

    service: str
    nats: Client
    publisher: Publisher
    measures: Measures
    stopping: asyncio.Event
    way: str = ""  # suffix of the ids of what it says by itself
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
            seal(_signed(message, self.service, at, seconds), service=self.service, way=self.way)
            for message in messages
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

    async def detach(self, *, grace_seconds: float) -> None:
        """End what was attached, and raise what a task died of."""
        await end(self._attached, grace_seconds=grace_seconds)
        if self._death:
            raise self._death[0]

    def _mourn(self, task: asyncio.Task[None]) -> None:
        self._attached.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.die(error)


def _signed(message: Message, service: str, at: datetime, seconds: float) -> Message:
    step = Step(service=service, version=VERSION, at=at, seconds=max(0.0, seconds), outcome=message.ended())
    return message.model_copy(update={"trail": (*message.trail, step)})
