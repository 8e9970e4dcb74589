"""Archives and mailboxes with bytes turned, cut out and doubled at random: reading them comes to an end with a word.

Of what is only cut, nothing comes in but what was there. Short here; `WIREROOM_FUZZ_SECONDS=600` plays with each kind
for so long.
"""

import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.fetch.core import Parts, ReadDocument, Rejected, metering
from services.fetch.core.document import BadMember
from services.fetch.core.members import About, Allowance, Behind, Limits, Slot, Spent, Unpacked
from services.fetch.reader import Room, read
from services.fetch.spool import Slice, Spool
from tests.services.fetch.archives import PACKERS, encrypted_zip, link, sevenzipped, tarred, zipped
from tests.services.fetch.formats.test_fuzz import CRAWL, MAILBOX, SECONDS, TOKENS

TEXT = "Le conseil a voté le budget hier soir, après un long débat.".encode() * 20
MEMBERS = [("a.txt", TEXT), ("b/c.txt", TEXT[:40]), ("d.txt", b"")]
LINES = b"".join(json.dumps({"title": "A", "text": f"Été {number}"}).encode() + b"\n" for number in range(20))
ROWS = b"title,text\n" + b"".join(b'A,"one\n%d"\n' % number for number in range(20))
PACKED = {"jsonl": LINES, "mbox": MAILBOX, "csv": ROWS, "txt": TEXT, "tar": tarred(MEMBERS), "warc": CRAWL}
WHOLE: dict[str, list[bytes]] = {
    "zip": [
        zipped(MEMBERS),
        zipped(MEMBERS, zipfile.ZIP_STORED),
        zipped(MEMBERS, zipfile.ZIP_BZIP2),
        zipped(MEMBERS, zipfile.ZIP_LZMA),
        encrypted_zip(MEMBERS),
        zipped([("a.zip", zipped(MEMBERS)), ("a.jsonl", LINES), ("a.tar", tarred(MEMBERS))]),
    ],
    "tar": [tarred(MEMBERS, others=[link("e", "e")]), tarred([("é" * 150, LINES), ("a.mbox", MAILBOX)])],
    "7z": [sevenzipped(MEMBERS), sevenzipped([("a.jsonl", LINES)])],
    **{kind: [pack(data) for data in PACKED.values()] for kind, pack in PACKERS.items()},
    "warc": [CRAWL, PACKERS["gz"](CRAWL[: len(CRAWL) // 2]) * 2, PACKERS["zst"](CRAWL[: len(CRAWL) // 2]) * 2],
    "mbox": [MAILBOX, MAILBOX * 3],
    "jsonl": [LINES, LINES.decode().encode("utf-16")],
    "csv": [ROWS, ROWS.replace(b",", b"\t")],
}
NAMES = [f"a.{kind}" for kind in (*WHOLE, *(f"{inner}.{outer}" for inner in PACKED for outer in PACKERS))]
LIMITS = Limits(members=50, total_bytes=8 << 20, member_bytes=2 << 20)

edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.binary(max_size=6), st.sampled_from(TOKENS))),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    opened = Spool(tmp_path)
    yield opened
    opened.close()


def edited(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, cut, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


def ends_of(data: bytes | Slice, about: About, spool: Spool, tmp_path: Path, depth: int = 1) -> list[bytes]:
    """The bytes of whatever came in as whole; each thing has come to an end with a word."""
    size = len(data) if isinstance(data, bytes) else data.length
    found = read(data, about, 1_000_000, Room(spool.path, Allowance(size, LIMITS, depth=depth)))
    assert isinstance(found, ReadDocument | Rejected | Parts | Unpacked)
    whole: list[bytes] = []
    for end in (found, *(found.members if isinstance(found, Unpacked) else ())):
        rejected = end.rejected if isinstance(end, BadMember) else end
        assert not isinstance(rejected, Rejected) or rejected.detail
        if not isinstance(end, Slot):
            continue
        if not end.about.cut:
            whole.append(spool.read(end.start, end.length))
        if end.opens and depth < 3:
            inner = Spool(tmp_path)
            whole += ends_of(Slice(spool.path, end.start, end.length), end.about, inner, tmp_path, depth + 1)
            inner.close()
        assert end.opens or not end.about.cut
    return whole


def members_of(data: bytes, about: About, spool: Spool) -> list[Slot | tuple[str, str]]:
    """What comes out of it, a portion after the other, in the order of its numbers; without where it lay there."""
    found: list[Slot | tuple[str, str]] = []
    behind, spent, more = Behind(), Spent(), True
    while more:
        came = read(data, about, 1_000_000, Room(spool.path, Allowance(len(data), LIMITS, spent), behind))
        if not isinstance(came, Unpacked):
            break
        for member in came.members:
            told = (member.path, str(member.rejected)) if isinstance(member, BadMember) else replace(member, start=0)
            found.append(told)
        behind, spent, more = came.behind, came.spent, came.more
    return found


@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(2 * SECONDS + 120)
@pytest.mark.parametrize("kind", WHOLE)
def test_whatever_is_left_of_an_archive_is_read_or_rejected(kind: str, spool: Spool, tmp_path: Path) -> None:
    originals = {data: set(ends_of(data, About(f"a.{kind}"), spool, tmp_path)) for data in WHOLE[kind]}

    @settings(
        max_examples=100 if SECONDS else 15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.sampled_from(WHOLE[kind]), edits, st.sampled_from(NAMES))
    def plays(data: bytes, changes: list[tuple[float, int, bytes]], name: str) -> None:
        ends_of(edited(data, changes), About(name), spool, tmp_path)

    @settings(
        max_examples=100 if SECONDS else 15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.sampled_from(WHOLE[kind]), st.floats(0, 1))
    def is_cut(data: bytes, share: float) -> None:
        came = ends_of(data[: int(share * len(data))], About(f"a.{kind}"), spool, tmp_path)
        event(f"{len(came)} of {len(originals[data])}")
        whole = {mail.rstrip() for mail in originals[data]}
        assert kind in CUT_UNSEEN or {each.rstrip() for each in came} <= whole

    @settings(
        max_examples=100 if SECONDS else 10, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.sampled_from(WHOLE[kind]), edits)
    def has_its_numbers_however_it_is_divided(data: bytes, changes: list[tuple[float, int, bytes]]) -> None:
        data, about = edited(data, changes), About(f"a.{kind}")
        whole = members_of(data, about, spool)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(metering, "PORTION_MEMBERS", 1)
            patch.setattr(metering, "MOST_PORTION_MEMBERS", 1)
            assert members_of(data, about, spool) == whole

    until, runs = time.monotonic() + SECONDS, 0
    while not runs or time.monotonic() < until:
        plays()
        is_cut()
        has_its_numbers_however_it_is_divided()
        runs += 1
    if SECONDS:
        print(f"{kind}: {runs * 300} examples")


CUT_UNSEEN = {"mbox"}  # a letter without parts does not say how long it is
