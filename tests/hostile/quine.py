"""A gzip file that unpacks to itself, made after Russ Cox's "Zip Files All The Way Down"."""

import struct
import zlib

UNIT = 5  # bytes of each operation: a stored block's head, or a block that repeats
REPEATED = (17, 20)  # bytes that one can repeat in so many bits


def quine(name: bytes) -> bytes:
    """The file; its own name, of four letters, stands in it."""
    first = b"\x1f\x8b\x08\x08" + bytes(4) + b"\x00\x03" + name + b"\x00"
    size = len(_whole(first, _last(0, 0)))
    without = zlib.crc32(_whole(first, _last(0, size)))
    rows = [zlib.crc32(_whole(first, _last(1 << bit, size))) ^ without ^ (1 << bit) for bit in range(32)]
    return _whole(first, _last(_solved(rows, without), size))


def _whole(first: bytes, last: bytes) -> bytes:
    put_first, again_first = _put(UNIT + len(first)), _again(UNIT + len(first))
    put_last, again_last = _put(UNIT + len(last)), _again(UNIT + len(last))
    none, one, four, again = _put(0), _put(UNIT), _put(4 * UNIT), _again(4 * UNIT)
    return b"".join(
        (
            *(first, put_first, first, put_first, again_first),
            *(one, again_first, one, one, four, again_first, one, one, four, again),
            *(four, again, four, again, four, again),
            *(four, again, none, none, put_last, again, none, none, put_last),
            *(again_last, last, again_last, last),
        )
    )


def _last(checksum: int, size: int) -> bytes:
    return b"\x01\x00\x00\xff\xff" + struct.pack("<LL", checksum, size)


def _put(size: int) -> bytes:
    """What follows, as it stands."""
    return struct.pack("<BHH", 0, size, size ^ 0xFFFF)


def _again(size: int) -> bytes:
    """The last so many bytes once more: two repetitions from that far, and the end of the block, in 40 bits."""
    assert REPEATED[0] <= size <= REPEATED[1]
    bits = "010" + "".join(_repeat(part, size) for part in (size // 2, size - size // 2)) + "0000000"
    assert len(bits) == 8 * UNIT
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))


def _repeat(length: int, far: int) -> str:
    assert 3 <= length <= 10  # which have no bits more
    return f"{length - 2:07b}{8:05b}{f'{far - 17:03b}'[::-1]}"


def _solved(rows: list[int], wanted: int) -> int:
    """The checksum that is that of the file in which it stands: what each bit changes is linear."""
    basis: list[tuple[int, int]] = []
    for bit, row in enumerate(rows):
        left, which = row, 1 << bit
        for pivot, mixed in basis:
            if left ^ pivot < left:
                left, which = left ^ pivot, which ^ mixed
        if left:
            basis = sorted([*basis, (left, which)], reverse=True)
    found = 0
    for pivot, mixed in basis:
        if wanted ^ pivot < wanted:
            wanted, found = wanted ^ pivot, found ^ mixed
    if wanted:
        raise ValueError("no checksum fits: take another name")
    return found
