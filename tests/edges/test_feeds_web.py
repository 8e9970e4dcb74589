"""Feeds over real sockets, from a server that lies."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from services.chassis.settings import House
from services.fetch.feeds.tables import Subscription
from services.fetch.settings import FetchSettings
from services.fetch.web.client import Web
from tests.edges.feeds import Clock, Room, item, room, rss
from tests.edges.liar import Asked, Liar, answer, lying

HOUR, DAY = 3600.0, 86_400.0
RSS = "application/rss+xml"


@pytest_asyncio.fixture
async def liar() -> AsyncIterator[Liar]:
    async with lying() as server:
        yield server


@pytest_asyncio.fixture
async def one(tmp_path: Path, liar: Liar) -> AsyncIterator[Room]:
    settings = FetchSettings(
        house=House(home=tmp_path, inbox=tmp_path / "inbox"),
        allow_hosts="127.0.0.1",
        allow_ports=str(liar.port),
        host_gap_seconds=0,
        host_pages_at_once=8,
        page_timeout_seconds=60,
        max_page_bytes=200_000,
    )
    async with room(tmp_path, web=Web(settings), clock=Clock(datetime.now(UTC).timestamp())) as at_work:
        yield at_work


async def asked(one: Room, *urls: str) -> Subscription:
    """The first of these feeds after it was asked once."""
    one.lists(*urls)
    await one.turns()
    return (await one.rows())[urls[0]]


def names(one: Room) -> list[str]:
    return [url.rpartition("/")[2] for url in one.requested]


async def test_conditional_requests_are_made_and_what_has_not_changed_emits_nothing(one: Room, liar: Liar) -> None:
    def unless_known(request: Asked) -> bytes:
        if request.headers.get("if-none-match") == '"v1"':
            assert request.headers["if-modified-since"] == "Tue, 03 Feb 2026 10:00:00 GMT"
            return answer(304)
        told = {"ETag": '"v1"', "Last_Modified": "Tue, 03 Feb 2026 10:00:00 GMT"}
        return answer(200, rss(item("a")), Content_Type=RSS, **told)

    url = liar.says("/feed", unless_known)
    await asked(one, url)
    for _ in range(3):
        await one.later(DAY)

    assert names(one) == ["a"]
    assert liar.paths() == ["/feed"] * 4  # and no robots.txt: a person has named the feed
    assert one.sample("wireroom_feed_polls_total", outcome="not_modified") == 3
    assert "application/rss+xml" in liar.asked[0].headers["accept"]


async def test_a_permanent_move_is_followed_for_good_and_said_and_a_passing_one_is_not(one: Room, liar: Liar) -> None:
    liar.says("/new", answer(200, rss(item("a")), Content_Type=RSS))
    moved = liar.says("/moved", answer(301, Location="/new"))
    passing = liar.says("/passing", answer(302, Location="/new"))
    with capture_logs() as logs:
        await asked(one, moved, passing)
    await one.later(DAY)
    rows = await one.rows()

    assert (rows[moved].address, rows[passing].address) == (liar.url("/new"), passing)
    assert [line["feed"] for line in logs if line["event"] == "a feed has moved for good"] == [moved]
    assert sorted(liar.paths()) == sorted(["/moved", "/new", "/new", "/passing", "/new", "/passing", "/new"])


async def test_what_is_gone_is_asked_no_more(one: Room, liar: Liar) -> None:
    row = await asked(one, liar.says("/feed", answer(410)))
    await one.later(30 * DAY)

    assert (row.state, row.error) == ("gone", "the server answered 410 Gone")
    assert liar.paths() == ["/feed"]


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_retry_after_is_obeyed_in_both_forms(one: Room, liar: Liar, form: str) -> None:
    at = datetime.now(UTC) + timedelta(seconds=6 * HOUR)
    told = format_datetime(at, usegmt=True) if form == "date" else str(int(6 * HOUR))
    row = await asked(one, liar.says("/feed", answer(503, Retry_After=told)))

    assert row.because == "retry_after"
    assert row.next_poll_at - (row.polled_at or 0) == pytest.approx(6 * HOUR, abs=60)
    assert row.failures == 1


@pytest.mark.parametrize(
    ("headers", "because", "seconds"),
    [
        ({"Cache_Control": "public, max-age=10800"}, "freshness", 3 * HOUR),
        ({"Cache_Control": "max-age=10800", "Age": "3600"}, "freshness", 2 * HOUR),
        ({"Cache_Control": "no-cache"}, "unknown_rhythm", 0.5 * HOUR),
        ({"Date": "Tue, 03 Feb 2026 10:00:00 GMT", "Expires": "Tue, 03 Feb 2026 14:00:00 GMT"}, "freshness", 4 * HOUR),
        ({"Expires": "0"}, "unknown_rhythm", 0.5 * HOUR),
    ],
)
async def test_a_feed_is_not_asked_again_while_its_server_vouches_for_it(
    one: Room, liar: Liar, headers: dict[str, str], because: str, seconds: float
) -> None:
    row = await asked(one, liar.says("/feed", answer(200, rss(item("a")), **headers)))

    assert row.because == because
    assert row.next_poll_at - (row.polled_at or 0) == pytest.approx(seconds, abs=5)


@pytest.mark.parametrize(
    ("lie", "error"),
    [
        (answer(200, b"<html><body><h1>Sorry</h1></body></html>", Content_Type=RSS), "it is a web page, not a feed"),
        (answer(200, b"", Content_Type=RSS), "it is empty"),
        (answer(200, b"<<<>>>", Content_Type=RSS), "it is neither XML nor JSON"),
        (answer(200, rss(*[item("a")] * 5000), Content_Type=RSS), "200000"),
        (answer(200, gzip.compress(bytes(10 << 20)), Content_Encoding="gzip"), "200000"),
        (answer(200, rss(item("a")), Content_Length="100000"), ""),
        (answer(301, Location="/feed"), "circle"),
        (answer(301, Location="http://10.0.0.1/feed"), "10.0.0.1"),
        (answer(301, Location="file:///etc/passwd"), "only http and https"),
        (answer(404), "404"),
        (b"nonsense\r\n\r\n", ""),
        (b"", ""),
    ],
)
async def test_a_lie_is_that_feeds_trouble_and_nobody_elses(one: Room, liar: Liar, lie: bytes, error: str) -> None:
    row = await asked(one, liar.says("/feed", lie), liar.says("/good", answer(200, rss(item("b")))))

    assert row.failures == 1
    assert row.error
    assert error in row.error
    assert names(one) == ["b"]


@pytest.mark.parametrize("told", ["text/html", "application/rss+xml; charset=koi8-r", "image/png", "nonsense"])
async def test_what_the_server_says_of_the_kind_and_charset_is_not_believed_against_the_bytes(
    one: Room, liar: Liar, told: str
) -> None:
    body = b"<?xml version='1.0' encoding='utf-8'?>" + rss(item("été"))
    row = await asked(one, liar.says("/feed", answer(200, body, Content_Type=told)))

    assert row.failures == 0
    assert names(one) == ["été"]


async def test_a_sitemap_that_is_packed_is_unpacked(one: Room, liar: Liar) -> None:
    body = (
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://n.example/a</loc></url></urlset>"
    )
    await asked(one, liar.says("/s.xml.gz", answer(200, gzip.compress(body), Content_Type="application/x-gzip")))

    assert names(one) == ["a"]


async def test_many_feeds_of_a_host_are_asked_a_few_at_once(one: Room, liar: Liar) -> None:
    urls = [liar.says(f"/{number}", answer(200, rss(item(f"n{number}")))) for number in range(40)]
    one.lists(*urls)
    async with asyncio.timeout(60):
        while len(liar.asked) < 40:
            await one.turns(2)

    assert sorted(liar.paths()) == sorted(f"/{number}" for number in range(40))
    assert len(set(names(one))) == 40
