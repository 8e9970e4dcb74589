import json

import pytest
from nats.aio.msg import Msg
from nats.js.api import DiscardPolicy

from services.chassis.delivery import Delivery
from services.chassis.starts import Starts
from services.chassis.testing import LocalServer
from services.chassis.unavailable import Unavailable

pytestmark = pytest.mark.nats


def a_delivery(number: int, sequence: int = 7) -> Delivery:
    """The n-th delivery of a message of LANGUAGE."""
    reply = f"$JS.ACK.LANGUAGE.language.{number}.{sequence}.9.1700000000000000000.0"
    return Delivery.of(Msg(_client=None, reply=reply))  # type: ignore[arg-type]


async def test_each_start_without_an_end_is_counted_and_an_end_forgets_them(server: LocalServer) -> None:
    starts = Starts(await server.connect("language"), "language")

    assert [await starts.begin(a_delivery(number)) for number in (3, 4, 5)] == [0, 1, 2]
    await starts.end(a_delivery(5))
    assert await starts.begin(a_delivery(6)) == 0


async def test_a_start_whose_acknowledgement_got_lost_is_counted_once(server: LocalServer) -> None:
    starts = Starts(await server.connect("language"), "language")
    await starts.begin(a_delivery(3))

    assert [await starts.begin(a_delivery(4)) for _ in range(3)] == [1, 1, 1]
    assert await starts.begin(a_delivery(5)) == 2


async def test_nothing_is_written_upon_a_value_that_was_old_when_it_was_read(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = Starts(await server.connect("language"), "language")
    for number in (3, 4, 5):
        await starts.begin(a_delivery(number))
    stale = await starts._read(a_delivery(5))
    await starts.end(a_delivery(5))

    async def as_a_lagging_server_answers(_: Delivery) -> tuple[int, int | None, str]:
        return stale

    monkeypatch.setattr(starts, "_read", as_a_lagging_server_answers)
    with pytest.raises(Unavailable, match="wrong last sequence"):
        await starts.begin(a_delivery(6))
    monkeypatch.undo()
    assert await starts.begin(a_delivery(6)) == 0


async def test_what_an_older_wireroom_recorded_is_understood(server: LocalServer) -> None:
    client = await server.connect("language")
    reply = await client.request("$KV.STARTS.language.LANGUAGE-7", b"4", timeout=60)
    assert "error" not in json.loads(reply.data)

    assert await Starts(client, "language").begin(a_delivery(9)) == 4


@pytest.mark.parametrize("discard", [DiscardPolicy.OLD, DiscardPolicy.NEW])  # as it is laid, and as it was before
async def test_a_full_bucket_costs_some_counts_and_stops_nobody(server: LocalServer, discard: DiscardPolicy) -> None:
    js = (await server.connect("operator")).jetstream()
    config = (await js.stream_info("KV_STARTS")).config
    assert config.discard == DiscardPolicy.OLD
    config.discard, config.max_bytes = discard, 2000
    await js.update_stream(config)
    starts = Starts(await server.connect("language"), "language")
    for sequence in range(100):
        assert await starts.begin(a_delivery(3, sequence)) == 0

    later = await starts.begin(a_delivery(4, 99))
    assert later == (1 if discard == DiscardPolicy.OLD else 0)
