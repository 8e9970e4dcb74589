"""What a mail's header says: claims, however badly it is written, and never at the price of a slow parser."""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from contracts.document import Claim
from services.fetch.core.charsets import codec_of
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import decode
from services.fetch.formats.refused import said

MAX_CHARACTERS = 10_000  # of one header field; a longer one is no subject and no sender
# Where a mailing list, a newsletter or an alert keeps the address of what it sends.
ADDRESS_FIELDS = ("Archived-At", "Content-Location", "X-URL", "X-Article-URL", "X-Original-URL", "X-RSS-URL")
# What programs put before a subject in answering and passing on, in the languages that they speak.
ANSWERED = re.compile(
    r"\A(?:\s*(?:re|aw|sv|vs|antw|odp|res|ref|r|fwd?|tr|wg|vb|rv|enc|i|doorst|pd)\s*(?:\[\d+\])?\s*:\s*)+",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def claims_of(message: Message) -> tuple[Claim, ...]:
    """The claims of a mail's header, with the origin `mail`."""
    return said(_claims(message))


def header(message: Message, name: str) -> str:
    """A header field as text, encoded words and bytes beyond ASCII decoded; empty where there is none."""
    return decoded(_written(message, name))


def decoded(value: str) -> str:
    """The text of a header field's raw `value`."""
    if len(value) > MAX_CHARACTERS:
        return ""
    raw = value.encode("ascii", "surrogateescape") if not _is_unicode(value) else value.encode("utf-8", "replace")
    text = " ".join(decode(raw).text.split())
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return " ".join("".join(_piece(piece, charset) for piece, charset in pieces).split()) or text


def _written(message: Message, name: str) -> str:
    return next((str(value) for field, value in message.raw_items() if field.lower() == name.lower()), "")


def _is_unicode(value: str) -> bool:
    return any(ord(character) > 0x7F and not "\udc80" <= character <= "\udcff" for character in value)


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    if charset is None:  # decode_header has it in this form of its own
        return piece.decode("raw-unicode-escape", "replace")
    return decode(piece, codec_of(charset)).text


def _claims(message: Message) -> Iterator[Claim | None]:
    yield claim("title", ANSWERED.sub("", header(message, "Subject")), "mail")
    for name in _senders(_written(message, "From"))[:3]:
        yield claim("author", name, "mail")
    yield claim("published", header(message, "Date"), "mail")
    yield claim("language", language_tag(header(message, "Content-Language").partition(",")[0]), "mail")
    for field in ADDRESS_FIELDS:
        if (link := LINK.search(header(message, field))) is not None:
            yield claim("url", link[0], "mail")
    yield claim("message_id", header(message, "Message-ID").strip("<> "), "mail")


def _senders(value: str) -> list[str]:
    """The names of the senders, decoded one by one, for they may hold commas; a bare address is nobody's name."""
    if len(value) > MAX_CHARACTERS:
        return []
    try:
        names = [decoded(name) for name, _ in getaddresses([" ".join(value.split())])]
    except (ValueError, IndexError):
        return []
    return [name for name in names if name and "@" not in name]
