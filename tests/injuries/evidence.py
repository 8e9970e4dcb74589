"""Looking at a system from outside: its database with sqlite3, its streams with a plain client, its folders."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from contracts.outcomes import State
from contracts.topology import SERVICES
from tests.e2e.hearing import as_operator
from tests.injuries.seen import Contents, Entry, Event, Evidence, Grave, Kept
from tests.injuries.system import Injured

RAW = "OBJ_RAW"
CONTENTS = """
SELECT input_id, article_id, json_extract(whole, '$.article_id'),
    (SELECT count(*) FROM json_each(whole, '$.extraction.entities') AS one, json_each(one.value, '$.mentions')),
    json_array_length(whole, '$.extraction.quotations'), json_array_length(whole, '$.extraction.places'),
    (SELECT count(*) FROM mentions WHERE mentions.article_id = kept.article_id),
    (SELECT count(*) FROM quotations WHERE quotations.article_id = kept.article_id),
    (SELECT count(*) FROM places WHERE places.article_id = kept.article_id)
FROM (SELECT *, iif(json_valid(enriched), enriched, '{}') AS whole FROM articles) AS kept
"""


async def gather(system: Injured) -> Evidence:
    """Everything that is to be seen now."""
    seen = _database(system.home / "store.db")
    seen.events = await _events(system.url)
    async with as_operator(system.url, system.credentials()["operator"]) as operator:
        seen.originals = await _originals(operator)
        seen.buried = [(message.headers or {}).get("Nats-Msg-Id", "") async for message in _all(operator, "DEAD")]
        js = operator.jetstream()
        seen.queues = {name: (await js.stream_info(name)).state.messages for name in map(str.upper, SERVICES)}
    seen.shelves = _shelves(system.inbox)
    seen.claimed = _files(system.inbox / ".claimed")
    seen.waiting = [path for path in _files(system.inbox) if not path.startswith(".")]
    seen.shown = {State(state): int(value) for state, value in system.samples("store", "wireroom_inputs").items()}
    return seen


def _database(path: Path) -> Evidence:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        ask = connection.execute
        inputs = ask(
            "SELECT input_id, source_uri, state, reason, article_id, duplicate_of, original_removed_at IS NOT NULL, "
            "nullif(sha256, ''), json_array_length(steps) FROM inputs"
        )
        articles = ask("SELECT article_id, input_id, source_uri, sha256, enrichment FROM articles")
        graves = ask("SELECT message_id, input_id FROM dead_letters")
        return Evidence(
            ledger=[_entry(row) for row in inputs],
            articles=[Kept(*row) for row in articles],
            contents=[Contents(row[0], row[1], row[2], row[3:6], row[6:]) for row in ask(CONTENTS)],
            duplicates=dict(ask("SELECT input_id, duplicate_of FROM duplicates").fetchall()),
            unannounced=[row[0] for row in ask("SELECT input_id FROM unannounced")],
            graves=[Grave(*row) for row in graves],
        )


def _entry(row: Sequence[Any]) -> Entry:
    input_id, source_uri, state, reason, article_id, duplicate_of, is_removed, sha256, steps = row
    return Entry(input_id, source_uri, State(state), reason, article_id, duplicate_of, bool(is_removed), sha256, steps)


async def _events(url: str) -> list[Event]:
    """The public stream, read without credentials; of each message what is compared, so that hours of it fit."""
    client = await nats.connect(url.split(","))
    try:
        return [_event(message) async for message in _all(client, "ARTICLES", "articles.>")]
    finally:
        await client.close()


def _event(message: Msg) -> Event:
    body = json.loads(message.data)
    document, is_enriched = body["document"], message.subject.startswith("articles.enriched.")
    return Event(
        (message.headers or {})["ce-id"],
        body["article_id"],
        document["source_uri"],
        document["sha256"],
        hashlib.sha256(document["text"].encode()).hexdigest() if is_enriched else None,
        None if is_enriched else body["duplication"]["of"],
    )


async def _originals(operator: Client) -> dict[str, str]:
    """What RAW holds (ADR-20): the name of each object, and the hash of the chunks that its meta names."""
    chunks: dict[str, list[bytes]] = {}
    metas: dict[str, str] = {}
    async for message in _all(operator, RAW):
        kind, name = message.subject.split(".")[2:4]
        if kind == "C":
            chunks.setdefault(name, []).append(message.data)
        elif not json.loads(message.data).get("deleted"):
            metas[base64.urlsafe_b64decode(name).decode()] = json.loads(message.data)["nuid"]
    return {name: hashlib.sha256(b"".join(chunks.get(nuid, []))).hexdigest() for name, nuid in metas.items()}


async def _all(client: Client, stream: str, subject: str = ">") -> AsyncIterator[Msg]:
    js = client.jetstream()
    try:
        left = (await js.stream_info(stream)).state.messages
    except NotFoundError:
        return
    config = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL, inactive_threshold=30)
    reader = await js.pull_subscribe(subject, stream=stream, config=config)
    while left > 0:
        messages = await reader.fetch(min(256, left), timeout=60)
        left -= len(messages)
        for message in messages:
            yield message


def _shelves(inbox: Path) -> dict[str, str]:
    return {
        f"{shelf}/{path}": hashlib.sha256((inbox / shelf / path).read_bytes()).hexdigest()
        for shelf in (".done", ".rejected")
        for path in _files(inbox / shelf)
    }


def _files(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if not path.is_dir()]
