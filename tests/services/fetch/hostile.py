"""Archives that mean harm, each made here: what it is called, its bytes, and how it and what is in it may end."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import zstandard

from tests.services.fetch.archives import PACKERS, encrypted_zip, link, sevenzipped, tarred, zipped

TEXT = "Le conseil a voté le budget hier soir, après un long débat.".encode()
ZEROS = bytes(1 << 20)
BOMB_MEBIBYTES = 24
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


class Hostile(NamedTuple):
    """One of them; `ends` are those of the inputs that come of it, the root's own first, as reasons or outcomes."""

    called: str
    data: bytes
    ends: set[str]


def all_of_them() -> Iterator[Hostile]:
    """Every one, one after the other: they do not lie in memory together."""
    yield from bombs()
    yield from broken()
    yield from names()
    yield from tars()
    yield from zips()


def bombs() -> Iterator[Hostile]:
    """What grows out of all proportion."""
    for called, packed in (
        ("gz", _streamed(zlib.compressobj(9, zlib.DEFLATED, 31))),
        ("bz2", _streamed(bz2.BZ2Compressor())),
        ("xz", _streamed(lzma.LZMACompressor(preset=0))),
        ("zst", _streamed(zstandard.ZstdCompressor().compressobj())),
    ):
        yield Hostile(f"a bomb in {called}", packed, {"expanded", "bomb"})
    big = ZEROS * 32
    for called, method in (("deflate", zipfile.ZIP_DEFLATED), ("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        data = zipped([("a.txt", TEXT), ("b.txt", big)], method)
        yield Hostile(f"a bomb in a ZIP by {called}", data, {"expanded", "fetched", "bomb"})
    yield Hostile("a bomb in a 7z archive", sevenzipped([("b.txt", big)]), {"expanded", "bomb"})
    layer = zipped([(f"{number}.txt", ZEROS) for number in range(16)])
    for _ in range(3):
        layer = zipped([(f"{number}.zip", layer) for number in range(16)])
    yield Hostile("ZIPs of sixteen in ZIPs of sixteen", layer, {"expanded", "bomb", "fetched", "no_text", "not_text"})
    deep = TEXT
    for _ in range(30):
        deep = zipped([("a.zip", deep)], zipfile.ZIP_STORED)
    yield Hostile("thirty ZIPs one in another", deep, {"expanded", "too_deep"})
    deep = TEXT
    for _ in range(30):
        deep = gzip.compress(deep)
    yield Hostile("thirty times gzip", deep, {"expanded", "too_deep"})
    many = zipped([(f"{number}.txt", b"") for number in range(3000)])
    yield Hostile("very many empty members", many, {"expanded", "empty", "too_many"})


def broken() -> Iterator[Hostile]:
    """What is not what it says."""
    whole = {
        "zip": zipped([("a.txt", TEXT * 40), ("b.txt", TEXT)]),
        "tar": tarred([("a.txt", TEXT * 40), ("b.txt", TEXT)]),
        "tar.gz": tarred([("a.txt", TEXT * 40), ("b.txt", TEXT)], "w:gz"),
        "7z": sevenzipped([("a.txt", TEXT * 40), ("b.txt", TEXT)]),
        **{called: pack(TEXT * 40) for called, pack in PACKERS.items()},
    }
    fine = {
        "expanded",
        "fetched",
        "unreadable",
        "empty",
        "not_text",
        "unsupported",
        "encrypted",
        "not_a_file",
        "no_text",
    }
    for called, data in whole.items():
        for tenth in range(1, 10):
            yield Hostile(f"{tenth} tenths of a {called}", data[: len(data) * tenth // 10], fine)
        for at in range(4, len(data), max(1, len(data) // 12)):
            turned = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            yield Hostile(f"a {called} with byte {at} turned over", turned, fine | {"too_large", "bomb"})
        yield Hostile(f"a {called} with something behind it", data + TEXT * 3, fine)
        yield Hostile(f"a {called} and nothing but zeros", data[:8] + bytes(4000), fine)


def names() -> Iterator[Hostile]:
    """Paths that lead elsewhere, or nowhere, or on and on."""
    paths = [
        "../../../etc/passwd.txt",
        "/etc/passwd.txt",
        "C:\\Windows\\system.txt",
        "a/../../b.txt",
        "a\nb\r\n.txt",
        "é" * 126 + ".txt",
        "x" * 60_000 + ".txt",
        "a!b.zip!c.txt",
        "~root.txt",
        " ",
        "-rf.txt",
        "\u202etxt.exe",
    ]
    members = [(path, TEXT) for path in paths]
    yield Hostile("strange names in a ZIP", zipped(members), {"expanded", "fetched"})
    yield Hostile("strange names in a tar", tarred(members), {"expanded", "fetched"})


def tars() -> Iterator[Hostile]:
    """What only tar has."""
    device, pipe = tarfile.TarInfo("device"), tarfile.TarInfo("pipe")
    device.type, pipe.type = tarfile.CHRTYPE, tarfile.FIFOTYPE
    others = [link("a", "b"), link("b", "a"), link("c", "../../etc"), link("d", "d", tarfile.LNKTYPE), device, pipe]
    data = tarred([("a.txt", TEXT)], others=others)
    yield Hostile("links in a circle, a device and a pipe", data, {"expanded", "fetched", "not_a_file"})
    sparse = tarfile.TarInfo("sparse.txt")
    sparse.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(1 << 40)}
    sparse.size = 512
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(sparse, io.BytesIO(b"1\n0\n0\n".ljust(512, b"\0")))
    yield Hostile("a sparse file of a terabyte", written.getvalue(), {"expanded", "bomb", "unreadable"})
    long = tarfile.TarInfo("long")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    yield Hostile("a name of eight gigabytes", long.tobuf() + bytes(2048), {"expanded", "unreadable", "empty"})
    less = bytearray(tarred([("a.txt", TEXT)]))
    less[124:136] = b"\xff" * 12  # a negative size, in base 256
    less[148:156] = b"%06o\0 " % sum((*less[:148], *b" " * 8, *less[156:512]))
    yield Hostile("a file of less than nothing", bytes(less), {"expanded", "unreadable", "empty"})


def zips() -> Iterator[Hostile]:
    """What only ZIP has."""
    data = zipped([("a.txt", TEXT * 1000)])
    central = data[data.index(CENTRAL) : data.index(END)]
    body, times = data[: data.index(CENTRAL)], 2000
    end = struct.pack("<4s4H2LH", END, 0, 0, times, times, len(central) * times, len(body), 0)
    overlapping = body + central * times + end
    yield Hostile(
        "one member two thousand times", overlapping, {"expanded", "fetched", "unreadable", "bomb", "too_many"}
    )
    for called, size in (("less", 10), ("more", 1 << 31)):
        lies = bytearray(data)
        lies[data.index(CENTRAL) + 24 : data.index(CENTRAL) + 28] = struct.pack("<L", size)
        yield Hostile(f"a member that says it is {called}", bytes(lies), {"expanded", "unreadable", "fetched"})
    greedy = bytearray(zipped([("a.txt", TEXT * 1000), ("b.txt", TEXT)], zipfile.ZIP_LZMA))
    at = greedy.index(LOCAL) + 30 + len("a.txt") + 4  # behind the version and size of the properties
    greedy[at + 1 : at + 5] = b"\xff" * 4
    yield Hostile("a dictionary of four gigabytes", bytes(greedy), {"expanded", "unreadable", "fetched"})
    unknown = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)]))
    unknown[unknown.index(LOCAL) + 8] = unknown[unknown.index(CENTRAL) + 10] = 97
    yield Hostile("a method that nobody knows", bytes(unknown), {"expanded", "unsupported", "fetched"})
    yield Hostile("an encrypted member", encrypted_zip([("a.txt", TEXT)]), {"expanded", "encrypted"})
    yield Hostile("nothing but the end of a ZIP", END + bytes(18), {"empty"})
    yield Hostile(
        "an end that promises a directory", struct.pack("<4s4H2LH", END, 0, 0, 9, 9, 900, 0, 0), {"unreadable"}
    )


def _streamed(
    packer: "zlib._Compress | bz2.BZ2Compressor | lzma.LZMACompressor | zstandard.ZstdCompressionObj",
) -> bytes:
    return b"".join([*(packer.compress(ZEROS) for _ in range(BOMB_MEBIBYTES)), packer.flush()])
