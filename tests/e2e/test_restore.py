"""Backup and restore of a running system: what was announced since the backup is there again, and nothing is anew."""

import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import State
from tests.e2e.hearing import Heard, whole_stream
from tests.e2e.running import until
from tests.e2e.typist import WIREROOM
from tests.e2e.writing import a_long_article
from tests.injuries.system import Injured

pytestmark = [pytest.mark.nats, pytest.mark.slow]

SECONDS = 180.0
TABLES = (
    "articles",
    "mentions",
    "quotations",
    "places",
    "shared_passages",
    "duplicates",
    "dead_letters",
    "unannounced",
)
# When a rejection was recorded nothing but the ledger knew, and its step is told by the report beside the file.
LEDGER = "SELECT input_id, source_uri, received_at, state, article_id, duplicate_of, reason, detail, sha256 FROM inputs"
TRAILS = "SELECT input_id, steps, ended_at FROM inputs WHERE state IN ('stored', 'duplicate')"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, atlas: Path) -> Iterator[Injured]:
    """One for all, which is restored once in each: nothing of what was there before is missed in the next either."""
    injured = Injured(tmp_path_factory.mktemp("own"), atlas)
    try:
        injured.start()
        yield injured
    finally:
        injured.abandon()


def kept(store: Path) -> dict[str, list[Any]]:
    """All that a store's database holds, but for the order in which it came."""
    with closing(sqlite3.connect(store)) as database:
        columns = {name: [one[1] for one in database.execute(f"PRAGMA table_info({name})")] for name in TABLES}
        queries = {name: f"SELECT {', '.join(set(columns[name]) - {'number'})} FROM {name}" for name in TABLES}
        queries |= {"ledger": LEDGER, "trails": TRAILS, "counts": "SELECT * FROM input_counts WHERE inputs > 0"}
        return {name: sorted(map(repr, database.execute(query))) for name, query in queries.items()}


def judged(dedup: Path) -> list[Any]:
    with closing(sqlite3.connect(dedup)) as database:
        remembered = "SELECT article_id, place, content, text, version, shingles, entries FROM remembered"
        return [sorted(database.execute(query)) for query in ("SELECT * FROM judged", remembered)]


def drop(system: Injured, first: int) -> None:
    """Six files: two articles, a copy, one that only looks like another, a new version of one, and an empty one."""
    system.drop(f"{first}/a.txt", a_long_article(first).encode())
    system.drop(f"{first}/b.txt", a_long_article(first + 1).encode())
    ended(system, {State.STORED: 2})
    system.drop(f"{first}/copy.txt", a_long_article(first).encode())
    system.drop(f"{first}/near.txt", (a_long_article(first) + "Fin.\n").encode())
    system.drop(f"{first}/a.txt", (a_long_article(first) + "Mise à jour.\n").encode())
    system.drop(f"{first}/empty.txt", b"")
    ended(system, {State.STORED: 1, State.DUPLICATE: 2, State.REJECTED: 1})
    owes_nothing(system)


def owes_nothing(system: Injured) -> None:
    """All that is stored is announced, so that two databases that tell the same are the same."""
    until(lambda: not kept(system.home / "store.db")["unannounced"], seconds=SECONDS, what="nothing is owed")


def ended(system: Injured, more: dict[State, int]) -> None:
    before = Counter(TOLD.get(system, Counter()))
    TOLD[system] = wanted = before + Counter(more)
    until(
        lambda: Counter({state: number for state, number in system.counts().items() if number}) == wanted,
        seconds=SECONDS,
        what=lambda: f"{dict(wanted)}, only {system.counts()}",
    )


TOLD: dict[Injured, Counter[State]] = {}


