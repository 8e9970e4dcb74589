"""Sending dead letters again, on a real server and a real store."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from nats.js import JetStreamContext
from typer.testing import Result

from services.chassis.testing import LocalServer
from services.cli.deadletters.requeue import Outcome
from services.store.chosen import Chosen
from services.store.deadletters import open_dead_letters
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
def requeue(server: LocalServer, wireroom: Callable[..., Result]) -> Command:
    """The command, off this loop: exit code, what --json says, and stderr."""

    async def run(*arguments: str) -> tuple[int, Any, str]:
        told = await asyncio.to_thread(
            wireroom, "deadletters", "requeue", "--json", "--nats-url", server.url, *arguments
        )
        return told.exit_code, json.loads(told.stdout) if told.stdout else None, told.stderr

    return run


async def test_a_dead_letter_is_said_again_byte_for_byte_under_a_new_id(
    graveyard: Graveyard, js: JetStreamContext, requeue: Command
) -> None:
    first = say.dead(1)[0].headers | {"ce-id": "old", "traceparent": "00-1-2-01", "Nats-Batch-Id": "b", "odd": "x"}
    letter = await graveyard.bury(1, headers=first)
    code, told, _ = await requeue(letter.message_id())

    identifier = f"{say.input_id(1)}:article_deduplicated:q1"
    assert (code, told["requeued"]) == (0, {letter.message_id(): identifier})
    said = await js.get_msg("EXTRACT", 1)
    assert (said.subject, said.data) == ("wireroom.article.deduplicated", say.dead(1)[1])
    assert said.headers == {
        "Nats-Msg-Id": identifier,
        "Nats-Expected-Stream": "EXTRACT",
        "ce-id": identifier,
        "traceparent": "00-1-2-01",
        "odd": "x",
    }


async def test_every_requeue_by_name_is_a_message_of_its_own(
    graveyard: Graveyard, js: JetStreamContext, requeue: Command
) -> None:
    letter = await graveyard.bury(1)
    await requeue(letter.message_id())
    await requeue(letter.message_id())

    ids = [await id_of(js, "EXTRACT", sequence) for sequence in (1, 2)]
    assert [identifier.rpartition(":")[2] for identifier in ids] == ["q1", "q2"]


@pytest.mark.parametrize("was_sent", [False, True])
async def test_one_that_was_cut_off_is_done_to_its_end_as_the_same_requeue(
    graveyard: Graveyard, js: JetStreamContext, requeue: Command, was_sent: bool
) -> None:
    letter = await graveyard.bury(1)
    identifier = f"{say.input_id(1)}:article_deduplicated:q1"
    async with open_dead_letters(graveyard.url) as letters:
        await letters.number(Chosen((letter.message_id(),)))  # noted, and killed before its end was
    if was_sent:
        await js.publish(letter.subject, say.dead(1)[1], headers={"Nats-Msg-Id": identifier})
    _, told, _ = await requeue("--all")

    assert told["requeued"] == {letter.message_id(): identifier}
    assert (await js.stream_info("EXTRACT")).state.messages == 1
    assert (await requeue("--all"))[1]["requeued"] == {}


async def test_all_is_sent_once_although_two_send_it_at_the_same_time(
    graveyard: Graveyard, js: JetStreamContext
) -> None:
    for number in range(1, 6):
        await graveyard.bury(number)
    command = (sys.executable, "-m", "services.cli", "deadletters", "requeue", "--all", "--nats-url")
    two = [await asyncio.create_subprocess_exec(*command, graveyard.server.url) for _ in range(2)]
    assert [await one.wait() for one in two] == [0, 0]

    assert (await js.stream_info("EXTRACT")).state.messages == 5


async def test_a_number_that_the_stream_knows_already_is_passed_over(
    graveyard: Graveyard, js: JetStreamContext, requeue: Command
) -> None:
    letter = await graveyard.bury(1)
    identifier = f"{say.input_id(1)}:article_deduplicated"
    await js.publish(letter.subject, b"sent by a burial that is purged", headers={"Nats-Msg-Id": f"{identifier}:q1"})
    _, told, _ = await requeue(letter.message_id())

    assert told["requeued"] == {letter.message_id(): f"{identifier}:q2"}
    assert (await js.get_msg("EXTRACT", 2)).data == say.dead(1)[1]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--all",), {1, 2, 3}),
        (("--service", "dedup"), {2}),
        (("--reason", "unfit"), {3}),
        (("--since", "2026-03-01T14:00Z"), {2, 3}),
        (("--older-than", "2026-03-01T14:00Z"), {1}),
        (("--service", "dedup", "--reason", "unfit"), set()),
    ],
)
async def test_filters_say_which(
    graveyard: Graveyard, requeue: Command, options: tuple[str, ...], numbers: set[int]
) -> None:
    letters = [
        await graveyard.bury(1),
        await graveyard.bury(2, service="dedup"),
        await graveyard.bury(3, reason="unfit"),
    ]
    code, told, _ = await requeue(*options)

    assert code == 0
    assert set(told["requeued"]) == {letters[number - 1].message_id() for number in numbers}


async def test_nothing_is_sent_where_nothing_says_which(graveyard: Graveyard, requeue: Command) -> None:
    await graveyard.bury(1)
    code, told, words = await requeue()

    assert (code, told) == (2, None)
    assert "--all" in words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"body_kept": False}, "give the document in again"),
        ({"subject": "wireroom.old.gone", "stream": "GONE"}, "nothing listens on wireroom.old.gone"),
        ({"stream": "LANGUAGE"}, "LANGUAGE does not take it"),
        ({"stream": "DEAD"}, "nothing says where it belongs"),
    ],
)
async def test_what_cannot_be_sent_says_why_and_the_others_are_sent(
    graveyard: Graveyard, requeue: Command, facts: dict[str, Any], words: str
) -> None:
    bad, good = await graveyard.bury(1, **facts), await graveyard.bury(2)
    code, told, _ = await requeue("--all")

    assert code == 1
    assert list(told["requeued"]) == [good.message_id()]
    assert words in told["not_requeued"][bad.message_id()]


async def test_a_message_without_an_id_of_ours_gets_one_for_its_input(graveyard: Graveyard, requeue: Command) -> None:
    letter = await graveyard.bury(1, headers={"Nats-Msg-Id": "mine"})
    _, told, _ = await requeue(letter.message_id())

    assert told["requeued"] == {letter.message_id(): f"{say.input_id(1)}:article_deduplicated:q1"}


async def test_what_lies_in_dead_and_not_in_the_store_yet_is_told(graveyard: Graveyard, requeue: Command) -> None:
    await graveyard.bury(1)  # nobody hears DEAD here: it lies there untaken
    _, told, _ = await requeue("--all")

    assert told["not_in_the_store_yet"] == 1


async def test_an_unknown_dead_letter_is_told(graveyard: Graveyard, requeue: Command) -> None:
    code, _, words = await requeue("dead:nobody")

    assert code == 1
    assert "there is no dead letter dead:nobody" in words


@pytest.mark.parametrize(
    ("sent", "of_no_input", "told"),
    [
        (2, 0, "2 sent again: `wireroom trace` shows their way"),
        (1, 1, "1 sent again, 1 of them of no input, which no trace shows"),
        (
            3,
            1,
            "3 sent again, 1 of them of no input, which no trace shows; `wireroom trace` shows the way of the other 2",
        ),
    ],
)
def test_a_way_is_promised_only_of_what_belongs_to_an_input(sent: int, of_no_input: int, told: str) -> None:
    became = Outcome(sent={f"dead:{number}": "" for number in range(sent)}, of_no_input=of_no_input)

    assert became.told() == told
