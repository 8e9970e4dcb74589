"""The file of feeds, sitemaps of an index, many feeds at once, and two fetches that share a home."""

import asyncio
from pathlib import Path

from structlog.testing import capture_logs

from services.fetch.feeds import poller
from services.fetch.feeds.recording import Limits
from tests.edges.feeds import FEED, Clock, Scripted, item, page, refused, room, rss, urls
from tests.edges.inboxes import Beyond, until

HOUR, DAY = 3600.0, 86_400.0
INDEX = "https://news.example/sitemap.xml"
MAPS = tuple(f"https://news.example/{number}.xml" for number in range(1, 5))


def index(**changed: str) -> bytes:
    named = "".join(
        f"<sitemap><loc>https://news.example/{number.strip('_')}.xml</loc><lastmod>{when}</lastmod></sitemap>"
        for number, when in changed.items()
    )
    return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{named}</sitemapindex>".encode()


def sitemap(*names: str) -> bytes:
    named = "".join(f"<url><loc>https://news.example/{name}</loc></url>" for name in names)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{named}</urlset>".encode()


async def test_the_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    other = "https://other.example/feed"
    web = Scripted({FEED: page(rss(item("a"))), other: page(rss(item("b")))})
    async with room(tmp_path, web=web) as one:
        await one.later(1)
        assert web.asked == []
        one.lists(FEED)
        await one.later(1)
        one.lists(other)
        await one.later(DAY)
        states = {url: row.state for url, row in (await one.rows()).items()}

    assert [asked[0] for asked in web.asked] == [FEED, other]
    assert states == {FEED: "dropped", other: "active"}
    assert one.requested == urls("ab")


async def test_a_feed_that_comes_back_into_the_file_knows_what_was_seen(tmp_path: Path) -> None:
    web = Scripted({FEED: page(rss(item("a")))})
    async with room(tmp_path, web=web) as one:
        for addresses in ((FEED,), (), (FEED,)):
            one.lists(*addresses)
            await one.later(DAY)

    assert len(web.asked) == 2
    assert one.requested == urls("a")


async def test_a_feed_that_was_dropped_long_ago_is_forgotten(tmp_path: Path) -> None:
    async with room(tmp_path, web=Scripted({FEED: page(rss(item("a")))})) as one:
        one.lists(FEED)
        await one.later(1)
        one.lists()
        await one.later(1)
        one.clock.now += 31 * DAY
        one.lists("# nothing")
        await one.turns()

        assert await one.rows() == {}


async def test_lines_that_are_no_feeds_are_told_and_harm_no_others(tmp_path: Path) -> None:
    async with room(tmp_path, web=Scripted({FEED: page(rss(item("a")))})) as one:
        one.lists("news.example/feed", FEED)
        with capture_logs() as logs:
            await one.later(1)

    assert one.requested == urls("a")
    assert [(line["line"], line["text"]) for line in logs if line["event"] == "no feed"] == [(1, "news.example/feed")]


async def test_a_file_that_cannot_be_read_leaves_the_feeds_as_they_were(tmp_path: Path) -> None:
    web = Scripted({FEED: page(rss(item("a")))})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        (tmp_path / "feeds.txt").unlink()
        (tmp_path / "feeds.txt").mkdir()
        with capture_logs() as logs:
            await one.later(HOUR)

    assert len(web.asked) == 2
    assert [line["event"] for line in logs].count("feeds") == 1


async def test_a_file_that_somebody_is_just_replacing_is_not_gone(tmp_path: Path) -> None:
    async with room(tmp_path, web=Scripted({FEED: page(rss(item("a")))})) as one:
        one.lists(FEED)
        await one.later(1)
        (tmp_path / "feeds.txt").unlink()
        await one.turns(1)
        assert (await one.rows())[FEED].state == "active"
        await one.turns(1)
        assert (await one.rows())[FEED].state == "dropped"


