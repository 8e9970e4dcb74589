"""What the inbox's shelves tell of inputs that a restored ledger does not know."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from contracts.identity import article_id
from services.cli.local import shelves
from services.fetch.core.names import aside
from tests.services.cli.local.conftest import LEVELS

INPUT = "01890000-0000-7000-8000-0123456789ab"
OTHER = "01890000-0000-7000-8000-ba9876543210"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Lays a file into the inbox."""

    def lay(path: str, data: bytes) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    return lay


def test_reports_are_read_and_what_is_none_is_passed_over(tmp_path: Path, put: Put) -> None:
    put(".rejected/a.txt.error.json", json.dumps({"input_id": INPUT}).encode())
    put(".rejected/a.txt", b"")
    put(".rejected/b/c.txt.error.json", b"half of")
    put(".rejected/d.txt.error.json", b"[]")
    put(".rejected/e.txt.error.json", b"[" * 200_000)

    assert list(shelves.reports(tmp_path, LONG_AGO)) == [{"input_id": INPUT}]
    assert list(shelves.reports(tmp_path, datetime.now(UTC) + timedelta(hours=1))) == []


def test_of_a_report_no_more_is_read_than_one_may_have(
    tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = put(".rejected/a.txt.error.json", b"{}")
    os.truncate(huge, 8 << 30)  # without a byte on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read whole"))

    assert list(shelves.reports(tmp_path, LONG_AGO)) == []


def test_a_file_is_found_however_deep_it_lies(tmp_path: Path, deep: Path) -> None:
    (tmp_path / ".done").mkdir()
    deep.rename(tmp_path / ".done" / "d")
    try:
        [path] = shelves.taken(tmp_path, LONG_AGO)
        assert path == "d/" * (LEVELS + 1) + "file"
    finally:
        (tmp_path / ".done" / "d").rename(deep)


def test_files_that_were_put_away_are_found_and_links_are_not(tmp_path: Path, put: Put) -> None:
    put(".done/a.txt", b"a")
    put(".done/sub/b.txt", b"b")
    (tmp_path / ".done" / "link.txt").symlink_to("a.txt")

    assert sorted(shelves.taken(tmp_path, LONG_AGO)) == ["a.txt", "sub/b.txt"]
    assert list(shelves.taken(tmp_path / "nowhere", LONG_AGO)) == []


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("a.txt", ["a.txt"]),
        (f"sub/{aside('a.txt', INPUT)}", [f"sub/{aside('a.txt', INPUT)}", "sub/a.txt"]),
        (aside("a", INPUT), [aside("a", INPUT), "a"]),
        ("a.0123456789.txt", ["a.0123456789.txt"]),
    ],
)
def test_a_file_may_have_come_under_the_name_that_was_taken(path: str, names: list[str]) -> None:
    assert shelves.names_before(path) == names
    assert shelves.articles_of(path, "0" * 64) == [article_id(f"inbox:{name}", "0" * 64) for name in names]


@pytest.mark.parametrize(
    ("path", "inputs", "known"),
    [
        ("a.txt", [set()], False),
        ("a.txt", [{OTHER}], True),
        (f"sub/{aside('a.txt', INPUT)}", [set(), {OTHER}], False),
        (f"sub/{aside('a.txt', INPUT)}", [set(), {OTHER, INPUT}], True),
        (f"sub/{aside('a.txt', INPUT)}", [{OTHER}, set()], True),
    ],
)
def test_a_file_that_was_put_aside_is_that_of_its_own_input_alone(
    path: str, inputs: list[set[str]], known: bool
) -> None:
    assert shelves.is_known(path, inputs) == known


def test_the_file_of_an_input_is_looked_for_where_only_it_can_lie_first(tmp_path: Path) -> None:
    done = tmp_path / ".done"

    assert shelves.places_of(tmp_path, "inbox:sub/a.txt", INPUT) == [
        done / "sub" / aside("a.txt", INPUT),
        done / "sub" / "a.txt",
        tmp_path / "sub" / "a.txt",
    ]
    assert shelves.places_of(tmp_path, "file:/archive/a.txt", INPUT) == [Path("/archive/a.txt")]
    assert shelves.places_of(tmp_path, "https://example.org/a", INPUT) == []


def test_a_file_goes_back_and_never_over_another(tmp_path: Path, put: Put) -> None:
    put(".done/sub/a.txt", b"taken")
    put("sub/a.txt", b"just dropped")

    given_back = shelves.give_back(tmp_path, "sub/a.txt", INPUT)

    assert given_back == f"sub/{aside('a.txt', INPUT)}"
    assert (tmp_path / given_back).read_bytes() == b"taken"
    assert (tmp_path / "sub/a.txt").read_bytes() == b"just dropped"
    assert shelves.give_back(tmp_path, "sub/a.txt", INPUT) is None, "it is gone"
    assert (tmp_path / "sub/a.txt").read_bytes() == b"just dropped"


def test_a_file_goes_back_into_a_folder_that_was_removed(tmp_path: Path, put: Put) -> None:
    put(".done/deep/er/a.txt", b"taken")

    assert shelves.give_back(tmp_path, "deep/er/a.txt", INPUT) == "deep/er/a.txt"
    assert (tmp_path / "deep/er/a.txt").read_bytes() == b"taken"


def test_claims_are_with_fetch(tmp_path: Path, put: Put) -> None:
    put(f".claimed/{INPUT}/a.txt", b"a")

    assert shelves.claimed(tmp_path) == {INPUT}
    assert shelves.claimed(tmp_path / "nowhere") == set()


def test_the_hash_of_a_file_that_is_gone_is_none(tmp_path: Path, put: Put) -> None:
    assert shelves.hash_of(put("a.txt", b"a")) == sha256(b"a").hexdigest()
    assert shelves.hash_of(tmp_path / "b.txt") is None