def restore(system: Injured, file: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [WIREROOM, "restore", str(file), "--yes"],
        env=system.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


async def announced(system: Injured) -> Counter[str]:
    return Counter(ce_id(one) for one in await whole_stream(system.url))


def ce_id(one: Heard) -> str:
    return one.headers["ce-id"]


async def test_nothing_that_was_announced_is_missing_after_a_restore(system: Injured) -> None:
    file = system.folder / "one.backup"
    drop(system, 100)
    assert system.wireroom("backup", str(file)).returncode == 0
    drop(system, 200)
    said = await announced(system)
    assert set(said.values()) == {1}
    others = set(system.home.glob("replaced-*"))

    told, _ = restore(system, file).communicate(timeout=SECONDS)

    [replaced] = set(system.home.glob("replaced-*")) - others
    system.await_ready()
    owes_nothing(system)
    assert "5 verdicts learned again" in told, told
    assert kept(system.home / "store.db") == kept(replaced / "store.db")
    assert judged(system.home / "dedup.db") == judged(replaced / "dedup.db")
    with closing(sqlite3.connect(system.home / "store.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.execute("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)")
    await still_works(system, 100, 200)
    assert {one: number for one, number in (await announced(system)).items() if one in said} == said


async def still_works(system: Injured, before: int, since: int) -> None:
    """Copies of what came before the backup and after it are copies, and what is new is new."""
    hits = system.json_of("search", "numéro", "--limit", "1000")["articles"]
    folders = tuple(f"inbox:{first}/" for first in (before, since))
    found = {hit["source_uri"] for hit in hits if hit["source_uri"].startswith(folders)}
    assert found == {f"{folder}{n}.txt" for folder in folders for n in "ab"}
    [traced] = system.json_of("trace", f"{since}/b.txt")["inputs"]
    assert [step["service"] for step in traced["steps"]] == ["fetch", "language", "dedup", "extract", "store"]
    system.drop(f"{since}/again/old.txt", a_long_article(before + 1).encode())
    system.drop(f"{since}/again/new.txt", a_long_article(since + 1).encode())
    system.drop(f"{since}/again/near.txt", (a_long_article(since + 1) + "Fin.\n").encode())
    system.drop(f"{since}/again/other.txt", a_long_article(since + 50).encode())
    ended(system, {State.DUPLICATE: 3, State.STORED: 1})
    owes_nothing(system)


async def test_a_restore_in_whose_middle_all_is_killed_is_finished_by_the_next_start(system: Injured) -> None:
    file = system.folder / "two.backup"
    drop(system, 1100)
    assert system.wireroom("backup", str(file)).returncode == 0
    drop(system, 1200)
    others = set(system.home.glob("replaced-*"))
    armed = system.arm("bin", "database_replaced", "kill")

    restoring = restore(system, file)
    until(lambda: not armed.exists(), seconds=SECONDS, what="`up` has begun to exchange databases")
    told, _ = restoring.communicate(timeout=SECONDS)
    system.abandon()
    again = system.wireroom("restore", str(file), "--yes")
    system.start()
    owes_nothing(system)

    assert "start it again, and it finishes the restore" in told
    assert "has not come to its end" in again.stderr
    [replaced] = set(system.home.glob("replaced-*")) - others
    assert (replaced / "account.json").exists()
    assert kept(system.home / "store.db") == kept(replaced / "store.db")
    assert judged(system.home / "dedup.db") == judged(replaced / "dedup.db")
    await still_works(system, 1100, 1200)


async def test_older_copies_that_were_put_in_place_by_hand_are_told_and_caught_up(system: Injured) -> None:
    databases = [system.home / f"{name}.db" for name in ("fetch", "dedup", "store")]
    drop(system, 2100)
    system.stop()
    for database in databases:
        shutil.copyfile(database, database.with_suffix(".night"))
    system.start()
    drop(system, 2200)
    said = await announced(system)
    system.stop()
    for database in databases[1:]:  # fetch had nothing to remember
        shutil.copyfile(database, database.with_suffix(".later"))
        shutil.copyfile(database.with_suffix(".night"), database)

    system.begin()
    told = [f"{database} is an older copy of itself" for database in databases[1:]]
    until(lambda: all(one in system.wireroom("status").stdout for one in told), seconds=SECONDS, what=str(told))
    out, _ = restore(system, databases[-1]).communicate(timeout=SECONDS)

    system.await_ready()
    owes_nothing(system)
    assert "5 verdicts learned again" in out, out
    for database, look in zip(databases[1:], (judged, kept), strict=True):
        assert look(database) == look(database.with_suffix(".later"))
    assert {one: number for one, number in (await announced(system)).items() if one in said} == said
