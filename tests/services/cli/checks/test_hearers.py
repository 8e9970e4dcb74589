"""The services' consumers as a server has them: what was edited, paused or taken away is named."""

import json

import pytest

from services.cli.checks import hearers
from services.cli.checks.found import Check
from services.cli.local import history

pytestmark = pytest.mark.nats

LAID_AGAIN = "`nats consumer edit`, or delete it while `up` runs, which lays it"
PAUSED = "EXTRACT/extract is paused until 2127-01-01 12:00:00Z"


async def compare(streams: history.Streams) -> Check:
    found = Check()
    await hearers.compare(streams, found, ack_wait_seconds=30.0)
    return found


async def test_what_is_as_it_was_laid_adds_up(streams: history.Streams) -> None:
    found = await compare(streams)

    assert found.findings == []
    assert found.looked_at == ["the services' 6 consumers: that they are as they were laid, and not paused"]


async def test_what_an_operator_did_to_them_is_named_with_what_helps(streams: history.Streams) -> None:
    js = streams.services.jetstream()
    edited = (await js.consumer_info("DEDUP", "dedup")).config.evolve(ack_wait=1.0, max_ack_pending=1)
    await js.add_consumer("DEDUP", edited)
    asked = json.dumps({"pause_until": "2127-01-01T12:00:00Z"}).encode()
    await streams.services.request("$JS.API.CONSUMER.PAUSE.EXTRACT.extract", asked, timeout=60)
    await js.delete_consumer("DEAD", "store")

    assert sorted((await compare(streams)).findings) == [
        "DEAD/store is not there, and store hears nothing of DEAD: `wireroom up` lays it",
        f"DEDUP/dedup: ack_wait is 1.0, not 30.0: {LAID_AGAIN}",
        f"DEDUP/dedup: max_ack_pending is 1, not 2048: {LAID_AGAIN}",
        f"{PAUSED}: resume it with `nats consumer resume EXTRACT extract` as operator",
    ]
