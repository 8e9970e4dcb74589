"""What the server lets each user do: tried on the real thing, in both directions."""

import asyncio
import gc
import json
from contextlib import suppress
from typing import Any

import nats
import pytest
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig
from nats.js.errors import APIError

from contracts.topology import ROUTES, SERVICES, STREAMS
from services.chassis.accounts import PUBLIC_CONSUMERS
from services.chassis.testing import LocalServer, until

pytestmark = pytest.mark.nats

QUEUES = [stream.name for stream in STREAMS if stream.retention == "workqueue"]
JUST_ITS_OWN_SILENCE_SECONDS = 0.3
ANSWER_SECONDS = 60.0


async def answers(client: Any, subject: str, *, seconds: float = JUST_ITS_OWN_SILENCE_SECONDS) -> bool:
    """Whether anybody on the server reacts to this user's request."""
    try:
        await client.request(subject, b"{}", timeout=seconds)
    except (NatsError, TimeoutError):
        return False
    return True


async def messages(server: LocalServer) -> dict[str, int]:
    operator, publisher = await server.connect("operator"), await server.connect("publisher")
    found = {str(info.config.name): info.state.messages for info in await operator.jetstream().streams_info()}
    found |= {str(info.config.name): info.state.messages for info in await publisher.jetstream().streams_info()}
    await operator.close()
    await publisher.close()
    return found


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_may_say_what_it_says_and_nothing_else(server: LocalServer, service: str) -> None:
    client = await server.connect(service)
    for route in ROUTES:
        subject = route.message.subject.replace("*", "fr")
        if service in route.said_by:
            assert await answers(client, subject, seconds=ANSWER_SECONDS), subject
        else:
            assert not await answers(client, subject), subject
    await client.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_may_do_nothing_to_streams_and_consumers(server: LocalServer, service: str) -> None:
    client = await server.connect(service)
    before = await messages(server)
    others = [queue for queue in QUEUES if queue != service.upper()]
    forbidden = [f"$JS.API.STREAM.DELETE.{queue}" for queue in QUEUES]
    forbidden += [f"$JS.API.STREAM.PURGE.{queue}" for queue in QUEUES]
    forbidden += [
        f"$JS.API.STREAM.UPDATE.{service.upper()}",
        "$JS.API.STREAM.CREATE.MINE",
        "$JS.API.STREAM.MSG.GET.DEAD",
    ]
    forbidden += [f"$JS.API.CONSUMER.CREATE.{queue}.mine" for queue in QUEUES]
    forbidden += [f"$JS.API.CONSUMER.DURABLE.CREATE.{service.upper()}.{service}"]
    forbidden += [f"$JS.API.CONSUMER.DELETE.{service.upper()}.{service}"]
    forbidden += [f"$JS.API.CONSUMER.MSG.NEXT.{queue}.{queue.lower()}" for queue in others]
    forbidden += [f"$JS.ACK.{queue}.{queue.lower()}.1.1.1.1.0" for queue in others]
    tried = await asyncio.gather(*(answers(client, subject) for subject in forbidden))
    await client.close()

    assert [subject for subject, well in zip(forbidden, tried, strict=True) if well] == []
    assert await messages(server) == before


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_hears_no_other_inbox_and_no_subject(server: LocalServer, service: str) -> None:
    client, other = await server.connect(service), await server.connect("operator")
    heard: list[str] = []

    async def note(message: Any) -> None:
        heard.append(message.subject)

    for subject in ("wireroom.>", "dead.>", "articles.>", "_INBOX.>", "_SVC.>", "_SVC.fetch.>", "$JS.EVENT.>"):
        if subject != f"_SVC.{service}.>":
            await client.subscribe(subject, cb=note)
    await client.flush()
    for subject in ("wireroom.article.fetched", "dead.x", "_INBOX.x", "_SVC.other.x", "_SVC.fetch.x"):
        if subject != f"_SVC.{service}.x":
            await other.publish(subject, b"{}")
    await other.flush()
    await client.flush()
    await client.close()
    await other.close()

    assert heard == []


