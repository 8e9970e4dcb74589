"""From a URL that was asked for to its end: whatever is cut off is gone on with, and says the same."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contracts.document import Claim
from contracts.outcomes import RejectReason, Unfit
from contracts.url_requested import UrlRequested
from services.chassis.testing import ask
from services.chassis.unavailable import Unavailable
from services.fetch.core.web.answer import NotModified, Refused
from services.fetch.errands.hearing import errand_of
from services.fetch.handler import mint, router
from services.fetch.rooms import ROOTS_AT_ONCE
from tests.services.fetch.archives import zipped
from tests.services.fetch.desk import BUSY, HOURS, PAGE, URL, Cut, Desk


async def test_a_url_becomes_an_article_at_its_canonical_place(desk: Desk) -> None:
    claim = Claim(field="title", value="Une école", origin="feed")
    heard = await desk.hear(claims=(claim,))

    await desk.run()

    [article] = desk.beyond.articles
    assert article.input_id == heard.input_id
    assert article.document.source_uri == article.document.url == "https://example.org/a"
    assert "inauguré" in article.document.text
    assert claim in article.document.claims
    assert desk.beyond.kept == {article.document.sha256: PAGE.data}
    assert [type(message).__name__ for message in desk.beyond.said] == ["InputReceived", "ArticleFetched"]
    assert await desk.due() == []


async def test_a_url_that_is_refused_is_rejected_with_its_reason(desk: Desk) -> None:
    desk.web.answers = [Refused(RejectReason.FORBIDDEN_ADDRESS, "127.0.0.1 is a loopback address")]
    await desk.hear("http://user:word@127.0.0.1/a")

    await desk.run()

    [rejection] = desk.beyond.rejections
    assert (rejection.reason, rejection.source_uri) == (RejectReason.FORBIDDEN_ADDRESS, "http://127.0.0.1/a")
    assert [received.sha256 for received in desk.receipts()] == [None]
    assert await desk.due() == []


async def test_a_page_that_is_no_article_is_rejected_as_a_file_would_be(desk: Desk) -> None:
    desk.web.answers = [replace(PAGE, data=b"")]
    await desk.hear()

    await desk.run()

    assert [rejection.reason for rejection in desk.beyond.rejections] == [RejectReason.EMPTY]


async def test_what_is_heard_twice_is_asked_for_once_even_after_its_end(desk: Desk) -> None:
    request = UrlRequested(input_id=mint(), url=URL, requested_at=datetime.now(UTC), requested_by="desk")
    routes = router(desk.memory, lambda: None, lambda: desk.now)

    for _ in range(2):
        await ask(routes, request, request)
        await desk.run()

    assert len(desk.web.asked) == 1
    assert len(desk.beyond.articles) == 1


async def test_a_host_that_asks_us_to_wait_is_waited_for_and_nothing_is_said_meanwhile(desk: Desk) -> None:
    desk.web.answers = [replace(BUSY, retry_after_seconds=HOURS), PAGE]
    await desk.hear()

    await desk.run()
    desk.now += HOURS - 1
    await desk.run()

    assert desk.beyond.said == []
    assert len(desk.web.asked) == 1
    assert await desk.memory.next_after(desk.now) == desk.now + 1
    desk.now += 1
    await desk.run()
    assert len(desk.beyond.articles) == 1


async def test_a_host_that_does_not_answer_well_is_given_up_after_a_few_tries(desk: Desk) -> None:
    desk.web.answers = [BUSY]
    await desk.hear()

    for _ in range(20):
        await desk.run()
        desk.now += HOURS

    assert len(desk.web.asked) == 5
    [rejection] = desk.beyond.rejections
    assert rejection.reason is RejectReason.HTTP_STATUS
    assert rejection.detail == "the server answered 503 (tried 5 times)"


async def test_a_network_that_is_away_is_nobodys_fault_however_long_and_none_of_the_time_that_a_host_has(
    desk: Desk,
) -> None:
    desk.web.answers = [BUSY, Unavailable("name server", "no answer"), Unavailable("network", "no route"), BUSY, PAGE]
    await desk.hear()
    await desk.run()
    for _ in range(2):
        desk.now += 49 * HOURS
        with pytest.raises(Unavailable):
            await desk.run()
    for _ in range(2):
        desk.now += HOURS
        await desk.run()

    assert desk.beyond.rejections == []
    assert len(desk.beyond.articles) == 1


async def test_a_page_that_has_not_changed_is_read_again_from_what_was_kept(desk: Desk) -> None:
    desk.web.answers = [replace(PAGE, etag='"1"'), NotModified(URL)]
    for _ in range(2):
        await desk.hear()
        await desk.run()

    assert [etag for _, etag in desk.web.asked] == [None, '"1"']
    first, second = desk.beyond.articles
    assert first.document.text == second.document.text
    assert first.input_id != second.input_id


async def test_a_page_whose_original_is_gone_is_asked_for_anew(desk: Desk) -> None:
    desk.web.answers = [replace(PAGE, etag='"1"'), NotModified(URL), PAGE]
    await desk.hear()
    await desk.run()
    desk.beyond.kept.clear()
    await desk.hear()

    await desk.run()

    assert [etag for _, etag in desk.web.asked] == [None, '"1"', None]
    assert len(desk.beyond.articles) == 2


STEPS = [
    "keeping",
    "kept",
    "saying input_received",
    "said input_received",
    "saying article_fetched",
    "said article_fetched",
]


@pytest.mark.parametrize("step", STEPS)
async def test_whoever_takes_up_what_a_crash_cut_off_says_the_same_of_a_page_that_changed(
    desk: Desk, step: str
) -> None:
    def cut(now: str) -> None:
        if now == step:
            raise Cut

    await desk.hear()
    desk.web.answers = [PAGE, replace(PAGE, data=PAGE.data + b"<p>Vu par 12 personnes.")]
    desk.beyond.step = cut
    with suppress(Cut):
        await desk.run()
    desk.beyond.step = lambda _: None

    await desk.run()

    assert len({article.document.sha256 for article in desk.beyond.articles}) == 1
    assert len({received.sha256 for received in desk.receipts()}) == 1
    assert await desk.due() == []


async def test_of_a_page_that_two_fetches_asked_for_at_once_both_say_what_was_noted_first(desk: Desk) -> None:
    desk.web.answers = [PAGE, replace(PAGE, data=PAGE.data + b"<p>Vu par 12 personnes."), BUSY]
    await desk.hear()
    [errand] = await desk.due()

    for _ in range(2):
        await desk.runner().run(errand)

    assert len(desk.web.asked) == 2
    assert len({article.article_id for article in desk.beyond.articles}) == 1
    assert len({received.sha256 for received in desk.receipts()}) == 1


async def test_a_container_is_given_up_where_it_cannot_be_noted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> None:
        raise Unavailable("database", "no answer")

    desk.web.answers = [replace(PAGE, data=zipped([("a.html", PAGE.data)]), media_type="application/zip")]
    await desk.hear()
    runner, [errand] = desk.runner(), await desk.due()
    with monkeypatch.context() as patched:
        patched.setattr(desk.memory, "note", away)
        for _ in range(ROOTS_AT_ONCE):
            with pytest.raises(Unavailable):
                await runner.run(errand)

    async with asyncio.timeout(60):
        await runner.run(errand)

    assert len(desk.beyond.articles) == 1


async def test_a_rejection_that_a_crash_cut_off_stays_one(desk: Desk) -> None:
    def cut(step: str) -> None:
        if step == "saying input_rejected":
            raise Cut

    desk.web.answers = [Refused(RejectReason.ROBOTS, "forbidden"), PAGE]
    await desk.hear()
    desk.beyond.step = cut
    with suppress(Cut):
        await desk.run()
    desk.beyond.step = lambda _: None

    await desk.run()

    assert [rejection.reason for rejection in desk.beyond.rejections] == [RejectReason.ROBOTS]
    assert desk.beyond.articles == []


@pytest.mark.parametrize(
    "input_id",
    [
        "01900000-0000-4000-8000-000000000000",
        "01900000-0000-7000-8000-000000000000#1",
        "ffffffff-0000-7000-8000-000000000000",
    ],
)
async def test_an_id_that_is_none_of_an_input_of_its_own_can_never_be_right(desk: Desk, input_id: str) -> None:
    request = UrlRequested(input_id=input_id, url=URL, requested_at=datetime.now(UTC), requested_by="desk")

    with pytest.raises(Unfit, match="mint a UUIDv7"):
        errand_of(request, desk.now)


async def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not(desk: Desk) -> None:
    ended = await desk.hear()
    await desk.run()
    desk.web.answers = [replace(BUSY, retry_after_seconds=40 * HOURS)]
    await desk.hear()
    await desk.run()
    desk.now += 8 * 24 * HOURS

    assert await desk.memory.forget(desk.now)

    assert len(await desk.due()) == 1
    await desk.memory.begin([ended])
    assert len(await desk.due()) == 2


async def test_where_too_many_wait_no_more_are_taken_until_there_is_room(desk: Desk) -> None:
    desk.memory._most = 2
    await desk.hear()
    await desk.hear()

    for refused in (desk.hear(), desk.memory.probe()):
        with pytest.raises(Unavailable, match="WIREROOM_FETCH_MAX_WAITING_URLS"):
            await refused
    await desk.run()
    await desk.memory.probe()
    await desk.hear()


async def test_what_nobody_foresaw_ends_the_fifth_time(desk: Desk) -> None:
    desk.web.answers = [KeyError("a defect")]
    await desk.hear()
    runner = desk.runner()

    for _ in range(5):
        with suppress(KeyError):
            await runner.run((await desk.due())[0])
    await runner.run((await desk.due())[0])

    assert [rejection.reason for rejection in desk.beyond.rejections] == [RejectReason.UNREADABLE]
