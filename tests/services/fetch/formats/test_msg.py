"""Outlook's own files are mails like others."""

import struct

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember
from services.fetch.formats.msg import read
from tests.services.fetch.formats.writing import (
    claims,
    container,
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


FIRE, FIRE_TOLD = "Пожар в порту", "Пожар в порту потушен к утру, сообщили спасатели. Никто не пострадал."
MESSAGE_PAGE, INTERNET_PAGE, DELIVERED, REPRESENTED = 0x3FFD, 0x3FDE, 0x0E06, 0x0042


def of_bytes(texts: dict[int, bytes], pages: dict[int, int], kind: int = 0x1E) -> bytes:
    """A message whose texts are in no Unicode (`kind` 0x1F: in UTF-16), and what it says of their code pages."""
    entries = [struct.pack("<IIQ", (tag << 16) | kind, 6, len(data)) for tag, data in texts.items()]
    entries += [struct.pack("<IIII", (tag << 16) | 3, 6, page, 0) for tag, page in pages.items()]
    streams = {f"__substg1.0_{tag:04X}{kind:04X}": data for tag, data in texts.items()}
    return msg({"__properties_version1.0": bytes(32) + b"".join(entries), **streams})


@pytest.mark.parametrize(
    "pages",
    [
        {},
        {MESSAGE_PAGE: 1251},
        {MESSAGE_PAGE: 1251, INTERNET_PAGE: 65001},
        {MESSAGE_PAGE: 1251, INTERNET_PAGE: 20866},
        {MESSAGE_PAGE: 99_999},  # none that anybody knows
        {MESSAGE_PAGE: 709, INTERNET_PAGE: 720},  # none that is read here
    ],
)
def test_a_mail_from_before_unicode_is_read_whatever_it_says_of_its_code_page(pages: dict[int, int]) -> None:
    data = of_bytes({SUBJECT: FIRE.encode("cp1251"), BODY: FIRE_TOLD.encode("cp1251")}, pages)
    found = document(read(source(data)))
    assert (found.text, found.lossy) == (FIRE_TOLD, 0)
    assert ("title", FIRE) in claims(found)


@pytest.mark.parametrize("spoilt", ["Un feu ".encode("utf-16-le") + b"\x00\xd8", "Un feu ".encode("utf-16-le") + b"x"])
def test_what_cannot_be_decoded_costs_no_more_than_itself(spoilt: bytes) -> None:
    found = document(read(source(of_bytes({BODY: spoilt}, {}, 0x1F))))
    assert (found.text, found.lossy) == ("Un feu \ufffd", 1)


def test_a_mail_that_was_never_sent_from_here_has_its_sender_and_the_time_it_came() -> None:
    streams = msg_properties({BODY: "Un feu.", REPRESENTED: "Desk, The"})
    came = 133_000_000_000_000_000  # in tenths of a microsecond since 1601
    streams["__properties_version1.0"] += struct.pack("<IIQ", (DELIVERED << 16) | 0x40, 6, came)
    found = document(read(source(msg(streams))))
    assert {("author", "Desk, The"), ("published", "Sat, 18 Jun 2022 04:26:40 +0000")} <= claims(found)


def forwarded(times: int) -> bytes:
    """A mail that holds one that was forwarded, which holds another, and so on."""
    streams, place = msg_properties({BODY: "Un texte 0."}), ""
    for number in range(1, times + 1):
        streams |= {f"{place}{PLACE}__properties_version1.0": bytes(8)}
        place += f"{PLACE}__substg1.0_3701000D/"
        streams |= msg_properties({BODY: f"Un texte {number}."}, header_bytes=24, place=place)
    return msg(streams)


@pytest.mark.parametrize("times", [1, 7, 8, 9, 12])
def test_mails_that_were_forwarded_too_often_are_told_and_none_is_passed_over(times: int) -> None:
    [_, (inner, written), *more] = [
        (each, b"" if isinstance(each, BadMember) else b"".join(each.chunks))
        for each in container(read(source(forwarded(times))))
    ]
    assert inner.path == "part-1.eml"
    assert written.count(b"Content-Type: message/rfc822") == min(times, 8) - 1
    assert [(each.path, each.rejected.reason) for each, _ in more if isinstance(each, BadMember)] == (
        [("(forwarded more than 8 times)", RejectReason.TOO_DEEP)] if times > 8 else []
    )


def test_an_object_of_another_program_costs_its_mail_nothing_and_is_told() -> None:
    streams = {**msg_properties(LETTER), **msg_properties({NAME: "table.bin"}, header_bytes=8, place=PLACE)}
    data = msg({**streams, f"{PLACE}__substg1.0_3701000D/Workbook": b"x"})
    found = list(container(read(source(data))))
    assert [each.path for each in found] == ["message.eml", "table.bin"]
    assert isinstance(found[1], BadMember)