async def test_a_stranger_reads_the_public_stream_and_may_do_no_harm(server: LocalServer) -> None:
    store, reader = await server.connect("store"), await server.connect(None)
    heard: list[str] = []

    async def note(message: Any) -> None:
        heard.append(message.subject)

    await reader.subscribe("articles.>", cb=note)
    await reader.flush()
    await store.request("articles.enriched.fr.sy", b"{}", timeout=60)
    await until(lambda: heard == ["articles.enriched.fr.sy"])

    before = await messages(server)
    forbidden = [
        "articles.enriched.fr.sy",
        "wireroom.article.fetched",
        "$JS.API.STREAM.PURGE.ARTICLES",
        "$JS.API.STREAM.DELETE.ARTICLES",
    ]
    forbidden += [
        "$JS.API.STREAM.CREATE.MINE",
        "$JS.API.STREAM.UPDATE.ARTICLES",
        "$JS.API.CONSUMER.CREATE.LANGUAGE.mine",
    ]
    forbidden += [
        "$JS.API.CONSUMER.MSG.NEXT.LANGUAGE.language",
        "$JS.API.STREAM.MSG.DELETE.ARTICLES",
        "$JS.API.CONSUMER.DELETE.ARTICLES.x",
    ]
    assert [subject for subject in forbidden if await answers(reader, subject)] == []
    for subject in ("wireroom.>", "_SVC.>", "dead.>", ">"):
        await reader.subscribe(subject, cb=note)
    operator = await server.connect("operator")
    await operator.publish("_SVC.fetch.x", b"")
    await operator.flush()
    await reader.flush()
    assert heard == ["articles.enriched.fr.sy"]
    assert await messages(server) == before
    for client in (store, reader, operator):
        await client.close()


async def test_a_strangers_push_consumer_injects_nothing_into_the_services(server: LocalServer) -> None:
    store, reader = await server.connect("store"), await server.connect(None)
    before = await messages(server)
    for number, target in enumerate(
        ("wireroom.article.fetched", "articles.enriched.fr.sy", "_SVC.store.x", "$JS.API.STREAM.PURGE.ARTICLES")
    ):
        with suppress(APIError, NatsError, TimeoutError):
            await reader.jetstream().add_consumer(
                "ARTICLES", ConsumerConfig(name=f"push{number}", deliver_subject=target)
            )
    await store.request("articles.enriched.fr.sy", b'{"poison": true}', timeout=60)
    await store.flush()
    after = await messages(server)
    await store.close()
    await reader.close()

    assert after == before | {"ARTICLES": before["ARTICLES"] + 1}


async def test_a_stranger_cannot_make_consumers_without_end(server: LocalServer) -> None:
    reader = await server.connect(None)
    made = 0
    for number in range(PUBLIC_CONSUMERS + 10):
        config = {
            "stream_name": "ARTICLES",
            "config": {"name": f"c{number}", "ack_policy": "none", "inactive_threshold": 60 * 10**9},
        }
        reply = await reader.request(
            f"$JS.API.CONSUMER.CREATE.ARTICLES.c{number}", json.dumps(config).encode(), timeout=60
        )
        made += "error" not in json.loads(reply.data)
    await reader.close()

    assert made == PUBLIC_CONSUMERS


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("user", ["language", "operator", "nobody"])
async def test_a_wrong_password_opens_nothing(server: LocalServer, user: str) -> None:
    with pytest.raises(nats.errors.Error, match=r"(?i)authorization"):
        await nats.connect(server.url, user=user, password="wrong", allow_reconnect=False, error_cb=_quiet)
    gc.collect()  # nats-py leaves its socket to the collector: here, where it is expected


async def _quiet(_: Exception) -> None:
    pass


async def test_laying_twice_changes_nothing_and_a_hand_made_change_is_told_and_left(server: LocalServer) -> None:
    assert await server.lay() == []
    operator = await server.connect("operator")
    js = operator.jetstream()
    info = await js.stream_info("LANGUAGE")
    info.config.max_msgs = 7
    info.config.duplicate_window = 60.0
    await js.update_stream(info.config)

    told = ["LANGUAGE: max_msgs is 7, not -1", "LANGUAGE: duplicate_window is 60.0, not 900.0"]
    assert [await server.lay(), await server.lay()] == [told, told]
    await operator.close()
