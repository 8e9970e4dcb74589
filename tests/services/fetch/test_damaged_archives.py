"""A ZIP or tar that is cut or damaged anywhere gives each file that is whole, no other, and says that it is damaged."""

import io
import random
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.fetch.core.document import BadMember
from services.fetch.core.members import REST, About, Allowance, Limits, Unpacked
from services.fetch.core.sniffing import kind_of
from services.fetch.formats import zip_remains
from services.fetch.reader import Room, read
from services.fetch.spool import Spool
from tests.services.fetch.archives import link, sevenzipped, tarred, zipped
from tests.services.fetch.formats.writing import docx, epub, odt, source, word_paragraph

CHANCE = random.Random(3)
TEXT = " ".join("".join(CHANCE.choices("aeinrstu", k=CHANCE.randint(2, 9))) for _ in range(9000)).encode()
FILES = {f"b/{number}.txt": TEXT[number * 2000 : number * 2000 + CHANCE.randint(1, 3000)] for number in range(12)}
MEMBERS = list(FILES.items())
Ends = tuple[dict[str, bytes], dict[str, str]]


class Unseekable(io.BytesIO):
    """What is written to it says its sizes behind each file."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def streamed(method: int) -> bytes:
    written = Unseekable()
    with zipfile.ZipFile(written, "w", method) as archive:
        for path, data in MEMBERS:
            archive.writestr(path, data)
    return written.getvalue()


def as_formatted(kind: int) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=kind) as archive:
        for path, data in MEMBERS:
            info = tarfile.TarInfo(f"é{'x' * 120}/{path}")  # which takes a header of its own
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return written.getvalue()


ZIPS = {
    "deflated": zipped(MEMBERS),
    "stored": zipped(MEMBERS, zipfile.ZIP_STORED),
    "by bzip2": zipped(MEMBERS, zipfile.ZIP_BZIP2),
    "streamed": streamed(zipfile.ZIP_DEFLATED),
    "streamed and stored": streamed(zipfile.ZIP_STORED),
}
TARS = {"plain": tarred(MEMBERS), "gnu": as_formatted(tarfile.GNU_FORMAT), "pax": as_formatted(tarfile.PAX_FORMAT)}


@pytest.fixture
def ends(tmp_path: Path) -> Callable[..., Ends]:
    """The files that came out of an archive with their bytes, and what is said of the others."""

    def of(data: bytes, name: str = "") -> Ends:
        spool = Spool(tmp_path)
        found = read(data, About(name), 1_000_000, Room(spool.path, Allowance(len(data), Limits())))
        if not isinstance(found, Unpacked):
            return {}, {"": found.detail}  # type: ignore[union-attr]
        good = {
            each.path: spool.read(each.start, each.length) for each in found.members if not isinstance(each, BadMember)
        }
        bad = {each.path: each.rejected.detail for each in found.members if isinstance(each, BadMember)}
        spool.close()
        return good, bad

    return of


def ends_in(data: bytes) -> Iterator[tuple[str, int]]:
    """The files, and where each ends with all that tells that it is whole."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                begins = info.header_offset + 30 + len(info.filename.encode())
                behind = 16 if info.flag_bits & 8 else 0
                yield info.filename, begins + info.compress_size + behind
    else:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for header in archive:
                yield header.name, header.offset_data + header.size


@pytest.mark.parametrize("called", [*ZIPS, *TARS])
def test_of_an_archive_that_is_cut_anywhere_each_whole_file_comes_in(called: str, ends: Callable[..., Ends]) -> None:
    data = (ZIPS | TARS)[called]
    placed = list(ends_in(data))
    assert len(placed) == len(FILES)
    cuts = [
        *(CHANCE.randint(600, len(data) - 1) for _ in range(12)),
        *(end for _, end in placed[::4]),
        placed[3][1] + 20,
    ]
    for cut in cuts:
        good, bad = ends(data[:cut])

        assert list(good) == [name for name, end in placed if end <= cut], cut
        assert all(data == FILES[name[-len("b/10.txt") :].lstrip("x/")] for name, data in good.items()), cut
        if called in ZIPS or cut < len(data) - 20_000:
            assert bad, cut


