"""A container, or what lies in it, that kills its child: what was said stands, and all that came in has its end."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from services.chassis.failures import MAX_FAILURES, ChildKilled
from services.fetch import expansion
from services.fetch.core.document import Member
from services.fetch.core.members import Allowance, Unpacked
from services.fetch.progress import NoProgress, Progress
from services.fetch.spool import Spool
from services.fetch.unpacking import unpack
from tests.services.fetch.archives import zipped
from tests.services.fetch.openings import DEATH, INNER, SEVERAL, ZIP, Deadly, Taking, text

pytestmark = pytest.mark.usefixtures("small_portions")


async def test_what_kills_its_child_in_a_later_portion_is_the_rest_of_its_container(progress: Progress) -> None:
    taking = Taking(progress)
    taking.children = Deadly(3)
    assert await taking.take(ZIP, "a.zip")

    assert taking.ends() == {
        "": {"input_expanded into 4"},
        **{f"#{number}": {"article_fetched"} for number in range(1, 4)},
        "#4": {"unreadable"},
    }


async def test_a_portion_of_which_something_was_said_is_waited_for_where_its_child_dies(progress: Progress) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=11)
    alive, taking.children = taking.children, Deadly(3)
    with pytest.raises(ChildKilled):
        await taking.take(ZIP, "a.zip", again=True)
    taking.children = alive
    assert await taking.take(ZIP, "a.zip", again=True)

    assert taking.ends()[""] == {"input_expanded into 10"}
    assert all(len(ends) == 1 for ends in taking.ends().values())


async def test_a_portion_of_which_something_was_said_and_that_kills_ever_since_ends_and_harms_none_behind_it(
    progress: Progress,
) -> None:
    taking = Taking(progress)
    assert not await taking.take(ZIP, "a.zip", cut_after=11)
    said = set(taking.ends())
    taking.children = Deadly(3, 3)
    await taking.is_waited_for(ZIP, "a.zip")
    assert await taking.take(ZIP, "a.zip", again=True)

    ends = taking.ends()
    assert ends[""] == {"input_expanded into 10"}
    assert {f"#{number}" for number in range(1, 4)} <= said
    for number in range(4, 7):  # what was said before stays said, and the ledger keeps the better of the two
        assert ends[f"#{number}"] - {"article_fetched"} <= {"unreadable"}
    assert {end for number in range(7, 11) for end in ends[f"#{number}"]} == {
        "article_fetched",
        "input_expanded into 9",
        "empty",
    }
    told = [one.detail for one in taking.beyond.said if isinstance(one, InputRejected) and one.reason != "empty"]
    assert set(told) == {"it was read once, and not since: reading it did not end well: " + DEATH}


WITHIN = zipped([("inner.zip", INNER), ("b.txt", SEVERAL), ("z.txt", text(8))])


@pytest.mark.parametrize(
    ("file", "deaths", "cuts"),
    [
        (("a.zip", WITHIN), Deadly(0), (2, 4, 7, 22, 25)),  # so much was said by then; the inner one is first
        (("a.zip", WITHIN), Deadly(0, depth=2), (2, 4, 13)),
        (("a.zip", WITHIN), Deadly(None), (4, 25)),
        (("a.txt", SEVERAL), Deadly(None), (2, 4)),
    ],
    ids=["the outer one", "the inner one", "whatever is read", "a text of several articles"],
)
async def test_each_thing_that_came_in_has_an_end_where_what_it_came_out_of_kills_its_child_ever_since(
    progress: Progress, monkeypatch: pytest.MonkeyPatch, file: tuple[str, bytes], deaths: Deadly, cuts: tuple[int, ...]
) -> None:
    monkeypatch.setattr(expansion, "WRITE_SECONDS", 3600.0)  # what takes less than that
    for cut_after in cuts:
        await each_has_an_end(Taking(progress), file, deaths, cut_after)


async def each_has_an_end(taking: Taking, file: tuple[str, bytes], deaths: Deadly, cut_after: int) -> None:
    name, data = file
    assert not await taking.take(data, name, cut_after=cut_after)
    taking.children = deaths
    for _ in range(MAX_FAILURES):
        with suppress(ChildKilled):
            if await taking.take(data, name, again=True):
                break

    received = {one.input_id for one in taking.beyond.said if isinstance(one, InputReceived)}
    assert {one.removeprefix(taking.input_id) for one in received} <= set(taking.ends())
    for whole, ends in taking.ends().items():
        into = next((int(end.rpartition(" ")[2]) for end in ends if end.startswith("input_expanded")), 0)
        assert {f"{whole}#{number}" for number in range(1, into + 1)} <= set(taking.ends())


@pytest.mark.parametrize("deadly_again", [False, True])
async def test_the_rest_that_was_given_up_stays_given_up_wherever_it_is_cut_off(
    progress: Progress, *, deadly_again: bool
) -> None:
    given_up = Taking(progress)
    given_up.children = Deadly(3)
    assert await given_up.take(ZIP, "a.zip")
    whole = Taking(progress)
    assert await whole.take(ZIP, "a.zip")
    said, seen = len(given_up.beyond.said), set()

    for cut_after in range(1, said):
        taking = Taking(progress)
        alive, taking.children = taking.children, Deadly(3)
        assert not await taking.take(ZIP, "a.zip", cut_after=cut_after)
        if not deadly_again:
            taking.children = alive
        assert await taking.take(ZIP, "a.zip", again=True)
        assert taking.ends() in (given_up.ends(), whole.ends()), cut_after
        seen.add(len(taking.ends()))
    assert seen == ({len(given_up.ends())} if deadly_again else {len(given_up.ends()), len(whole.ends())})


async def test_whoever_says_again_what_was_said_gives_nothing_up_in_the_middle() -> None:
    taking = Taking(NoProgress())
    taking.children = Deadly(3)
    with pytest.raises(ChildKilled, match="exit code -9"):
        await taking.take(ZIP, "a.zip")

    assert taking.ends() == {f"#{number}": {"article_fetched"} for number in range(1, 4)}


def members_with_memory_for(how_many: int) -> Iterator[Member]:
    for number in range(how_many):
        yield Member(f"{number}.txt", [text(number)])
    raise MemoryError


def test_a_child_without_memory_for_the_next_member_leaves_it_to_another_and_gives_nothing_up(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    first = unpack(members_with_memory_for(2), spool.path, Allowance(9), 9)
    assert isinstance(first, Unpacked)
    assert ([member.path for member in first.members], first.more) == (["0.txt", "1.txt"], True)

    with pytest.raises(MemoryError):
        unpack(members_with_memory_for(2), spool.path, Allowance(9), 9, first.behind)
    spool.close()
