"""Whatever a file was made to do, it and all that comes of it end with a reason, and no child dies of it."""

import gzip
import os
from pathlib import Path

import pytest

from tests.hostile.examples import chosen, known
from tests.hostile.fuzz import told as line_of
from tests.hostile.generator import MAKERS, endless_lines, hostile_files
from tests.hostile.playing import played
from tests.hostile.quine import quine
from tests.hostile.running import ended, told
from tests.hostile.samples import READERS, SAMPLES

FEW = 2 * len(MAKERS)


def test_there_are_samples_of_every_format() -> None:
    assert {reader for reader, _ in SAMPLES} == READERS


def test_a_seed_gives_the_same_kinds_of_files_each_time_and_no_two_are_alike() -> None:
    some = list(hostile_files(1, FEW))
    kinds = [(made.family, made.name) for made in some]

    assert len({(made.name, made.data) for made in some}) == FEW
    assert kinds[-9:] == [(made.family, made.name) for made in hostile_files(1, 9, first=FEW - 9)]
    assert kinds[:9] != [(made.family, made.name) for made in hostile_files(2, 9)]


def test_the_quine_unpacks_to_itself() -> None:
    assert gzip.decompress(quine(b"abcd")) == quine(b"abcd")


def test_there_are_examples_for_every_reader() -> None:
    assert [reader for reader in READERS if not known(reader)] == []
    assert chosen([]) == sorted(READERS)
    assert chosen(["pdf"]) == ["pdf"]
    with pytest.raises(ValueError, match="there is no reader called docs; there are atom_entry, "):
        chosen(["docs"])


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_reader_is_played_with_and_a_line_tells_how_all_of_it_ended(tmp_path: Path) -> None:
    found = played("jsonl", 0.0, 1, tmp_path)

    assert found.unwell == []
    assert (found.examples, found.different, found.ends.total() > 0) == (1, 1, True)
    assert line_of(found).startswith("| jsonl | ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_each_of_some_generated_files_ends_with_a_reason_and_no_child_dies(tmp_path: Path) -> None:
    found = await ended(hostile_files(1, FEW, step=7), tmp_path)

    assert [one.made.called for one in found if not one.is_well] == [], told(found)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - asynchronous functions may not use the other


def test_the_lines_of_a_gigabyte_are_of_every_format_that_streams() -> None:
    assert {made.name for made in endless_lines()} >= {"a.jsonl", "a.mbox", "a.csv", "a.warc", "a.tar", "a.zip"}
