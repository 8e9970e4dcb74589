"""Nothing in a file of several archives is passed over in silence, nor what lies behind a member that is all holes."""

import io
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core import metering
from services.fetch.core.document import BadMember, Rejected
from services.fetch.core.members import REST, About, Allowance, Unpacked
from services.fetch.formats.glued import archives
from services.fetch.reader import Room, read
from services.fetch.spool import Spool
from tests.services.fetch.archives import sevenzipped, tarred, zipped

A, B, C = ((f"{name}.txt", f"Un texte qui s'appelle {name}.".encode()) for name in "abc")
BLANK = ("blank.tif", bytes(5 << 20))

Ends = Callable[..., dict[str, str]]


@pytest.fixture
def ends(tmp_path: Path) -> Ends:
    """By the paths of what came out of an archive: `fetched`, or why it is bad."""

    def of(data: bytes, name: str) -> dict[str, str]:
        spool = Spool(tmp_path)
        found = read(data, About(name), 1_000_000, Room(spool.path, Allowance(len(data))))
        spool.close()
        assert isinstance(found, Unpacked), found
        return {
            one.path: str(one.rejected.reason) if isinstance(one, BadMember) else "fetched" for one in found.members
        }

    return of


@pytest.mark.parametrize(
    ("glued", "paths"),
    [
        (zipped([A]) + zipped([B]), ["a.txt", "b.txt"]),
        (zipped([A]) + zipped([B]) + zipped([C]), ["a.txt", "b.txt", "c.txt"]),
        (zipped([A, B]) + zipped([]), ["a.txt", "b.txt"]),
        (b"a program that unpacks what follows" + zipped([A]), ["a.txt"]),
    ],
    ids=["two", "three", "an empty one at the end", "a program"],
)
def test_all_archives_of_a_zip_are_read_in_their_order(ends: Ends, glued: bytes, paths: list[str]) -> None:
    assert list(ends(glued, "a.zip").items()) == [(path, "fetched") for path in paths]


def test_a_damaged_one_before_another_gives_its_files_and_it_is_said(ends: Ends) -> None:
    without_directory = zipped([A, B])[:-22] + bytes(22)
    assert ends(without_directory + zipped([C]), "a.zip") == {
        "a.txt": "fetched", "b.txt": "fetched", "c.txt": "fetched", REST: "unreadable",
    }  # fmt: skip


def test_an_archive_whose_files_would_lie_behind_it_is_not_taken_for_another_before_itself() -> None:
    whole = bytearray(zipped([A]))
    place = whole.index(b"PK\x01\x02") + 42  # of its file, in its directory (APPNOTE 4.3.12)
    whole[place : place + 4] = len(whole).to_bytes(4, "little")
    assert len(archives(lambda: io.BytesIO(whole))) == 1


PADDING = bytes(600_000)


@pytest.mark.parametrize(
    ("glued", "found"),
    [
        (lambda: [sevenzipped([A]), sevenzipped([B])], {"a.txt": "fetched", "b.txt": "fetched"}),
        (
            lambda: [sevenzipped([A]), PADDING, sevenzipped([B]), sevenzipped([C]), PADDING],
            {"a.txt": "fetched", "b.txt": "fetched", "c.txt": "fetched"},
        ),
        (lambda: [sevenzipped([A]), PADDING], {"a.txt": "fetched"}),
        (lambda: [sevenzipped([A]), PADDING, b"more"], {"a.txt": "fetched", REST: "unreadable"}),
        (lambda: [sevenzipped([A]), zipped([B])], {"a.txt": "fetched", REST: "unreadable"}),
        (lambda: [sevenzipped([A]), sevenzipped([B])[:-9]], {"a.txt": "fetched", REST: "unreadable"}),
    ],
    ids=["two", "three, padded", "zeros", "something behind zeros", "a zip", "a cut one"],
)
def test_archives_of_7z_are_read_one_behind_the_other_and_what_else_follows_is_said(
    ends: Ends, glued: Callable[[], list[bytes]], found: dict[str, str]
) -> None:
    assert ends(b"".join(glued()), "a.7z") == found


def test_an_encrypted_archive_behind_another_is_said_to_be(ends: Ends) -> None:
    first = sevenzipped([A])
    locked = sevenzipped([B], password="sesame")
    assert ends(first + locked, "a.7z") == {"a.txt": "fetched", f"(archive at byte {len(first)})": "encrypted"}


def _told(path: str, data: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(path)
    info.size = len(data)
    return info, data


def sparse(size: int) -> bytes:
    """A tar with a file of holes between two others."""
    written = io.BytesIO()
    hole = tarfile.TarInfo("holes.bin")
    hole.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(size)}
    hole.size = 512
    with tarfile.open(fileobj=written, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        for info, data in (_told(*A), (hole, b"1\n0\n0\n".ljust(512, b"\0")), _told(*B)):
            archive.addfile(info, io.BytesIO(data))
    return written.getvalue()


@pytest.mark.parametrize(
    "archive",
    [lambda: tarred([A, BLANK, B], "w:gz"), lambda: sparse(3 << 20), lambda: sparse(1 << 40)],
    ids=["blank", "holes", "holes without end"],
)
def test_behind_a_member_of_a_tar_that_is_a_bomb_the_others_come_in(ends: Ends, archive: Callable[[], bytes]) -> None:
    found = ends(archive(), "a.tar.gz")
    assert (found.pop("a.txt"), found.pop("b.txt")) == ("fetched", "fetched")
    assert list(found.values()) == ["bomb"]


def test_a_longer_one_is_not_gone_through(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metering, "MOST_DROPPED_BYTES", 2 << 20)
    assert ends(tarred([A, BLANK, B], "w:gz"), "a.tar.gz") == {"a.txt": "fetched", "blank.tif": "bomb"}


def test_lzma_as_it_was_before_xz_is_unpacked(ends: Ends) -> None:
    alone = {"format": lzma.FORMAT_ALONE}
    assert ends(lzma.compress(A[1], **alone), "a.txt.lzma") == {"a.txt": "fetched"}  # type: ignore[arg-type]
    assert ends(lzma.compress(tarred([A, B]), **alone), "a.tar.lzma") == {"a.txt": "fetched", "b.txt": "fetched"}  # type: ignore[arg-type]
    assert REST not in ends(lzma.compress(A[1], **alone)[:-4], "a.txt.lzma")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "index",
    [
        " CDX a b a m s k r M V g u\nhttps://a.example/ 20240517101200 https://a.example/ text/html 200 AAAA - - 8 x\n",
        " CDX N b a m s k r M S V g\nexample,a)/ 20240517101200 https://a.example/ text/html 200 AAAA - - 8 9 x\n",
        'example,a)/ 20240517101200 {"url": "https://a.example/", "mime": "text/html"}\n',
        '!OpenWayback-CDXJ 1.0\nexample,a)/ 20240517101200 {"url": "https://a.example/"}\n',
    ],
)
def test_the_index_of_a_crawl_is_no_article(index: str) -> None:
    found = read(index.encode(), About("x.cdx"), 1_000_000, None)
    assert isinstance(found, Rejected)
    assert found.reason is RejectReason.UNSUPPORTED
    assert "(CDX)" in found.detail


def test_mails_that_nest_without_end_are_said_to(ends: Ends) -> None:
    mail = "".join(f"From: a@b.example\nSubject: {n}\nContent-Type: message/rfc822\n\n" for n in range(300))
    assert ends(mail.encode(), "a.eml") == {"part-1.eml": "unreadable"}
