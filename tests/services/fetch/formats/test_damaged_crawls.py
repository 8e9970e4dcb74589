"""Whatever is damaged in the archive of a crawl: the whole pages come in, no cut one does, and the damage is told."""

import gzip
import hashlib
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from services.fetch.core.document import BadMember
from services.fetch.core.packing import FAULTS
from services.fetch.formats import crawl as crawls
from services.fetch.formats.warc import read
from tests.services.fetch.formats.test_warc import HTML, PAGE, URL, Crawl, chunked, crawled
from tests.services.fetch.formats.writing import container, source

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

CHANCE = random.Random(11)
WORDS = ["".join(CHANCE.choices("aeinrstu", k=CHANCE.randint(2, 9))) for _ in range(3000)]
PAGES = [PAGE + " ".join(CHANCE.choices(WORDS, k=400)).encode() for _ in range(6)]
URLS = [f"{URL}/{number}" for number in range(6)]
Pack = Callable[[bytes], bytes]


def ended(data: bytes) -> tuple[list[str], list[str]]:
    """The addresses of the pages that are whole, and what is said of whatever is not."""
    good, bad = [], []
    for each in container(read(source(data))):
        if isinstance(each, BadMember):
            bad.append(each.rejected.detail)
            continue
        try:
            found = b"".join(each.chunks)
        except FAULTS as error:
            bad.append(str(error))
        else:
            assert found in PAGES, f"{each.path} is no whole page"
            good.append(each.path)
    return good, bad


def records(pack: Pack = bytes) -> list[bytes]:
    return [
        pack(crawled(page, HTML).replace(URL.encode(), url.encode())) for page, url in zip(PAGES, URLS, strict=True)
    ]


def by_zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)  # as its program does by itself


PACKS = {"as it is": bytes, "by gzip": gzip.compress, "by zstd": by_zstd}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize("share", [0.05, 0.4, 0.7, 0.9, 0.999])
def test_of_an_archive_that_is_cut_the_whole_pages_come_in_and_the_cut_one_does_not(pack: Pack, share: float) -> None:
    packed = records(pack)
    data = b"".join(packed)
    cut = int(len(data) * share)
    whole = [url for number, url in enumerate(URLS) if sum(map(len, packed[: number + 1])) <= cut]
    good, bad = ended(data[:cut])

    assert good in (whole, URLS[: len(whole) + 1])  # a cut in the line ends behind a page takes nothing from it
    assert len(bad) == (0 if len(good) == len(URLS) and pack is bytes else 1)


