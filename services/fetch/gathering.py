"""What is asked while others are being answered is asked together, next: each waits for its own answer."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Gathering(Generic[Q, A]):
    """`answer` has some questions at once and gives an answer to each, in their order; raising, the same to all.

    An answer that is an exception is raised where it was asked for. So many `lanes` are under way at once, each with
    so many questions at `most`. Who does not wait any more takes back what `answer` was not given yet, and no more.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Q]], Awaitable[Sequence[A | BaseException]]],
        *,
        most: int | None = None,
        lanes: int = 1,
    ) -> None:
        self._answer, self._most, self._most_lanes = answer, most, lanes
        self._waiting: OrderedDict[asyncio.Future[A], Q] = OrderedDict()
        self._lanes: list[asyncio.Task[None]] = []

    def ask(self, question: Q) -> "asyncio.Future[A]":
        """The answer, when it is there."""
        answered: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting[answered] = question
        if len(self._lanes) == self._most_lanes:  # one that has just ended takes nothing any more
            self._lanes = [lane for lane in self._lanes if not lane.done()]
        if len(self._lanes) < self._most_lanes:
            self._lanes.append(asyncio.create_task(self._run()))
        return answered

    async def to_the_end(self, question: Q, *, give_back: Callable[[A], object] | None = None) -> A:
        """The answer; a cancellation waits for one that is under way, and has it given back."""
        answered = self.ask(question)
        try:
            return await asyncio.shield(answered)
        except asyncio.CancelledError:
            if answered in self._waiting:  # nobody was given it
                del self._waiting[answered]
                raise
            while not answered.done():
                with suppress(asyncio.CancelledError):  # said again: whoever answers has our handles all the same
                    await asyncio.wait({answered})
            if give_back is not None and not answered.cancelled() and answered.exception() is None:
                give_back(answered.result())
            raise

    async def _run(self) -> None:
        while group := self._next():
            try:
                answering = self._answer([question for _, question in group])
                [answers] = await asyncio.gather(answering, return_exceptions=True)
            except asyncio.CancelledError:  # the loop ends, and whoever waits would do so without end
                self._give_up(group)
                raise
            if isinstance(answers, BaseException):
                answers = [answers] * len(group)
            for (answered, _), answer in zip(group, answers, strict=True):
                _tell(answered, answer)

    def _next(self) -> list[tuple["asyncio.Future[A]", Q]]:
        """As many as may go together of those that somebody still waits for; none where nobody does."""
        group: list[tuple[asyncio.Future[A], Q]] = []
        while self._waiting and len(group) != self._most:
            answered, question = self._waiting.popitem(last=False)
            if not answered.done():
                group.append((answered, question))
        return group

    def _give_up(self, group: Sequence[tuple["asyncio.Future[A]", Q]]) -> None:
        for answered in (*(answered for answered, _ in group), *self._waiting):
            answered.cancel()
        self._waiting.clear()


def _tell(answered: "asyncio.Future[A]", answer: A | BaseException) -> None:
    if answered.done():  # nobody waits any more
        return
    if isinstance(answer, BaseException):
        answered.set_exception(answer)
    else:
        answered.set_result(answer)
