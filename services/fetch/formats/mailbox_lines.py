"""The lines of a mailbox one by one, as far as it can be read, and together in pieces that are worth a step each."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from services.fetch.core.packing import FAULTS

LINE_BYTES = 64 << 10  # a longer line comes in pieces
PIECE_BYTES = 64 << 10
QUOTED = re.compile(rb">+From ")


class Lines:
    """A mailbox that is read once; what is wrong with it is kept until the mails before that are out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.damage: Exception | None = None

    def next(self) -> bytes:
        """The next line; empty at the end, or where the mailbox cannot be read on."""
        try:
            return self._file.readline(LINE_BYTES) if self.damage is None else b""
        except FAULTS as error:
            self.damage = error
            return b""

    def tell(self) -> None:
        """Raise what is wrong with the mailbox, once, if it was read up to there."""
        damage, self.damage = self.damage, None
        if damage is not None:
            raise damage


def together(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines in pieces."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PIECE_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
