"""The poller of feeds, with a web that answers as it is told: what is asked for, when, and only once."""

import asyncio
import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from contracts.article_fetched import ArticleFetched
from contracts.input_received import InputReceived
from contracts.url_requested import UrlRequested
from services.chassis import faults
from services.chassis.unavailable import Unavailable
from services.fetch.feeds.recording import Limits
from services.fetch.feeds.tables import SeenMark
from tests.edges.feeds import (
    FEED,
    WHOLE,
    Clock,
    Scripted,
    item,
    not_modified,
    page,
    refused,
    room,
    rss,
    urls,
)
from tests.edges.inboxes import Beyond, until

HOUR, DAY = 3600.0, 86_400.0
OTHER = "https://other.example/feed"


async def test_new_entries_are_requested_once_oldest_first(tmp_path: Path) -> None:
    web = Scripted({FEED: [page(rss(item("b"), item("a"))), page(rss(item("c"), item("b"), item("a")))]})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        assert one.requested == urls("ab")
        await one.later(HOUR)
        await one.later(HOUR)

    assert one.requested == urls("abc")
    assert len({message.input_id for message in one.beyond.said}) == 3


async def test_a_request_carries_what_the_feed_says_of_the_page(tmp_path: Path) -> None:
    async with room(tmp_path, web=Scripted({FEED: page(rss(item("a")))})) as one:
        one.lists(FEED)
        await one.later(1)

    [request] = one.beyond.said
    assert isinstance(request, UrlRequested)
    assert request.requested_by == "feed"
    assert {claim.field: claim.value for claim in request.claims} == {
        "title": "Title a",
        "url": "https://news.example/a",
        "publisher": "The News",
    }
    assert {claim.origin for claim in request.claims} == {"feed"}


async def test_a_whole_article_is_an_input_of_its_own(tmp_path: Path) -> None:
    async with room(tmp_path, web=Scripted({FEED: page(rss(item("linked"), item("whole", content=WHOLE)))})) as one:
        one.lists(FEED)
        await one.later(1)
        await one.later(HOUR)

    [article] = one.beyond.articles
    assert one.requested == urls(["linked"])
    assert article.document.source_uri == "https://news.example/whole"
    assert html.escape(WHOLE, quote=False).encode() in one.beyond.kept[article.document.sha256]
    assert "voted on the budget" in article.document.text
    assert [message.subject for message in one.beyond.said if message.input_id == article.input_id] == [
        InputReceived.subject,
        ArticleFetched.subject,
    ]
    assert one.sample("wireroom_feed_entries_total", kind="full") == 1
    assert one.sample("wireroom_feed_entries_total", kind="linked") == 1


async def test_what_has_not_changed_emits_nothing_and_is_asked_for_as_before(tmp_path: Path) -> None:
    web = Scripted({FEED: [page(rss(item("a")), etag='"1"', last_modified="then"), not_modified()]})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        for _ in range(3):
            await one.later(HOUR)

    assert one.requested == urls("a")
    assert web.asked == [(FEED, None, None), (FEED, '"1"', "then"), (FEED, '"1"', "then")]
    assert one.sample("wireroom_feed_polls_total", outcome="not_modified") == 2


async def test_a_restart_knows_what_was_seen(tmp_path: Path) -> None:
    web, clock = Scripted({FEED: page(rss(item("a")), etag='"1"')}), Clock()
    for _ in range(2):
        async with room(tmp_path, web=web, clock=clock) as one:
            one.lists(FEED)
            await one.later(HOUR)

    assert web.asked == [(FEED, None, None), (FEED, '"1"', None)]
    assert one.requested == []


async def test_whole_articles_of_a_feed_are_said_side_by_side(tmp_path: Path) -> None:
    web, beyond, met = Scripted({FEED: page(rss(*(item(name, content=WHOLE) for name in "abcd")))}), Beyond(), [0]
    kept = beyond.put

    async def put(data: Any, sha256: str) -> None:
        met[0] += 1
        await until(lambda: met[0] == 4)  # each waits for all
        await kept(data, sha256)

    beyond.put = put  # type: ignore[method-assign]
    async with room(tmp_path, beyond=beyond, web=web) as one:
        one.lists(FEED)
        await one.later(1)

    assert len(beyond.articles) == len({article.input_id for article in beyond.articles}) == 4


