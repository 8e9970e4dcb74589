"""Bytes in work are bounded, in the order of arrival."""

import asyncio

import pytest

from services.fetch.load import Load


class Visits:
    """Files on their way, which stay until they are told to go."""

    def __init__(self, size: int) -> None:
        self.load, self.inside = Load(size), list[str]()
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.leave: dict[str, asyncio.Event] = {}

    async def come(self, name: str, size: int) -> None:
        self.leave[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._stay(name, size))
        await asyncio.sleep(0)

    async def go(self, name: str) -> None:
        self.leave[name].set()
        await self.tasks[name]
        for _ in range(3):
            await asyncio.sleep(0)

    async def _stay(self, name: str, size: int) -> None:
        async with self.load.of(size):
            self.inside.append(name)
            try:
                await self.leave[name].wait()
            finally:
                self.inside.remove(name)


async def test_no_more_bytes_are_in_work_than_are_allowed() -> None:
    visits = Visits(10)
    for name, size in (("a", 6), ("b", 6), ("c", 1)):
        await visits.come(name, size)
    assert visits.inside == ["a"]
    await visits.go("a")
    assert visits.inside == ["b", "c"]


async def test_what_is_larger_than_the_load_goes_alone() -> None:
    visits = Visits(10)
    for name, size in (("a", 1), ("large", 1000), ("b", 1)):
        await visits.come(name, size)
    assert visits.inside == ["a"]
    await visits.go("a")
    assert visits.inside == ["large"]
    await visits.go("large")
    assert visits.inside == ["b"]


@pytest.mark.parametrize("given_up", ["a", "b"])
async def test_who_gives_up_bears_no_load(given_up: str) -> None:
    visits = Visits(10)
    for name in ("a", "b", "c"):
        await visits.come(name, 10)
    visits.tasks[given_up].cancel()
    await asyncio.gather(visits.tasks[given_up], return_exceptions=True)
    left = [name for name in ("a", "b", "c") if name != given_up]
    await visits.go(left[0])
    assert visits.inside == left[1:]
