"""A store with dead letters in it, and the same in DEAD: as store leaves them, without a service."""

from datetime import timedelta

from nats.js import JetStreamContext

from contracts.dead_letter import DeadLetter
from contracts.topology import DEAD
from services.chassis.buried import facts_of
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher
from services.chassis.testing import LocalServer
from services.store.database import Store
from tests.services.store import sayings as say

__all__ = ["Graveyard", "say"]


class Graveyard:
    """Buries messages of extract in a real DEAD and in a real store."""

    def __init__(self, server: LocalServer) -> None:
        self.server = server
        self.url = f"sqlite:///{server.home / 'store.db'}"

    async def bury(self, number: int, **facts: object) -> DeadLetter:
        """The `number`-th article's message, buried so many hours after noon."""
        letter, body = say.dead(number, say.NOON + timedelta(hours=number), sequence=number)
        letter = letter.model_copy(update=facts)
        await self.lay(letter, body if letter.body_kept else b"")
        async with Store(self.url) as store:
            await store.bury([(letter, body if letter.body_kept else b"")])
        return letter

    async def take_in(self, js: JetStreamContext) -> None:
        """What lies next in DEAD, as store hears it."""
        reader = await js.pull_subscribe_bind(durable="store", stream=DEAD.name)
        [message] = await reader.fetch(1, timeout=60)
        where = message.metadata
        facts = facts_of(
            message.headers or {}, subject=message.subject, sequence=where.sequence.stream, at=where.timestamp
        )
        async with Store(self.url) as store:
            await store.bury([(facts, message.data)])
        await message.ack_sync()
        await reader.unsubscribe()

    async def lay(self, letter: DeadLetter, body: bytes) -> None:
        """Into DEAD alone, and heard by nobody yet."""
        client = await self.server.connect("operator")
        publisher = Publisher(client)
        ids = {"Nats-Msg-Id": letter.message_id(), "Nats-Expected-Stream": DEAD.name}
        await publisher.publish(Letter(DEAD.name, letter.address, body, ids | letter.to_headers()))
        await publisher.close()
        await client.close()