@pytest.mark.parametrize("called", [*ZIPS, *TARS])
def test_a_hole_in_an_archive_takes_the_files_that_it_lies_in_and_no_other(
    called: str, ends: Callable[..., Ends]
) -> None:
    data = (ZIPS | TARS)[called]
    placed = list(ends_in(data))
    for number in (0, 4, 11):
        end = placed[number][1]
        begin = placed[number - 1][1] + (600 if called in TARS else 50) if number else 6
        for at in (begin, end - 40):
            hurt = data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + 16]) + data[at + 16 :]
            good, bad = ends(
                hurt if called in TARS else hurt[: data.rindex(b"PK\x01\x02")], "a.tar" if called in TARS else "a.zip"
            )

            assert set(good) >= {name for name, _ in placed} - {placed[number][0], placed[number - 1][0]}, (number, at)
            assert bad or called in TARS, (number, at)  # nothing checks the bytes of a file in a tar


@pytest.mark.parametrize("damage", ["checksum", "zeros", "cut short"])
def test_a_damaged_header_of_a_tar_is_told_and_the_next_file_is_found(damage: str, ends: Callable[..., Ends]) -> None:
    data = bytearray(TARS["plain"])
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        at = archive.getmembers()[5].offset
    if damage == "checksum":
        data[at + 100 : at + 108] = b"garbage!"
    elif damage == "zeros":
        data[at : at + 512] = bytes(512)
    else:
        del data[at + 200 : at + 300]
    good, bad = ends(bytes(data))

    if damage == "cut short":  # nothing stands where it should any more
        assert (list(good), len(bad)) == ([name for name, _ in MEMBERS[:5]], 1)
        return
    assert list(good) == [name for name, _ in MEMBERS if name != "b/5.txt"]
    assert list(bad) == [f"(damaged at byte {at + (512 if damage == 'zeros' else 0)})"]


def test_a_tar_without_the_mark_of_its_end_says_so(ends: Callable[..., Ends]) -> None:
    whole = TARS["plain"].rstrip(b"\0")
    good, bad = ends(whole + bytes(-len(whole) % 512))

    assert good == FILES
    assert "without the mark of its end" in bad[REST]


def test_tars_that_were_put_together_come_in_together(ends: Callable[..., Ends]) -> None:
    good, bad = ends(TARS["plain"] + tarred([("c.txt", TEXT)]))

    assert (good, bad) == ({**FILES, "c.txt": TEXT}, {})


