"""What each user may and may not do, read off the lists of all users and tried on the real server."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import nats
import pytest
from nats.aio.client import Client

from contracts.topology import SERVICES
from services.chassis.connection import INBOX_ROOT, harden
from services.chassis.permissions import PRIVATE_INBOXES, USERS_OF, Permissions
from services.chassis.testing import LocalServer, until

pytestmark = pytest.mark.nats

LISTS: dict[str, Permissions] = {user: listed for users in USERS_OF.values() for user, listed in users.items()}
RESTRICTED = sorted(user for user, listed in LISTS.items() if listed.publish != (">",))
OUTSIDE = ("reader", "requester")
# They read and remove originals by direct get; see the decision on accounts.
TRUSTED_WITH_ORIGINALS = ("fetch", "store")
UNANSWERED = ("$JS.ACK.", "$JS.FC.")
PULL = "$JS.API.CONSUMER.MSG.NEXT."
EVERYWHERE = (
    *(">", "wireroom.>", "dead.>", "articles.>", "_INBOX.>", f"{INBOX_ROOT}.>", "$SYS.>", "_R_.>"),
    *("$JS.>", "$JS.API.>", "$JS.ACK.>", "$JS.EVENT.ADVISORY.>", "$KV.>", "$O.>"),
)
FORBIDDEN = (
    *("$JS.API.STREAM.CREATE.MINE", "$JS.API.STREAM.UPDATE.{}", "$JS.API.STREAM.DELETE.{}", "$JS.API.STREAM.PURGE.{}"),
    *("$JS.API.STREAM.MSG.GET.{}", "$JS.API.STREAM.MSG.DELETE.{}", "$JS.API.STREAM.RESTORE.{}"),
    *("$JS.API.STREAM.SNAPSHOT.{}", "$JS.API.STREAM.LEADER.STEPDOWN.{}", "$JS.API.DIRECT.GET.{}"),
    *("$JS.API.CONSUMER.CREATE.{}", "$JS.API.CONSUMER.CREATE.{}.mine", "$JS.API.CONSUMER.DURABLE.CREATE.{}.mine"),
    *("$JS.API.CONSUMER.DELETE.{}.mine", "$JS.API.CONSUMER.PAUSE.{}.mine", "$JS.API.CONSUMER.RESET.{}.mine"),
    *("$JS.API.CONSUMER.NAMES.{}", "$JS.API.CONSUMER.LIST.{}", "$JS.API.ACCOUNT.PURGE.WIREROOM"),
    *("$SYS.REQ.SERVER.PING", "$SYS.REQ.ACCOUNT.WIREROOM.INFO", "$SRV.PING", "anything"),
)
STREAMS = ("STORE", "EXTRACT", "DEAD", "ARTICLES", "OBJ_RAW", "KV_STARTS")
HARMS = (
    *(f"$JS.API.STREAM.{deed}.{stream}" for deed in ("DELETE", "PURGE") for stream in STREAMS),
    "$JS.API.CONSUMER.DELETE.STORE.store",
)
VIOLATION = re.compile(r'permissions violation for (?:publish|subscription) to "([^"]+)"', re.IGNORECASE)


@asynccontextmanager
async def connected(server: LocalServer, user: str) -> AsyncIterator[tuple[Client, list[str]]]:
    """A connection, and the subjects that the server has turned away on it, as nats-py tells them: in lower case."""
    turned_away: list[str] = []

    async def note(error: Exception) -> None:
        turned_away.extend(VIOLATION.findall(str(error)))

    client = harden(
        await nats.connect(
            server.url,
            user=user,
            password=server.credentials[user],
            inbox_prefix=(f"{INBOX_ROOT}.{user}" if user in PRIVATE_INBOXES else "_INBOX").encode(),
            error_cb=note,
        )
    )
    yield client, turned_away
    await client.close()


def allows(patterns: tuple[str, ...], subject: str) -> bool:
    """Whether one of the patterns covers the subject, or all of another pattern."""
    return any(_covers(pattern.split("."), subject.split(".")) for pattern in patterns)


def _covers(pattern: list[str], subject: list[str]) -> bool:
    for place, token in enumerate(pattern):
        if token == ">":
            return len(subject) > place
        if place >= len(subject) or (token != subject[place] and (token != "*" or subject[place] == ">")):
            return False
    return len(pattern) == len(subject)


def example(pattern: str) -> str:
    """A subject that the pattern covers."""
    return pattern.replace("*", "x").replace(">", "C.x" if pattern.startswith("$O.") else "x")


def everything_listed() -> list[str]:
    """One subject for each line of each list, and what stands in none."""
    subjects = [example(pattern) for user in RESTRICTED for pattern in LISTS[user].publish]
    subjects += [pattern.format(stream) for pattern in FORBIDDEN for stream in STREAMS]
    subjects += [f"{INBOX_ROOT}.{user}.x" for user in LISTS] + ["_INBOX.x"]
    return sorted(set(subjects))


@pytest.mark.parametrize("user", RESTRICTED)
async def test_a_user_may_publish_what_its_list_says_and_nothing_of_anybody_elses(
    server: LocalServer, user: str
) -> None:
    wanted = [subject.lower() for subject in everything_listed() if not allows(LISTS[user].publish, subject)]
    assert len(wanted) > 100
    async with connected(server, user) as (client, turned_away):
        for subject in everything_listed():
            await client.publish(subject, b'{"no_wait": true}')
        await client.flush()
        await until(lambda: len(turned_away) >= len(wanted))

    assert sorted(turned_away) == sorted(wanted)


@pytest.mark.parametrize("user", RESTRICTED)
async def test_whatever_a_users_list_says_is_answered(server: LocalServer, user: str) -> None:
    subjects = [example(one) for one in LISTS[user].publish if not one.startswith(UNANSWERED)]
    await _consumer(server)
    # Before anything lies there: a message that is given out bears its own subject, by which nats-py knows no request.
    pulls = [one for one in subjects if one.startswith(PULL)]
    async with connected(server, user) as (client, turned_away):
        silent = await _silent(client, pulls) + await _silent(client, [one for one in subjects if one not in pulls])

    assert turned_away == []
    assert silent == []


async def _silent(client: Client, subjects: list[str]) -> list[str]:
    """Those of the subjects on which nobody answers."""
    answers = await asyncio.gather(
        *(client.request(subject, b'{"no_wait": true}', timeout=60) for subject in subjects), return_exceptions=True
    )
    return [one for one, answer in zip(subjects, answers, strict=True) if isinstance(answer, BaseException)]


@pytest.mark.parametrize("user", RESTRICTED)
async def test_a_user_may_hear_its_own_inbox_and_nobody_elses(server: LocalServer, user: str) -> None:
    subjects = [*EVERYWHERE, *(f"{INBOX_ROOT}.{other}.>" for other in LISTS)]
    wanted = [one.lower() for one in subjects if not allows(LISTS[user].subscribe, one)]
    async with connected(server, user) as (client, turned_away):
        for subject in subjects:
            await client.subscribe(subject)
        await client.flush()
        await until(lambda: len(turned_away) >= len(wanted))

    assert sorted(turned_away) == sorted(wanted)


@pytest.mark.parametrize("user", [one for one in RESTRICTED if one not in TRUSTED_WITH_ORIGINALS])
async def test_no_answer_of_the_server_can_be_turned_into_a_deed(server: LocalServer, user: str) -> None:
    """A reply is sent to whatever subject the asker names, and the server asks nobody whether the asker may."""
    await _something_everywhere(server)
    await _consumer(server)
    before = await _messages(server)
    async with connected(server, user) as (client, _):
        for subject in LISTS[user].publish:
            for harm in HARMS:
                await client.publish(example(subject), b"", reply=harm)
        await client.flush()
        after = await _messages(server)

    assert {name: number for name, number in before.items() if after.get(name, -1) < number} == {}


@pytest.mark.parametrize("user", OUTSIDE)
async def test_who_comes_from_outside_gets_no_answer_into_a_stream(server: LocalServer, user: str) -> None:
    await _something_everywhere(server)
    await _consumer(server)
    before = await _messages(server)
    requested = 4 if user == "requester" else 0  # what it may say is said, and the answers are lost
    async with connected(server, user) as (client, _):
        asked = [one for one in LISTS[user].publish if one != "wireroom.url.requested"]
        for subject in (*asked, "wireroom.url.requested"):
            for target in ("articles.enriched.fr.sy", "wireroom.article.extracted", "dead.x", "$KV.STARTS.store.x"):
                await client.publish(example(subject), b"", reply=target)
        await client.flush()

        async def all_is_said() -> bool:
            return (await _messages(server))["FETCH"] == before["FETCH"] + requested

        await until(all_is_said)
        assert await _messages(server) == before | {"FETCH": before["FETCH"] + requested}


@pytest.mark.parametrize("user", RESTRICTED)
def test_no_list_is_wider_than_it_must_be(user: str) -> None:
    listed = LISTS[user]
    apart = ("STREAM.PURGE.OBJ_RAW",) if user == "store" else ()
    changing = [
        subject
        for subject in listed.publish
        if re.search(r"\.(CREATE|UPDATE|DELETE|PURGE|RESTORE|SNAPSHOT|RESET|PAUSE)\b", subject)
        and not subject.endswith(apart or ("nothing",))
    ]

    assert user == "reader" or changing == []
    assert all(".ARTICLES" in subject for subject in changing)
    assert user in TRUSTED_WITH_ORIGINALS or not [one for one in listed.publish if ".DIRECT.GET." in one]
    assert not [one for one in (*listed.publish, *listed.subscribe) if one.split(".")[0] in {">", "*", "$SYS"}]
    if user in SERVICES:
        assert listed.subscribe == (f"{INBOX_ROOT}.{user}.>",)


async def _something_everywhere(server: LocalServer) -> None:
    """A message in every stream, so that a loss shows."""
    said = {
        "fetch": ["wireroom.input.received", "wireroom.article.fetched", "$O.RAW.C.x", "$KV.STARTS.fetch.x"],
        "language": ["wireroom.article.language_detected", "$KV.STARTS.language.x", "dead.wireroom.article.fetched"],
        "dedup": ["wireroom.article.deduplicated"],
        "store": ["articles.enriched.fr.sy"],
        "requester": ["wireroom.url.requested"],
    }
    for user, subjects in said.items():
        async with connected(server, user) as (client, _):
            for subject in subjects:
                await client.request(subject, b"{}", timeout=60)


async def _consumer(server: LocalServer) -> None:
    """The consumer of the name that `example` gives."""
    config = b'{"stream_name": "ARTICLES", "config": {"name": "x", "ack_policy": "none"}}'
    async with connected(server, "publisher") as (client, _):
        await client.request("$JS.API.CONSUMER.CREATE.ARTICLES.x", config, timeout=60)


async def _messages(server: LocalServer) -> dict[str, int]:
    """How many messages each stream holds, once the server has done whatever was asked of it before."""
    found: dict[str, int] = {}
    for user in ("operator", "publisher"):
        async with connected(server, user) as (client, _):
            found |= {str(one.config.name): one.state.messages for one in await _streams(client)}
    return found


async def _streams(client: Client) -> list[Any]:
    return list(await client.jetstream().streams_info())
