"""The parts of a mail: which one is what it says, and which ones are things that travel with it."""

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect, InvalidBase64LengthDefect
from email.message import Message
from mimetypes import guess_extension

from services.fetch.core.charsets import codec_of
from services.fetch.core.decoding import Decoded, decode, without_surrogates
from services.fetch.core.html import declared_encoding
from services.fetch.formats.flow import plain_text
from services.fetch.formats.mail_headers import decoded

MAX_PARTS = 10_000
MAX_DEPTH = 50
STUB_CHARACTERS = 300  # "your program shows no HTML": a plain part so short is none where the other says far more
STUB_SHARE = 0.2
# They belong to the mail's transport and show, not to what it says.
TRAPPINGS = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
        "text/x-moz-deleted",
        "message/delivery-status",
        "text/rfc822-headers",
    }
)
OTHER_FORMS = frozenset({"text/calendar", "text/x-amp-html", "text/watch-html"})  # the same again, for machines
WRITTEN = frozenset({"text/plain", "text/html", "text/enriched"})
NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
SEPARATORS = re.compile(r"[/\\\x00-\x1f\x7f]+")


class TooDeep(Exception):
    """The parts nest deeper than any program that people use makes them."""


@dataclass(frozen=True)
class Leaf:
    """A part that holds no other, and whether it stands in a group of which a reader sees one (`alternative`).

    `cut` if it is the last of a mail whose parts have no end: nobody knows what of it is missing.
    """

    message: Message
    kind: str
    alternative: bool
    related: bool  # it is shown in another part
    cut: bool = False


def leaves(message: Message) -> Iterator[Leaf]:
    """The parts that hold no others, in order; a mail in a mail is one of them."""
    waiting = [(message, 0, False, False)]
    seen, is_open = 0, _has(message, CloseBoundaryNotFoundDefect)
    while waiting:
        part, depth, alternative, related = waiting.pop()
        kind, seen = part.get_content_type(), seen + 1
        if depth > MAX_DEPTH or seen > MAX_PARTS:
            raise TooDeep
        inner = part.get_payload() if part.is_multipart() else None  # a text is decoded there by any name
        if kind.startswith("message/") or not isinstance(inner, list):
            # One that has parts and whose boundary is found nowhere says what it says all the same.
            kind = "text/plain" if kind.startswith("multipart/") else kind
            yield Leaf(part, kind, alternative, related, cut=is_open and not waiting)
            continue
        one_of = alternative or kind == "multipart/alternative"
        for number, each in reversed(list(enumerate(inner))):
            if isinstance(each, Message):
                waiting.append((each, depth + 1, one_of, related or (kind == "multipart/related" and number > 0)))


def is_attached(leaf: Leaf) -> bool:
    """Whether the part is a thing of its own: what is shown within the mail, and signatures, are not."""
    if leaf.kind in TRAPPINGS:
        return False
    if leaf.kind == "message/rfc822" or _disposition(leaf.message) == "attachment":
        return True
    if leaf.kind.startswith("image/"):  # a logo, a counter, a picture in the text
        return False
    if leaf.kind in WRITTEN | OTHER_FORMS:
        return bool(filename(leaf.message)) and not leaf.alternative
    return not leaf.related


def is_shown(leaf: Leaf) -> bool:
    """Whether the part is of the text that the mail itself says."""
    return leaf.kind.startswith("text/") and leaf.kind not in TRAPPINGS | OTHER_FORMS and not is_attached(leaf)


def filename(message: Message) -> str:
    """The name that the mail gives a part, without any path; empty where it gives none."""
    try:
        name = message.get_filename()
    except (ValueError, LookupError, TypeError):  # what the standard library makes of a broken RFC 2231 name
        return ""
    bare = SEPARATORS.sub("_", decoded(str(name or "")).strip()).strip(". ")
    return bare[-200:]


def named(leaf: Leaf, number: int) -> str:
    """A path for the part among the members."""
    ending = ".eml" if leaf.kind == "message/rfc822" else guess_extension(leaf.kind) or ""
    return filename(leaf.message) or f"part-{number}{ending}"


def content(message: Message) -> bytes:
    """The bytes of a part, transfer encoding undone; damaged base64 gives what can be had."""
    if message.get_content_type() == "message/rfc822" and message.is_multipart():
        inner = message.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    try:
        payload = message.get_payload(decode=True)
    except (ValueError, AttributeError, LookupError):
        payload = None
    if not isinstance(payload, bytes):
        return b""
    return base64_of(payload) if _has(message, InvalidBase64LengthDefect) else payload


def base64_of(written: bytes) -> bytes:
    """What is written in base64, up to where it breaks off; what is no letter of it is passed over."""
    letters = NO_BASE64.sub(b"", written)
    whole = len(letters) // 4 * 4
    left = letters[whole:]
    return a2b_base64(letters[:whole] + (left + b"=" * (4 - len(left)) if len(left) > 1 else b""))


def charset(message: Message) -> str | None:
    """The codec that the part names."""
    try:
        label = message.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None
    return codec_of(label) if label else None


@dataclass(frozen=True)
class Body:
    """What a mail says: the text, how it was decoded, and the part that it stands in."""

    text: str
    decoded: Decoded
    kind: str
    data: bytes


def body(parts: list[Leaf]) -> Body | None:
    """The text of the mail: the plain parts, or the HTML ones where the plain ones are missing or say too little."""
    plain = [_body(leaf) for leaf in parts if leaf.kind != "text/html" and leaf.kind.startswith("text/")]
    rich = [_body(leaf) for leaf in parts if leaf.kind == "text/html"]
    plain_size, rich_size = (sum(len(each.text.split()) for each in bodies) for bodies in (plain, rich))
    plain_letters = sum(len(each.text) for each in plain)
    stub = plain_letters <= STUB_CHARACTERS and plain_size < STUB_SHARE * rich_size
    chosen = rich if rich and (not plain_size or stub) else plain
    if rich and plain and not any(leaf.alternative for leaf in parts):
        chosen = [_body(leaf) for leaf in parts]  # each is shown after the other
    return _joined([each for each in chosen if each.text.strip()])


def _body(leaf: Leaf) -> Body:
    data = content(leaf.message)
    page = leaf.kind == "text/html"
    read = decode(data, charset(leaf.message) or (declared_encoding(data) if page else None))
    text = plain_text(read.text) if page else _unfolded(read.text, leaf.message)
    return Body(without_surrogates(text), read, leaf.kind, data)


def _joined(bodies: list[Body]) -> Body | None:
    if len(bodies) < 2:
        return bodies[0] if bodies else None
    text = "\n\n".join(each.text.strip("\n") for each in bodies)
    lossy = sum(each.decoded.lossy for each in bodies)
    return Body(text, Decoded(text, bodies[0].decoded.encoding, lossy), "text/plain", text.encode())


def _unfolded(text: str, message: Message) -> str:
    """Plain text as it was written: lines that were folded for the way are whole again (RFC 3676)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if str(message.get_param("format", "")).lower() != "flowed":
        return lines
    drop = str(message.get_param("delsp", "")).lower() == "yes"
    joined: list[str] = []
    open_line = False
    for raw in lines.split("\n"):
        line = raw.removeprefix(" ")
        if open_line:
            joined[-1] += line
        else:
            joined.append(line)
        open_line = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if open_line and drop:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)


def _has(message: Message, defect: type) -> bool:
    return any(isinstance(one, defect) for one in message.defects)


def _disposition(message: Message) -> str | None:
    try:
        return message.get_content_disposition()
    except (ValueError, LookupError, TypeError):
        return None
