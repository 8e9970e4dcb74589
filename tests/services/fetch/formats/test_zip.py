"""ZIP archives whose directory is gone, or tells one file otherwise than the file itself."""

import zipfile
from collections.abc import Iterator

import pytest

from services.fetch.core.document import BadMember, Member, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import zips
from tests.services.fetch.archives import zipped


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
