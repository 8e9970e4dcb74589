"""A feed from the file of feeds to the store: one entry by its link, one whole, and nothing twice."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import State
from services.store.reading import open_reading
from tests.e2e.running import System, running, until

pytestmark = [pytest.mark.nats, pytest.mark.slow]

SENTENCES = (
    "The town council met on Tuesday evening and voted on the budget for the coming year.",
    "A majority of the members spoke for the new library, which is to open in the autumn.",
    "Two members of the opposition asked for another reading of the plans for the bridge.",
    "The mayor said that the works on the bridge would begin as soon as the river allows it.",
    "Residents of the old quarter had collected signatures against the closing of the market.",
)
WHOLE = "".join(f"<p>{line} The clerk read it out twice, and nobody objected.</p>" for line in SENTENCES)
LINKED = (
    "Fishing boats left the harbour at dawn for the first time since the storms of last winter.",
    "Divers had spent eleven weeks in cold water to lift the wreck that lay across the entrance.",
    "Its owner, a shipping firm from the north, has agreed to pay half of what the salvage cost.",
    "Fishermen say that the season is lost all the same, for the herring has long moved on.",
)
PAGE = (
    "<html lang='en'><head><title>Harbour opens again</title></head><body><article><h1>Harbour opens again</h1>"
    + "".join(f"<p>{line}</p>" for line in LINKED)
    + "</article></body></html>"
)
FEED = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Town News</title>"
    "<item><title>Council votes</title><link>{here}/whole</link><guid>2</guid><author>Jane Doe</author>"
    "<pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate><content:encoded><![CDATA[{whole}]]></content:encoded></item>"
    "<item><title>Harbour opens again</title><link>{here}/linked</link><guid>1</guid></item></channel></rss>"
)


class Site(BaseHTTPRequestHandler):
    """A feed that is as it was, and a page."""

    def do_GET(self) -> None:
        feed = FEED.format(here=f"http://{self.headers['Host']}", whole=WHOLE)
        body = {"/feed": feed, "/linked": PAGE}.get(self.path)
        known = self.path == "/feed" and self.headers["If-None-Match"] == '"1"'
        self.send_response(304 if known else 404 if body is None else 200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed" else "text/html")
        self.end_headers()
        if body is not None and not known:
            self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """What is asked is no news."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server.server_address[1]
        server.shutdown()
        serving.join()


@pytest.fixture
def system(tmp_path: Path, atlas: Path, port: int) -> Iterator[System]:
    yield from running(
        tmp_path / "own",
        atlas,
        WIREROOM_FETCH_ALLOW_HOSTS="127.0.0.1",
        WIREROOM_FETCH_ALLOW_PORTS=str(port),
        WIREROOM_FETCH_FEED_LEAST_SECONDS="1",
        WIREROOM_FETCH_FEED_MOST_SECONDS="1",
    )


def not_modified(system: System) -> float:
    return system.samples("fetch", "wireroom_feed_polls_total").get("not_modified", 0.0)


def stored(system: System, article_id: str | None) -> dict[str, Any]:
    with open_reading(f"sqlite:///{system.home / 'store.db'}") as reading:
        article = reading.article(article_id or "")
    assert article is not None
    return article


def test_a_feed_is_followed_to_the_store_and_nothing_of_it_comes_twice(system: System, port: int) -> None:
    feed, linked, whole = (f"http://127.0.0.1:{port}/{name}" for name in ("feed", "linked", "whole"))
    assert system.wireroom("feeds", "add", feed).returncode == 0

    [by_link] = system.ended(linked, seconds=60)
    [by_feed] = system.ended(whole, seconds=60)
    assert (by_link.state, by_feed.state) == (State.STORED, State.STORED)
    article = stored(system, by_feed.article_id)
    assert article["document"]["source_uri"] == whole
    assert article["document"]["text"].startswith(SENTENCES[0])
    assert article["extraction"]["title"]["text"] == "Council votes"
    assert [one["name"] for one in article["extraction"]["byline"]] == ["Jane Doe"]
    assert article["extraction"]["published"]["value"].startswith("2026-02-03")

    until(lambda: not_modified(system) >= 2, seconds=60, what="the feed asked again")
    system.kill("fetch")
    until(system.is_ready, seconds=60, what="fetch back")
    until(lambda: not_modified(system) >= 1, seconds=90, what="the feed asked again after a kill")

    assert system.counts() == {State.STORED: 2}
    [told] = system.json_of("feeds", "list")["feeds"]
    assert (told["url"], told["state"], told["title"], told["entries"]) == (feed, "active", "Town News", 2)
