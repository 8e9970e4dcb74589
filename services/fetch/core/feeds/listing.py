"""The file of feeds: one address a line; everything after a # that stands alone is a comment."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services.fetch.core.feeds.links import feed_address

COMMENT = re.compile(r"(?:^|\s)#.*$")
MAX_SHOWN_CHARACTERS = 100


@dataclass(frozen=True)
class Fault:
    """A line that names no feed."""

    number: int
    text: str


@dataclass(frozen=True)
class Listing:
    """The addresses in a file of feeds, each once, and the lines that are none."""

    addresses: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def listed(text: str) -> Listing:
    """What the file says."""
    addresses: dict[str, None] = {}
    faults = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        written = _written(line)
        if not written:
            continue
        if (address := feed_address(written)) is None:
            faults.append(Fault(number, written[:MAX_SHOWN_CHARACTERS]))
        else:
            addresses[address] = None
    return Listing(tuple(addresses), tuple(faults))


def with_added(text: str, addresses: Iterable[str]) -> str:
    """The file with lines for those addresses that it has not; the rest of it is untouched."""
    known = set(listed(text).addresses)
    new = [address for address in dict.fromkeys(addresses) if address not in known]
    if not new:
        return text
    start = text if not text or text.endswith("\n") else f"{text}\n"
    return start + "".join(f"{address}\n" for address in new)


def without(text: str, addresses: Collection[str]) -> str:
    """The file without the lines of those addresses."""
    gone = set(addresses)
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if feed_address(_written(line)) not in gone)


def _written(line: str) -> str:
    return COMMENT.sub("", line.removeprefix("\ufeff")).strip()
