"""A mailbox is read mail by mail, as it streams."""

import mailbox
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import Member, Source
from services.fetch.core.kinds import Kind
from services.fetch.core.sniffing import kind_of
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats.mbox import read
from tests.services.fetch.formats.writing import container, members, rejected, source

ONE = b"From ann@example.org Mon Jan 15 10:30:00 2018\nSubject: un\n\nPremier\n\n"
TWO = b"From - Mon Jan 15 10:31:00 2018\nSubject: deux\n\nSecond\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_mail_is_a_member_by_its_number(end: bytes) -> None:
    found = members(read(source((ONE + TWO).replace(b"\n", end))))
    assert [(member.path, member.media_type) for member, _ in found] == [
        ("1.eml", "message/rfc822"),
        ("2.eml", "message/rfc822"),
    ]
    assert found[0][1].replace(b"\r\n", b"\n") == b"Subject: un\n\nPremier\n\n"
    assert found[1][1].replace(b"\r\n", b"\n") == b"Subject: deux\n\nSecond\n"


def test_what_the_standard_library_writes_is_read_as_it_was(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    bodies = [f"Texte {number}\n\nFrom here on: nothing.\n" for number in range(5)]
    for body in bodies:
        message = EmailMessage()
        message["Subject"] = "a"
        message.set_content(body)
        box.add(message)
    box.close()
    found = [
        data.partition(b"\n\n")[2].decode().rstrip("\n")
        for _, data in members(read(source((tmp_path / "box").read_bytes())))
    ]
    assert found == [body.rstrip("\n") for body in bodies]


def test_prose_that_begins_with_from_begins_no_mail() -> None:
    data = ONE + b"From the beginning it was clear.\nSo it went.\n\nFrom: nobody\n\n" + TWO
    assert len(members(read(source(data)))) == 2


def test_a_mailbox_without_blank_lines_between_its_mails_is_read_too() -> None:
    assert len(members(read(source(ONE.rstrip() + b"\n" + ONE + TWO)))) == 3


def test_quoted_lines_lose_one_mark() -> None:
    data = ONE + b">From a\n>>From b\n> From c\n"
    assert members(read(source(data)))[0][1].endswith(b"From a\n>From b\n> From c\n")


def test_who_has_enough_of_a_mail_finds_the_next() -> None:
    box = iter(read(source(ONE + TWO)))  # type: ignore[arg-type]
    next(iter(next(box).chunks))  # type: ignore[union-attr]
    assert b"".join(next(box).chunks).startswith(b"Subject: deux")  # type: ignore[union-attr]


def test_a_line_without_end_comes_in_pieces() -> None:
    data = ONE + TWO + b"a" * 1_000_000 + b"\n"
    box = read(source(data))
    assert max(len(chunk) for member in box for chunk in member.chunks) <= 128 << 10  # type: ignore[union-attr]


def test_what_holds_no_mail_is_no_mailbox() -> None:
    assert rejected(read(source(b"From nowhere\nto nowhere"))) is RejectReason.UNREADABLE
    assert rejected(read(source(b"Texte\n" * 1000))) is RejectReason.UNREADABLE


@pytest.mark.parametrize("box", [mailbox.MMDF, mailbox.Babyl])
def test_mailboxes_with_marks_around_each_mail_are_read(box: Any, tmp_path: Path) -> None:
    written = box(tmp_path / "box")
    for number in range(3):
        message = EmailMessage()
        message["Subject"] = f"Mail {number}"
        message.set_content(f"Texte {number}\n\nFrom here on: nothing.\n")
        written.add(message)
    written.close()
    data = (tmp_path / "box").read_bytes()
    kind = kind_of(Source(data, "a.txt"))
    assert isinstance(kind, Kind)
    assert kind.media_type == "application/mbox"
    found = [message_from_bytes(each) for _, each in members(read(source(data)))]
    assert [each["Subject"] for each in found] == ["Mail 0", "Mail 1", "Mail 2"]
    assert [str(each.get_payload()).strip() for each in found] == [
        f"Texte {number}\n\nFrom here on: nothing." for number in range(3)
    ]


def test_the_mail_in_the_middle_of_which_such_a_mailbox_ends_is_none() -> None:
    mark = b"\x01\x01\x01\x01\n"
    data = mark + b"Subject: un\n\nPremier\n" + mark + mark + b"Subject: deux\n\nSec"
    found = iter(container(read(source(data))))
    whole = next(found)
    assert isinstance(whole, Member)
    assert b"".join(whole.chunks) == b"Subject: un\n\nPremier\n"
    cut = next(found)
    assert isinstance(cut, Member)
    with pytest.raises(Broken):
        b"".join(cut.chunks)


def test_a_mailbox_with_marks_is_read_as_it_comes() -> None:
    mark = b"\x01\x01\x01\x01\n"
    data = mark + b"Subject: un\n\nPremier\n" + mark + mark + b"Subject: deux\n\nSecond\n" + mark
    assert [each for _, each in members(read(source(data)))] == [
        b"Subject: un\n\nPremier\n",
        b"Subject: deux\n\nSecond\n",
    ]
