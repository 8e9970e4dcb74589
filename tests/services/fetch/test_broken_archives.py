"""Of what is packed and damaged there comes in what lies before the damage, and one input that says what is wrong."""

import io
import random
from collections.abc import Callable

import pytest

from services.fetch.core import packing
from services.fetch.core.document import BadMember
from services.fetch.core.members import REST, About, Allowance, Limits, Unpacked
from services.fetch.reader import Room, read
from services.fetch.spool import Spool
from tests.services.fetch.archives import PACKERS, tarred

KINDS = {"gz": "application/gzip", "bz2": "application/x-bzip2", "xz": "application/x-xz", "zst": "application/zstd"}
CHANCE = random.Random(7)
TEXT = " ".join("".join(CHANCE.choices("aeinrstu", k=CHANCE.randint(2, 9))) for _ in range(40_000)).encode()
FILES = [(f"{number}.txt", TEXT[number * 500 : number * 500 + 500]) for number in range(400)]


@pytest.fixture
def ends(tmp_path: object) -> Callable[[bytes, str], dict[str, str]]:
    """By the paths of what came out of an archive: how much it is, or why it is bad."""

    def of(data: bytes, name: str) -> dict[str, str]:
        spool = Spool(tmp_path)  # type: ignore[arg-type]
        found = read(data, About(name), 1_000_000, Room(spool.path, Allowance(len(data), Limits())))
        spool.close()
        assert isinstance(found, Unpacked), found
        return {
            one.path: f"{one.rejected.reason}: {one.rejected.detail}" if isinstance(one, BadMember) else str(one.length)
            for one in found.members
        }

    return of


def unpacked(kind: str, data: bytes) -> tuple[bytes, str]:
    """What can be read, and how it ends."""
    file, found = packing.unpacking(KINDS[kind], io.BytesIO(data)), []
    try:
        while chunk := file.read(packing.CHUNK_BYTES):
            found.append(chunk)
    except packing.FAULTS as error:
        return b"".join(found), str(error)
    return b"".join(found), ""


@pytest.mark.parametrize("kind", PACKERS)
def test_all_that_was_unpacked_is_read_before_the_damage_is_told(kind: str) -> None:
    whole = PACKERS[kind](TEXT)

    assert unpacked(kind, whole) == (TEXT, "")
    assert unpacked(kind, whole + bytes(99) + whole) == (TEXT * 2, "")
    cut, told = unpacked(kind, whole[:-1])
    assert told == "it ends in the middle"
    assert TEXT.startswith(cut)
    assert len(cut) == len(TEXT) or kind == "zst"  # which comes by the block
    assert unpacked(kind, whole + b"junkjunkjunk") == (TEXT, "something else follows what is packed")
    found, told = unpacked(kind, whole + whole[: len(whole) * 3 // 4])
    assert found.startswith(TEXT)
    assert (TEXT * 2).startswith(found)
    assert told == "it ends in the middle"


def test_a_wrong_sum_at_the_end_of_gzip_takes_no_byte_with_it() -> None:
    whole = PACKERS["gz"](TEXT)
    found, told = unpacked("gz", whole[:-6] + b"\x01" + whole[-5:])

    assert found == TEXT
    assert "incorrect data check" in told


@pytest.mark.parametrize("kind", ["gz", "xz"])
def test_of_a_packed_tar_that_is_cut_each_whole_file_comes_in(
    kind: str, ends: Callable[[bytes, str], dict[str, str]]
) -> None:
    whole = PACKERS[kind](tarred(FILES))
    data = whole[: len(whole) * 9 // 10]
    left = len(unpacked(kind, data)[0])
    found = ends(data, f"a.tar.{kind}")

    assert [path for path in found if found[path] == "500"] == [path for path, _ in FILES[: left // 1024]]
    assert found[REST] == "unreadable: it is damaged: it ends in the middle"


@pytest.mark.parametrize("kind", PACKERS)
def test_a_tar_that_only_its_packing_is_wrong_with_comes_in_whole_and_it_is_said(
    kind: str, ends: Callable[[bytes, str], dict[str, str]]
) -> None:
    found = ends(PACKERS[kind](tarred(FILES[:3])) + b"junkjunkjunk", f"a.tar.{kind}")

    assert found == {
        "0.txt": "500",
        "1.txt": "500",
        "2.txt": "500",
        REST: "unreadable: it is damaged: something else follows what is packed",
    }
