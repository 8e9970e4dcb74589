"""A container that is cut off, again and again, is gone on with: every start comes further, and all come to one end."""

import asyncio
import time
from typing import Any

import pytest

from contracts.input_expanded import InputExpanded
from services.chassis.version import VERSION
from services.fetch import expansion
from services.fetch.core.members import Limits
from services.fetch.course import Tally
from services.fetch.progress import Progress
from tests.services.fetch.archives import zipped
from tests.services.fetch.openings import INNER, MAILS, SEVERAL, ZIP, Taking, text

pytestmark = pytest.mark.usefixtures("small_portions")


@pytest.mark.parametrize(
    ("name", "data", "limits"),
    [
        ("a.zip", ZIP, None),
        ("a.zip", ZIP, Limits(members=12)),
        ("a.zip", ZIP, Limits(total_bytes=1800)),
        ("a.mbox", MAILS, None),
        ("a.mbox", MAILS, Limits(members=20)),
    ],
)
async def test_wherever_it_is_cut_off_it_comes_to_the_same_end_and_reads_nothing_long_said_again(
    progress: Progress, name: str, data: bytes, limits: Limits | None
) -> None:
    whole = Taking(progress, limits)
    assert await whole.take(data, name)
    expected, reads = whole.ends(), len(whole.children.read)
    assert all(len(ends) == 1 for ends in expected.values())

    cut, starts = Taking(progress, limits), 0
    # On a busy machine what was said is often not yet noted when it is cut off: later cuts leave more time.
    while not await cut.take(data, name, cut_after=2 + starts % 5 + starts // 20, again=bool(starts)):
        starts += 1
        assert starts < 200, cut.ends()
    assert cut.ends() == expected
    # Each start reads the container up to where it was, and what was on its way.
    assert len(cut.children.read) - reads <= starts * (expansion.AT_ONCE + 5)


async def test_what_has_its_end_is_not_read_again(progress: Progress) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=9)
    said = {one.input_id for one in taking.beyond.articles}
    before = len(taking.beyond.said)
    assert await taking.take(ZIP, "a.zip", again=True)

    again = {one.input_id for one in taking.beyond.said[before:]} - {taking.input_id}
    assert len(said) >= 3
    assert len(again & said) <= 3  # those of which the note was not written yet


async def test_what_is_at_its_end_and_not_put_away_says_only_that_again(progress: Progress) -> None:
    taking = Taking(progress)
    assert await taking.take(ZIP, "a.zip")
    before = len(taking.beyond.said)
    assert await taking.take(ZIP, "a.zip", again=True)

    assert [one.name() for one in taking.beyond.said[before:]] == ["input_received", "input_expanded"]


async def test_nothing_is_known_of_other_bytes_of_another_version_and_after_a_restore(progress: Progress) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=12)
    known = await progress.of(taking.input_id)
    assert taking.input_id in known

    assert await Progress(progress._database, version="2").of(taking.input_id) == {}
    other = zipped([(f"{number}.txt", text(number)) for number in range(3)])
    assert await taking.take(other, "a.zip", again=True)
    assert taking.ends()["#1"] == {"article_fetched"}
    assert taking.ends()[""] == {"input_expanded into 3"}
    await progress.forget_all()
    assert await progress.of(taking.input_id) == {}


async def test_a_container_that_is_done_with_leaves_one_line_for_a_week(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = Taking(progress)
    await taking.take(MAILS, "a.mbox")
    assert list(await progress.of(taking.input_id)) == [taking.input_id]

    await progress.forget_all()
    monkeypatch.setattr(expansion, "WRITE_SECONDS", 3600.0)  # the one within notes its later portions all the same
    within = zipped([("inner.zip", INNER)])
    await taking.take(within, "a.zip")
    assert list(await progress.of(taking.input_id)) == [taking.input_id]

    later = Progress(progress._database, clock=lambda: 1e12)
    await later.forget("another", wholly=False)
    assert await progress.of(taking.input_id) == {}


DEEP = zipped([("box.mbox", MAILS), ("inner.zip", INNER), ("several.txt", SEVERAL), ("a.txt", text(1)), ("z.zip", ZIP)])


@pytest.mark.parametrize(("name", "data", "further"), [("a.mbox", MAILS, 4), ("a.zip", DEEP, 9)])
async def test_of_what_has_its_end_within_one_that_has_none_nothing_is_left(
    progress: Progress, name: str, data: bytes, further: int
) -> None:
    seen, cut_after, taking = 0, 10, Taking(progress)
    while not await taking.take(data, name, cut_after=cut_after):
        known = await progress.of(taking.input_id)
        for within in known.keys() - {taking.input_id}:
            outer, _, number = within.rpartition("#")
            assert not Tally(known[outer]).has(int(number)), (cut_after, within)
            seen += 1
        cut_after, taking = cut_after + further, Taking(progress)
    assert seen > 5


@pytest.mark.parametrize(("version", "is_kept"), [(VERSION, True), ("another", False)])
async def test_one_without_an_end_is_gone_on_with_though_it_was_paused_for_a_month(
    progress: Progress, version: str, *, is_kept: bool
) -> None:
    paused = Taking(Progress(progress._database, version=version))
    assert not await paused.take(ZIP, "a.zip", cut_after=12)
    before = await paused.progress.of(paused.input_id)
    assert before

    in_a_month = Progress(progress._database, clock=lambda: time.time() + 30 * 24 * 3600)
    meanwhile = Taking(in_a_month)
    assert await meanwhile.take(MAILS, "a.mbox")
    assert await paused.progress.of(paused.input_id) == (before if is_kept else {})


async def test_mails_are_read_side_by_side_and_those_with_attachments_opened_in_their_order(progress: Progress) -> None:
    taking, most = Taking(progress), [0, 0]

    def step(what: str) -> None:
        most[0] += (what == "saying input_received") - (what == "said article_fetched")
        most[1] = max(most)

    saying = taking.beyond.say

    async def say(*messages: Any, began: Any = None) -> None:
        await asyncio.sleep(0)
        taking.beyond.step = step
        await saying(*messages, began=began)
        await asyncio.sleep(0)

    taking.beyond.say = say  # type: ignore[method-assign]
    await taking.take(MAILS, "a.mbox")

    expanded = [one.input_id for one in taking.beyond.said if isinstance(one, InputExpanded)]
    assert [one.partition("#")[2] for one in expanded] == ["2", "3", "5", "6", "8", "9", ""]
    assert most[1] > 2
