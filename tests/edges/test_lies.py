"""A server that lies, and what becomes of the URL in the end: its reason, how often it is asked for, and how long."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from contracts.outcomes import RejectReason
from services.chassis.database import Database
from services.fetch.core.web.times import BACKOFF_SECONDS
from services.fetch.errands.memory import Memory
from services.fetch.web.hosts import Hosts
from tests.edges.test_web import continuing, dripping, dripping_headers, pouring, pouring_headers, silent
from tests.edges.webs import Lie, Site, said, web
from tests.services.fetch.desk import HOURS, Desk
from tests.tables import lay_tables

TEXT = "<p>Le maire a inauguré hier la nouvelle école du quartier, qui était attendue depuis des années.</p>" * 3
PAGE = f"<!DOCTYPE html><html><body><article><h1>L'école</h1>{TEXT}</article></body></html>"
ONCE, FIVE_TIMES = 1, 5
HOUR_LATER = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
BUSY = "503 Service Unavailable"
TO_ITSELF = said(status="302 Found", Location="/lie")


async def a_bomb(writer: asyncio.StreamWriter) -> None:
    writer.write(said(gzip.compress(bytes(64 << 20)), Content_Encoding="gzip"))
    await writer.drain()


# What it answers; the reason, none where it is an article; how often it is asked at most, and within how many hours.
LIES: dict[str, tuple[bytes | Lie, RejectReason | None, int, float]] = {
    "it has less than it said": (said(PAGE, Content_Length=9999), RejectReason.UNREACHABLE, FIVE_TIMES, 1),
    "it has more than it said": (said(PAGE + "x" * 999, Content_Length=len(PAGE.encode())), None, ONCE, 0),
    "a length below nothing": (said(PAGE, Content_Length=-1), RejectReason.UNREACHABLE, ONCE, 0),
    "two lengths": (said(PAGE, content_length=7), RejectReason.UNREACHABLE, ONCE, 0),
    "a terabyte": (said(PAGE, Content_Length=1 << 40), RejectReason.TOO_LARGE, ONCE, 0),
    "it drips": (dripping, RejectReason.TIMED_OUT, FIVE_TIMES, 1),
    "its headers drip": (dripping_headers, RejectReason.TIMED_OUT, FIVE_TIMES, 1),
    "it says nothing": (silent, RejectReason.TIMED_OUT, FIVE_TIMES, 1),
    "it goes on for ever": (pouring, RejectReason.TOO_LARGE, ONCE, 0),
    "its headers go on for ever": (pouring_headers, RejectReason.UNREACHABLE, ONCE, 0),
    "it is about to answer, for ever": (continuing, RejectReason.TIMED_OUT, FIVE_TIMES, 1),
    "it leads to itself": (TO_ITSELF, RejectReason.TOO_MANY_REDIRECTS, ONCE, 0),
    "a bomb": (a_bomb, RejectReason.BOMB, ONCE, 0),
    "deflate that is none": (said(PAGE, Content_Encoding="deflate"), RejectReason.UNREADABLE, ONCE, 0),
    "half a gzip": (said(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip"), RejectReason.UNREADABLE, 5, 1),
    "a coding of its own": (said(PAGE, Content_Encoding="magic"), RejectReason.UNREADABLE, ONCE, 0),
    "deflate without its frame": (said(zlib.compress(PAGE.encode())[2:-4], Content_Encoding="deflate"), None, ONCE, 0),
    "a charset that it has not": (said(PAGE, Content_Type="text/html; charset=utf-16"), None, ONCE, 0),
    "a charset that there is not": (said(PAGE, Content_Type="text/html; charset=klingon"), None, ONCE, 0),
    "a page that says it is a picture": (said(PAGE, Content_Type="image/png"), None, ONCE, 0),
    "nothing has changed, and nobody asked": (said(status="304 Not Modified"), RejectReason.HTTP_STATUS, ONCE, 0),
    "a page of nothing": (said(b""), RejectReason.EMPTY, ONCE, 0),
    "no content": (said(status="204 No Content", Content_Length=None), RejectReason.EMPTY, ONCE, 0),
    "not there": (said(PAGE, "404 Not Found", Retry_After="1"), RejectReason.HTTP_STATUS, ONCE, 0),
    "gone": (said(PAGE, "410 Gone"), RejectReason.HTTP_STATUS, ONCE, 0),
    "a status of its own": (said(PAGE, "299 Perhaps"), RejectReason.HTTP_STATUS, ONCE, 0),
    "a teapot": (said(PAGE, "418 I am a teapot"), RejectReason.HTTP_STATUS, ONCE, 0),
    "in trouble": (said(PAGE, "500 Oh"), RejectReason.HTTP_STATUS, FIVE_TIMES, 1),
    "busy": (said(status=BUSY), RejectReason.HTTP_STATUS, FIVE_TIMES, 3),
    "busy for an hour, every hour": (said(status=BUSY, Retry_After="3600"), RejectReason.HTTP_STATUS, 60, 48),
    "busy until then, which passes": (said(status=BUSY, Retry_After=HOUR_LATER), RejectReason.HTTP_STATUS, 60, 48),
    "busy for a moment, for ever": (said(status=BUSY, Retry_After="0"), RejectReason.HTTP_STATUS, 60, 48),
    "in trouble for a moment, for ever": (said(status="500 Oh", Retry_After="0"), RejectReason.HTTP_STATUS, 60, 48),
    "busy for three centuries": (said(status=BUSY, Retry_After="9999999999"), RejectReason.HTTP_STATUS, ONCE, 0),
    "busy for longer than there are numbers": (
        said(status=BUSY, Retry_After="9" * 400),
        RejectReason.HTTP_STATUS,
        5,
        3,
    ),
    "busy until the end of time": (
        said(status=BUSY, Retry_After="Fri, 31 Dec 9999 23:59:59 GMT"),
        RejectReason.HTTP_STATUS,
        ONCE,
        0,
    ),
    "busy until long ago": (
        said(status=BUSY, Retry_After="Mon, 01 Jan 1990 00:00:00 GMT"),
        RejectReason.HTTP_STATUS,
        60,
        48,
    ),
    "busy for less than nothing": (said(status=BUSY, Retry_After="-5"), RejectReason.HTTP_STATUS, FIVE_TIMES, 3),
    "busy for a while": (said(status=BUSY, Retry_After="soon"), RejectReason.HTTP_STATUS, FIVE_TIMES, 3),
}


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site().open() as opened:
        yield opened


@pytest.fixture
async def desk(tmp_path: Path, site: Site) -> AsyncIterator[Desk]:
    """Errands with a real web, whose hosts and whose time are moved by hand."""
    url = f"sqlite:///{tmp_path}/fetch.db"
    await asyncio.to_thread(lay_tables, url, "fetch")
    async with Database(url) as database:
        yield Desk(Memory(database), web(site))  # type: ignore[arg-type]


@pytest.mark.parametrize("called", LIES)
async def test_whatever_a_server_says_its_url_has_an_end_within_bounds(desk: Desk, site: Site, called: str) -> None:
    lie, reason, most, hours = LIES[called]
    site.answers["/lie"] = lie
    desk.web = web(site, page_timeout_seconds=0.3 if reason is RejectReason.TIMED_OUT else 30.0)  # type: ignore[assignment]
    desk.web.hosts = Hosts(gap_seconds=0.0, at_once=2, clock=lambda: desk.now)
    begun = desk.now
    await desk.hear(site.url("/lie"))
    await desk.run()
    while await desk.memory.waiting() != (0, None):
        later = await desk.memory.next_after(desk.now)
        desk.now = max(later or desk.now, desk.now + max(desk.web.hosts.waits().values(), default=0.0))
        await desk.run()

    ends = [rejection.reason for rejection in desk.beyond.rejections]
    assert ends == ([reason] if reason else []), desk.beyond.rejections
    assert len(site.paths) <= most
    assert desk.now - begun <= hours * HOURS + 1
    assert [article.document.text.count("inauguré") for article in desk.beyond.articles] == [3] * (reason is None)


def test_what_is_tried_five_times_takes_less_than_an_hour() -> None:
    assert sum(BACKOFF_SECONDS) < HOURS
