"""What asking for a URL comes to: a page, the word that it is the same as before, or why there is none."""

from dataclasses import dataclass

from contracts.outcomes import RejectReason


@dataclass(frozen=True)
class Page:
    """What a server sent, its content coding undone, and where it was found in the end.

    `etag` and `last_modified` are what the server wants to be told next time; `fresh_seconds` is how long it vouches
    for the page, none where it does not say; `moved_to` is the place, where every redirect on the way was permanent.
    """

    url: str
    data: bytes
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_seconds: float | None = None
    retry_after_seconds: float | None = None
    moved_to: str | None = None


@dataclass(frozen=True)
class NotModified:
    """It is what it was when `etag` or `last_modified` were given; the rest holds from now on, as of a page."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fresh_seconds: float | None = None
    retry_after_seconds: float | None = None
    moved_to: str | None = None


@dataclass(frozen=True)
class Refused:
    """There is no page: the bounded reason, and `detail` for people. `passing`: it may be another time.

    `retry_after_seconds` is how long the host asks us to stay away, or how long we owe it to do so. `status` is that of
    the answer, where there was one.
    """

    reason: RejectReason
    detail: str
    passing: bool = False
    retry_after_seconds: float | None = None
    status: int | None = None


Answer = Page | NotModified | Refused