async def test_a_feed_that_moved_for_good_is_asked_where_it_is_now_and_that_is_said(tmp_path: Path) -> None:
    web = Scripted({FEED: page(rss(item("a")), url=OTHER, moved_to=OTHER), OTHER: page(rss(item("b"), item("a")))})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        with capture_logs() as logs:
            await one.later(1)
        await one.later(3 * HOUR)
        one.lists(OTHER)  # somebody follows the advice
        await one.later(3 * HOUR)
        rows = await one.rows()

    assert {"event": "a feed has moved for good", "feed": FEED, "to": OTHER, "log_level": "warning"} in logs
    assert [asked[0] for asked in web.asked] == [FEED, OTHER, OTHER]
    assert one.requested == urls("ab")
    assert list(rows) == [OTHER]


async def test_a_feed_does_not_move_to_what_is_no_feed(tmp_path: Path) -> None:
    web = Scripted({FEED: page(b"<html><body><p>Welcome</p></body></html>", url=OTHER, moved_to=OTHER)})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        [row] = (await one.rows()).values()

    assert row.address == FEED
    assert row.error == "it is a web page, not a feed"


async def test_a_feed_that_is_gone_is_listed_and_asked_no_more_until_it_is_listed_anew(tmp_path: Path) -> None:
    web = Scripted({FEED: [refused("the server answered 410 Gone", status=410), page(rss(item("a")))]})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        await one.later(30 * DAY)
        row = (await one.rows())[FEED]
        assert (row.state, row.error) == ("gone", "the server answered 410 Gone")
        assert len(web.asked) == 1
        assert one.sample("wireroom_feeds", state="gone") == 1

        one.lists()
        await one.later(1)
        one.lists(FEED)
        await one.later(1)

    assert one.requested == urls("a")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused(), "the server answered 500"),
        (page(b""), "it is empty"),
        (page(b"<?xml version='1.0'?><nonsense"), "it is"),
        (page(b"<html><body><p>Sorry</p></body></html>"), "it is a web page, not a feed"),
    ],
)
async def test_a_feed_that_fails_backs_off_and_tells_its_last_error(tmp_path: Path, answer: object, error: str) -> None:
    web = Scripted({FEED: [answer, answer, answer, page(rss(item("a")))]})  # type: ignore[list-item]
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        gaps = []
        for number in range(1, 4):
            await one.turns()
            row = (await one.rows())[FEED]
            assert row.failures == number
            assert error in (row.error or "")
            gaps.append(row.next_poll_at - (row.polled_at or 0))
            one.clock.now = row.next_poll_at
        await one.turns()
        row = (await one.rows())[FEED]

    assert gaps == [HOUR, 2 * HOUR, 4 * HOUR]
    assert (row.failures, one.requested) == (0, urls("a"))
    assert one.sample("wireroom_feed_polls_total", outcome="failed") == 3


async def test_who_asks_us_to_stay_away_is_not_asked_before(tmp_path: Path) -> None:
    web = Scripted({FEED: [refused("429", passing=True, retry_after_seconds=DAY, status=429), page(rss(item("a")))]})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        await one.later(DAY - 60)
        assert len(web.asked) == 1
        await one.later(60)

    assert one.requested == urls("a")


async def test_what_nobody_foresaw_is_that_feeds_failure_and_nobody_elses(tmp_path: Path) -> None:
    web = Scripted({FEED: [TypeError("no such thing"), page(rss(item("a")))], OTHER: page(rss(item("b")))})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED, OTHER)
        await one.later(1)
        assert (await one.rows())[FEED].error == "asking it failed: TypeError"
        assert one.not_ready == {}
        assert one.requested == urls("b")
        await one.later(HOUR)

    assert one.requested == urls("ba")


