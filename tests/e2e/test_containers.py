"""Archives through a whole system: every member has its own end, and what a person looks at shows them all."""

import json
from pathlib import Path

import pytest

from contracts.outcomes import State
from tests.e2e.running import System
from tests.e2e.writing import an_article
from tests.services.fetch.archives import encrypted_zip, tarred, zipped

pytestmark = [pytest.mark.nats, pytest.mark.slow]

BOMB = zipped([("zeros.txt", bytes(8 << 20))])


def article(number: int) -> bytes:
    return an_article(7000 + number).encode()


def ends_of(traced: list[dict[str, str | None]], container: str) -> dict[str, tuple[str | None, str | None]]:
    """By its place in the container, the state and the reason of every input."""
    return {
        (one["source_uri"] or "").removeprefix(f"inbox:{container}"): (one["state"], one["reason"]) for one in traced
    }


def test_each_member_of_a_nested_archive_has_its_own_end_and_harms_no_other(system: System) -> None:
    inner = zipped([("x/first.txt", article(1)), ("damaged.bin", b"\x00\x01" * 500), ("last.txt", article(2))])
    members = [
        ("first.txt", article(3)),
        ("inner.zip", inner),
        ("bomb.zip", BOMB),
        ("locked.zip", encrypted_zip([("secret.txt", article(4))])),
        ("copy.txt", article(3)),
        ("__MACOSX/._first.txt", b"x"),
        ("tape.tar.gz", tarred([("é/t.txt", article(5))], "w:gz")),
    ]
    system.drop("archives/all.zip", zipped(members))
    system.ended("inbox:archives/all.zip", inputs=13, seconds=60)

    traced = json.loads(system.wireroom("trace", "archives/all.zip", "--json").stdout)["inputs"]
    ends = ends_of(traced, "archives/all.zip")
    assert {ends.pop("!copy.txt")[0], ends.pop("!first.txt")[0]} == {"stored", "duplicate"}
    assert ends == {
        "": ("expanded", None),
        "!inner.zip": ("expanded", None),
        "!inner.zip!x/first.txt": ("stored", None),
        "!inner.zip!damaged.bin": ("rejected", "not_text"),
        "!inner.zip!last.txt": ("stored", None),
        "!bomb.zip": ("expanded", None),
        "!bomb.zip!zeros.txt": ("rejected", "bomb"),
        "!locked.zip": ("expanded", None),
        "!locked.zip!secret.txt": ("rejected", "encrypted"),
        "!tape.tar.gz": ("expanded", None),
        "!tape.tar.gz!é/t.txt": ("stored", None),
    }
    root = traced[0]
    assert (root["children"], root["parent_input_id"]) == (6, None)
    by_id = {one["input_id"]: one for one in traced}
    assert [by_id[f"{root['input_id']}#{number}"]["parent_input_id"] for number in range(1, 7)] == [
        root["input_id"]
    ] * 6
    assert {one["received_at"] for one in traced} == {root["received_at"]}
    assert "archives/all.zip" in system.kept(".done")
    assert len(json.loads(system.wireroom("trace", "é/t.txt", "--json").stdout)["inputs"]) == 1


def test_an_archive_of_which_nothing_could_be_read_is_rejected_with_what_was_wrong_in_it(system: System) -> None:
    system.drop("archives/bad.zip", zipped([("a.bin", b"\x00\x01" * 500), ("empty.txt", b"")]))
    [root, *children] = system.ended("inbox:archives/bad.zip", inputs=3)

    assert root.state is State.EXPANDED
    assert [child.state for child in children] == [State.REJECTED] * 2
    report = json.loads(system.kept(".rejected")["archives/bad.zip.error.json"])
    assert report["input_id"] == root.input_id
    assert "a.bin (not_text: " in report["detail"]
    assert "empty.txt (empty: " in report["detail"]


def test_ingest_is_content_only_when_every_member_has_ended_well(system: System, tmp_path: Path) -> None:
    good, mixed = tmp_path / "good.zip", tmp_path / "mixed.zip"
    good.write_bytes(zipped([("a.txt", article(10)), ("b.zip", zipped([("c.txt", article(11))]))]))
    mixed.write_bytes(zipped([("a.txt", article(12)), ("b/empty.txt", b"")]))

    assert system.wireroom("ingest", str(good)).returncode == 0
    told = system.wireroom("ingest", str(mixed), "--json")
    assert told.returncode == 1
    ends = {one["source_uri"]: one["state"] for one in json.loads(told.stdout)["inputs"]}
    assert ends == {
        f"file:{mixed}": "expanded",
        f"file:{mixed}!a.txt": "stored",
        f"file:{mixed}!b/empty.txt": "rejected",
    }
    assert f"{mixed}!b/empty.txt: rejected (empty" in system.wireroom("ingest", str(mixed)).stderr


def test_after_archives_the_accounts_add_up(system: System) -> None:
    system.drop("archives/more.zip", zipped([(f"{number}.txt", article(20 + number)) for number in range(30)]))
    system.ended("inbox:archives/more.zip", inputs=31, seconds=60)

    assert json.loads(system.wireroom("status", "--check", "--json").stdout)["check"]["findings"] == []
