"""Throwing dead letters away, on a real server and a real store."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from nats.js import JetStreamContext
from typer.testing import Result

from contracts.outcomes import State
from services.chassis.testing import LocalServer
from services.store.reading import open_reading
from tests.services.cli.graveyard import Graveyard, say

pytestmark = pytest.mark.nats

Command = Callable[..., Any]


async def id_of(js: JetStreamContext, stream: str, sequence: int) -> str:
    return str(((await js.get_msg(stream, sequence)).headers or {})["Nats-Msg-Id"])


@pytest.fixture
def graveyard(store: Any, server: LocalServer) -> Graveyard:
    return Graveyard(server)


@pytest_asyncio.fixture
async def js(server: LocalServer) -> AsyncIterator[JetStreamContext]:
    client = await server.connect("operator")
    yield client.jetstream()
    await client.close()


@pytest.fixture
def purge(server: LocalServer, wireroom: Callable[..., Result]) -> Command:
    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(wireroom, "deadletters", "purge", "--nats-url", server.url, *arguments)

    return run


def known(graveyard: Graveyard) -> list[str]:
    with open_reading(graveyard.url) as reading:
        return sorted(one.message_id for one in reading.dead_letters())


async def test_it_is_gone_from_the_stream_and_the_store_and_the_ledger_says_dead(
    graveyard: Graveyard, js: JetStreamContext, purge: Command
) -> None:
    letters = [await graveyard.bury(number) for number in (1, 2, 3)]
    told = await purge("--yes", "--json", letters[0].message_id(), letters[2].message_id())

    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["removed_from_stream"] == 2
    assert known(graveyard) == [letters[1].message_id()]
    assert (await js.stream_info("DEAD")).state.messages == 1
    assert await id_of(js, "DEAD", 2) == letters[1].message_id()
    with open_reading(graveyard.url) as reading:
        assert [(one.state, one.reason) for one in reading.inputs_of(say.input_id(1))] == [(State.DEAD, "failed")]


async def test_every_copy_goes_and_a_second_purge_finds_nothing(
    graveyard: Graveyard, js: JetStreamContext, purge: Command
) -> None:
    letter = await graveyard.bury(1)
    await js.purge_stream("KV_STARTS")
    info = await js.stream_info("DEAD")
    info.config.duplicate_window = 0.1
    await js.update_stream(info.config)
    await until_forgotten(graveyard, letter)
    told = await purge("--yes", "--all", "--json")

    assert json.loads(told.stdout)["removed_from_stream"] >= 2
    assert (await js.stream_info("DEAD")).state.messages == 0
    assert (await purge("--yes", "--all")).stdout == "none to throw away\n"


@pytest.mark.parametrize("headers", [{}, {"Nats-Msg-Id": "mine"}, {"Wireroom-Service": "store"}])
async def test_what_a_stranger_wrote_into_dead_goes_too(
    graveyard: Graveyard, js: JetStreamContext, purge: Command, headers: dict[str, str]
) -> None:
    await js.publish("dead.something", b"not ours", headers=headers)
    await graveyard.take_in(js)
    [named] = known(graveyard)
    told = await purge("--yes", "--json", named)

    assert json.loads(told.stdout)["removed_from_stream"] == 1
    assert (await js.stream_info("DEAD")).state.messages == 0
    assert known(graveyard) == []


async def until_forgotten(graveyard: Graveyard, letter: Any) -> None:
    """Lay it again until the stream has it twice: a worker that died between burial and acknowledgement, long ago."""
    client = await graveyard.server.connect("operator")
    async with asyncio.timeout(60):
        while (await client.jetstream().stream_info("DEAD")).state.messages < 2:
            await graveyard.lay(letter, b"")
    await client.close()


async def test_where_nobody_can_be_asked_it_refuses(graveyard: Graveyard, purge: Command) -> None:
    letter = await graveyard.bury(1)
    told = await purge("--all")

    assert told.exit_code == 1
    assert "give --yes" in told.stderr
    assert known(graveyard) == [letter.message_id()]


@pytest.mark.parametrize(("answer", "left"), [("y\n", 0), ("n\n", 1), ("", 1)])
async def test_it_asks_and_says_what_it_would_do(
    graveyard: Graveyard,
    wireroom: Callable[..., Result],
    answer: str,
    left: int,
) -> None:
    await graveyard.bury(1)
    told = await asyncio.to_thread(
        wireroom, "deadletters", "purge", "--all", "--nats-url", graveyard.server.url, answers=answer
    )

    assert "1 dead letters (1 extract failed)" in told.stderr
    assert len(known(graveyard)) == left


async def test_without_a_server_nothing_is_thrown_away(graveyard: Graveyard, purge: Command) -> None:
    letter = await graveyard.bury(1)
    await graveyard.server.stop()
    told = await purge("--all", "--yes")

    assert told.exit_code == 1
    assert "no nats-server" in told.stderr
    assert known(graveyard) == [letter.message_id()]


async def test_nothing_is_thrown_away_where_nothing_says_which(graveyard: Graveyard, purge: Command) -> None:
    await graveyard.bury(1)
    told = await purge("--yes")

    assert told.exit_code == 2
    assert len(known(graveyard)) == 1
