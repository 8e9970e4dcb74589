import asyncio
import hashlib
import random
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import Session

from contracts.duplication import Duplicate, Duplication, Method
from services.chassis.database import Database
from services.chassis.migrations import migrate
from services.chassis.unavailable import Unavailable
from services.dedup import core
from services.dedup import memory as memory_module
from services.dedup.memory import Memory, Sighting
from services.dedup.tables import Row


def prose(seed: int, words: int = 120) -> str:
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(words))


def sighting(number: int, text: str, *, source: str = "") -> Sighting:
    """The `number`-th input, of a source of its own where none is named."""
    source = source or f"inbox:{number}.txt"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    article_id = hashlib.sha256(f"{source}\n{sha256}".encode()).hexdigest()[:32]
    article = core.Article(
        article_id, core.place_of(source, None), core.content_of(sha256, None), core.fingerprint(text)
    )
    return Sighting(f"{number:08x}-0000-7000-8000-000000000000", article)


def words(verdicts: Iterable[core.Verdict]) -> list[str]:
    return [verdict.verdict for verdict in verdicts]


async def test_two_copies_in_one_batch_cannot_both_be_first(memory: Memory) -> None:
    first, copy = sighting(1, prose(1)), sighting(2, prose(1))

    verdicts = await memory.judge([first, copy])

    assert words(verdicts) == ["original", "duplicate"]
    assert isinstance(verdicts[1], Duplicate)
    assert verdicts[1].of == first.article.article_id


async def test_the_verdict_is_said_again_field_by_field(memory: Memory) -> None:
    heard = [
        sighting(1, prose(1)),
        sighting(2, prose(1) + " fin"),
        sighting(3, prose(1) + " suite", source="inbox:1.txt"),
        sighting(4, prose(2)),
    ]
    before = await memory.judge(heard)
    assert words(before) == ["original", "duplicate", "revision", "original"]

    await memory.judge([sighting(5, prose(2))])
    again = await memory.judge([heard[3], sighting(6, prose(3)), *heard[:3]])

    assert [again[2], again[3], again[4], again[0]] == before


async def test_an_input_that_is_twice_in_a_batch_gets_one_verdict(memory: Memory) -> None:
    heard = sighting(1, prose(1))

    first, again = await memory.judge([heard, heard])

    assert first == again
    assert first.verdict == "original"


async def test_the_same_file_dropped_again_is_a_duplicate_of_its_article(memory: Memory) -> None:
    first, again = sighting(1, prose(1), source="inbox:a.txt"), sighting(2, prose(1), source="inbox:a.txt")

    await memory.judge([first])
    (verdict,) = await memory.judge([again])

    assert isinstance(verdict, Duplicate)
    assert (verdict.of, verdict.method) == (first.article.article_id, Method.SAME_ARTICLE)


async def test_memory_outlives_the_service(url: str) -> None:
    async with Database(url) as database:
        await Memory(database).judge([sighting(1, prose(1)), sighting(2, prose(2), source="inbox:a.txt")])
    async with Database(url) as database:
        memory = Memory(database)
        await memory.recall()
        verdicts = await memory.judge(
            [sighting(3, prose(1) + " fin"), sighting(4, prose(2) + " fin", source="inbox:a.txt")]
        )

    assert words(verdicts) == ["duplicate", "revision"]


async def test_an_edited_text_is_a_revision_though_another_stood_at_its_place_meanwhile(memory: Memory) -> None:
    texts = [prose(1), prose(2), f"{prose(1)} version 2"]
    versions = [sighting(number, text, source="inbox:latest.txt") for number, text in enumerate(texts)]
    verdicts = [(await memory.judge([version]))[0] for version in versions]

    assert words(verdicts) == ["original", "original", "revision"]
    assert isinstance(verdicts[2], Duplication)
    assert verdicts[2].revision_of == versions[0].article.article_id


async def test_a_passage_is_told_on_both_sides_long_after_the_other_text_came(url: str) -> None:
    dispatch = prose(1)
    async with Database(url) as database:
        await Memory(database).judge([sighting(1, f"Genève. {dispatch}")])
    host = f"{prose(2, 300)} {dispatch}"
    async with Database(url) as database:
        memory = Memory(database)
        await memory.recall()
        (verdict,) = await memory.judge([sighting(2, host)])

    assert isinstance(verdict, Duplication)
    [shared] = verdict.shared
    [here], [there] = shared.spans, shared.their_spans
    assert host[here.start : here.end] == dispatch
    assert (there.start, there.end) == (8, 8 + len(dispatch))


async def test_what_an_earlier_version_remembered_is_found_but_for_its_places(url: str) -> None:
    async with Database(url) as database:
        await Memory(database).judge([sighting(1, prose(1)), sighting(2, prose(2, 10))])
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old:
        old.executescript(
            "ALTER TABLE remembered RENAME COLUMN entries TO bands;"
            " UPDATE remembered SET version = '1.1', bands = x'00';"
            " ALTER TABLE sketches DROP COLUMN places; ALTER TABLE remembered DROP COLUMN source;"
            " ALTER TABLE remembered DROP COLUMN original; DROP TABLE standing;"
            " UPDATE alembic_version SET version_num = '0001'"
        )
    migrate(url, "dedup")
    async with Database(url) as database:
        memory = Memory(database)
        await memory.recall()
        verdicts = await memory.judge([sighting(3, prose(1) + " fin"), sighting(4, f"{prose(3, 300)} {prose(1)}")])

    copy, host = verdicts
    assert isinstance(copy, Duplicate)
    assert isinstance(host, Duplication)
    assert (len(copy.spans), copy.their_spans) == (1, ())
    assert [(len(shared.spans), shared.their_spans) for shared in host.shared] == [(1, ())]


