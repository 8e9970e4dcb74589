"""Outlook's own files are mails like others."""

import struct

from contracts.outcomes import RejectReason
from services.fetch.formats.msg import read
from tests.services.fetch.formats.writing import (
    claims,
    document,
    members,
    msg,
    msg_properties,
    rejected,
    source,
)

SUBJECT, BODY, SENDER = 0x0037, 0x1000, 0x0C1A
LETTER = {SUBJECT: "Un titre à l'accent", BODY: "Le convoi est entré.", SENDER: "Bee, Ann"}
TYPE, NAME = 0x370E, 0x3707
PLACE = "__attach_version1.0_#00000000/"


def attachment(data: bytes, name: str, media_type: str) -> dict[str, bytes]:
    streams = msg_properties({NAME: name, TYPE: media_type}, header_bytes=8, place=PLACE)
    streams[f"{PLACE}__properties_version1.0"] += struct.pack("<IIQ", 0x37010102, 6, len(data))
    return {**streams, f"{PLACE}__substg1.0_37010102": data}


def test_a_message_is_a_document_with_its_properties_as_claims() -> None:
    found = document(read(source(msg(msg_properties(LETTER)))))
    assert found.text == "Le convoi est entré."
    assert found.media_type == "application/vnd.ms-outlook"
    assert claims(found) == {("title", "Un titre à l'accent"), ("author", "Bee, Ann")}


def test_its_attachments_come_beside_it() -> None:
    data = msg({**msg_properties(LETTER), **attachment(b"%PDF-1.4", "étude.pdf", "application/pdf")})
    found = members(read(source(data)))
    assert [(member.path, member.media_type) for member, _ in found] == [
        ("message.eml", "message/rfc822"),
        ("étude.pdf", "application/pdf"),
    ]
    assert found[1][1] == b"%PDF-1.4"


def test_other_files_of_the_same_make_are_told_by_what_they_are() -> None:
    assert rejected(read(source(msg({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})))) is RejectReason.ENCRYPTED
    assert rejected(read(source(msg({"WordDocument": b"x"})))) is RejectReason.UNSUPPORTED
    assert rejected(read(source(msg({"Contents": b"x"})))) is RejectReason.UNSUPPORTED


def test_a_damaged_file_is_rejected() -> None:
    whole = msg(msg_properties(LETTER))
    for end in (8, 511, 600, 1500, len(whole) // 2):
        assert rejected(read(source(whole[:end]))) in (RejectReason.UNREADABLE, RejectReason.NO_TEXT)
    streams = msg_properties(LETTER)
    del streams["__substg1.0_1000001F"]
    assert rejected(read(source(msg(streams)))) is RejectReason.UNREADABLE
