"""What the tests of readers share: a source from a text, and what a reader comes to in plain."""

from collections.abc import Callable
from typing import Any

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Parts, Read, ReadDocument, Rejected, Source

Reader = Callable[[Source], Read]


def source(data: str | bytes, name: str = "", **told: Any) -> Source:
    """The source that a folder or container would give."""
    return Source(data.encode() if isinstance(data, str) else data, name, **told)


def document(read: Reader, data: str | bytes, name: str = "", **told: Any) -> ReadDocument:
    """The document that the reader comes to."""
    found = read(source(data, name, **told))
    assert isinstance(found, ReadDocument), found
    return found


def claimed(found: ReadDocument, field: str) -> list[str]:
    """The values of its claims of one field."""
    return [claim.value for claim in found.claims if claim.field == field]


def members(read: Reader, data: str | bytes, name: str = "", **told: Any) -> list[Member | BadMember]:
    """The members that the reader comes to."""
    found = read(source(data, name, **told))
    assert not isinstance(found, ReadDocument | Rejected | Parts), found
    return list(found)


def bytes_of(member: Member | BadMember) -> bytes:
    """The bytes of a member that can be had."""
    assert isinstance(member, Member), member
    return b"".join(member.chunks)


def reason(read: Reader, data: str | bytes, name: str = "") -> tuple[RejectReason, str]:
    """Why the reader refuses."""
    found = read(source(data, name))
    assert isinstance(found, Rejected), found
    return found.reason, found.detail