def test_an_archive_that_is_packed_as_one_and_cut_gives_its_whole_pages() -> None:
    data = gzip.compress(b"".join(records()))
    good, bad = ended(data[: len(data) // 2])

    assert (good, bad) == (URLS[: len(good)], ["it ends in the middle"])
    assert good


@pytest.mark.parametrize("pack", [gzip.compress, by_zstd])
@pytest.mark.parametrize("at", [0, 12, 0.3, 0.6, -6])
def test_where_each_record_is_packed_by_itself_a_damaged_one_harms_no_other(pack: Pack, at: float) -> None:
    packed = records(pack)
    place = int(at * len(packed[2])) if 0 < at < 1 else int(at)
    damaged = bytearray(packed[2])
    damaged[place : (place + 5) or None] = b"\xff" * len(damaged[place : (place + 5) or None])
    good, bad = ended(b"".join([*packed[:2], bytes(damaged), *packed[3:]]))

    assert [url for url in good if url != URLS[2]] == [*URLS[:2], *URLS[3:]]
    assert len(bad) == 1


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize("told", [b"99999999999", b"-5", b"many", b"", b"0x10", b"9" * 5000, b"20", b"400"])
def test_a_record_that_tells_a_wrong_length_is_no_article_and_swallows_none(pack: Pack, told: bytes) -> None:
    whole = records()
    length = whole[2].partition(b"Content-Length: ")[2].partition(b"\r")[0]
    lying = whole[2].replace(b"Content-Length: " + length, b"Content-Length: " + told, 1)
    good, bad = ended(b"".join(map(pack, [*whole[:2], lying, *whole[3:]])))

    assert good == [*URLS[:2], *URLS[3:]]
    assert len(bad) == 1


def test_a_record_without_a_length_is_no_article() -> None:
    whole = records()
    good, bad = ended(whole[0] + whole[1].replace(b"Content-Length", b"Content-Longth", 1) + whole[2])

    assert (good, len(bad)) == ([URLS[0], URLS[2]], 1)


def test_a_record_that_its_crawler_broke_off_is_no_article() -> None:
    whole = records()
    good, bad = ended(whole[0] + whole[1].replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date", 1) + whole[2])

    assert (good, len(bad)) == ([URLS[0], URLS[2]], 1)
    assert "length" in bad[0]


def test_liars_without_end_are_not_gone_back_to_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawls, "RETURNS", 2)
    monkeypatch.setattr(crawls, "MOST_AGAIN", 2)
    whole = records()
    length = whole[2].partition(b"Content-Length: ")[2].partition(b"\r")[0]
    liar = whole[2].replace(length, b"99999999999", 1)

    for pack in (bytes, gzip.compress):
        good, bad = ended(pack(liar * 2 + whole[0]))
        assert (good, len(bad)) == ([URLS[0]], 2)
        good, bad = ended(pack(liar * 3 + whole[0]))
        assert (good, len(bad)) == ([], 3)


@pytest.mark.parametrize("lost", [1, 40, 600, 2000])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_record_of_which_bytes_are_missing_takes_no_other_with_it(pack: Pack, lost: int) -> None:
    whole = records()
    whole[2] = whole[2][: -lost - 100] + whole[2][-100:]  # so its length leads into the next
    good, bad = ended(pack(b"".join(whole)))

    assert (good, len(bad)) == ([*URLS[:2], *URLS[3:]], 1)


@pytest.mark.parametrize(
    ("there", "stands"),
    [
        (b"WARC-Type: ", b"WARC-Tope: "),
        (b"WARC-Type: ", b"WARC,Type: "),
        (b"WARC-Target-URI: ", b"WAC-Target-URI: "),
        (b"WARC-Target-URI: ", b"W\xc1RC-Target-URI: "),
        (b"WARC-Date: ", bytes(11)),
        (b"HTTP/1.1 200", b"HTTP/1.1 2p0"),
    ],
)
def test_a_record_whose_head_is_damaged_is_not_passed_over_without_a_word(there: bytes, stands: bytes) -> None:
    whole = records()
    whole[2] = whole[2].replace(there, stands, 1)
    good, bad = ended(b"".join(whole))

    assert (good, len(bad)) == ([*URLS[:2], *URLS[3:]], 1)


@pytest.mark.parametrize("cut", [1, 20, 60, 120, 200])
def test_a_crawl_that_is_cut_in_a_records_head_says_so(cut: int) -> None:
    whole = records()
    good, bad = ended(whole[0] + whole[1][:cut])

    assert (good, len(bad)) == ([URLS[0]], 1)


ENCODED: dict[str, Pack] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", ENCODED)
def test_a_page_whose_coding_breaks_off_is_no_article(coding: str) -> None:
    crawl = Crawl()
    crawl.keep(ENCODED[coding](PAGES[0])[:-20], HTML, ("Content-Encoding", coding))
    crawl.keep(PAGES[1], HTML)
    good, bad = ended(crawl.data())

    assert (len(good), len(bad)) == (1, 1)


def test_a_page_whose_last_chunk_is_missing_is_no_article() -> None:
    crawl = Crawl()
    crawl.keep(chunked(PAGES[0])[:-40], HTML, ("Transfer-Encoding", "chunked"))
    crawl.keep(PAGES[1], HTML)
    good, bad = ended(crawl.data())

    assert (len(good), len(bad)) == (1, 1)
    assert "chunks" in bad[0]


@pytest.mark.parametrize("in_chunks", [False, True])
def test_a_digest_is_believed_once_one_was_right(*, in_chunks: bool) -> None:
    crawl = Crawl()
    for page, url in zip(PAGES, URLS, strict=True):
        if in_chunks:
            crawl.keep(chunked(page) + b"more", HTML, ("Transfer-Encoding", "chunked"), url=url)
        else:
            crawl.keep(page, HTML, url=url)
    data = crawl.data()
    hurt = data.replace(b"WARC-Block-Digest: sha1:", b"WARC-Block-Digest: sha1:A")
    assert ended(hurt) == (URLS, [])  # some writers get all of them wrong

    mark = b"WARC-Block-Digest: sha1:"
    parts = data.split(mark)
    parts[4] = (b"A" if parts[4][:1] != b"A" else b"B") + parts[4][1:]
    assert ended(mark.join(parts)) == ([*URLS[:3], *URLS[4:]], ["its digest is not that of its bytes"])


def test_a_digest_may_be_of_any_kind_in_hex_and_of_none_that_is_known() -> None:
    for told in ("sha256:" + hashlib.sha256(PAGES[0]).hexdigest(), "crc:1", "nothing", "md5:" + "0" * 32):
        record = crawled(PAGES[0], HTML)
        told_before = record.partition(b"WARC-Block-Digest: ")[2].partition(b"\r")[0]
        assert ended(record.replace(told_before, told.encode()))[0] == [URL]


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_who_goes_past_a_damaged_page_counts_the_inputs_that_its_reader_counts(pack: Pack) -> None:
    packed = records(pack)
    at = len(packed[2]) - 6
    packed[2] = packed[2][:at] + bytes([packed[2][at] ^ 1]) + packed[2][at + 1 :]
    data = b"".join(packed)
    good, bad = ended(data)

    assert bad
    assert len(list(container(read(source(data))))) == len(good) + len(bad)


def test_a_page_is_whole_though_what_is_packed_behind_it_is_damaged_from_its_first_line_to_its_sum() -> None:
    packed = [gzip.compress(record, 0) for record in records()]
    packed[2] = packed[2][:20] + bytes(len(packed[2]) - 28) + packed[2][-8:]
    good, bad = ended(b"".join(packed))

    assert (good, len(bad)) == ([*URLS[:2], *URLS[3:]], 1)
