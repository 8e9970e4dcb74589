"""What an operator can do to streams and durables, by his own hand and on the running server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from tests.e2e.hearing import as_operator
from tests.injuries.system import Injured

T = TypeVar("T")


def act(system: Injured, deed: Callable[[JetStreamContext], Awaitable[T]]) -> T:
    """What the deed returns, done over a connection of its own."""

    async def acted() -> T:
        async with as_operator(system.url, system.credentials()["operator"]) as client:
            return await deed(client.jetstream())

    return asyncio.run(acted())


def limit(system: Injured, stream: str, max_bytes: int) -> int:
    """Let a stream hold no more than so many bytes; how many it could hold before."""

    async def deed(js: JetStreamContext) -> int:
        config = (await js.stream_info(stream)).config
        before = config.max_bytes or -1
        await js.update_stream(config.evolve(max_bytes=max_bytes))
        return before

    return act(system, deed)


def held(system: Injured, *streams: str) -> dict[str, tuple[int, int]]:
    """How many messages and bytes each stream holds now."""

    async def deed(js: JetStreamContext) -> dict[str, tuple[int, int]]:
        states = [(await js.stream_info(name)).state for name in streams]
        return {name: (state.messages, state.bytes) for name, state in zip(streams, states, strict=True)}

    return act(system, deed)


def is_laid(system: Injured, service: str) -> bool:
    """Whether the service's durable is there."""

    async def deed(js: JetStreamContext) -> bool:
        try:
            await js.consumer_info(service.upper(), service)
        except NotFoundError:
            return False
        return True

    return act(system, deed)