async def test_the_sitemaps_of_an_index_are_followed_and_asked_again_when_it_says_that_they_changed(
    tmp_path: Path,
) -> None:
    web = Scripted(
        {
            INDEX: [page(index(_1="2026-01-01", _2="2026-01-02")), page(index(_1="2026-01-01", _2="2026-01-03"))],
            MAPS[0]: page(sitemap("a")),
            MAPS[1]: [page(sitemap("b")), page(sitemap("b", "c"))],
        }
    )
    async with room(tmp_path, web=web) as one:
        one.lists(INDEX)
        await one.later(1)
        assert sorted(one.requested) == urls("ab")
        await one.later(HOUR)
        assert len(web.asked) == 6
        one.lists()
        await one.later(DAY)

    assert one.requested[2:] == urls("c")
    assert len(web.asked) == 6


async def test_a_feed_that_moved_to_a_sitemap_of_an_index_gives_way_to_it_when_the_file_names_that(
    tmp_path: Path,
) -> None:
    web = Scripted(
        {
            INDEX: page(index(_1="2026-01-01")),
            MAPS[0]: page(sitemap("a")),
            FEED: page(rss(item("b")), url=MAPS[0], moved_to=MAPS[0]),
        }
    )
    async with room(tmp_path, web=web) as one:
        one.lists(INDEX, FEED)
        await one.turns(30)
        one.lists(INDEX, MAPS[0])
        await one.later(3 * 3600)
        rows = await one.rows()

    assert {url: (row.state, row.index_id) for url, row in rows.items()} == {
        INDEX: ("active", None),
        MAPS[0]: ("active", None),
        FEED: ("dropped", None),
    }
    assert one.requested == urls("ab") or one.requested == urls("ba")


async def test_a_feed_that_moved_to_another_that_is_listed_is_that_one_when_its_own_line_goes(tmp_path: Path) -> None:
    web = Scripted({FEED: page(rss(item("b")), url=MAPS[0], moved_to=MAPS[0]), MAPS[0]: page(rss(item("a")))})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED, MAPS[0])
        await one.turns(8)
        one.lists(MAPS[0])
        await one.later(3 * 3600)
        rows = await one.rows()

    assert {url: row.state for url, row in rows.items()} == {MAPS[0]: "active", FEED: "dropped"}


async def test_of_an_index_so_many_sitemaps_are_followed_that_changed_last(tmp_path: Path) -> None:
    changed = {"_1": "2026-01-01", "_2": "2026-01-03T10:00:00Z", "_3": "", "_4": "2026-01-02"}
    web = Scripted({INDEX: page(index(**changed)), **{one: page(sitemap(one[-5])) for one in MAPS}})
    async with room(tmp_path, web=web, limits=Limits(30 * DAY, 1000, max_sitemaps=2)) as one:
        one.lists(INDEX)
        await one.later(1)

    assert sorted(one.requested) == urls("24")
    async with room(tmp_path, web=web) as one:
        assert (await one.rows())[INDEX].passed_over == 2


async def test_sitemaps_that_have_left_their_index_long_ago_are_forgotten(tmp_path: Path) -> None:
    web = Scripted({one: page(sitemap("a")) for one in MAPS})
    web.answers[INDEX] = [page(index(_1="2026-01-01")), page(index(_2="2026-02-01")), page(index(_2="2026-03-01"))]
    async with room(tmp_path, web=web) as one:
        one.lists(INDEX)
        await one.later(1)
        await one.later(DAY)
        assert set(await one.rows()) == {INDEX, MAPS[0], MAPS[1]}
        await one.later(31 * DAY)

        assert set(await one.rows()) == {INDEX, MAPS[1]}


async def test_an_index_in_an_index_is_followed_no_further(tmp_path: Path) -> None:
    web = Scripted({INDEX: page(index(_1="2026-01-01")), MAPS[0]: page(index(_2="2026-01-01"))})
    async with room(tmp_path, web=web) as one:
        one.lists(INDEX)
        await one.later(1)
        rows = await one.rows()

    assert set(rows) == {INDEX, MAPS[0]}
    assert "followed no further" in (rows[MAPS[0]].error or "")


