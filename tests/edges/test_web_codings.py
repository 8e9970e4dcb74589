"""Pages that come packed: the coding is undone, and one that does not unpack well is refused."""

import gzip
import zlib
from collections.abc import AsyncIterator, Callable

import brotli
import pytest
import zstandard

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Page
from services.fetch.web.body import read_body
from tests.edges.webs import Site, said, web, why

HELLO = "<p>Le maire a inauguré hier la nouvelle école."
SKIPPED = b"\x50\x2a\x4d\x18\x03\0\0\0abc"  # a frame of zstd with something of its own (RFC 8878, 3.1.2)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(HELLO.encode())),
        ("x-gzip", gzip.compress(HELLO.encode()[:9]) + gzip.compress(HELLO.encode()[9:]) + b"\0\0"),
        ("deflate", zlib.compress(HELLO.encode())),
        ("deflate", zlib.compress(HELLO.encode())[2:-4]),
        ("identity", HELLO.encode()),
        ("GZIP", gzip.compress(HELLO.encode())),
        ("gzip, identity", gzip.compress(HELLO.encode())),
        ("gzip, gzip", gzip.compress(gzip.compress(HELLO.encode()))),
        ("br", brotli.compress(HELLO.encode())),  # as some caches do, whatever was asked for
        ("zstd", zstandard.compress(HELLO.encode())),
        ("zstd", SKIPPED + zstandard.compress(HELLO.encode()[:9]) + zstandard.compress(HELLO.encode()[9:]) + b"\0\0"),
        ("none", HELLO.encode()),
        ("UTF-8", HELLO.encode()),
    ],
)
async def test_the_coding_of_a_page_is_undone(site: Site, coding: str, packed: bytes) -> None:
    site.answers["/a"] = said(packed, Content_Encoding=coding)

    page = await web(site).get(site.url("/a"))

    assert isinstance(page, Page)
    assert page.data == HELLO.encode()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("br", HELLO.encode()),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("compress", HELLO.encode()),
        ("gzip, gzip, gzip", b""),
        ("gzip, gzip", gzip.compress(HELLO.encode())),
        ("br", brotli.compress(HELLO.encode() * 99)[:-3]),
        ("zstd", zstandard.compress(HELLO.encode())[:-3]),
        ("zstd", SKIPPED * 300 + zstandard.compress(HELLO.encode())),
        ("gzip", HELLO.encode()),
        ("gzip", gzip.compress(HELLO.encode())[:-9]),
    ],
)
async def test_a_page_that_does_not_unpack_well_is_refused(site: Site, coding: str, packed: bytes) -> None:
    site.answers["/a"] = said(packed, Content_Encoding=coding)

    assert why(await web(site).get(site.url("/a"))) is RejectReason.UNREADABLE


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("br", lambda: brotli.compress(b"\0" * (8 << 20), quality=1)),
        ("zstd", lambda: zstandard.compress(b"\0" * (8 << 20))),
        ("gzip, br", lambda: brotli.compress(gzip.compress(b"") * 100_000)),  # of which nothing comes
        ("gzip", lambda: gzip.compress(b"\0" * (8 << 20))),
        ("deflate", lambda: zlib.compress(b"\0" * (8 << 20))),
    ],
)
async def test_a_page_that_grows_out_of_all_proportion_is_a_bomb(
    site: Site, coding: str, packed: Callable[[], bytes]
) -> None:
    site.answers["/a"] = said(packed(), Content_Encoding=coding)

    assert why(await web(site).get(site.url("/a"))) is RejectReason.BOMB


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(HELLO.encode()[:9]) + gzip.compress(HELLO.encode()[9:])),
        ("deflate", zlib.compress(HELLO.encode())),
        ("deflate", zlib.compress(HELLO.encode())[2:-4]),
        ("br", brotli.compress(HELLO.encode())),
        ("zstd", zstandard.compress(HELLO.encode())),
        ("zstd", SKIPPED + zstandard.compress(HELLO.encode()[:9]) + SKIPPED + zstandard.compress(HELLO.encode()[9:])),
        ("gzip, gzip", gzip.compress(gzip.compress(HELLO.encode()))),
    ],
)
async def test_a_coding_is_undone_in_however_small_pieces_it_comes(coding: str, packed: bytes) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for byte in packed:
            yield bytes((byte,))

    assert await read_body(pieces(), coding, max_bytes=1000) == HELLO.encode()
