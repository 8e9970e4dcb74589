"""An HTTP server for a few short questions: nobody slow, numerous or long-winded keeps others from asking."""

import io
import socket
import threading
import time
from contextlib import suppress
from ipaddress import ip_address
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

ASKING_SECONDS = 5.0  # from the connection to the last byte of the answer
MOST_AT_ONCE = 64
MOST_HEAD_BYTES = 16 << 10


class BoundedServer(ThreadingMixIn, WSGIServer):
    """A thread a question; who takes too long is cut off, and so is the oldest where there are too many."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *arguments: Any) -> None:
        self._asking: dict[socket.socket, float] = {}  # since when, oldest first
        self._lock = threading.Lock()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take one in, if need be instead of another."""
        with self._lock:
            if len(self._asking) >= MOST_AT_ONCE:
                oldest = next(iter(self._asking))
                del self._asking[oldest]  # its thread takes a moment to see it; the next one cuts off another
                _cut_off(oldest)
            self._asking[request] = time.monotonic()
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """It is answered, or gone."""
        with self._lock:
            self._asking.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Twice a second: cut off who is too slow."""
        with self._lock:
            for request, since in self._asking.items():
                if time.monotonic() - since > ASKING_SECONDS:
                    _cut_off(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was cut off, or went away, is no news."""


class SilentHandler(WSGIRequestHandler):
    """Logs nothing, and reads so much of a question and no more."""

    timeout = ASKING_SECONDS

    def setup(self) -> None:
        """Prepare to read."""
        super().setup()
        self.rfile = _Head(self.rfile, MOST_HEAD_BYTES)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Nothing: a scrape is no news."""


class _Head(io.BufferedReader):
    """The first bytes of a stream; raises ConnectionAbortedError where more are wanted."""

    def __init__(self, stream: Any, most_bytes: int) -> None:
        super().__init__(stream.detach())
        self._left = most_bytes

    def readline(self, size: int | None = -1, /) -> bytes:
        if self._left == 0:
            raise ConnectionAbortedError("the question has no end")
        line = super().readline(self._left if size is None or size < 0 else min(size, self._left))
        self._left -= len(line)
        return line


def is_loopback(address: str) -> bool:
    """Whether a server bound to this address is there for this machine alone."""
    return _is_address(address) and ip_address(address).is_loopback


def names_an_address(host: str) -> bool:
    """Whether a Host header is an address or `localhost`: with a foreign name, a page of that name's asks in a browser.

    (DNS rebinding: the name leads to 127.0.0.1, and the browser takes our answer for that site's own.)
    """
    try:
        name = urlsplit(f"//{host}").hostname or "localhost"
    except ValueError:  # brackets that hold no address
        return False
    return name == "localhost" or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _cut_off(request: socket.socket) -> None:
    with suppress(OSError):  # it has just gone
        request.shutdown(socket.SHUT_RDWR)
