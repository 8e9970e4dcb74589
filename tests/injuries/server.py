"""A nats-server of the test's own, for a system that is given its address: `up` neither starts nor restarts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from services.chassis.accounts import keep_credentials, render
from services.chassis.testing import free_port
from tests.e2e.running import leashed, until

BUDGET_BYTES = 1 << 30
LOOPBACK = "127.0.0.1"


class Server:
    """nats-server over the streams of `home`, which a system with the same home finds its passwords in."""

    def __init__(self, home: Path, *, budget_bytes: int = BUDGET_BYTES) -> None:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"nats://{LOOPBACK}:{self.port}"
        self.credentials = keep_credentials(home)
        self._conf, self._log = home / "nats.conf", home / "nats.log"
        text = render(
            self.credentials,
            host=LOOPBACK,
            port=self.port,
            store_dir=str(home / "nats"),
            budget_bytes=budget_bytes,
        )
        for private in (self._conf, self._log):
            private.touch(mode=0o600)
        self._conf.write_text(text)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start it, and wait until it listens."""
        beside = str(Path(sys.executable).parent)
        binary = shutil.which("nats-server", path=os.pathsep.join((beside, os.environ.get("PATH", ""))))
        assert binary is not None, "there is no nats-server"
        with self._log.open("ab") as log:
            self._process = leashed([binary, "-c", str(self._conf)], stdout=log, stderr=subprocess.STDOUT)
        until(lambda: listens(self.port), seconds=60, what=lambda: self._log.read_text()[-1000:])
        return self

    @property
    def process(self) -> psutil.Process:
        """The process that runs now."""
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def send(self, number: int) -> None:
        """Send it a signal, such as SIGSTOP."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it, and wait until it is gone."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)
            self._process.wait(60)

    def kill(self) -> None:
        """kill -9."""
        self.stop(signal.SIGKILL)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.kill()
            raise

    def __exit__(self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.kill()


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
