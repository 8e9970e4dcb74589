"""All that errands need, on a database of their own, with a web that answers as it is told."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from contracts.input_received import InputReceived
from contracts.outcomes import RejectReason
from contracts.url_requested import UrlRequested
from services.chassis.testing import ask
from services.fetch.core.web.answer import Answer, Page, Refused
from services.fetch.errands.hearing import errand_of
from services.fetch.errands.memory import Errand, Memory
from services.fetch.errands.running import Runner
from services.fetch.handler import mint, router
from services.fetch.web.hosts import Hosts
from tests.edges.inboxes import Beyond

URL = "https://www.example.org/a?utm_source=feed"
TEXT = "<p>Le maire a inauguré hier la nouvelle école du quartier."
PAGE = Page(
    URL, f'<link rel="canonical" href="https://example.org/a">{TEXT}'.encode("latin-1"), "text/html", "iso-8859-1"
)
BUSY = Refused(RejectReason.HTTP_STATUS, "the server answered 503", passing=True)
HOURS = 3600.0


@dataclass
class Told:
    """A web that answers as it is told, the last answer for ever; what is an error is raised."""

    answers: list[Answer | BaseException]
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    hosts: Hosts = field(default_factory=lambda: Hosts(gap_seconds=0.0, at_once=2))
    before: Callable[[], None] = lambda: None

    async def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        self.asked.append((url, etag))
        self.before()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer


class Cut(BaseException):
    """The process is gone."""


@dataclass
class Desk:
    """All that errands need, on a database of its own; the clock is moved by hand."""

    memory: Memory
    web: Told
    beyond: Beyond = field(default_factory=Beyond)
    now: float = field(default_factory=time.time)

    def runner(self) -> Runner:
        return Runner(
            self.web,  # type: ignore[arg-type]
            self.beyond.intake(),
            self.beyond,
            self.memory,
            give_up_seconds=48 * HOURS,
            clock=lambda: self.now,
        )

    async def hear(self, url: str = URL, **more: object) -> Errand:
        request = UrlRequested(input_id=mint(), url=url, requested_at=datetime.now(UTC), requested_by="desk", **more)
        await ask(router(self.memory, lambda: None, lambda: self.now), request)
        return errand_of(request, self.now)

    async def due(self) -> list[Errand]:
        return await self.memory.due(self.now, but=set(), busy=set(), limit=100)

    async def run(self) -> None:
        """Everything that is due, once."""
        runner, due = self.runner(), [errand.input_id for errand in await self.due()]
        for errand in await self.memory.claim(due, self.now, until=self.now):
            await runner.run(errand)

    def receipts(self) -> list[InputReceived]:
        return [message for message in self.beyond.said if isinstance(message, InputReceived)]
