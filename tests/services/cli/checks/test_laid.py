"""The streams as a server has them: what would refuse or drop more than was laid is named, and what grew is not."""

from typing import Any

import pytest
from nats.js.api import DiscardPolicy

from services.chassis.streams import laid as as_laid
from services.chassis.testing import TEST_BUDGET_BYTES
from services.cli.checks import laid
from services.cli.checks.found import Check
from services.cli.local import history

pytestmark = pytest.mark.nats


async def compare(streams: history.Streams) -> Check:
    found = Check()
    await laid.compare(streams, as_laid(TEST_BUDGET_BYTES), found)
    return found


async def test_what_is_as_it_was_laid_adds_up_and_so_does_what_holds_more(streams: history.Streams) -> None:
    js = streams.services.jetstream()
    found = await compare(streams)
    assert (found.findings, len(found.looked_at)) == ([], 1)
    dead = (await js.stream_info("DEAD")).config
    await js.update_stream(dead.evolve(max_bytes=(dead.max_bytes or 0) + 1))
    assert (await compare(streams)).findings == []


async def test_what_an_operator_lowered_is_named_with_what_helps(streams: history.Streams) -> None:
    js = streams.services.jetstream()
    edits: dict[str, dict[str, Any]] = {
        "LANGUAGE": {"max_msg_size": 700},
        "EXTRACT": {"max_msgs": 1, "discard": DiscardPolicy.OLD},
        "STORE": {"max_age": 600.0, "duplicate_window": 120.0},
        "OBJ_RAW": {"max_bytes": 1000, "max_msgs_per_subject": 1},
    }
    for name, edit in edits.items():
        await js.update_stream((await js.stream_info(name)).config.evolve(**edit))
    await js.delete_stream("FETCH")

    told = {" is ".join(one.split(" is ")[:2]).partition(",")[0] for one in (await compare(streams)).findings}
    assert told == {
        "FETCH is not there: `wireroom up` lays it",
        "LANGUAGE: max_msg_size is 700",
        "EXTRACT: max_msgs is 1",
        "EXTRACT: discard is 'old'",
        "STORE: max_age is 600.0",
        "STORE: duplicate_window is 120.0",
        "OBJ_RAW: max_bytes is 1000",
        "OBJ_RAW: max_msgs_per_subject is 1",
    }
    assert all(laid.HELPS in one or "lays it" in one for one in (await compare(streams)).findings)
