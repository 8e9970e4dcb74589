"""What the server knows whether or not the services run: what waits for whom, and how full the streams are."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError

from contracts.input_received import InputReceived
from contracts.topology import RAW_BUCKET, SERVICES, STREAMS
from services.chassis.asking import told
from services.chassis.connection import bare
from services.chassis.permissions import PUBLIC_INFO
from services.cli import bus
from services.cli.errors import Told
from services.cli.in_time import why, within_seconds
from services.cli.local.history import STORE, moment

ANSWER_SECONDS = 2.0
RECEIPTS = {"subjects_filter": InputReceived.subject}


@dataclass(frozen=True)
class Queue:
    """What JetStream says of a service's durable."""

    pending: int
    in_flight: int
    redelivered: int


@dataclass(frozen=True)
class Fill:
    """How full a stream is."""

    messages: int
    bytes: int
    limit_bytes: int


@dataclass(frozen=True)
class Unheard:
    """What waits for store: so much the ledger does not know, and so many inputs it may not know of at all."""

    messages: int
    inputs: int  # of which the receipt is among the messages
    since: datetime  # the oldest of them


@dataclass(frozen=True)
class Bus:
    """What the server says; `trouble` where it says nothing."""

    queues: dict[str, Queue] = field(default_factory=dict)
    streams: dict[str, Fill] = field(default_factory=dict)
    unheard: Unheard | None = None
    unseen: list[str] = field(default_factory=list)
    trouble: str | None = None


async def ask_bus(server: str, credentials: dict[str, str], *, remedy: str) -> Bus:
    """Queues and streams as the server knows them, whether or not the services run; `remedy` is for where none is."""
    names = {stream.name: f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS}
    names |= {"ARTICLES": PUBLIC_INFO, RAW_BUCKET: f"$JS.API.STREAM.INFO.OBJ_{RAW_BUCKET}"}
    queues = {name: f"$JS.API.CONSUMER.INFO.{name.upper()}.{name}" for name in SERVICES}
    try:
        async with within_seconds(), bus.connected(server, "operator", credentials.get("operator")) as client:
            streams, durables, receipts = await asyncio.gather(
                _ask_each(client, names),
                _ask_each(client, queues),
                told(client, names[STORE], RECEIPTS, timeout_seconds=ANSWER_SECONDS),
            )
    except TimeoutError as error:
        return Bus(trouble=f"the nats-server at {bare(server)}: {why(error)}")
    except bus.NoServer as error:
        return Bus(trouble=f"{error.missing}: {remedy}")
    except (Told, NatsError, OSError) as error:
        return Bus(trouble=str(error))
    return Bus(
        {
            name: Queue(info["num_pending"], info["num_ack_pending"], info["num_redelivered"])
            for name, info in durables.items()
            if "num_pending" in info
        },
        {
            name: Fill(info["state"]["messages"], info["state"]["bytes"], info["config"]["max_bytes"])
            for name, info in streams.items()
            if "state" in info
        },
        _unheard(receipts),
        [
            f"{what} {name}: {info.get('error', {}).get('description', f'no answer within {ANSWER_SECONDS:g} s')}"
            for what, infos in (("the stream", streams), ("the queue of", durables))
            for name, info in infos.items()
            if "config" not in info
        ],
    )


async def _ask_each(client: Client, subjects: dict[str, str]) -> dict[str, dict[str, Any]]:
    answers = await asyncio.gather(
        *(told(client, subject, timeout_seconds=ANSWER_SECONDS) for subject in subjects.values())
    )
    return dict(zip(subjects, answers, strict=True))


def _unheard(info: dict[str, Any]) -> Unheard | None:
    """What is left in the queue that the ledger is made of; None where that is nothing, or nobody says."""
    state = info.get("state", {})
    if not state.get("messages"):
        return None
    return Unheard(state["messages"], sum((state.get("subjects") or {}).values()), moment(state["first_ts"]))
