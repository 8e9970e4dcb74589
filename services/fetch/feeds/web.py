"""The web, as far as feeds need it."""

from typing import Protocol

from services.fetch.core.web.answer import Answer

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)


class Web(Protocol):
    """What asks for pages."""

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        obey_robots: bool = True,
    ) -> Answer:
        """The page, the word that it is as it was, or why there is none; raises Unavailable without any network."""
