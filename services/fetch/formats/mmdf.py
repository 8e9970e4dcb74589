"""Mailboxes with a mark around each mail: MMDF, and Babyl of old Emacs; a line of them is held at a time."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from contracts.outcomes import RejectReason
from services.fetch.core.document import Member, Read, Rejected, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats.mailbox_lines import LINE_BYTES, QUOTED, Lines, together

MMDF, BABYL = b"\x01\x01\x01\x01", b"BABYL OPTIONS:"
NEXT, LAST = b"\x1f\x0c", b"\x1f"  # of Babyl: between mails, and behind them all
AS_SHOWN = b"*** EOOH ***"  # Babyl: behind the header as it came, before the part of it that was shown


def is_marked(head: bytes) -> bool:
    """Whether a mailbox begins like one of these."""
    return head.startswith((MMDF, BABYL))


def read(source: Source) -> Read:
    """The mails by their numbers."""
    with source.open() as file:
        is_babyl = file.readline(LINE_BYTES).startswith(BABYL)
    mails = _Marked(source.open(), is_babyl=is_babyl)
    return _members(mails) if mails.go_to_next() else Rejected(RejectReason.UNREADABLE, "no mail begins in the mailbox")


def _members(mails: "_Marked") -> Iterator[Member]:
    number, more = 0, True
    while more:
        number += 1
        lines = mails.lines()
        mail = _as_it_came(lines) if mails.is_babyl else _bare(lines)
        yield Member(f"{number}.eml", together(mail), "message/rfc822")
        for _ in lines:  # whoever took it may have had enough of it
            pass
        more = mails.go_to_next()
    mails.file.tell()


class _Marked:
    """A mailbox that is read once, line by line."""

    def __init__(self, file: BinaryIO, *, is_babyl: bool) -> None:
        self.file, self.is_babyl = Lines(file), is_babyl
        self._has_begun = False

    def go_to_next(self) -> bool:
        """Go behind the mark before the next mail; whether there is one."""
        while not self._has_begun and (line := self.file.next()):
            self._has_begun = line.rstrip(b"\r\n") == (NEXT if self.is_babyl else MMDF)
        return self._has_begun

    def lines(self) -> Iterator[bytes]:
        """The lines up to the mark behind the mail; raises where there is none."""
        self._has_begun = False
        while line := self.file.next():
            mark = line.rstrip(b"\r\n")
            if mark == MMDF if not self.is_babyl else mark in (NEXT, LAST):
                self._has_begun = mark == NEXT
                return
            yield line
        self.file.tell()
        raise Broken("the mailbox ends in the middle of this mail")


def _bare(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A mail without the line of a mailbox's that stands before it, and the marks that lines like it were given."""
    for number, line in enumerate(lines):
        if number or not line.startswith(b"From "):
            yield line[1:] if QUOTED.match(line) else line


def _as_it_came(lines: Iterator[bytes]) -> Iterator[bytes]:
    """A mail of Babyl: its header as it came, where that is told apart from what was shown of it, and its text."""
    told_apart = next(lines, b"").startswith(b"1")
    for line in lines:
        if line.rstrip() == AS_SHOWN:
            break
        if told_apart and line.strip():
            yield line
    if told_apart:
        while next(lines, b"").strip():
            pass
        yield b"\n"
    yield from lines
