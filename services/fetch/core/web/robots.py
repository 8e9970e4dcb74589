"""What a site's robots.txt says to us (RFC 9309)."""

from dataclasses import dataclass
from typing import Self

from protego import Protego

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.urls import Url

MAX_BYTES = 500 * 1024  # the RFC's own; what is behind is not read
MAX_DELAY_SECONDS = 60.0  # a site that asks for more would be visited twice a day


@dataclass(frozen=True)
class Robots:
    """The rules of one site; `rules` none where it has none, `trouble` where they could not be had."""

    rules: Protego | None = None
    trouble: Refused | None = None

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The rules as they were read."""
        return cls(Protego.parse(data[:MAX_BYTES].decode("utf-8-sig", "replace")))

    @classmethod
    def without(cls, refused: Refused, status: int) -> Self:
        """The rules of a site that shows none: where it says that there are none, everything is allowed."""
        if status < 500 and not refused.passing:
            return cls()
        why = f"its robots.txt cannot be had: {refused.detail}"
        return cls(
            trouble=Refused(RejectReason.ROBOTS, why, passing=True, retry_after_seconds=refused.retry_after_seconds)
        )

    def wrong_with(self, url: Url, agent: str) -> Refused | None:
        """Why we may not ask for a URL; None where we may."""
        if self.trouble is not None or self.rules is None:
            return self.trouble
        if self.rules.can_fetch(str(url), agent):
            return None
        return Refused(RejectReason.ROBOTS, f"the robots.txt of {url.origin} forbids it to {agent}")

    def delay_seconds(self, agent: str) -> float:
        """How long it wants us to wait between two pages."""
        delay = self.rules.crawl_delay(agent) if self.rules is not None else None
        return min(max(delay or 0.0, 0.0), MAX_DELAY_SECONDS)


def product(agent: str) -> str:
    """The name by which robots.txt knows us: what stands before the version."""
    return agent.partition("/")[0].partition(" ")[0]
