"""Mailboxes: mails one after the other, each behind a line that begins with "From "; a line of it is held at a time."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import mmdf
from services.fetch.formats.mailbox_lines import LINE_BYTES, QUOTED, Lines, together

ONLY_ONE = 2  # has begun, behind what stands before it: somebody may have written it by hand, and not ended its line
# A line of prose may begin with "From " too: what stands behind it must look like a mail's header.
HEADER_FIELD = re.compile(rb">?From |[!-9;-~]{1,76}:")
STRICT = re.compile(rb"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d")  # some leave no blank line before it
BOUNDARY = re.compile(
    rb'^Content-Type:[ \t]*multipart/[^\n]*(?:\n[ \t][^\n]*)*?boundary="?([^"\r\n;]{1,70})',
    re.IGNORECASE | re.MULTILINE,
)


def read(source: Source) -> Read:
    """The mails, in the mailbox's order, by their numbers; "From " is freed of the mark that the mailbox gave it."""
    with source.open() as file:
        marked = mmdf.is_marked(file.readline(LINE_BYTES))
    if marked:
        return mmdf.read(source)
    mailbox = _Mailbox(source.open())
    if not mailbox.found():
        return Rejected(RejectReason.UNREADABLE, "no mail begins anywhere in the mailbox")
    return _mails(mailbox)


def _mails(mailbox: "_Mailbox") -> Iterator[Member | BadMember]:
    number, more = 0, True
    while more:
        number += 1
        lines = mailbox.lines()
        yield Member(f"{number}.eml", together(lines), "message/rfc822")
        for _ in lines:  # whoever took it may have had enough of it
            pass
        more = mailbox.another
    mailbox.file.tell()


class _Mailbox:
    """A mailbox that is read once, line by line, and stands at the first line of a mail."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = Lines(file)
        self._next = self.file.next()
        self._begun = 0
        self.another = False

    def found(self) -> bool:
        """Go to the first mail; whether there is one."""
        for _ in self.lines():
            pass
        return self.another

    def lines(self) -> Iterator[bytes]:
        """The lines of the mail up to the next one, which `another` then speaks of; raises where it is cut."""
        self.another, blank, whole = False, True, True
        parts = _Parts()
        self._begun += 1
        while line := self._next:
            self._next = self.file.next()
            begins = line.startswith(b"From ") if blank else whole and STRICT.match(line)
            if begins and HEADER_FIELD.match(self._next):
                self.another = True
                return
            if blank and not self._next and _begins_one(line):  # of which there is no more
                self.file.damage = self.file.damage or Broken("the mailbox ends where a mail begins")
                return
            parts.come(line)
            yield line[1:] if whole and QUOTED.match(line) else line
            blank, whole = whole and not line.strip(), line.endswith(b"\n")
        self.file.tell()
        if parts.are_open:
            raise Broken("the mailbox ends before the last part of the mail does")
        if not (whole or parts.are_closed) and self._begun > ONLY_ONE:
            raise Broken("the mailbox ends in the middle of a line")


def _begins_one(line: bytes) -> bool:
    return STRICT.match(line) is not None or (not line.endswith(b"\n") and line[:5] == b"From "[: len(line)])


class _Parts:
    """Whether the outermost parts of a mail have come to their end; without parts nobody can tell."""

    def __init__(self) -> None:
        self._head: list[bytes] | None = []
        self._size, self._mark = 0, b""
        self.are_open = self.are_closed = False

    def come(self, line: bytes) -> None:
        """The mail's next line."""
        if self._head is not None:
            self._head.append(line)
            self._size += len(line)
            if line.strip() and self._size < LINE_BYTES:
                return
            found = BOUNDARY.search(b"".join(self._head))
            self._head, self._mark = None, b"--" + found[1].rstrip() if found else b""
        elif self._mark and line.startswith(self._mark):
            self.are_closed = line.startswith(b"--", len(self._mark))
            self.are_open = not self.are_closed
