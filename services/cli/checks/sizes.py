"""How large the last piece of every original in RAW is, without the pieces themselves."""

from collections.abc import AsyncGenerator
from contextlib import suppress

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from services.chassis.raw import STREAM
from services.cli.local import history

SIZE = "Nats-Msg-Size"  # what the server says of a body that it leaves out


async def last_sizes(client: Client, subjects: str) -> AsyncGenerator[tuple[str, int], None]:
    """By its subject, how many bytes the last message on each has; a consumer tells that by headers alone.

    Direct gets, which need none, bring the bodies. It goes when this ends, and by itself where we die.
    """
    js = client.jetstream(timeout=history.ANSWER_SECONDS)
    asked = ConsumerConfig(
        deliver_policy=DeliverPolicy.LAST_PER_SUBJECT,
        filter_subject=subjects,
        ack_policy=AckPolicy.NONE,
        headers_only=True,
        mem_storage=True,
        num_replicas=1,
        inactive_threshold=history.ANSWER_SECONDS,
    )
    made = await js.add_consumer(STREAM, asked)
    left = made.num_pending or 0
    pulled = await js.pull_subscribe_bind(made.name, STREAM)
    try:
        while left > 0:  # asked for some at a time: what is pushed would all lie in our memory
            for message in await pulled.fetch(min(left, history.AT_ONCE), history.ANSWER_SECONDS):
                left = message.metadata.num_pending
                yield message.subject, int((message.headers or {}).get(SIZE, len(message.data)))
    finally:
        await pulled.unsubscribe()
        with suppress(NatsError, TimeoutError):
            await js.delete_consumer(STREAM, made.name)
