"""HTTP over guarded connections: httpx's requests and answers on httpcore's pool, with a door of ours in it.

httpx's own transport has no place for that door, and its client would do things of its own: read proxies from the
environment, keep cookies, follow where a redirect leads in thought.
"""

import ssl
from collections.abc import AsyncIterator
from typing import cast

import certifi
import httpcore

from services.chassis.loading import without
from services.fetch.settings import FetchSettings
from services.fetch.web.guard import Guard

with without("httpx._main"):  # its command line, with rich, click and pygments: half of the import
    import httpx


class Wire(httpx.AsyncBaseTransport):
    """The connections of one errand: none outlives it, and none is another's."""

    def __init__(self, guard: Guard, tls: ssl.SSLContext) -> None:
        self._guard = guard
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls, http1=True, http2=True, max_connections=4, retries=0, network_backend=guard
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still to be read; raises httpcore's errors, Barred, Unavailable."""
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer), request=request)

    async def aclose(self) -> None:
        """Close them all."""
        try:
            await self._pool.aclose()
        finally:
            await self._guard.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in cast("AsyncIterator[bytes]", self._answer.stream):
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


def trust(settings: FetchSettings) -> ssl.SSLContext:
    """Certificates are verified against the authorities that browsers trust, and those of the settings."""
    context = ssl.create_default_context(cafile=certifi.where())
    if settings.ca_file is not None:
        context.load_verify_locations(settings.ca_file)
    return context
