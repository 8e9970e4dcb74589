"""Tables with a column of texts (CSV, TSV): each row is an article, and read as the JSON object that it amounts to."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.formats.json_article import MEDIA_TYPE
from services.fetch.formats.json_any import NO_MAPPING
from services.fetch.formats.json_keys import PATHS, TEXTS, TEXTS_BESIDE

DELIMITERS = (",", ";", "\t", "|")
HEAD_CHARACTERS = 64 << 10
MAX_FIELD_CHARACTERS = 16 << 20
MAX_COLUMNS = 1000
MAX_COLUMNS_SAID = 20
# What a column is called where JSON has another name for it; compared without case, spaces and underscores.
ALIASES = {
    "texte": "text",
    "testo": "text",
    "texto": "text",
    "contenu": "text",
    "articletext": "text",
    "titre": "title",
    "titel": "title",
    "titulo": "title",
    "título": "title",
    "titolo": "title",
    "heading": "title",
    "auteur": "author",
    "autor": "author",
    "autore": "author",
    "datum": "date",
    "fecha": "date",
    "publishdate": "publish_date",
    "langue": "language",
    "sprache": "language",
    "lien": "url",
    "rubrique": "section",
}
KNOWN = {
    "".join(name.lower().split("_")): name
    for name in (*TEXTS, *TEXTS_BESIDE, *(path for paths in PATHS.values() for path in paths))
    if "." not in name
} | ALIASES


def read(source: Source, mapping: Mapping[str, str] = NO_MAPPING) -> Read:
    """The rows, where one of the columns is a text; else why not, with the columns that it has."""
    text = decode(source.data, told_codec(source.charset)).text
    head = text[:HEAD_CHARACTERS]
    delimiter = _delimiter(head, source.name)
    header = next(_rows(head, delimiter), [])
    columns = [_column(name, mapping) for name in header]
    if not _texts(columns, mapping):
        return Rejected(RejectReason.UNREADABLE, _unknown(header))
    return _members(text, delimiter, columns)


def _delimiter(head: str, name: str) -> str:
    """The sign that parts the first line into most columns; what the name says breaks ties."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    ranked = sorted(
        DELIMITERS, key=lambda sign: (len(next(_rows(first, sign), [])), name.endswith(".tsv") == (sign == "\t"))
    )
    return ranked[-1]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows as the csv module reads them; it ends where that finds a field beyond all bounds."""
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    yield from (row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row))


def _column(name: str, mapping: Mapping[str, str]) -> str:
    bare = name.strip().strip("\ufeff")
    if bare in mapping.values():
        return bare
    return KNOWN.get("".join(bare.lower().replace("-", "_").replace(" ", "_").split("_")), bare)


def _texts(columns: list[str], mapping: Mapping[str, str]) -> bool:
    if "text" in mapping:
        return mapping["text"] in columns
    return any(column in TEXTS or column in TEXTS_BESIDE for column in columns)


def _unknown(header: list[str]) -> str:
    said = ", ".join(name.strip()[:40] or "(nameless)" for name in header[:MAX_COLUMNS_SAID])
    return f"no column of texts was found among: {said or 'none'}; WIREROOM_FETCH_JSON_MAPPING can say which one it is"


def _members(text: str, delimiter: str, columns: list[str]) -> Iterator[Member | BadMember]:
    rows = _rows(text, delimiter)
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
        if len(row) > len(columns) or len(row) > MAX_COLUMNS:
            detail = f"row {number} has {len(row)} cells under {len(columns)} columns"
            yield BadMember(path, Rejected(RejectReason.UNREADABLE, detail))
            continue
        cells = {column: cell for column, cell in zip(columns, row, strict=False) if column and cell.strip()}
        yield Member(path, [json.dumps(cells).encode()], MEDIA_TYPE)
