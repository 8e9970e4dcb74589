"""The feeds of the corpus: every entry of those that are well-formed is found, and none takes the parser down."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from services.fetch.core.feeds import Feed
from services.fetch.core.feeds.parsing import parse

CORPUS = os.environ.get("WIREROOM_CORPUS")
ENTRIES = {"rss": {"item"}, "rdf": {"item"}, "feed": {"entry"}, "channel": {"item"}, "urlset": {"url"}}


@pytest.fixture(scope="module")
def files() -> list[tuple[str, bytes]]:
    if CORPUS is None:
        pytest.skip("set WIREROOM_CORPUS to the folder of a corpus with feeds/feeds.tar.xz")
    with tarfile.open(Path(CORPUS) / "feeds" / "feeds.tar.xz", "r:xz") as archive:
        return [(one.name, read.read()) for one in archive if (read := archive.extractfile(one)) is not None]


def well_formed(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes, etree._Element]]:
    for name, data in files:
        try:
            yield name, data, etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError:
            continue


def test_every_entry_of_a_well_formed_feed_is_found(files: list[tuple[str, bytes]]) -> None:
    missed = []
    for name, data, root in well_formed(files):
        kinds = ENTRIES.get(etree.QName(root).localname.lower(), set())
        names = [etree.QName(one).localname.lower() for one in root.iter(etree.Element)]
        found = parse(data, "https://news.example/")
        if not isinstance(found, Feed) or len(found.entries) != sum(one in kinds for one in names):
            missed.append(name)

    assert missed == []


def test_every_feed_comes_to_something(files: list[tuple[str, bytes]]) -> None:
    nothing = [name for name, data in files if not isinstance(parse(data, "https://news.example/"), Feed)]

    assert nothing == []
