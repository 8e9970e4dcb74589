"""/metrics, /livez and /readyz, from a thread of their own: a stuck event loop is told, not shared."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from wsgiref.simple_server import make_server

from prometheus_client import CollectorRegistry, make_wsgi_app

from services.chassis.alone import Alone
from services.chassis.bounded_server import BoundedServer, SilentHandler, is_loopback, names_an_address
from services.chassis.waits import Wait
from services.chassis.whose import HEADER

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

BEAT_SECONDS = 0.5
STUCK_SECONDS = 10.0
PAGES = ("/metrics", "/livez", "/readyz")


class Health:
    """Serves what Prometheus and supervisors ask. `waits` says why the service is not ready, and since when.

    It is asked at every beat, so that the times are true at which a wait began, and at which the last was `over`.
    What runs `alone` for long is told beside that.
    Every answer says of which `home` it is, where there is one.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        waits: Callable[[], list[Wait]],
        over: Callable[[], datetime | None] = lambda: None,
        alone: Callable[[], list[Alone]] = list,
        *,
        host: str,
        port: int,
        home: str | None = None,
    ) -> None:
        self._metrics = make_wsgi_app(registry)
        self._waits, self._over, self._alone = waits, over, alone
        self._whose = [] if home is None else [(HEADER, home)]
        self._beat = time.monotonic()
        try:
            self._server = make_server(
                host, port, self._answer, server_class=BoundedServer, handler_class=SilentHandler
            )
        except OSError as error:
            wanted = f"the metrics port {host}:{port} is not to be had ({error.strerror})"
            raise OSError(f"{wanted}: set WIREROOM_METRICS_PORT_BASE or WIREROOM_METRICS_HOST") from error
        self.port = self._server.server_port
        self.address = f"{host}:{self.port}"
        self._beating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._beating = asyncio.create_task(self._keep_beating(), name="beat")
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._beating is not None:
            self._beating.cancel()
        await asyncio.to_thread(self._server.shutdown)
        self._server.server_close()

    async def _keep_beating(self) -> None:
        while True:
            self._beat = time.monotonic()
            self._waits()
            await asyncio.sleep(BEAT_SECONDS)

    def _answer(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *others: Any) -> Any:
            return start(status, [*headers, *self._whose], *others)

        return self._page(environ, begin)

    def _page(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if is_loopback(str(self._server.server_address[0])) and not names_an_address(environ.get("HTTP_HOST", "")):
            return _refuse(start, "421 Misdirected Request", "ask by address, or as localhost")
        if environ["REQUEST_METHOD"] != "GET":
            return _refuse(start, "405 Method Not Allowed", "GET is all there is")
        if path == "/metrics":
            page: Iterable[bytes] = self._metrics(environ, start)
            return page
        if path == "/livez":
            stuck = time.monotonic() - self._beat
            reasons = [f"the event loop has not moved for {stuck:.0f} s"] if stuck > STUCK_SECONDS else []
            return _json(start, {"live": not reasons, "reasons": reasons})
        if path == "/readyz":
            waits = self._waits()
            reasons = [wait.words for wait in waits]
            told = {"ready": not reasons, "reasons": reasons, "waits": [asdict(wait) for wait in waits]}
            told |= {"ready_since": self._over() if not reasons else None}
            return _json(start, told | {"alone": [asdict(one) for one in self._alone()]})
        return _refuse(start, "404 Not Found", ", ".join(PAGES))


def _refuse(start: "StartResponse", status: str, words: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain"), *([("Allow", "GET")] if status.startswith("405") else [])])
    return [f"{words}\n".encode()]


def _json(start: "StartResponse", told: dict[str, Any]) -> Iterable[bytes]:
    start("503 Service Unavailable" if told["reasons"] else "200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told, default=datetime.isoformat).encode() + b"\n"]
