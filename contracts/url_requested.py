"""Somebody asked for a URL."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from contracts.document import Claim
from contracts.message import Message
from contracts.outcomes import Outcome


class UrlRequested(Message):
    """A person, a program or the feed poller asked for `url`; the input begins here."""

    subject: ClassVar[str] = "wireroom.url.requested"
    outcome: ClassVar[Outcome] = Outcome.RECORDED

    url: str
    requested_at: AwareDatetime
    requested_by: str
    claims: tuple[Claim, ...] = Field(default=(), description="What whoever asks knows of the page: a feed's entry.")
