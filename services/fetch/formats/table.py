"""Tables with a column of texts (CSV, TSV): each row is an article, and read as the JSON object that it amounts to."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, TextIO

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats.called import DATES_OF_TABLES, known
from services.fetch.formats.json_article import MEDIA_TYPE
from services.fetch.formats.json_keys import TEXTS, TEXTS_BESIDE

DELIMITERS = (",", ";", "\t", "|")
HEAD_BYTES = 256 << 10  # by which the columns are told, and the encoding unless they are ASCII
MAX_FIELD_CHARACTERS = 16 << 20
MAX_COLUMNS = 1000
MAX_COLUMNS_SAID = 20
QUOTED = re.compile(r'"[^"]*"')
LOST = "\udcff"  # stands for what could not be decoded, until it is counted: in no text, for it cannot be encoded
MARKED = "wireroom-marked"  # the way of treating errors that puts it in
BESIDE_UTF8 = "utf-8-and-"  # before the encoding of the rows that are not
SEPARATOR_SAID = "sep="  # in a line before the header, for Excel


def read(source: Source) -> Read:
    """The rows, where one of the columns is a text; else why not, with the columns that it has."""
    mapping = dict(source.keys)
    with source.open() as file:
        head = file.read(HEAD_BYTES)
        decoded = decode(head, told_codec(source.charset))
        told = decode(_foreign(head, file), told_codec(source.charset)).encoding if head.isascii() else decoded.encoding
    delimiter = _delimiter(decoded.text, source.name)
    try:
        start = _Lines(io.StringIO(decoded.text, newline=""), ends_in_text=False)
        header = next(_rows(start, delimiter), [])
    except csv.Error as error:
        return Rejected(RejectReason.UNREADABLE, f"it is no table: {error}")
    columns = [_column(name, mapping) for name in header]
    if not _texts(columns, mapping):
        return Rejected(RejectReason.UNSUPPORTED, _unknown(header))
    is_utf8 = told.startswith("utf-8")
    encoding, errors = ("utf-8", "surrogateescape") if is_utf8 else (told, MARKED)
    lines = io.TextIOWrapper(source.open(), encoding, errors=errors, newline="")
    charset = told.removeprefix(BESIDE_UTF8) if told.startswith(BESIDE_UTF8) else source.charset
    member = partial(_member, charset=charset) if is_utf8 else _marked
    return _members(_Lines(lines, ends_in_text=_texts(columns[-1:], mapping)), delimiter, columns, member)


def _foreign(head: bytes, file: BinaryIO) -> bytes:
    """The first piece with a byte beyond ASCII, and the one behind it; `head` where there is none."""
    if b"\x00" in head:  # two bytes a character
        return head
    piece = head
    try:
        while piece and piece.isascii():
            piece = file.read(HEAD_BYTES)
        return piece + file.read(HEAD_BYTES) if piece else head
    except Broken:  # it is cut: the rows say so
        return piece if not piece.isascii() else head


def _delimiter(head: str, name: str) -> str:
    """The sign that parts the first line into most columns; what the name says breaks ties."""
    first = QUOTED.sub("", next((line for line in head.splitlines() if line.strip()), ""))
    by_name = "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    return max(DELIMITERS, key=lambda sign: (first.count(sign), sign == by_name))


def _rows(lines: "_Lines", delimiter: str) -> Iterator[list[str]]:
    """Rows as the csv module reads them; empty ones are none, and one that only names the delimiter."""
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    bare = (line.replace("\x00", "").lstrip("\ufeff") for line in lines)
    rows = (row for row in csv.reader(bare, delimiter=delimiter) if any(cell.strip() for cell in row))
    for number, row in enumerate(rows):
        if number or row[0].lower() != SEPARATOR_SAID or any(row[1:]):
            yield row


class _Lines:
    """Lines of which none is longer than a field may be: of a longer one the pieces."""

    def __init__(self, lines: TextIO, *, ends_in_text: bool) -> None:
        self._lines, self._last, self._are_over, self._ends_in_text = lines, "", False, ends_in_text

    def __iter__(self) -> Iterator[str]:
        while line := self._lines.readline(MAX_FIELD_CHARACTERS + 1):
            self._last = line
            yield line
        self._are_over = True

    def end_in(self, row: list[str], columns: int) -> bool:
        """Whether they ended in the middle of this row: in quotes, or before its line and its cells did.

        Many programs end no last line: of a row that has all its cells then, the last one may be empty, but no text.
        """
        is_whole = len(row) >= columns and bool(row[-1] or not self._ends_in_text)
        return self._are_over or not (self._last.endswith(("\n", "\r")) or is_whole)


def _column(name: str, mapping: Mapping[str, str]) -> str:
    bare = name.strip().strip("\ufeff")
    if bare in mapping.values():
        return bare
    return known(bare) or DATES_OF_TABLES.get(bare.lower(), bare)


def _texts(columns: list[str], mapping: Mapping[str, str]) -> bool:
    if mapping.get("text") in columns:
        return True
    return any(column in TEXTS or column in TEXTS_BESIDE for column in columns)


def _unknown(header: list[str]) -> str:
    said = ", ".join(name.strip()[:40] or "(nameless)" for name in header[:MAX_COLUMNS_SAID])
    return f"no column of texts was found among: {said or 'none'}; WIREROOM_FETCH_JSON_MAPPING can say which one it is"


def _members(
    lines: "_Lines", delimiter: str, columns: list[str], member: Callable[[str, str], Member]
) -> Iterator[Member | BadMember]:
    rows = _rows(lines, delimiter)
    next(rows, None)
    number = 0
    while True:
        number += 1
        path = f"row-{number}.json"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadMember(
                path, Rejected(RejectReason.UNREADABLE, f"row {number} and what follows is no table: {error}")
            )
            return
        if lines.end_in(row, len(columns)):
            yield BadMember(path, Rejected(RejectReason.UNREADABLE, f"the table ends in the middle of row {number}"))
            return
        while len(row) > len(columns) and not row[-1].strip():  # some end each line with a delimiter, but not the first
            row.pop()
        if len(row) > len(columns) or len(row) > MAX_COLUMNS:
            detail = f"row {number} has {len(row)} cells under {len(columns)} columns"
            yield BadMember(path, Rejected(RejectReason.UNREADABLE, detail))
            continue
        cells: dict[str, str] = {}
        for column, cell in zip(columns, row, strict=False):
            if column and cell.strip():
                cells.setdefault(column, cell)  # of two columns of one name the first that says something
        yield member(path, json.dumps(cells, ensure_ascii=False))


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return LOST, error.end


codecs.register_error(MARKED, _mark)


def _marked(path: str, row: str) -> Member:
    """A row of a table that is no UTF-8: what is lost of it is counted here, for it goes on as whole UTF-8."""
    return Member(path, [row.replace(LOST, "\ufffd").encode()], MEDIA_TYPE, lossy=row.count(LOST))


def _member(path: str, row: str, charset: str | None) -> Member:
    """A row as what it is: one that is no UTF-8 in its own bytes, of which `charset` tells what they may be.

    Not in ASCII: who reads it looks for mojibake, as in any other text, and counts what is damaged.
    """
    try:
        return Member(path, [row.encode()], MEDIA_TYPE)
    except UnicodeEncodeError:
        return Member(path, [row.encode("utf-8", "surrogateescape")], MEDIA_TYPE, charset)
