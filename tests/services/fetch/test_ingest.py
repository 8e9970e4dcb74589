"""What a person names is taken where it lies, as the watched folder would take it."""

import asyncio
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.chassis.failures import MAX_FAILURES
from services.chassis.unavailable import Unavailable
from services.fetch import originals
from services.fetch.core import Rejected
from services.fetch.core.members import About
from services.fetch.handler import mint
from services.fetch.in_place import Place, PlacedFile
from services.fetch.ingest import Failed, Ingest, Ingested, Missing, PassedOver, files_in
from services.fetch.originals import Original
from services.fetch.patience import Patience
from services.fetch.reader import Killed, Reader
from services.fetch.seen import Entry, Memory
from tests.edges.inboxes import Beyond, memory_at


async def ingested(
    home: Path, beyond: Beyond, paths: Iterable[Path], *, resume: bool = False
) -> dict[str, Ingested | Missing]:
    async with memory_at(home) as memory:
        ingest = Ingest(beyond.intake(), memory, Patience(0.0, 1.0), max_bytes=10_000, mint=mint, resume=resume)
        return {found.path.name: found async for found in ingest.take(files_in(paths))}


def lay(tmp_path: Path) -> Path:
    top = tmp_path / "articles"
    (top / "x").mkdir(parents=True)
    (top / "a.txt").write_text("Un texte.")
    (top / "x/b.txt").write_text("Un autre.")
    (top / "x/.hidden").write_text("Caché.")
    (top / "empty.txt").write_text("")
    return top


async def test_files_and_folders_are_taken_and_nothing_is_moved(tmp_path: Path) -> None:
    top, beyond = lay(tmp_path), Beyond()
    found = await ingested(tmp_path, beyond, [top, tmp_path / "gone.txt"])
    assert {article.document.source_uri for article in beyond.articles} == {f"file:{top}/a.txt", f"file:{top}/x/b.txt"}
    assert found.keys() == {"a.txt", "b.txt", "empty.txt", "gone.txt", ".hidden"}
    assert isinstance(found["gone.txt"], Missing)
    assert found[".hidden"] == PassedOver(top / "x/.hidden", "hidden")
    empty = found["empty.txt"]
    assert isinstance(empty, Ingested)
    assert empty.rejected is not None
    assert empty.rejected.reason is RejectReason.EMPTY
    assert {path.name for path in top.rglob("*")} == {"a.txt", "x", "b.txt", ".hidden", "empty.txt"}


async def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    top, beyond = lay(tmp_path), Beyond()
    (tmp_path / "link.txt").symlink_to(top / "a.txt")
    await ingested(tmp_path, beyond, [top / "x/.hidden", tmp_path / "link.txt"])
    texts = {article.document.source_uri: article.document.text for article in beyond.articles}
    assert texts == {f"file:{top}/x/.hidden": "Caché.", f"file:{tmp_path}/link.txt": "Un texte."}


async def test_every_run_is_an_arrival_of_its_own(tmp_path: Path) -> None:
    top, beyond = lay(tmp_path), Beyond()
    for _ in range(2):
        await ingested(tmp_path, beyond, [top / "a.txt"])
    one, other = beyond.articles
    assert one.article_id == other.article_id
    assert one.input_id != other.input_id


async def test_resume_skips_what_was_said_and_takes_what_is_new_or_changed(tmp_path: Path) -> None:
    top, beyond = lay(tmp_path), Beyond()
    first = await ingested(tmp_path, beyond, [top])
    (top / "x/b.txt").write_text("Un autre, changé.")
    (top / "c.txt").write_text("Un nouveau.")
    second = await ingested(tmp_path, beyond, [top], resume=True)
    skipped = {name for name, found in second.items() if isinstance(found, Ingested) and found.skipped}
    assert skipped == {"a.txt", "empty.txt"}
    one, other = first["a.txt"], second["a.txt"]
    assert isinstance(one, Ingested)
    assert isinstance(other, Ingested)
    assert one.input_id == other.input_id
    assert len(beyond.articles) == 4


async def test_resume_goes_on_with_what_was_begun(tmp_path: Path) -> None:
    top, beyond = lay(tmp_path), Beyond()
    away = [True]

    def step(name: str) -> None:
        if away and name == "saying article_fetched":
            raise ConnectionError

    beyond.step = step
    found = await ingested(tmp_path, beyond, [top / "a.txt"])
    assert isinstance(found["a.txt"], Failed)
    away.clear()
    await ingested(tmp_path, beyond, [top / "a.txt"], resume=True)
    assert len({message.input_id for message in beyond.said}) == 1
    assert len(beyond.articles) == 1


