"""What the headers of an answer say of what follows: its kind, its charset, its coding, whether it is any answer."""

from collections.abc import Mapping
from datetime import datetime
from email.message import Message
from http import HTTPStatus

from contracts.outcomes import RejectReason
from services.fetch.core.web import times
from services.fetch.core.web.answer import NotModified, Page, Refused
from services.fetch.core.web.urls import Url, parse

REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
GOOD = {200, 203, 204, 205}
NOT_MODIFIED = 304
# What servers write for a coding and mean no coding by.
NO_CODING = frozenset({"", "identity", "none", "utf-8", "iso-8859-1", "binary", "8bit", "7bit", "text"})
# It may be another time: too early, too many, the server's own troubles, and what proxies say of the server behind.
PASSING = {408, 425, 429, 500, 502, 503, 504, *range(520, 531), 598, 599}
ASKS_TO_WAIT = {429, 503}
OF_ONE_REQUEST = {408, 425}  # it came too late or too early, and says nothing of the next one (RFC 9110, RFC 8470)


def content_type(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The media type and the charset that `Content-Type` names, in lower case; None for what it does not."""
    told = headers.get("content-type", "").strip()
    if "/" not in told.partition(";")[0]:
        return None, None
    message = Message()
    message["content-type"] = told[:1000].replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    return message.get_content_type(), charset.strip().lower() or None if isinstance(charset, str) else None


def answer(
    url: Url, status: int, headers: Mapping[str, str], body: bytes, now: datetime, *, moved: bool
) -> Page | NotModified:
    """What a good answer from `url` comes to; `moved` if that is where the page lives from now on."""
    page = Page(
        str(url),
        body,
        *content_type(headers),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        fresh_seconds=times.fresh(headers, now),
        retry_after_seconds=times.retry_after(headers, now),
        moved_to=str(url) if moved else None,
    )
    if status != NOT_MODIFIED:
        return page
    return NotModified(
        page.url, page.etag, page.last_modified, page.fresh_seconds, page.retry_after_seconds, page.moved_to
    )


def redirected(url: Url, status: int, headers: Mapping[str, str]) -> Url | Refused | None:
    """Where an answer sends us; None where it sends us nowhere."""
    location = headers.get("location")
    if status not in REDIRECTS or location is None:
        return None
    # A header's bytes are read as Latin-1; those that are no ASCII are mostly UTF-8.
    try:
        return parse(location.encode("latin-1").decode(), url)
    except UnicodeError:
        return parse(location, url)


def wrong_with_status(
    status: int, headers: Mapping[str, str], now: datetime, *, conditional: bool = False
) -> Refused | None:
    """Why an answer of this status is no page; None where it is one, or says that ours still holds."""
    if status in GOOD or (status == NOT_MODIFIED and conditional):
        return None
    wait = times.retry_after(headers, now) if status in PASSING else None
    detail = f"the server answered {status}{_phrase(status)}"
    return Refused(RejectReason.HTTP_STATUS, detail, status in PASSING, wait, status)


def host_asks_to_wait(refused: Refused) -> bool:
    """Whether the host wants to be left alone, and not just that one request."""
    if refused.status in ASKS_TO_WAIT:
        return True
    return refused.retry_after_seconds is not None and refused.status not in OF_ONE_REQUEST


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