async def test_versions_over_batches_form_a_chain(memory: Memory) -> None:
    versions = [sighting(number, f"{prose(1)} version {number}", source="inbox:a.txt") for number in range(1, 5)]
    verdicts = [(await memory.judge([version]))[0] for version in versions]

    assert words(verdicts) == ["original", "revision", "revision", "revision"]
    for verdict, version in zip(verdicts[1:], versions, strict=False):
        assert isinstance(verdict, Duplication)
        assert verdict.revision_of == version.article.article_id


async def test_a_near_copy_is_found_in_a_full_memory(memory: Memory) -> None:
    for start in range(0, 600, 200):
        await memory.judge([sighting(number, prose(number)) for number in range(start, start + 200)])

    verdicts = await memory.judge([sighting(1000 + number, "Agence. " + prose(number)) for number in range(0, 600, 7)])

    assert set(words(verdicts)) == {"duplicate"}


async def test_what_was_rolled_back_was_never_seen(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    write = memory_module.remember

    def write_and_fail(*arguments: object) -> None:
        write(*arguments)  # type: ignore[arg-type]
        raise RuntimeError("the process dies before the commit")

    monkeypatch.setattr(memory_module, "remember", write_and_fail)
    with pytest.raises(RuntimeError):
        await memory.judge([sighting(1, prose(1))])
    monkeypatch.undo()

    verdicts = await memory.judge([sighting(2, prose(1)), sighting(1, prose(1))])

    assert words(verdicts) == ["original", "duplicate"]


async def test_two_services_on_one_memory_take_turns(url: str) -> None:
    texts = [prose(seed) for seed in range(40)]
    async with Database(url) as one, Database(url) as other:
        memories = Memory(one), Memory(other)
        verdicts = await asyncio.gather(
            *(
                memories[side].judge([sighting(1000 * side + place, texts[place] + " fin" * side)])
                for place in range(40)
                for side in (0, 1)
            )
        )

    said = [verdict for (verdict,) in verdicts]
    pairs = zip(said[::2], said[1::2], strict=True)
    assert [sorted(words(pair)) for pair in pairs] == [["duplicate", "original"]] * 40


RIVAL = """
import asyncio, runpy, sys
from services.chassis.database import Database
from services.dedup.memory import Memory
test = runpy.run_path(sys.argv[1])
async def main():
    async with Database(sys.argv[2]) as database:
        memory = Memory(database)
        print("ready", flush=True)
        sys.stdin.readline()
        for place in range(30):
            (verdict,) = await memory.judge([test["sighting"](int(sys.argv[3]) + place, test["prose"](place))])
            print(verdict.verdict, flush=True)
asyncio.run(main())
"""


@pytest.mark.slow
async def test_two_processes_on_one_memory_cannot_both_be_first(url: str) -> None:
    rivals = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", RIVAL, str(Path(__file__)), url, str(first)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for first in (1000, 2000)
    ]
    for rival in rivals:
        assert rival.stdout is not None
        assert await rival.stdout.readline() == b"ready\n"
    said = [out.decode().split() for out, _ in await asyncio.gather(*(rival.communicate(b"go\n") for rival in rivals))]

    assert [sorted(pair) for pair in zip(*said, strict=True)] == [["duplicate", "original"]] * 30


async def test_fingerprints_of_another_version_are_remembered_but_not_compared(url: str) -> None:
    first = sighting(1, prose(1), source="inbox:a.txt")
    async with Database(url) as database:
        await Memory(database).judge([first, sighting(2, prose(2))])
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE remembered SET version = 'older'")
    async with Database(url) as database:
        verdicts = await Memory(database).judge(
            [
                sighting(3, prose(2) + " fin"),
                sighting(4, prose(1) + " fin", source="inbox:a.txt"),
                sighting(5, prose(1), source="inbox:a.txt"),
                sighting(6, prose(2)),
            ]
        )

    assert words(verdicts) == ["original", "original", "duplicate", "duplicate"]  # ids and bytes hold for ever


async def test_a_memory_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path / 'no' / 'folder' / 'dedup.db'}") as database:
        with pytest.raises(Unavailable):
            await Memory(database).probe()
        with pytest.raises(Unavailable):
            await Memory(database).judge([sighting(1, prose(1))])


async def test_a_locked_memory_is_unavailable_and_nothing_is_lost(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.chassis.database.BUSY_TIMEOUT_MILLISECONDS", 10)
    async with Database(url) as database:
        memory = Memory(database)
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as rival:
            rival.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable):
                await memory.judge([sighting(1, prose(1))])
        assert words(await memory.judge([sighting(1, prose(1))])) == ["original"]


async def test_a_memory_is_migrated_at_every_start_and_keeps_what_it_knows(url: str) -> None:
    async with Database(url) as database:
        await Memory(database).judge([sighting(1, prose(1))])
    migrate(url, "dedup")
    async with Database(url) as database:
        assert words(await Memory(database).judge([sighting(2, prose(1))])) == ["duplicate"]


async def test_the_tables_are_those_of_the_migrations(memory: Memory) -> None:
    def differences(session: Session) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(session.connection()), Row.metadata))

    assert await memory._database.transaction(differences) == []
