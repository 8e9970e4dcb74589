"""Reading feeds in a child process: what comes may take a parser down, and then it is that feed that fails."""

from services.chassis.children import Children
from services.chassis.failures import ChildKilled
from services.fetch.core.feeds import NotAFeed
from services.fetch.core.feeds.news import Reading

EMPTY = b"<rss version='2.0'><channel/></rss>"


def load() -> None:
    """Load the parsers, for all children to share."""
    read(EMPTY, "", "")


def read(data: bytes, address: str, content_type: str) -> Reading | NotAFeed:
    """The core's reading, for a child to call."""
    from services.fetch.core.feeds import announced  # noqa: PLC0415 - the parsers stay in the child

    return announced.read(data, address, {"content-type": content_type} if content_type else {})


class FeedReader:
    """Reads feeds, each with limits of time and memory."""

    def __init__(self, children: Children, *, timeout_seconds: float) -> None:
        self._children, self._timeout_seconds = children, timeout_seconds

    async def read(self, data: bytes, address: str, content_type: str) -> Reading | NotAFeed:
        """What the feed says; no feed where reading it kills the child."""
        try:
            return await self._children.call(read, data, address, content_type, timeout_seconds=self._timeout_seconds)
        except ChildKilled as error:
            return NotAFeed(f"reading it did not end well: {error}")
