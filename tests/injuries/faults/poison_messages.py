"""Messages on the queues that nobody of ours would say: each is buried and recorded once, or goes its way."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256

import uuid_utils

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.identity import article_id
from contracts.outcomes import State
from contracts.topology import ROUTES, SERVICES
from tests.e2e.running import until
from tests.e2e.strange import publish_as_bytes
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import seconds_pass
from tests.injuries.neighbours import CALM_SECONDS, calm, hold_neighbours, now
from tests.injuries.system import Injured

SECONDS = 60.0
SUBJECTS = [route.message.subject for route in ROUTES if route.heard_by in SERVICES and route.heard_by != "fetch"]
LINE = b"NATS/1.0\r\n"
OTHER = b"01890a5d-ac96-774b-bcce-b302099a8057"  # an input that never was
HOSTILE = (  # headers and body; @ is another number each time, for a stream takes no id twice
    (b"", b""),
    (b"", b"{not json"),
    (b"NATS", b"null"),
    (LINE + b"Nats-Msg-Id: \xff\xfe\x00@\r\n\r\n", b"[" * 100_000),
    (LINE + b"Nats-Msg-Id: a\n@\r\n\r\n", b"[]"),
    (LINE + "é: 1\r\nX: é\r\nX: 2\r\n\r\n".encode(), b'{"input_id": 7}'),
    (LINE + b"Status: 409\r\nDescription: Consumer Deleted\r\n\r\n", b"\xff\xfe\x00"),
    (LINE + b"".join(b"H%d: %s\r\n" % (number, b"x" * 1000) for number in range(60)) + b"\r\n", b"1"),
    (LINE + b"Nats-Msg-Id: " + OTHER + b":article_extracted:@\r\n\r\n", b"{}"),
)
LARGE = ((8 << 20) - 5000, (8 << 20) - 100)  # one that just fits into its grave, and one that just does not


def injure(scene: Scene) -> None:
    """Say them all on every queue, and one of a newer contract; wait until each has a grave, and that one is stored."""
    begun = calm(scene)
    poisoned, before = now(), _graves(scene.system)
    newer_id, source_uri, newer = _newer()
    frames = [
        (subject, block.replace(b"@", str(number).encode()), body)
        for number, subject in enumerate(SUBJECTS)
        for block, body in HOSTILE
    ]
    frames += [("wireroom.article.fetched", b"", b"x" * size) for size in LARGE]
    frames.append(("wireroom.article.fetched", b"", newer))
    asyncio.run(publish_as_bytes(scene.system.port, scene.system.credentials()["operator"], frames))
    scene.events += len(frames)
    hostile = len(frames) - 1
    scene.special.letters += hostile - sum(OTHER in block for _, block, _ in frames)
    scene.special.inputs |= {newer_id, OTHER.decode()}
    until(
        lambda: _graves(scene.system) >= before + hostile,
        seconds=SECONDS,
        what=lambda: f"{hostile} new graves, only {_graves(scene.system) - before}",
    )
    seconds_pass(CALM_SECONDS)
    if (more := _graves(scene.system) - before - hostile) > 0:
        raise AssertionError(f"{more} messages were buried twice")
    [found] = scene.system.ended(source_uri)
    if found.state is not State.STORED:
        raise AssertionError(f"a message of a newer contract is {found.state}")
    hold_neighbours(scene, begun, poisoned, now())


def _newer() -> tuple[str, str, bytes]:
    """An article with fields and words that this Wireroom does not know: its id, and where it is from."""
    identifier, text = str(uuid_utils.uuid7()), "Une dépêche venue de demain, avec des champs que personne ne connaît."
    document = Document(
        source_uri=f"inbox:demain-{identifier}.txt",
        sha256=sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        bytes=len(text.encode()),
        received_at=datetime.now(UTC),
        text=text,
    )
    article = ArticleFetched(
        input_id=identifier, article_id=article_id(document.source_uri, document.sha256), document=document
    )
    newer = json.loads(article.model_dump_json())
    newer["document"]["colour"] = "red"
    step = {"service": "fetch", "version": "9", "at": document.received_at.isoformat(), "seconds": 1, "mood": "sombre"}
    newer |= {"mood": "sombre", "trail": [step | {"outcome": "divined"}]}
    return identifier, document.source_uri, json.dumps(newer).encode()


def _graves(system: Injured) -> int:
    """How many dead letters the store knows."""
    with closing(sqlite3.connect(f"file:{system.home / 'store.db'}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM dead_letters").fetchone()[0])


FAULT = Fault("poison_messages", injure, alone=True)