async def test_two_fetches_that_share_a_home_ask_no_feed_twice(tmp_path: Path) -> None:
    feeds = [f"https://news.example/feed/{number}" for number in range(20)]
    web, clock, beyond = Scripted({url: page(rss(item(url[-2:].strip("/")))) for url in feeds}), Clock(), Beyond()
    async with (
        room(tmp_path, web=web, clock=clock, beyond=beyond) as one,
        room(tmp_path, web=web, clock=clock, beyond=beyond, holder="two") as other,
    ):
        one.lists(*feeds)
        for _ in range(8):
            await asyncio.gather(one.turns(1), other.turns(1))

    assert sorted(asked[0] for asked in web.asked) == sorted(feeds)
    assert len(one.requested) == 20


async def test_a_feed_is_asked_by_one_at_a_time_and_a_lost_lease_says_nothing(tmp_path: Path) -> None:
    slow = asyncio.Event()
    web, clock, beyond = Scripted({FEED: page(rss(item("a")))}, waits={FEED: slow}), Clock(), Beyond()
    async with (
        room(tmp_path, web=web, clock=clock, beyond=beyond) as one,
        room(tmp_path, web=web, clock=clock, beyond=beyond, holder="two") as other,
    ):
        one.lists(FEED)
        for _ in range(3):
            clock.now += 1
            await one.poller._look()
        await until(lambda: len(web.asked) == 1)
        await other.poller._look()
        clock.now += poller.LEASE_SECONDS / 2
        await one.poller._look()  # holds it for longer
        clock.now += poller.LEASE_SECONDS * 0.7
        await other.poller._look()
        assert len(web.asked) == 1
        clock.now += poller.LEASE_SECONDS  # it was stopped for long
        await other.poller._look()
        await until(lambda: len(web.asked) == 2)
        slow.set()
        await one.turns()
        await other.turns()

    assert one.requested == urls("a")


async def test_a_clock_that_was_put_back_leaves_no_feed_to_a_fetch_that_is_gone(tmp_path: Path) -> None:
    web, clock, beyond = Scripted({FEED: page(rss(item("a")))}), Clock(), Beyond()
    async with (
        room(tmp_path, web=web, clock=clock, beyond=beyond) as one,
        room(tmp_path, web=web, clock=clock, beyond=beyond, holder="gone") as gone,
    ):
        one.lists(FEED)
        await one.turns()
        tomorrow = clock.now + 24 * 3600
        [feed_id] = [row.id for row in (await one.rows()).values()]
        assert await gone.memory.take(feed_id or 0, now=tomorrow, until=tomorrow + poller.LEASE_SECONDS)
        await one.later(12 * 3600)

    assert len(web.asked) == 2


async def test_a_thousand_feeds_are_not_asked_at_once(tmp_path: Path) -> None:
    feeds = [f"https://news.example/feed/{number}" for number in range(1000)]
    web = Scripted(dict.fromkeys(feeds, refused()))
    async with room(tmp_path, web=web) as one:
        one.lists(*feeds)
        await one.turns(3)
        after_a_moment = len(web.asked)
        rows = await one.rows()

    assert after_a_moment < 100
    assert max(row.next_poll_at for row in rows.values()) > one.clock.now + 60


async def test_while_the_memory_is_away_nothing_is_asked_and_readiness_says_so(tmp_path: Path) -> None:
    web = Scripted({FEED: page(rss(item("a")))})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        (tmp_path / "fetch.db").rename(tmp_path / "elsewhere.db")
        running = asyncio.create_task(one.poller.run())
        await until(lambda: "database is away" in one.not_ready.get("feeds", ""))
        assert web.asked == []
        (tmp_path / "elsewhere.db").rename(tmp_path / "fetch.db")
        await until(lambda: one.not_ready == {})
        one.clock.now += 1
        await until(lambda: one.requested == urls("a"))  # what the file said meanwhile is not forgotten
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
