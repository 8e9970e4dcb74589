"""Archives with bytes turned, cut out and doubled at random: reading them comes to an end, and nothing else.

`WIREROOM_FUZZ_EXAMPLES=100000 pytest tests/services/fetch/test_fuzzed_archives.py --timeout 0` looks for longer.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import About, Allowance, Limits, Unpacked
from services.fetch.reader import Room, read
from services.fetch.spool import Spool
from tests.services.fetch.archives import PACKERS, encrypted_zip, link, sevenzipped, tarred, zipped

EXAMPLES = int(os.environ.get("WIREROOM_FUZZ_EXAMPLES", "150"))
TEXT = "Le conseil a voté le budget hier soir, après un long débat.".encode() * 20
MEMBERS = [("a.txt", TEXT), ("b/c.txt", TEXT[:40]), ("d.txt", b"")]
WHOLE = (
    zipped(MEMBERS),
    zipped(MEMBERS, 0),
    encrypted_zip(MEMBERS),
    zipped([("a.zip", zipped(MEMBERS)), ("a.tar", tarred(MEMBERS))]),
    tarred(MEMBERS, others=[link("e", "e")]),
    tarred(MEMBERS, "w:gz"),
    tarred(MEMBERS, "w:xz"),
    sevenzipped(MEMBERS),
    *(pack(TEXT) for pack in PACKERS.values()),
)
LIMITS = Limits(members=50, total_bytes=8 << 20, member_bytes=2 << 20)

edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=8)


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


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(whole=st.sampled_from(WHOLE), changes=edits)
def test_whatever_is_left_of_an_archive_is_read_or_rejected(
    spool: Spool, whole: bytes, changes: list[tuple[float, int, bytes]]
) -> None:
    data = edited(whole, changes)
    found = read(data, About("a"), 1_000_000, Room(spool.path, Allowance(len(data), LIMITS)))

    assert isinstance(found, ReadDocument | Rejected | Parts | Unpacked)
    for end in (found, *(found.members if isinstance(found, Unpacked) else ())):
        rejected = end.rejected if isinstance(end, BadMember) else end
        assert not isinstance(rejected, Rejected) or rejected.detail