async def test_one_files_trouble_is_not_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reading(self: Place, max_bytes: int, copied_to: Path | None = None, **more: Any) -> Original | Rejected | None:
        if self.full.name == "a.txt":
            raise OSError(5, "Input/output error")
        if self.full.name == "b.txt":
            raise TypeError("no such thing")
        return read(self, max_bytes, copied_to, **more)

    top, beyond, read = lay(tmp_path), Beyond(), Place.read
    (top / "c.txt").write_text("Un texte.")
    monkeypatch.setattr(Place, "read", reading)
    monkeypatch.setattr("services.fetch.ingest.BACKOFF_SECONDS", (0.0,) * 4)
    found = await ingested(tmp_path, beyond, [top])
    assert found["a.txt"] == Failed(top / "a.txt", "[Errno 5] Input/output error")
    assert {name: one.rejected for name, one in found.items() if isinstance(one, Ingested)} == {
        "b.txt": Rejected(RejectReason.UNREADABLE, "reading it failed 5 times: TypeError"),
        "c.txt": None,
        "empty.txt": Rejected(RejectReason.EMPTY, "the file has no bytes"),
    }


@pytest.mark.parametrize("step", ["size", "note", "changed", "put_away"])
async def test_what_fails_in_an_unforeseen_way_beside_its_reading_is_told_and_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    top, tried, paused = lay(tmp_path), list[object](), list[float]()

    async def fails(*arguments: object) -> None:
        tried.append(arguments)
        if len(tried) > 100:
            pytest.fail("it is tried for ever")  # no Exception, so that nobody tries again
        raise TypeError("no such thing")

    async def pauses(seconds: float) -> None:
        await sleep(0.0 if seconds in backoff else seconds)
        paused.extend({seconds} & {*backoff})

    sleep, backoff = asyncio.sleep, (101.0, 102.0, 103.0, 104.0)
    monkeypatch.setattr(PlacedFile, step, fails)
    monkeypatch.setattr("services.fetch.ingest.BACKOFF_SECONDS", backoff)
    monkeypatch.setattr(asyncio, "sleep", pauses)
    found = await ingested(tmp_path, Beyond(), [top / "a.txt"])
    assert found["a.txt"] == Failed(top / "a.txt", "it failed again and again: TypeError")
    assert paused == [*backoff]
    assert len(tried) == MAX_FAILURES + 1


@pytest.mark.parametrize(("deaths", "tries", "has_its_end"), [(2, 3, False), (99, 5, True)])
async def test_what_was_begun_and_kills_its_reader_ever_since_is_tried_five_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaths: int, tries: int, *, has_its_end: bool
) -> None:
    top, look, tried = lay(tmp_path), Reader.look, list[object]()

    async def looks(self: Reader, data: bytes, about: About) -> object:
        tried.append(about)
        return Killed(RejectReason.UNREADABLE, "it died") if len(tried) <= deaths else await look(self, data, about)

    def away(step: str) -> None:
        if step == "saying article_fetched":
            raise ConnectionError

    monkeypatch.setattr("services.fetch.ingest.BACKOFF_SECONDS", (0.0,) * 4)
    await ingested(tmp_path, Beyond(step=away), [top / "a.txt"])
    monkeypatch.setattr(Reader, "look", looks)
    one = (await ingested(tmp_path, Beyond(), [top / "a.txt"], resume=True))["a.txt"]

    assert isinstance(one, Ingested)
    assert (len(tried), one.rejected is not None) == (tries, has_its_end)


async def test_what_we_may_not_see_is_unreadable_and_not_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    top = lay(tmp_path)
    monkeypatch.setattr(Path, "lstat", forbidden)
    found = await ingested(tmp_path, Beyond(), [top / "a.txt"])
    assert isinstance(one := found["a.txt"], Ingested)
    assert one.rejected == Rejected(RejectReason.UNREADABLE, "it cannot be reached: Permission denied")


async def test_what_looks_as_it_did_is_not_read_to_be_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top, beyond = lay(tmp_path), Beyond()
    await ingested(tmp_path, beyond, [top])
    monkeypatch.setattr(Place, "read", None)
    found = await ingested(tmp_path, beyond, [top], resume=True)
    assert all(one.skipped for one in found.values() if isinstance(one, Ingested))


async def test_what_looks_otherwise_and_holds_what_it_held_is_skipped_and_not_copied_to_find_that_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top, beyond = lay(tmp_path), Beyond()
    await ingested(tmp_path, beyond, [top / "a.txt"])
    os.utime(top / "a.txt", (1e9, 1e9))
    monkeypatch.setattr(originals, "Gathered", None)
    found = await ingested(tmp_path, beyond, [top / "a.txt"], resume=True)
    assert getattr(found["a.txt"], "skipped", False)


