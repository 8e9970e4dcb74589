"""One question to one server: its answer's head, and the body where it is wanted."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from services.chassis.loading import without
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.headers import GOOD
from services.fetch.core.web.urls import Url
from services.fetch.web.barred import Barred
from services.fetch.web.body import CODINGS, read_body, too_large
from services.fetch.web.trouble import FAULTS, refused_for
from services.fetch.web.wire import Wire

with without("httpx._main"):  # as in `wire`
    import httpx

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 15.0  # between two words


@dataclass(frozen=True)
class Limits:
    """How long an answer may take, and how many bytes its body may have; with `cut` what is behind is left out."""

    seconds: float
    max_bytes: int
    cut: bool = False


@dataclass(frozen=True)
class Received:
    """An answer; its body empty where the status is none of a page's, refused where it is not wanted."""

    status: int
    headers: Mapping[str, str]
    body: bytes | Refused = b""


class Asking:
    """Asks for one page, whatever comes on the way to it."""

    def __init__(self, wire: Wire, agent: str, limits: Limits) -> None:
        self._wire, self._agent, self.limits = wire, agent, limits

    async def ask(self, url: Url, headers: Mapping[str, str], limits: Limits | None = None) -> Received | Refused:
        """The answer; raises Unavailable where the network or the name server is away altogether."""
        limits = limits or self.limits
        try:
            async with asyncio.timeout(limits.seconds):
                return await self._asked(url, headers, limits)
        except Barred as barred:
            return barred.refused
        except FAULTS as error:
            return refused_for(error, limits.seconds)

    async def _asked(self, url: Url, headers: Mapping[str, str], limits: Limits) -> Received:
        request = httpx.Request(
            "GET",
            str(url),
            headers=_encoded({"User-Agent": self._agent, "Accept-Encoding": CODINGS, **headers}),
            extensions={"timeout": _timeouts(limits.seconds)},
        )
        response = await self._wire.handle_async_request(request)
        try:
            return Received(response.status_code, _decoded(response.headers), await _body(response, limits))
        finally:
            await response.aclose()


def _encoded(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    """As they were told us, byte for byte: an ETag may hold anything."""
    return {name.encode(): value.encode("latin-1", "replace") for name, value in headers.items()}


def _decoded(headers: httpx.Headers) -> dict[str, str]:
    """By name in lower case; of a header that is there twice, the first."""
    found: dict[str, str] = {}
    for name, value in headers.raw:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


async def _body(response: httpx.Response, limits: Limits) -> bytes | Refused:
    if response.status_code not in GOOD:
        return b""
    size = response.headers.get("content-length", "")
    if size.isdecimal() and len(size) < 20 and int(size) > limits.max_bytes and not limits.cut:
        return too_large(int(size), limits.max_bytes)
    coding = response.headers.get("content-encoding", "")
    return await read_body(response.aiter_raw(), coding, max_bytes=limits.max_bytes, cut=limits.cut)


def _timeouts(seconds: float) -> dict[str, float]:
    silence = min(SILENCE_SECONDS, seconds)
    return {"connect": min(CONNECT_SECONDS, seconds), "read": silence, "write": silence, "pool": seconds}
