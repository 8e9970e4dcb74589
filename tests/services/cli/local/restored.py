"""A home whose databases were just restored, on a real nats-server, and what its streams and shelves still hold."""

import json
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from uuid_utils import uuid7

from contracts.identity import article_id
from contracts.input_received import InputReceived
from contracts.message import Message
from services.chassis.database import Database
from services.chassis.letters import Letter, seal
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli.local import catchup
from services.cli.local.manifest import Manifest, databases
from services.cli.local.replacing import Account, Plan
from services.store import core, ledger
from services.store.reading import open_reading
from services.store.traced import TracedInput
from tests.tables import lay_tables

FRENCH = {"tag": "fr", "script": "Latn", "confidence": 1}
NOW = datetime.now(UTC)
RESTORED_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
ORIGINAL = {"verdict": "original"}
COPY = {"method": "same_bytes", "similarity": 1}


class Restored:
    """A home whose databases know nothing, beside streams and shelves that do."""

    def __init__(self, folder: Path, server: LocalServer) -> None:
        self.home, self.inbox, self.server = server.home, folder / "inbox", server
        self.house = House(home=self.home, inbox=self.inbox, nats_url=server.url)
        for name in databases():
            lay_tables(f"sqlite:///{self.home / name}", name.removesuffix(".db"))

    async def say(self, message: Message, user: str = "operator") -> None:
        letter = seal(message, service="test")
        await self.put(letter, "publisher" if letter.stream == "ARTICLES" else user)

    async def put(self, letter: Letter, user: str = "operator") -> None:
        client = await self.server.connect(user)
        await client.jetstream().publish(letter.subject, letter.body, headers=letter.headers)
        await client.close()

    async def caught_up(self, begun_at: datetime = NOW) -> Account:
        """Catch up from the beginning to the end."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self.home / "restore")
        return await self.catch_up(begun_at)

    async def catch_up(self, begun_at: datetime = NOW) -> Account:
        """Catch up from where it was left."""
        (self.home / "restore").mkdir(exist_ok=True)
        manifest = Manifest(begun_at=begun_at, copied_at=begun_at, unheard_since=NOW, streams={}, members=())
        return await catchup.catch_up(self.house, Plan(manifest=manifest, at=RESTORED_AT, ledger={}))

    async def accepted(self, input_id: str, source_uri: str, digest: str | None = None) -> None:
        """The ledger of the backup knows this input, and nothing more of it."""
        heard = InputReceived(input_id=input_id, source_uri=source_uri, received_at=NOW, sha256=digest)
        async with Database(self.house.database("store")) as store:
            await store.transaction(lambda session: ledger.record(session, [core.received(heard)]))

    def file(self, path: str, text: str) -> str:
        """Lay a file; the hash of its bytes."""
        (self.inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / path).write_text(text)
        return sha256(text.encode()).hexdigest()

    def row(self, input_id: str) -> TracedInput:
        with open_reading(self.house.database("store")) as reading:
            [row] = reading.inputs_of(input_id)
        return row

    async def waiting(self, stream: str) -> list[tuple[str, Any]]:
        """Ids and bodies of what waits in a queue."""
        client = await self.server.connect("operator")
        js = client.jetstream()
        state = (await js.stream_info(stream)).state
        found = [await js.get_msg(stream, seq) for seq in range(state.first_seq, state.last_seq + 1)]
        await client.close()
        return [((one.headers or {})["Nats-Msg-Id"], json.loads(one.data or b"{}")) for one in found]


def facts(path: str, text: str, **more: Any) -> dict[str, Any]:
    """What every message says of an article in a file of its own."""
    digest = sha256(text.encode()).hexdigest()
    return {
        "input_id": str(uuid7()),
        "article_id": article_id(f"inbox:{path}", digest),
        "document": {
            "source_uri": f"inbox:{path}",
            "sha256": digest,
            "media_type": "text/plain",
            "bytes": len(text),
            "received_at": NOW,
            "text": text,
        },
        "language": FRENCH,
        **more,
    }
