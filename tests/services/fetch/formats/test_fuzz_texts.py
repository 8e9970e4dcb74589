"""Whatever the readers of text-like formats are given, they raise nothing, and whatever bytes there are can be decoded.

Short here; `WIREROOM_FUZZ_SECONDS=600` plays with each of them for so long.
"""

import json
import time
from collections.abc import Callable
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import BadMember, Parts, ReadDocument, Rejected, Source
from tests.services.fetch.formats import test_json, test_markdown, test_newsml, test_nitf, test_wire
from tests.services.fetch.formats.test_fuzz import MOST_MEMBERS, SECONDS, damaged

NITF = test_nitf.nitf_of("<p>é</p><table><tr><td>a</td></tr></table><ul><li>b</li></ul>").encode()
ITEM = test_newsml.item_of(test_newsml.XHTML.format("<p>One.</p>"))
COMPONENT = test_newsml.COMPONENT.format("A", "<p>x</p>")
OBJECTS = [
    json.dumps(node, ensure_ascii=False).encode()
    for node in (test_json.SCHEMA_ORG, test_json.NINJS_1, test_json.NINJS_3, test_json.FUNDUS, test_json.WORDPRESS)
]
LINES = b"\n".join(OBJECTS)
WRAPPINGS = (b'{"data": {"items": [%s]}}', b'{"type": "composite", "associations": {"a": %s, "b": []}}')
RECORD = test_wire.RECORD.format(1).encode()
TABLE = b'title;text;date\nA;"one, ""two""\nthree";2018\nB;four;2019\n'
SAMPLES: dict[str, list[bytes]] = {
    "nitf": [NITF, NITF.decode().encode("utf-16")],
    "newsml_g2": [ITEM.encode(), test_newsml.message_of(ITEM, ITEM).encode()],
    "newsml1": [test_newsml.NEWSML.format(COMPONENT).encode(), test_newsml.NEWSML.format(COMPONENT * 2).encode()],
    "wire": [test_wire.IPTC.encode(), test_wire.ANPA.encode(), test_wire.TABLE.encode(), (test_wire.IPTC * 2).encode()],
    "reuters_sgml": [RECORD, RECORD * 3],
    "json_any": [*OBJECTS, *(wrapping % OBJECTS[1] for wrapping in WRAPPINGS), b"[" + b",".join(OBJECTS) + b"]", LINES],
    "jsonl": [LINES],
    "table": [TABLE, TABLE.replace(b";", b"\t"), TABLE.decode().encode("utf-16")],
    "markdown": [test_markdown.FRONT.encode()],
}
CHARSETS = st.sampled_from(
    [None, "utf-8", "utf-16", "utf-32", "latin1", "koi8-r", "shift_jis", "gb18030", "rot13", "no"]
)


@pytest.mark.timeout(SECONDS + 120)
@pytest.mark.parametrize("reader", SAMPLES)
def test_a_reader_raises_nothing_whatever_it_is_given(reader: str) -> None:
    read = import_module(f"services.fetch.formats.{reader}").read

    @given(damaged(SAMPLES[reader]), CHARSETS)
    def plays(data: bytes, charset: str | None) -> None:
        found = read(Source(data, f"a.{reader}", charset=charset))
        assert not isinstance(found, Parts)
        if isinstance(found, ReadDocument):
            assert all(value.encode() is not None for value in (found.text, *(claim.value for claim in found.claims)))
        elif isinstance(found, Rejected):
            assert found.detail.encode()
        else:
            for _, member in zip(range(MOST_MEMBERS), found, strict=False):
                assert member.path
                assert isinstance(member, BadMember) or b"".join(member.chunks) is not None

    _played(plays, reader)


@pytest.mark.timeout(SECONDS + 120)
def test_whatever_bytes_there_are_become_a_text() -> None:
    texts = ["Le maire a été blessé à l'hôpital.", "Сегодня в столице прошли переговоры.", "東京で会議が開かれた。"]
    encodings = ("utf-8", "utf-16", "cp1252", "koi8-r", "iso2022_jp", "utf-32-be", "gb18030")
    samples = [text.encode(encoding, "ignore") for text in texts for encoding in encodings]

    @given(st.one_of(damaged(samples), st.binary(max_size=200)), CHARSETS, CHARSETS)
    def plays(data: bytes, first: str | None, second: str | None) -> None:
        decoded = decode(data, told_codec(first), told_codec(second))
        assert decoded.text.encode() is not None
        assert 0 <= decoded.lossy <= decoded.text.count("\ufffd")
        assert decode(data, told_codec(first), told_codec(second)) == decoded

    _played(plays, "any bytes")


def _played(plays: Callable[[], None], name: str) -> None:
    """Once, and then again and again while there is time."""
    tried = settings(
        max_examples=100 if SECONDS else 20, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )(plays)
    until, runs = time.monotonic() + SECONDS, 0
    while not runs or time.monotonic() < until:
        tried()
        runs += 1
    if SECONDS:
        print(f"{name}: {runs * 100} examples")
