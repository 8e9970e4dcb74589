"""Mails as Outlook saves them (msg): put into the form that all other mails have, and read as they are."""

from collections.abc import Iterator
from dataclasses import replace
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime, formataddr
from io import BytesIO
from itertools import chain

from olefile import OleFileIO
from oxmsg.domain import constants
from oxmsg.storage import Storage

from contracts.outcomes import RejectReason
from services.fetch.core.decoding import without_surrogates
from services.fetch.core.document import BadMember, Read, ReadDocument, Rejected, Source
from services.fetch.core.html import declared_encoding
from services.fetch.core.packing import FAULTS
from services.fetch.formats import eml
from services.fetch.formats.msg_properties import Written
from services.fetch.formats.refused import Refused

MEDIA_TYPE = "application/vnd.ms-outlook"
TOP_HEADER_BYTES, INNER_HEADER_BYTES, ATTACHED_HEADER_BYTES = 32, 24, 8  # of the property stream (MS-OXMSG 2.4.1)
PROPERTIES = "__properties_version1.0"
INNER_MESSAGE = "__substg1.0_3701000D"
CONTENT_ID = 0x3712
MAX_DEPTH = 8
BELOW = f"(forwarded more than {MAX_DEPTH} times)"
MAX_GROWTH = 4  # streams that share their sectors unpack to any size
OTHERS = {
    "WordDocument": "an old Word document: save it as .docx",
    "Workbook": "an Excel table, which is not read",
    "Book": "an Excel table, which is not read",
    "PowerPoint Document": "a PowerPoint presentation, which is not read",
}


def read(source: Source) -> Read:
    """The mail as a document, or its text and what is attached to it as members."""
    try:
        with OleFileIO(BytesIO(source.data)) as ole:
            _check(ole, len(source.data))
            storage = Storage.from_ole(ole)
        found = eml.read(Source(_mail(storage, TOP_HEADER_BYTES).as_bytes(), source.name))
    except Refused as refused:
        return refused.rejected
    except FAULTS as error:
        return Rejected(RejectReason.UNREADABLE, f"the Outlook message is damaged: {error}")
    if isinstance(found, Iterator):
        return chain(found, _below(storage))
    if not isinstance(found, ReadDocument):
        return found
    return replace(found, media_type=MEDIA_TYPE, lossy=found.text.count("\ufffd"))


def _check(ole: OleFileIO, size: int) -> None:
    """Raise Refused for what is no mail, and for what would grow beyond all measure."""
    if ole.exists("EncryptedPackage"):
        raise Refused(RejectReason.ENCRYPTED, "the office document is encrypted: save it without a password")
    if not ole.exists(PROPERTIES):
        called = next((called for name, called in OTHERS.items() if ole.exists(name)), "of a kind that is not read")
        raise Refused(RejectReason.UNSUPPORTED, f"the file is {called}")
    if sum(entry.size for entry in ole.direntries if entry is not None) > MAX_GROWTH * size:
        raise Refused(RejectReason.BOMB, "the Outlook message would grow to many times its size")


def _mail(storage: Storage, header_bytes: int, depth: int = 0) -> Message:
    properties = Written(storage, properties_header_offset=header_bytes)
    mail = MIMEMultipart("mixed")
    for name, value in _header(properties):
        mail[name] = value
    mail.attach(_text(properties))
    for inner, message in _attached(storage):
        if message is None:
            mail.attach(_attachment(Written(inner, properties_header_offset=ATTACHED_HEADER_BYTES)))
        elif depth < MAX_DEPTH:
            mail.attach(_forwarded(_mail(message, INNER_HEADER_BYTES, depth + 1)))
    return mail


def _attached(storage: Storage) -> Iterator[tuple[Storage, Storage | None]]:
    """What is attached to a mail, and the mail that it is if it is one; objects of other programs lie there too."""
    for inner in storage.iter_attachment_storages():
        held = (each for each in inner.storages if each.name == INNER_MESSAGE)
        yield inner, next((each for each in held if any(stream.name == PROPERTIES for stream in each.streams)), None)


def _below(storage: Storage) -> Iterator[BadMember]:
    """A word of the mails that were left out, for they were forwarded in too many others."""
    mails, depth = [storage], 0
    while depth <= MAX_DEPTH and mails:
        mails = [message for mail in mails for _, message in _attached(mail) if message is not None]
        depth += 1
    if mails:
        words = f"{len(mails)} in it were forwarded in more than {MAX_DEPTH} others, one in another, and are not opened"
        yield BadMember(BELOW, Rejected(RejectReason.TOO_DEEP, words))


def _header(properties: Written) -> Iterator[tuple[str, str]]:
    """What Outlook keeps of a header apart: it is there for mails too that were never sent."""
    name = properties.words(constants.PID_SENDER_NAME, constants.PID_SENT_REPRESENTING_NAME)
    if subject := properties.words(constants.PID_SUBJECT):
        yield "Subject", Header(without_surrogates(subject), "utf-8", maxlinelen=10_000).encode()
    if name:
        yield "From", formataddr((without_surrogates(name), "sender@invalid"))
    sent = properties.moment(constants.PID_CLIENT_SUBMIT_TIME, constants.PID_MESSAGE_DELIVERY_TIME)
    if sent is not None:
        yield "Date", format_datetime(sent)


def _text(properties: Written) -> Message:
    both = MIMEMultipart("alternative")
    page = properties.binary_prop_value(constants.PID_HTML)
    written = properties.words(constants.PID_BODY_HTML) if page is None else None
    if plain := properties.words(constants.PID_BODY):
        both.attach(_part("text/plain", plain.encode("utf-8", "replace"), "utf-8"))
    if page:
        told = None if declared_encoding(page) else next(properties.codecs(constants.PID_INTERNET_CODEPAGE), None)
        both.attach(_part("text/html", page, told))
    elif written:
        both.attach(_part("text/html", written.encode("utf-8", "replace"), "utf-8"))
    return both


def _attachment(properties: Written) -> Message:
    kind = properties.words(constants.PID_ATTACH_MIME_TAG) or "application/octet-stream"
    part = _part(kind, properties.binary_prop_value(constants.PID_ATTACH_DATA_BINARY) or b"", None)
    shown = properties.words(CONTENT_ID) and part.get_content_maintype() == "image"
    name = properties.words(constants.PID_ATTACH_LONG_FILENAME, constants.PID_ATTACH_FILENAME)
    part.add_header("Content-Disposition", "inline" if shown else "attachment", filename=("utf-8", "", name))
    return part


def _forwarded(mail: Message) -> Message:
    part = MIMEBase("message", "rfc822")
    part.attach(mail)
    return part


def _part(media_type: str, data: bytes, charset: str | None) -> Message:
    main, _, sub = media_type.partition("/")
    part = MIMEBase(main, sub or "octet-stream")
    if charset is not None:
        part.set_param("charset", charset)
    part.set_payload(data)
    encode_base64(part)
    return part
