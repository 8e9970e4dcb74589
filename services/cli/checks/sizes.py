"""How large the last piece of every original in RAW is, without the pieces themselves."""

from collections.abc import AsyncIterator
from contextlib import suppress

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from services.chassis.raw import STREAM
from services.cli.local import history

SIZE = "Nats-Msg-Size"  # what the server says of a body that it leaves out


async def last_sizes(client: Client, subjects: str) -> AsyncIterator[tuple[str, int]]:
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
        deliver_subject=client.new_inbox(),
    )
    arrived = await client.subscribe(str(asked.deliver_subject), pending_msgs_limit=-1)
    made = await js.add_consumer(STREAM, asked)
    try:
        left = made.num_pending or 0
        if made.delivered is not None:  # it began to give out before we were told of it
            left += made.delivered.consumer_seq
        while left > 0:
            message = await arrived.next_msg(history.ANSWER_SECONDS)
            left = message.metadata.num_pending
            yield message.subject, int((message.headers or {}).get(SIZE, len(message.data)))
    finally:
        await arrived.unsubscribe()
        with suppress(NatsError, TimeoutError):
            await js.delete_consumer(STREAM, made.name)