async def test_a_file_that_is_written_on_is_waited_for_and_is_another_input(tmp_path: Path) -> None:
    top = lay(tmp_path)

    def write_on(step: str) -> None:
        if step == "said input_received" and (top / "a.txt").read_text() == "Un texte.":
            (top / "a.txt").write_text("Un texte plus long.")

    beyond = Beyond(step=write_on)
    await ingested(tmp_path, beyond, [top / "a.txt"])
    assert [article.document.text for article in beyond.articles] == ["Un texte.", "Un texte plus long."]


async def test_what_is_away_is_waited_for_by_each_input_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top, away = lay(tmp_path), ["first", "second", "first", "second"]

    def step(name: str) -> None:
        if name == "saying article_fetched" and away:
            away.pop()
            raise Unavailable("database", "it is locked")
        if name == "said article_fetched" and len(beyond.articles) == 1:
            (top / "a.txt").write_text("Un texte plus long.")
            away.append("the other")

    monkeypatch.setattr("services.fetch.ingest.AGAIN_SECONDS", 0.0)
    beyond = Beyond(step=step)
    found = await ingested(tmp_path, beyond, [top / "a.txt"])
    assert isinstance(found["a.txt"], Ingested)
    assert [article.document.text for article in beyond.articles] == ["Un texte.", "Un texte plus long."]
    assert len({article.input_id for article in beyond.articles}) == 2
    assert not away


async def test_what_was_begun_when_something_went_away_ends_as_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top, away = lay(tmp_path), [True]

    def step(name: str) -> None:
        if name == "saying article_fetched" and away:
            away.clear()
            (top / "a.txt").write_text("Un texte plus long.")
            raise Unavailable("stream")

    monkeypatch.setattr("services.fetch.ingest.AGAIN_SECONDS", 0.0)
    beyond = Beyond(step=step)
    await ingested(tmp_path, beyond, [top / "a.txt"])
    assert [article.document.text for article in beyond.articles] == ["Un texte.", "Un texte plus long."]


async def test_what_is_remembered_is_waited_for_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def latest(self: Memory, places: Sequence[bytes]) -> dict[bytes, Entry]:
        asked.append(places)
        if len(asked) < 3:
            raise Unavailable("database", "it is locked")
        return await known(self, places)

    top, beyond, known, asked = lay(tmp_path), Beyond(), Memory.latest, list[object]()
    await ingested(tmp_path, beyond, [top / "a.txt"])
    monkeypatch.setattr("services.fetch.ingest.AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(Memory, "latest", latest)
    one = (await ingested(tmp_path, beyond, [top / "a.txt"], resume=True))["a.txt"]
    assert isinstance(one, Ingested)
    assert (one.skipped, len(asked)) == (True, 3)


async def test_what_stops_a_run_takes_no_finished_neighbour_out_of_its_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def one(_: Ingest, place: Place, __: object) -> Missing:
        if place.full.name == "a.txt":
            raise ArithmeticError
        return Missing(place.full)

    top, told = lay(tmp_path), list[str]()
    neighbours = {f"{number}.txt" for number in range(30)}
    for name in neighbours:
        (top / name).touch()
    monkeypatch.setattr(Ingest, "_one", one)
    async with memory_at(tmp_path) as memory:
        ingest = Ingest(Beyond().intake(), memory, Patience(0.0, 1.0), max_bytes=10_000, mint=mint)

        async def all_told() -> None:
            async for found in ingest.take(files_in([top])):
                told.append(found.path.name)

        with pytest.raises(ArithmeticError):
            await all_told()
    assert set(told) == {".hidden", "b.txt", "empty.txt", *neighbours}


async def test_a_link_in_a_folder_leads_nowhere_outside_of_it(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "folder"
    outside.write_text("Un texte que personne n'a donné.")
    folder.mkdir()
    (folder / "inside.txt").write_text("Un texte.")
    (folder / "out.txt").symlink_to(outside)
    (folder / "in.txt").symlink_to("inside.txt")
    beyond = Beyond()
    ended = await ingested(tmp_path, beyond, [folder])

    assert {name: getattr(one, "rejected", None) is None for name, one in ended.items()} == {
        "inside.txt": True,
        "in.txt": True,
        "out.txt": False,
    }


async def test_a_folder_that_cannot_be_read_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = lay(tmp_path)

    def denied(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("services.fetch.folder.scan.os.scandir", denied)
    assert list(files_in([top])) == [Failed(top, "the folder cannot be read: Permission denied")]


@pytest.mark.parametrize("target", [".", "x", "../articles"])
def test_a_link_to_a_folder_that_lies_there_is_passed_over_as_what_it_is(tmp_path: Path, target: str) -> None:
    top, elsewhere = lay(tmp_path), tmp_path / "elsewhere"
    (top / "again").symlink_to(target)
    elsewhere.symlink_to(top)
    for named in (top, elsewhere):
        why = "a link to a folder: what lies in the inbox is taken where it lies"
        assert PassedOver(named / "again", why) in list(files_in([named]))