async def test_a_feed_whose_host_rests_was_not_asked_and_has_not_failed(tmp_path: Path) -> None:
    resting = refused("news.example wants to be left alone for 600 s yet", passing=True, retry_after_seconds=600.0)
    web = Scripted({FEED: [resting, page(rss(item("a")))]})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        row = (await one.rows())[FEED]
        assert (row.failures, row.error, row.polled_at) == (0, None, None)
        await one.later(500)
        assert len(web.asked) == 1
        await one.later(100)

    assert one.requested == urls("a")
    assert one.sample("wireroom_feed_polls_total", outcome="put_off") == 1


async def test_without_any_network_no_feed_has_failed(tmp_path: Path) -> None:
    web = Scripted({FEED: [Unavailable("network"), page(rss(item("a")))]})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.turns(2)
        row = (await one.rows())[FEED]
        assert (row.failures, row.polled_at) == (0, None)
        assert one.poller._hands.troubles.words == "asking feeds: network is away"
        async with asyncio.timeout(60):
            while not one.requested:
                await one.turns(1)

    assert one.requested == urls("a")


async def test_a_feed_that_was_cut_is_asked_for_whole_and_its_last_entry_waits_until_it_comes_again(
    tmp_path: Path,
) -> None:
    cut = rss(item("c"), item("b"), item("a")).partition(b"<guid>a")[0]
    web = Scripted({FEED: page(cut, etag='"1"')})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        assert one.requested == urls("bc")
        await one.later(HOUR)

    assert one.requested == urls("bca")
    assert web.asked[-1] == (FEED, None, None)


async def test_only_the_latest_entries_of_a_feed_that_is_new_become_inputs_and_that_is_said(tmp_path: Path) -> None:
    web = Scripted({FEED: [page(rss(*map(item, "dcba"))), page(rss(*map(item, "jihgfedcba")))]})
    async with room(tmp_path, web=web, limits=Limits(30 * DAY, first_entries=2, max_sitemaps=5)) as one:
        one.lists(FEED)
        await one.later(1)
        assert one.requested == urls("cd")
        assert (await one.rows())[FEED].passed_over == 2
        await one.later(HOUR)

    assert one.requested == urls("cdefghij")


async def test_an_entry_is_known_again_for_a_while_after_it_has_left_the_feed_and_then_forgotten(
    tmp_path: Path,
) -> None:
    web = Scripted({FEED: page(rss(item("b"), item("a")))})
    async with room(tmp_path, web=web) as one:
        one.lists(FEED)
        await one.later(1)
        for days in (1, 28, 5):
            web.answers[FEED] = page(rss(item("b")))
            await one.later(days * DAY)
        marks = await one.memory._database.transaction(lambda session: list(session.exec(select(SeenMark.mark))))

    assert len(marks) == 2  # both of b
    assert one.requested == urls("ab")


class Killed(BaseException):
    """As by kill -9: from here on nothing is committed and nothing is said."""


@dataclass
class Doom:
    """Kills at the `number`th point of that name, or as soon as the `saying`th message is said."""

    point: str
    left: int
    dead: bool = False

    def __call__(self, name: str, _about: object = None) -> None:
        if self.dead:
            raise Killed
        if name == self.point:
            self.left -= 1
            if self.left < 0:
                self.dead = True
                raise Killed


COMMITS = [(point, number) for point in ("before_commit", "committed") for number in range(8)]
WORDS = [(word, 0) for word in ("saying url_requested", "said url_requested", "kept", "said article_fetched")]


@pytest.mark.parametrize(("point", "number"), [*COMMITS, *WORDS])
async def test_a_kill_anywhere_loses_no_entry_and_asks_for_none_twice(
    tmp_path: Path, point: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    web, clock, beyond = Scripted({FEED: page(rss(item("b"), item("a", content=WHOLE)))}), Clock(), Beyond()
    doom = Doom(point, number)
    monkeypatch.setattr(faults, "HOOKS", [doom])
    beyond.step, killed = doom, False
    for _ in range(3):
        async with room(tmp_path, web=web, clock=clock, beyond=beyond) as one:
            one.lists(FEED)
            await asyncio.gather(one.later(HOUR), return_exceptions=True)
        killed = killed or doom.dead
        doom.point, doom.dead = ("", False) if killed else (doom.point, False)

    assert killed
    assert len({message.input_id for message in beyond.said if isinstance(message, UrlRequested)}) == 1
    assert len({article.input_id for article in beyond.articles}) == 1
