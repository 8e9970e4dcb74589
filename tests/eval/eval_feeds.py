"""Feeds: how many of the entries that stand in a feed's XML come out of it, and how they end."""

import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Parts, ReadDocument, Rejected, Source
from services.fetch.core.reading import read
from tests.eval.report import Row, documents, gold

ARCHIVE = "feeds/feeds.tar.xz"
ENTRIES = {"item", "entry"}
MAX_TEXT_BYTES = 2_000_000


def rows(corpus: Path) -> Iterator[Row]:
    """A row for each folder of feeds that a strict parser takes, and one for those that it does not take."""
    standing: dict[str, int] = defaultdict(int)
    found: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    for record, data in documents(corpus, gold(corpus, lambda record: record["archive"] == ARCHIVE)):
        there = _standing(data)
        folder = "/".join(record["path"].split("/")[1:3]) if there is not None else "ill-formed"
        start = time.perf_counter()
        told, entries = _found(data, record["path"])
        seconds[folder] += time.perf_counter() - start
        standing[folder] += there if there is not None else entries
        found[folder] += entries if there is None else min(there, entries)
        if there is not None and entries != there:
            print(f"feeds: {record['path']}: {entries} of {there} entries; {told}")
    for folder, there in sorted(standing.items()):
        if not there:  # sitemaps, feeds of which only the head is of interest
            continue
        yield Row(
            task="entries found", data_set=f"feeds/{folder}", size=there, ours=100 * found[folder] / there,
            goal=100.0 if folder != "ill-formed" else None, baseline="elements in the XML", baseline_score=100.0,
            seconds=seconds[folder],
        )  # fmt: skip


def _standing(data: bytes) -> int | None:
    """The entries by their elements; None where the XML is not well-formed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    tags = (etree.QName(each).localname.lower() for each in root.iter(etree.Element))
    return sum(tag in ENTRIES for tag in tags)


def _found(data: bytes, path: str) -> tuple[str, int]:
    """How the feed ended, and how many entries came out of it."""
    name = path.rpartition("/")[2]
    opened = read(Source(data, name), max_text_bytes=MAX_TEXT_BYTES)
    if isinstance(opened, Rejected):
        return f"{opened.reason}: {opened.detail}", 0
    if isinstance(opened, ReadDocument | Parts):
        return "read as a document", 0
    entries = 0
    for member in opened:
        entries += 1
        _check(member, name)
    return "opened", entries


def _check(member: Member | BadMember, name: str) -> None:
    """An entry has its end: a text, or none."""
    if isinstance(member, BadMember):
        if member.rejected.reason is not RejectReason.NO_TEXT:
            print(f"feeds: {name}: {member.path}: {member.rejected.detail}")
        return
    source = Source(b"".join(member.chunks), member.path, member.media_type, member.charset, member.url, member.claims)
    entry = read(source, max_text_bytes=MAX_TEXT_BYTES)
    if not isinstance(entry, ReadDocument):
        print(f"feeds: {name}: {member.path}: {entry}")
