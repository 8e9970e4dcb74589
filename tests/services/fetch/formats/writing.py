"""Small documents of each format, written by hand: as good as what programs write, or as bad as anybody may."""

import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import cast

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Read, ReadDocument, Rejected, Source

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def document(read: Read) -> ReadDocument:
    assert isinstance(read, ReadDocument), read
    return read


def rejected(read: Read) -> RejectReason:
    assert isinstance(read, Rejected), read
    return read.reason


def members(read: Read) -> list[tuple[Member, bytes]]:
    """The good members with their bytes."""
    return [(each, b"".join(each.chunks)) for each in container(read) if isinstance(each, Member)]


def everything(read: Read) -> list[str]:
    """The paths of good members; of bad ones with their reason."""
    return [
        each.path if isinstance(each, Member) and b"".join(each.chunks) is not None else _named(each)
        for each in container(read)
    ]


def claims(read: ReadDocument | Member) -> set[tuple[str, str]]:
    return {(claim.field, claim.value) for claim in read.claims}


def source(data: bytes, name: str = "") -> Source:
    return Source(data, name)


def zipped(parts: Mapping[str, bytes | str], *, stored: Sequence[str] = ()) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else None)
    return file.getvalue()


def docx(body: str, *, core: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document whose body is the WordprocessingML in `body`."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    if core:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{core}'
            "</cp:coreProperties>"
        )
    return zipped({**parts, **(more or {})})


def word_paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, *, meta: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument text whose body is `body`."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {namespaces}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f'<office:document-meta {namespaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            f"{meta}</office:meta></office:document-meta>",
            **(more or {}),
        }
    )


def epub(
    chapters: Mapping[str, str], *, meta: str = "", nav: str = "", more: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A book of `chapters`, HTML by file name, in their order."""
    items = "".join(
        f'<item id="c{n}" href="text/{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</metadata><manifest>{items}'
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
            f'<spine><itemref idref="nav"/>{spine}</spine></package>',
            "OEBPS/nav.xhtml": f"<html><body><nav><ol>{nav}</ol></nav></body></html>",
            **{f"OEBPS/text/{name}": page for name, page in chapters.items()},
            **(more or {}),
        }
    )


def pdf(pages: Sequence[Sequence[str]], *, info: bytes = b"", count: int | None = None) -> bytes:
    """A PDF of lines; a line that begins with # is set in large letters."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages) if count is None else count),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        drawn = b"BT 15 TL 50 750 Td " + b" ".join(map(_drawn, lines)) + b" ET"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    objects.append(b"<<%s>>" % info)
    return _pdf_file(objects)


def pdf_of(*words: tuple[float, float, str], size: int = 11) -> bytes:
    """A PDF of a page with words at their places, in the order in which they are written."""
    drawn = b" ".join(b"1 0 0 1 %.1f %.1f Tm (%s) Tj" % (left, base, _escaped(text)) for left, base, text in words)
    drawn = b"BT /F1 %d Tf %s ET" % (size, drawn)
    return _pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
            b"<<>>",
        ]
    )


def _drawn(line: str) -> bytes:
    size, text = (24, line[1:]) if line.startswith("#") else (12, line)
    return b"/F1 %d Tf (%s) Tj T*" % (size, _escaped(text))


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _pdf_file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(out))
    )


def msg(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of `streams` by path; all of them small."""
    return _Compound(streams).file()


def msg_properties(strings: Mapping[int, str], *, header_bytes: int = 32, place: str = "") -> dict[str, bytes]:
    """The streams of an Outlook message or attachment with these text properties."""
    entries = b"".join(
        struct.pack("<IIQ", (tag << 16) | 0x001F, 6, 2 * len(value) + 2) for tag, value in strings.items()
    )
    streams = {f"{place}__substg1.0_{tag:04X}001F": value.encode("utf-16-le") for tag, value in strings.items()}
    return {f"{place}__properties_version1.0": b"\0" * header_bytes + entries, **streams}


_Storage = dict[str, "bytes | _Storage"]


class _Compound:
    SECTOR, MINI, FREE, END, FAT = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

    def __init__(self, streams: Mapping[str, bytes]) -> None:
        self.root: _Storage = {}
        for path, data in streams.items():
            *places, name = path.split("/")
            storage = self.root
            for place in places:
                storage = cast("_Storage", storage.setdefault(place, {}))
            storage[name] = data
        self.mini, self.mini_fat = b"", list[int]()

    def file(self) -> bytes:
        directory = self._directory()
        parts = [directory, self._packed(self.mini_fat), self.mini]
        sectors = [-(-len(part) // self.SECTOR) for part in parts]
        fat = [self.FAT]
        starts = []
        for count in sectors:
            starts.append(len(fat) if count else self.END)
            fat += [len(fat) + n + 1 for n in range(count - 1)] + [self.END] * bool(count)
        root = bytearray(parts[0])
        struct.pack_into("<IQ", root, 116, starts[2], len(self.mini))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, starts[0], 0,
            4096, starts[1], sectors[1], self.END, 0, 0,
        )  # fmt: skip
        header = header.ljust(512, b"\xff")
        body = b"".join(
            bytes(part).ljust(n * 512, b"\0") for part, n in zip([bytes(root), *parts[1:]], sectors, strict=True)
        )
        return header + self._packed(fat).ljust(512, b"\xff") + body

    def _directory(self) -> bytes:
        """The entries, level by level: those of one storage stand together."""
        entries: list[tuple[str, int, int, int, int, int]] = []  # name, type, next, child, start, size
        entries.append(("Root Entry", 5, self.FREE, 1 if self.root else self.FREE, 0, 0))
        level, following = [self.root], 1 + len(self.root)
        while level:
            inner = []
            for storage in level:
                last = len(entries) + len(storage) - 1
                for name, held in storage.items():
                    beside = len(entries) + 1 if len(entries) < last else self.FREE
                    if isinstance(held, bytes):
                        entries.append((name, 2, beside, self.FREE, *self._kept(held)))
                        continue
                    entries.append((name, 1, beside, following if held else self.FREE, 0, 0))
                    following += len(held)
                    inner.append(held)
            level = inner
        return b"".join(self._entry(*entry) for entry in entries)

    def _kept(self, data: bytes) -> tuple[int, int]:
        if not data:
            return self.END, 0
        start = len(self.mini_fat)
        count = -(-len(data) // self.MINI)
        self.mini_fat += [start + n + 1 for n in range(count - 1)] + [self.END]
        self.mini += data.ljust(count * self.MINI, b"\0")
        return start, len(data)

    def _entry(self, name: str, kind: int, beside: int, child: int, *place: int) -> bytes:
        encoded = name.encode("utf-16-le")
        return struct.pack("<64sHBBIII36xIQ", encoded, len(encoded) + 2, kind, 1, self.FREE, beside, child, *place)

    def _packed(self, numbers: list[int]) -> bytes:
        return struct.pack(f"<{len(numbers)}I", *numbers)


def container(read: Read) -> Iterator[Member | BadMember]:
    assert not hasattr(read, "reason"), read
    assert not isinstance(read, ReadDocument), read
    return iter(read)  # type: ignore[arg-type]


def _named(each: Member | BadMember) -> str:
    return f"{each.path}: {each.rejected.reason}" if isinstance(each, BadMember) else each.path