def test_a_file_of_less_than_nothing_harms_no_neighbour(ends: Callable[..., Ends]) -> None:
    less = bytearray(tarred([("a.txt", b"")])[:512])
    less[124:136] = b"\xff" * 12
    less[148:156] = b"%06o\0 " % sum((*less[:148], *b" " * 8, *less[156:512]))
    good, bad = ends(
        tarred([("a.txt", TEXT)])[: 512 * (2 + len(TEXT) // 512)] + bytes(less) + tarred([("b.txt", TEXT)])
    )

    assert (set(good), len(bad)) == ({"a.txt", "b.txt"}, 1)


def test_a_long_name_is_given_to_its_own_file_only(ends: Callable[..., Ends]) -> None:
    data = bytearray(TARS["gnu"])
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        at = archive.getmembers()[5].offset_data - 512
    data[at + 148 : at + 156] = b"garbage!"
    good, bad = ends(bytes(data))

    assert len(good) == len(FILES) - 1
    assert all(FILES[name[-len("b/10.txt") :].lstrip("x/")] == found for name, found in good.items())
    assert len(bad) == 1


def test_what_stands_behind_a_hole_in_links_is_read(ends: Callable[..., Ends]) -> None:
    data = bytearray(tarred(MEMBERS[:1], others=[link("b", "b"), link("c", "c")]) + tarred(MEMBERS[1:2]))
    at = data.index(b"b\0", 1024)
    data[at] ^= 0xFF
    good, bad = ends(bytes(data))

    assert set(good) == {name for name, _ in MEMBERS[:2]}
    assert len(bad) == 2


@pytest.mark.parametrize("flagged", [1, 97])
def test_what_cannot_be_unpacked_in_a_zip_without_its_directory_is_told_and_passed_over(
    flagged: int, ends: Callable[..., Ends]
) -> None:
    data = bytearray(ZIPS["deflated"])
    data[6 if flagged == 1 else 8] = flagged
    good, bad = ends(bytes(data[: data.index(b"PK\x01\x02")]))

    assert list(good) == list(FILES)[1:]
    assert len(bad) == 2
    assert "encrypted" in bad["b/0.txt"] or "method 97" in bad["b/0.txt"]


def test_a_zip_without_its_directory_is_not_looked_through_without_end(
    monkeypatch: pytest.MonkeyPatch, ends: Callable[..., Ends]
) -> None:
    monkeypatch.setattr(zip_remains, "READ_AT_LEAST_BYTES", 1 << 20)
    headers = b"PK\x03\x04" + bytes(4) + b"\x08" + bytes(17) + b"\x01\x00\x00\x00a"
    _, bad = ends((headers + b"\x00\x00\x00\xff\xff" * 40) * 1000)

    assert "is not looked through" in list(bad.values())[-1]


@pytest.mark.parametrize(
    "document", [docx(word_paragraph("Texte " * 500)), odt("<text:p>a</text:p>"), epub({"a.xhtml": "<p>a</p>"})]
)
@pytest.mark.parametrize("name", ["", "a.docx"])
def test_an_office_document_or_a_book_that_is_cut_is_no_archive_of_its_parts(
    document: bytes, name: str, ends: Callable[..., Ends]
) -> None:
    assert set(ends(document[:-60], name)[1]) == {""}


def test_a_7z_archive_that_is_cut_tells_that_it_is_damaged(ends: Callable[..., Ends]) -> None:
    whole = sevenzipped(MEMBERS)
    assert ends(whole)[0] == FILES
    assert "damaged" in ends(whole[:-10])[1][""]


@pytest.mark.skipif(shutil.which("zip") is None, reason="zip is not installed")
@pytest.mark.parametrize("options", [["-r"], ["-r", "-0"], ["-r", "-fd"]])
def test_what_the_zip_program_wrote_is_read_without_its_directory(
    options: list[str], tmp_path: Path, ends: Callable[..., Ends]
) -> None:
    for name, data in FILES.items():
        (tmp_path / "b").mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    subprocess.run(["zip", "-q", *options, "a.zip", "b"], cwd=tmp_path, check=True)
    data = (tmp_path / "a.zip").read_bytes()
    good, bad = ends(data[: data.index(b"PK\x01\x02")])

    assert good == FILES
    assert list(bad) == [REST]


def test_kinds_are_told_from_what_is_left() -> None:
    assert getattr(kind_of(source(ZIPS["stored"][:5000])), "reader", None) == "zips"


@pytest.mark.parametrize("put", [b"", b"junk" * 99])
@pytest.mark.parametrize("called", ZIPS)
def test_a_zip_in_which_something_is_missing_or_put_gives_the_files_before_and_behind(
    called: str, put: bytes, ends: Callable[..., Ends]
) -> None:
    data = ZIPS[called]
    at = list(ends_in(data))[5][1] - 30
    good, bad = ends(data[: at - 40] + put + data[at:])

    assert set(good) == set(FILES) - {"b/5.txt"}
    assert set(bad) == {"b/5.txt", REST}
