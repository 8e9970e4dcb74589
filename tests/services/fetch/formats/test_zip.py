"""ZIP archives: what is packed as Python does not, names of Windows, directories that are gone or tell otherwise."""

import lzma
import struct
import zipfile
from base64 import b85decode
from collections.abc import Callable, Iterator

import inflate64
import pyppmd
import pytest
import zstandard
from py7zr.exceptions import UnsupportedCompressionMethodError

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Source
from services.fetch.core.packing import FAULTS
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import sevenzips, zips
from tests.services.fetch.archives import sevenzipped, zipped
from tests.services.fetch.formats.reads import bytes_of, members
from tests.services.fetch.test_expansion import Taken


def whole(data: bytes) -> int:
    """How many files come out of it whole."""
    return sum(1 for _ in _whole(data))


def _whole(data: bytes) -> Iterator[bytes]:
    members = zips.read(Source(data, "a.zip"))
    assert isinstance(members, Iterator)
    try:
        for member in members:
            if isinstance(member, Member):
                try:
                    yield b"".join(member.chunks)
                except zipfile.BadZipFile:
                    continue
            else:
                assert isinstance(member, BadMember)
    except Broken:  # which says that the directory is
        return


@pytest.mark.parametrize(
    ("files", "method", "size"),
    [(500, zipfile.ZIP_DEFLATED, 300), (3, zipfile.ZIP_BZIP2, 700_000), (70, zipfile.ZIP_STORED, 40)],
)
def test_without_a_directory_every_file_comes_in(files: int, method: int, size: int) -> None:
    data = zipped([(f"{number}.txt", b"un mot " * (size // 7)) for number in range(files)], method)

    assert whole(data[: data.index(b"PK\x01\x02")]) == files


def test_a_file_that_has_another_name_than_its_directory_says_is_bad_alone() -> None:
    data = bytearray(zipped([(f"{number:03}.txt", b"un mot") for number in range(100)]))
    data[data.index(b"050.txt")] = ord("x")

    assert whole(bytes(data)) == 99


def _packed_as(method: int, packed: bytes, content: bytes) -> bytes:
    """An archive of one file, of which it is told that it is packed so: Python writes none of these."""
    data = bytearray(zipped([("a.txt", content)], zipfile.ZIP_STORED))
    head, directory = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    for at, begins in ((head, 8), (directory, 10)):
        struct.pack_into("<H", data, at + begins, method)
        struct.pack_into("<L", data, at + begins + 10, len(packed))
    begins = data.index(content)
    return zip_end(bytes(data[:begins]) + packed, bytes(data[directory:]))


def zip_end(files: bytes, directory: bytes) -> bytes:
    """The archive with its directory behind its files, which says where it begins."""
    end = bytearray(directory)
    struct.pack_into("<L", end, end.index(b"PK\x05\x06") + 16, len(files))
    return files + bytes(end)


WORDS = b" ".join(b"mot%d" % (number * 7919 % 9973) for number in range(9000))


def _deflate64(content: bytes) -> bytes:
    deflater = inflate64.Deflater()
    return bytes(deflater.deflate(content) + deflater.flush())


def _ppmd(content: bytes) -> bytes:
    encoder = pyppmd.Ppmd8Encoder(6, 16 << 20, 0)
    return struct.pack("<H", 5 | 15 << 4) + bytes(encoder.encode(content) + encoder.flush())


PACKED = [(9, _deflate64), (93, zstandard.compress), (95, lzma.compress), (98, _ppmd)]


@pytest.mark.parametrize(("method", "pack"), PACKED)
def test_what_other_programs_pack_otherwise_is_read(method: int, pack: Callable[[bytes], bytes]) -> None:
    [member] = members(zips.read, _packed_as(method, pack(WORDS), WORDS))

    assert bytes_of(member) == WORDS


@pytest.mark.parametrize(("method", "pack"), PACKED)
def test_what_is_packed_otherwise_and_damaged_says_so(method: int, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(WORDS)
    for broken in (packed[: len(packed) // 2], packed[:400] + b"\xff" * 40 + packed[440:], b""):
        [member] = members(zips.read, _packed_as(method, broken, WORDS))

        with pytest.raises(FAULTS):
            bytes_of(member)


def test_what_is_packed_in_a_way_that_nobody_reads_is_no_damage() -> None:
    [member] = members(zips.read, _packed_as(6, b"imploded", WORDS))

    with pytest.raises(NotImplementedError):
        bytes_of(member)


@pytest.mark.parametrize("name", ["..\\..\\un.txt", ".\\un.txt", "C:\\dossier\\un.txt"])
def test_a_name_with_the_separators_of_windows_is_not_hidden(name: str) -> None:
    [member] = members(zips.read, zipped([(name, b"un mot"), ("a\\Thumbs.db", b"x"), ("a\\.cache\\b", b"x")]))

    assert bytes_of(member) == b"un mot"


def test_a_7z_archive_packed_in_a_way_that_is_not_read_says_so_of_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UnsupportedCompressionMethodError(b"", "BCJ2 is not supported")

    found = members_of_7z([("a.txt", b"un"), ("b.txt", b"deux")])
    monkeypatch.setattr("py7zr.archiveinfo.SevenZipDecompressor", refuse)

    with pytest.raises(NotImplementedError, match="BCJ2"):
        bytes_of(next(found))
    second = next(found)
    assert isinstance(second, BadMember)
    assert second.rejected.reason == RejectReason.UNSUPPORTED


# A program packed with BCJ2 (7-Zip 16.02), into four streams, and a text in a stream behind them.
BCJ2 = b85decode(
    "H+sCUCma9-Fk)j*SpWb400000z5oCK00000+J~B;04A1>a1Cu`*H04zYjPjuy+8l}00000000000000000000CK*5m(?eI?0iyq*S%>SMX~8yi-"
    "7p#aFV!9zgrj&p(A+_H58$s1@P*8yp=s|4sib}s009IB00jvX1_cE+00#>K00big0RaVF01yBGBLe{e1zi9T001Kc0RaVF01yBG6axbR8w3Fb0"
    "0aR80s;mB00AQd0RaVF01yBG3;+OtxPZ7f00;^Js^%4&UJeIX000F783+IX00000000pw0AT=d0CE6t0A~O$0A&Dp0A&CG0Ac`i0A&Dp0CWH@0"
    "CWI&0CWHV02u-R02C4d00JsMEpC3@0YWA}EpC3@0Tl`X03d**fgpgSfdBv"
)


async def test_what_lies_behind_a_program_packed_with_bcj2_is_read_and_of_that_it_is_said_what_it_is() -> None:
    taken = await Taken().take(BCJ2, "a.7z")

    assert taken.ends() == {"": "expanded", "aprog.exe": "unsupported", "btext.txt": "fetched"}
    assert [each.detail for each in taken.beyond.rejections] == [
        "it is packed in a way that is not read: BCJ2 filter is not supported by py7zr"
    ]


def members_of_7z(files: list[tuple[str, bytes]]) -> Iterator[Member | BadMember]:
    """What comes of a 7z archive of these, one by one."""
    found = sevenzips.read(Source(sevenzipped(files), "a.7z"))
    assert isinstance(found, Iterator)
    return found
