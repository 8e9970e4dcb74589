"""What is asked while others are being answered is asked together, next: each waits for its own answer."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Gathering(Generic[Q, A]):
    """`answer` has some questions at once and gives an answer to each, in their order; raising, the same to all.

    An answer that is an exception is raised where it was asked for. So many `lanes` are under way at once, each with
    so many questions at `most`. Who does not wait for the answer any more does not take the question back.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Q]], Awaitable[Sequence[A | BaseException]]],
        *,
        most: int | None = None,
        lanes: int = 1,
    ) -> None:
        self._answer, self._most, self._most_lanes = answer, most, lanes
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._lanes: list[asyncio.Task[None]] = []

    def ask(self, question: Q) -> "asyncio.Future[A]":
        """The answer, when it is there."""
        answered: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answered))
        if len(self._lanes) == self._most_lanes:  # one that has just ended takes nothing any more
            self._lanes = [lane for lane in self._lanes if not lane.done()]
        if len(self._lanes) < self._most_lanes:
            self._lanes.append(asyncio.create_task(self._run()))
        return answered

    async def _run(self) -> None:
        while self._waiting:
            group = list(islice(self._waiting, self._most))
            for _ in group:
                self._waiting.popleft()
            try:
                answering = self._answer([question for question, _ in group])
                [answers] = await asyncio.gather(answering, return_exceptions=True)
            except asyncio.CancelledError:  # the loop ends, and whoever waits would do so without end
                self._give_up(group)
                raise
            if isinstance(answers, BaseException):
                answers = [answers] * len(group)
            for (_, answered), answer in zip(group, answers, strict=True):
                _tell(answered, answer)

    def _give_up(self, group: Sequence[tuple[Q, asyncio.Future[A]]]) -> None:
        for _, answered in (*group, *self._waiting):
            answered.cancel()
        self._waiting.clear()


def _tell(answered: "asyncio.Future[A]", answer: A | BaseException) -> None:
    if answered.done():  # nobody waits any more
        return
    if isinstance(answer, BaseException):
        answered.set_exception(answer)
    else:
        answered.set_result(answer)
