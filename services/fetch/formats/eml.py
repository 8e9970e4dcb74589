"""Mails. One that brings nothing with it is a document; one with attachments holds its own text, then each of them.

A digest of a list holds mails. Pictures shown within the text and signatures are no attachments; a mail that was
forwarded as such is one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Read, ReadDocument, Rejected, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import mail_body
from services.fetch.formats.mail_body import Body, Leaf
from services.fetch.formats.mail_digest import Digest, digest
from services.fetch.formats.mail_headers import MAX_CHARACTERS, claims_of
from services.fetch.formats.uuencoded import Taken, taken_out

MEDIA_TYPE = "message/rfc822"
ENVELOPE = re.compile(rb"\s*>?From [^\r\n]*\r?\n")  # as it stands before it in a mailbox
COUNTED = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")  # Apple's .emlx: how long it is, and the program's notes behind it
ENCRYPTED_KINDS = ("multipart/encrypted", "application/pgp-encrypted")
SEALED_KINDS = ("application/pkcs7-mime", "application/x-pkcs7-mime")
# Of the header of a mail, those that speak of the whole of its body.
ABOUT_BODY = re.compile(rb"(?i)(?:content-(?!language|location)|mime-version)")
CUT = "the mail ends before its last part does: it was cut short"
LOCKED_FROM, LOCKED_TO = "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"  # RFC 9580, 6.2
ENCRYPTED = Rejected(RejectReason.ENCRYPTED, "the mail is encrypted: drop it as your mail program shows it")
TOO_DEEP = Rejected(RejectReason.UNREADABLE, "the parts of the mail lie within each other too deeply or are too many")


def read(source: Source) -> Read:
    """The mail as a document, or its text and what is attached to it as members."""
    try:
        message = parsed(source.data)
        parts = list(mail_body.leaves(message))
    except (mail_body.TooDeep, RecursionError):
        return TOO_DEEP
    if (sealed := _sealed(message)) is not None:
        return sealed
    attached = [leaf for leaf in parts if mail_body.is_attached(leaf)]
    shown = [leaf for leaf in parts if mail_body.is_shown(leaf)]
    whole = [leaf for leaf in shown if not leaf.cut]
    is_cut = len(whole) < len(shown) and not (whole and shown[-1].alternative)
    body = mail_body.body(whole) if not is_cut else None
    if attached:
        return _members(source, Rejected(RejectReason.UNREADABLE, CUT) if is_cut else body, attached)
    if is_cut:
        raise Broken(CUT)
    if body is None:
        return Rejected(RejectReason.NO_TEXT, "the mail has no text")
    return _document(message, body) if body.kind == "text/html" else _plain(source, message, body)


def _plain(source: Source, message: Message, body: Body) -> Read:
    """A mail of plain text, which may be other mails, bring files in its lines, or be locked."""
    text = body.text.replace("\r\n", "\n")
    if text.strip().startswith(LOCKED_FROM) and text.strip().endswith(LOCKED_TO):
        return ENCRYPTED
    if (found := digest(text)) is not None:
        return _mails(source, body, found)
    taken = taken_out(text)
    return _document(message, body) if not taken.files else _with_files(source, body, taken)


def _with_files(source: Source, body: Body, taken: Taken) -> Iterator[Member]:
    if taken.text.strip():
        yield Member("message.eml", [_header(source.data), *_own_text(replace(body, text=taken.text))], MEDIA_TYPE)
    for name, data in taken.files:
        yield Member(name, [data])


def parsed(data: bytes) -> Message:
    """The mail in `data`."""
    return BytesParser(policy=_BRIEF).parsebytes(bare(data))


class _Brief(Compat32):
    """Fields of the header that are longer than any program writes them are empty.

    Parameters are taken apart in time that grows with the square of their length. The policy is the old one: the new
    one's parser does so with everything, and raises what it likes.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name of the field and what is in it."""
        name, value = super().header_source_parse(sourcelines)
        return name, value if len(value) <= MAX_CHARACTERS else ""


_BRIEF = _Brief()


def bare(data: bytes) -> bytes:
    """The mail without what a mailbox or a mail program writes around it."""
    if (counted := COUNTED.match(data)) is not None:
        return data[counted.end() : counted.end() + int(counted[1])]
    envelope = ENVELOPE.match(data)
    return data[envelope.end() :] if envelope is not None else data


def _sealed(message: Message) -> Rejected | None:
    kind = message.get_content_type()
    if kind in ENCRYPTED_KINDS or (
        kind in SEALED_KINDS and str(message.get_param("smime-type", "")).lower() != "signed-data"
    ):
        return ENCRYPTED
    if kind in SEALED_KINDS:
        return Rejected(RejectReason.UNSUPPORTED, "the mail is wrapped into its signature (S/MIME): save it as text")
    return None


def _document(message: Message, body: Body) -> ReadDocument:
    claims = claims_of(message)
    url = next((claim.value for claim in claims if claim.field == "url"), None)
    return ReadDocument(body.text, MEDIA_TYPE, body.decoded.encoding, body.decoded.lossy, url, claims)


def _members(source: Source, body: Body | Rejected | None, attached: list[Leaf]) -> Iterator[Member | BadMember]:
    """The text as a mail of its own, so that it is read as one, with all of the header; then what came with it."""
    if isinstance(body, Rejected):
        yield BadMember("message.eml", body)
    elif body is not None:
        yield Member("message.eml", [_header(source.data), *_own_text(body)], MEDIA_TYPE, url=source.url)
    for number, leaf in enumerate(attached, 1):
        path = mail_body.named(leaf, number)
        try:
            data = mail_body.content(leaf.message)
        except RecursionError:  # the library writes a mail out as it nests
            yield BadMember(path, TOO_DEEP)
            continue
        if data:
            chunks = _broken_off(data) if leaf.cut else [data]
            yield Member(path, chunks, leaf.kind, mail_body.charset(leaf.message))
        else:
            yield BadMember(path, Rejected(RejectReason.EMPTY, "the attachment has no bytes"))


def _broken_off(data: bytes) -> Iterator[bytes]:
    """What came of an attachment: something in it may be complete."""
    yield data
    raise Broken(CUT)


def _mails(source: Source, body: Body, found: Digest) -> Iterator[Member]:
    """What the digest says itself as a mail of its own, then each mail in it."""
    yield Member("message.eml", [_header(source.data), *_own_text(replace(body, text=found.own))], MEDIA_TYPE)
    for number, (head, text) in enumerate(found.mails, 1):
        yield Member(f"part-{number}.eml", [head.encode(), *_own_text(replace(body, text=text))], MEDIA_TYPE)


def _header(data: bytes) -> bytes:
    """The lines of the mail's header, byte for byte, without those that speak of the parts."""
    kept: list[bytes] = []
    keeping = True
    for line in _lines(bare(data)):
        if not line.startswith((b" ", b"\t")):
            keeping = b":" in line and ABOUT_BODY.match(line) is None
        if keeping:
            kept.append(line)
    return b"".join(line + b"\n" for line in kept)


def _lines(head: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(head):
        end = head.find(b"\n", at)
        end = len(head) if end < 0 else end
        line = head[at:end].rstrip(b"\r")
        if not line:
            return
        yield line
        at = end + 1


def _own_text(body: Body) -> Iterator[bytes]:
    kind = body.kind if body.kind == "text/html" else "text/plain"
    coding = "utf-8" if body.kind != "text/html" else body.decoded.encoding
    data = body.data if body.kind == "text/html" else body.text.encode()
    yield f"MIME-Version: 1.0\nContent-Type: {kind}; charset={coding}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    yield data
