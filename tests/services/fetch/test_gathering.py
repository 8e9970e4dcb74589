"""What is asked meanwhile goes together, and each has its own answer."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from services.fetch.gathering import Gathering
from services.fetch.threads import LANES, LONG_LANES, MOST_AT_ONCE, Threads


class Answering:
    """Doubles what it is asked, when it is let; a negative number is an error of its own, zero one of all."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.go = asyncio.Event()

    async def __call__(self, numbers: Sequence[int]) -> list[int | BaseException]:
        self.groups.append(list(numbers))
        await self.go.wait()
        if 0 in numbers:
            raise LookupError("zero")
        return [2 * number if number > 0 else ValueError(number) for number in numbers]


async def asked(answering: Answering, gathering: Gathering[int, int], *numbers: int) -> list[int | BaseException]:
    """Ask the first, and the others once it is under way."""
    first = gathering.ask(numbers[0])
    while not answering.groups:  # noqa: ASYNC110 - it is under way at the next turn of the loop
        await asyncio.sleep(0)
    others = [gathering.ask(number) for number in numbers[1:]]
    answering.go.set()
    return await asyncio.gather(first, *others, return_exceptions=True)


async def test_what_comes_meanwhile_is_asked_together_and_no_more_than_may_be_at_once() -> None:
    answering = Answering()

    assert await asked(answering, Gathering(answering, most=3), 1, 2, 3, 4, 5) == [2, 4, 6, 8, 10]
    assert answering.groups == [[1], [2, 3, 4], [5]]


async def test_as_many_are_under_way_at_once_as_there_are_lanes() -> None:
    answering = Answering()
    gathering = Gathering(answering, most=1, lanes=2)
    waiting = [gathering.ask(number) for number in (1, 2, 3)]
    while len(answering.groups) < 2:  # noqa: ASYNC110 - at the next turns of the loop
        await asyncio.sleep(0)
    assert answering.groups == [[1], [2]]
    answering.go.set()
    assert await asyncio.gather(*waiting) == [2, 4, 6]


async def test_an_error_of_one_is_raised_where_it_was_asked_and_one_of_all_is_raised_for_all() -> None:
    answering = Answering()
    one, negative, three = await asked(answering, Gathering(answering), 1, -2, 3)
    assert (one, three) == (2, 6)
    assert isinstance(negative, ValueError)

    answering = Answering()
    one, *failed = await asked(answering, Gathering(answering), 1, 0, 3)
    assert one == 2
    assert [type(each) for each in failed] == [LookupError, LookupError]


async def test_who_waits_no_more_holds_up_nobody_and_what_is_asked_after_the_last_answer_is_answered() -> None:
    answering = Answering()
    gathering = Gathering(answering)
    gone, waits = gathering.ask(1), gathering.ask(2)
    gone.cancel()
    answering.go.set()
    assert await waits == 4
    for number in range(3, 6):  # each in the turn of the loop in which the one before was answered
        assert await gathering.ask(number) == 2 * number


async def test_what_is_taken_back_before_it_has_begun_is_never_asked_and_what_has_begun_is_waited_for() -> None:
    answering, given_back = Answering(), list[int]()
    gathering = Gathering(answering, most=1)
    begun, waits, gone = (
        asyncio.create_task(gathering.to_the_end(number, give_back=given_back.append)) for number in (1, 2, 3)
    )
    while not answering.groups:  # noqa: ASYNC110 - at the next turns of the loop
        await asyncio.sleep(0)
    bare, last = gathering.ask(4), gathering.ask(5)
    for task in (begun, gone, bare):
        task.cancel()
    with pytest.raises(asyncio.CancelledError):  # at once: nobody works on it
        await gone
    assert not begun.done()
    answering.go.set()
    assert (await waits, await last) == (4, 10)
    with pytest.raises(asyncio.CancelledError):
        await begun
    assert given_back == [2]
    assert answering.groups == [[1], [2], [5]]


async def test_a_lane_that_is_ended_with_its_loop_lets_nobody_wait_without_end() -> None:
    before = asyncio.all_tasks()
    gathering = Gathering(Answering(), most=1)
    waiting = [asyncio.create_task(gathering.to_the_end(number)) for number in (1, 2)]
    await asyncio.sleep(0)
    ended = asyncio.all_tasks() - before
    for task in ended:  # once each, as `asyncio.run` does it
        task.cancel()
    await asyncio.wait_for(asyncio.gather(*ended, return_exceptions=True), 60)
    assert [task.cancelled() for task in waiting] == [True, True]


async def test_work_in_threads_comes_to_its_own_end_each() -> None:
    threads = Threads()

    def fails() -> None:
        raise OSError("a disk")

    one, failed, two = await asyncio.gather(
        threads.to_the_end(lambda: 1), threads.to_the_end(fails), threads.to_the_end(lambda: 2), return_exceptions=True
    )
    assert (one, two) == (1, 2)
    assert isinstance(failed, OSError)


async def test_work_in_threads_is_not_walked_away_from_and_its_result_is_given_back() -> None:
    threads = Threads()
    given_back: list[str] = []
    begun, go = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def works() -> str:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go.wait(), loop).result(60)
        return "a handle"

    waiting = asyncio.create_task(threads.to_the_end(works, give_back=given_back.append))
    await begun.wait()
    waiting.cancel()
    await asyncio.sleep(0)
    assert not waiting.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert given_back == ["a handle"]


async def test_however_many_large_files_are_read_what_is_quick_finds_a_thread() -> None:
    threads = Threads()
    go, most, at_once = threading.Event(), 0, 0

    def reads() -> None:
        nonlocal most, at_once
        at_once += 1
        most = max(most, at_once)
        go.wait(60)
        at_once -= 1

    reading = [asyncio.create_task(threads.alone(reads)) for _ in range(20)]
    async with asyncio.timeout(60):
        assert await asyncio.gather(*(threads.to_the_end(lambda: 1) for _ in range(MOST_AT_ONCE * LANES))) == [1] * (
            MOST_AT_ONCE * LANES
        )
        go.set()
        await asyncio.gather(*reading)
    assert most <= LONG_LANES
