"""What is done to whole documents of every format: cut, turned over, told wrongly, glued together, misnamed."""

import struct
import zlib
from random import Random

from tests.hostile.made import Made
from tests.hostile.samples import SAMPLES, name_of
from tests.services.fetch.formats.test_fuzz import TOKENS

NUMBERS = (0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
FIELDS = {b"PK\x03\x04": range(4, 30, 2), b"PK\x01\x02": range(4, 46, 2), b"PK\x05\x06": range(4, 22, 2)}
TOLD = (b"-1", b"0", b"99999999999999999999", b"1e9", b"0x7fffffff", b"NaN", b"\x00", b"+5", b"")


def a_cut_one(chance: Random) -> Made:
    """A document of which the end is missing."""
    called, name, data = _sample(chance)
    cut = chance.randint(1, len(data) - 1)
    return Made("truncated", f"{called} cut at {cut}", name, data[:cut])


def one_without_its_middle(chance: Random) -> Made:
    """A document with a hole."""
    called, name, data = _sample(chance)
    at = chance.randrange(len(data))
    size = chance.randint(1, max(1, len(data) // 3))
    return Made("truncated", f"{called} without {size} bytes at {at}", name, data[:at] + data[at + size :])


def a_turned_one(chance: Random) -> Made:
    """A document with some of its bytes turned over."""
    called, name, whole = _sample(chance)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] ^= chance.randint(1, 255)
    return Made("damaged", f"{called} with bytes turned over", name, bytes(data))


def one_with_what_leads_astray(chance: Random) -> Made:
    """A document into which something was put that means something to its parser."""
    called, name, data = _sample(chance)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 50)) + data[at:]
    return Made("damaged", f"{called} with words of its parser's", name, data)


def a_liar(chance: Random) -> Made:
    """A document whose headers tell sizes and counts that are not so."""
    called, name, whole = _sample(chance)
    data = bytearray(whole)
    if whole.startswith(b"PK"):
        signature = chance.choice(list(FIELDS))
        at = chance.choice(_places(whole, signature)) + chance.choice(FIELDS[signature])
        data[at : at + 4] = struct.pack("<L", chance.choice(NUMBERS))
    elif name.endswith(".tar"):
        at = 512 * chance.randrange(min(6, len(data) // 512))
        told = chance.choice(
            (b"77777777777\0", b"-0000000001\0", b"\xff" * 12, b"\x80" + b"\x7f" * 11, b"00000000000\0")
        )
        data[at + 124 : at + 136] = told
        data[at + 148 : at + 156] = b"%06o\0 " % sum((*data[at : at + 148], *b" " * 8, *data[at + 156 : at + 512]))
    elif digits := _numbers(whole):
        begin, end = chance.choice(digits)
        data[begin:end] = chance.choice(TOLD)
    else:
        at = chance.randrange(max(1, len(data) - 4))
        data[at : at + 4] = struct.pack(chance.choice("<>") + "L", chance.choice(NUMBERS))
    return Made("lying headers", f"{called} that tells what is not so", name, bytes(data))


def two_in_one(chance: Random) -> Made:
    """One document behind another, under the name of either."""
    called, name, data = _sample(chance)
    also, other, more = _sample(chance)
    return Made("glued", f"{called} with {also} behind it", chance.choice((name, other)), data + more)


def a_misnamed_one(chance: Random) -> Made:
    """A document under the name of another kind, or one that only begins as its kind does."""
    called, _, data = _sample(chance)
    _, name, _ = _sample(chance)
    if chance.random() < 0.5:
        size = chance.choice((10, 600, 5000))
        return Made(
            "misnamed", f"the head of {called} and noise", name, data[: chance.randint(2, 40)] + chance.randbytes(size)
        )
    return Made("misnamed", f"{called} as {name}", name, data)


def nothing_but_zeros(chance: Random) -> Made:
    """Zero bytes, or none at all."""
    _, name, _ = _sample(chance)
    size = chance.choice((0, 1, 2, 511, 512, 1024, chance.randint(3, 100_000)))
    return Made("zero bytes", f"{size} zeros as {name}", name, bytes(size))


def _sample(chance: Random) -> tuple[str, str, bytes]:
    reader, ending = chance.choice(list(SAMPLES))
    name = name_of(ending)
    return f"{name[2:]} ({reader})", name, chance.choice(SAMPLES[reader, ending])


def _places(data: bytes, what: bytes) -> list[int]:
    places, at = [], data.find(what)
    while at >= 0:
        places.append(at)
        at = data.find(what, at + 1)
    return places


def _numbers(data: bytes) -> list[tuple[int, int]]:
    """Where digits stand in what is text by and large."""
    found, begin = [], None
    for at, byte in enumerate(data + b" "):
        if 48 <= byte <= 57:
            begin = at if begin is None else begin
        elif begin is not None:
            found.append((begin, at))
            begin = None
    return found if zlib.crc32(data) and sum(byte > 127 for byte in data) < len(data) // 10 else []
