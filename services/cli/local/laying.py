"""Laying again, while the system runs, what went away: streams that an operator deleted or a server forgot."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from nats.aio.client import Client
from nats.errors import Error as NatsError

from contracts.topology import ARTICLES, RAW_BUCKET, STARTS_BUCKET, STREAMS
from services.chassis.asking import told
from services.chassis.permissions import PUBLIC_INFO
from services.chassis.streams import NoServer, hearers
from services.cli import bus
from services.cli.errors import Told
from services.cli.local.sweeping import sweep

LOOK_SECONDS = 2.0
ANSWER_SECONDS = 2.0
SAID_AFTER_SECONDS = 30.0  # a restart of the server is over by then
NOT_THERE = {10014, 10059}  # consumer, stream not found

T = TypeVar("T")
Say = Callable[[str], None]


class Outage:
    """Why nobody can be asked; said once where it lasts, for what goes away meanwhile is not laid again."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._since: float | None = None
        self._said = False

    def lasts(self, why: Exception) -> None:
        """It could not be looked."""
        now = asyncio.get_running_loop().time()
        self._since = now if self._since is None else self._since
        if not self._said and now - self._since >= SAID_AFTER_SECONDS:
            self._said = True
            self._say(f"streams     nobody sees whether they are there: {why or type(why).__name__}")

    def is_over(self) -> None:
        """It could be looked again."""
        if self._said:
            self._say("streams     looked after again")
        self._since, self._said = None, False


async def laid(lay: Callable[[], Awaitable[T]], say: Say) -> T:
    """What `lay` brings, as soon as there is a server: one that is away is waited for, and each reason said once."""
    said = ""
    while True:
        try:
            return await lay()
        except NoServer as error:
            if str(error) != said:
                said = str(error)
                say(f"waiting     {said}")
        await asyncio.sleep(LOOK_SECONDS)


async def keep_laid(
    server: str, operator: Callable[[], str | None], lay: Callable[[], Awaitable[object]], say: Say
) -> None:
    """Look every few seconds for as long as the system runs; a server that is away is none that forgot.

    Where it does not answer a new connection is made, with the password that the operator has by then.
    """
    outage = Outage(say)
    while True:
        try:
            password = operator()
            async with bus.connected(server, "operator" if password else None, password) as client:
                while True:
                    await _lay_missing(client, lay, say)
                    await _sweep(client, say)
                    outage.is_over()
                    await asyncio.sleep(LOOK_SECONDS)
        except (Told, NatsError, OSError, TimeoutError, ValueError) as error:
            outage.lasts(error)
            await asyncio.sleep(LOOK_SECONDS)


async def _lay_missing(client: Client, lay: Callable[[], Awaitable[object]], say: Say) -> None:
    if gone := await missing(client):
        await lay()
        say(
            f"streams     not there: {', '.join(gone)}; laid again. "
            "Whether something was lost with it: `wireroom status --check`"
        )


async def _sweep(client: Client, say: Say) -> None:
    for queue, number in (await sweep(client)).items():
        say(f"streams     {queue}: {number} messages removed that were acknowledged and still there")


async def missing(client: Client) -> list[str]:
    """What the server says that it does not have; raises TimeoutError where it answers nothing at all.

    What it does not answer about while it answers other questions is not missing.
    """
    named = questions()
    answers = await asyncio.gather(*(_is_missing(client, subject) for subject in named.values()))
    if all(answer is None for answer in answers):
        raise TimeoutError(f"the server does not answer for {ANSWER_SECONDS:g} s")
    return [name for name, gone in zip(named, answers, strict=True) if gone]


def questions() -> dict[str, str]:
    """What there must be, and the subject on which it is asked for."""
    names = [stream.name for stream in STREAMS if stream.account == "WIREROOM"]
    streams = {name: name for name in names} | {RAW_BUCKET: f"OBJ_{RAW_BUCKET}", STARTS_BUCKET: f"KV_{STARTS_BUCKET}"}
    asked = {name: f"$JS.API.STREAM.INFO.{stream}" for name, stream in streams.items()} | {ARTICLES.name: PUBLIC_INFO}
    return asked | {f"{name}/{who}": f"$JS.API.CONSUMER.INFO.{name}.{who}" for name, who in hearers().items()}


async def _is_missing(client: Client, subject: str) -> bool | None:
    """Whether it is gone; None where nobody says."""
    answer = await told(client, subject, timeout_seconds=ANSWER_SECONDS)
    return answer.get("error", {}).get("err_code") in NOT_THERE if answer else None
