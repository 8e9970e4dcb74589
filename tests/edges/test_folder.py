"""The watched folder keeps its word, sentence by sentence."""

import asyncio
import json
import os
import socket
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from contracts.outcomes import Outcome, RejectReason
from services.fetch.folder.scan import files_in
from tests.edges.inboxes import Beyond, by_claim, finish, in_place, until, watching

NEVER = 3600.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def move_away(inbox: Path) -> None:
    inbox.rename(inbox.parent / "away")


async def test_a_file_renamed_in_is_taken_though_it_had_no_time_to_settle(inbox: Path) -> None:
    async with watching(inbox, settle_seconds=NEVER, rescan_seconds=NEVER) as watched:
        await until(watched.is_open)
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"})


async def test_a_file_renamed_into_a_folder_made_meanwhile_is_taken_too(inbox: Path) -> None:
    async with watching(inbox) as watched:
        await until(watched.is_open)
        watched.drop("x/y/a.txt")
        await until(lambda: watched.files(".done") == {"x/y/a.txt"})
        assert (inbox / "x/y").is_dir()


async def test_a_file_that_is_being_written_is_not_taken(inbox: Path) -> None:
    async with watching(inbox, settle_seconds=NEVER) as watched:
        await until(watched.is_open)
        with (inbox / "slow.txt").open("w") as slow:
            slow.write("Le début")
            slow.flush()
            watched.drop("whole.txt")
            await until(lambda: watched.files(".done") == {"whole.txt"})
            await until(lambda: watched.gauge("wireroom_files_waiting") == 1)
            slow.write(" et la fin.")
        assert watched.files(".done") == {"whole.txt"}


async def test_a_file_that_was_written_in_place_is_taken_when_it_rests(inbox: Path) -> None:
    async with watching(inbox) as watched:
        (inbox / "a.txt").write_text("Un texte.")
        await until(lambda: watched.files(".done") == {"a.txt"})


async def test_what_lies_there_at_the_start_is_taken(inbox: Path) -> None:
    (inbox / "x").mkdir()
    for name in ("a.txt", "x/b.txt"):
        (inbox / name).write_text(name)
    async with watching(inbox) as watched:
        await until(lambda: watched.files(".done") == {"a.txt", "x/b.txt"})


async def test_the_receipt_comes_first_and_the_original_before_everything(inbox: Path) -> None:
    steps: list[str] = []
    (inbox / "a.txt").write_text("Un texte.")
    beyond = Beyond(step=steps.append)
    await by_claim(beyond, inbox).take("a.txt", None)
    assert steps == [
        "keeping",
        "kept",
        "saying input_received",
        "said input_received",
        "saying article_fetched",
        "said article_fetched",
    ]


async def test_the_article_is_named_and_dated_by_its_claim(inbox: Path) -> None:
    (inbox / "a.txt").write_bytes("\ufeffDéjà\r\n".encode())
    beyond = Beyond()
    await by_claim(beyond, inbox).take("a.txt", None)
    [article] = beyond.articles
    milliseconds = UUID(article.input_id).int >> 80
    assert article.document.received_at.timestamp() == pytest.approx(milliseconds / 1000)
    assert article.document.source_uri == "inbox:a.txt"
    assert (article.document.text, article.document.bytes, article.document.encoding) == ("Déjà\r\n", 11, "utf-8")
    assert beyond.kept[article.document.sha256] == "\ufeffDéjà\r\n".encode()
    assert beyond.counted == [(Outcome.FETCHED, "")]


async def test_the_same_file_dropped_again_is_another_input_of_the_same_article(inbox: Path) -> None:
    beyond = Beyond()
    for _ in range(2):
        (inbox / "a.txt").write_text("Un texte.")
        await by_claim(beyond, inbox).take("a.txt", None)
    one, other = beyond.articles
    assert one.article_id == other.article_id
    assert one.input_id != other.input_id


async def test_bytes_of_a_name_that_are_no_text_are_written_as_hexadecimals(inbox: Path) -> None:
    name = os.fsdecode(b"caf\xe9 100%.txt")
    (inbox / name).write_text("Un texte.")
    beyond = Beyond()
    await by_claim(beyond, inbox).take(name, None)
    assert beyond.articles[0].document.source_uri == "inbox:caf%E9 100%.txt"
    assert names_in(inbox / ".done") == {name}


async def test_a_rejected_file_lies_beside_the_reason(inbox: Path) -> None:
    (inbox / "x").mkdir()
    (inbox / "x/a.png").write_bytes(b"\x89PNG\r\n\x1a\n...")
    beyond = Beyond()
    await by_claim(beyond, inbox).take("x/a.png", None)
    report = json.loads((inbox / ".rejected/x/a.png.error.json").read_text())
    [said] = beyond.rejections
    assert report == {
        "input_id": said.input_id,
        "source_uri": "inbox:x/a.png",
        "reason": "unsupported",
        "detail": "the file is a PNG image, which is not read",
        "at": said.received_at.isoformat(),
    }
    assert (inbox / ".rejected/x/a.png").read_bytes() == b"\x89PNG\r\n\x1a\n..."
    assert beyond.counted == [(Outcome.REJECTED, RejectReason.UNSUPPORTED)]
    assert beyond.kept == {}


async def test_a_rejected_file_is_not_deleted_even_where_files_are(inbox: Path) -> None:
    (inbox / "a.txt").write_bytes(b"")
    await by_claim(Beyond(), inbox, after="delete").take("a.txt", None)
    assert (inbox / ".rejected/a.txt").exists()


@pytest.mark.parametrize("name", ["a.txt", "a", ".x.y"[1:], "é" * 125 + ".txt", "n" * 255])
async def test_a_taken_name_is_never_overwritten(inbox: Path, name: str) -> None:
    for number in range(4):
        (inbox / name).write_text(f"Texte {number}.")
        await by_claim(Beyond(), inbox).take(name, None)
    texts = {path.read_text() for path in (inbox / ".done").iterdir()}
    assert texts == {f"Texte {number}." for number in range(4)}


@pytest.mark.parametrize("name", ["n" * 255, "é" * 127, "n" * 245])
async def test_a_name_too_long_for_its_report_is_shortened(inbox: Path, name: str) -> None:
    for _ in range(2):
        (inbox / name).write_bytes(b"")
        await by_claim(Beyond(), inbox).take(name, None)
    assert len(list((inbox / ".rejected").iterdir())) == 4


@pytest.mark.parametrize(("first", "second"), [("a", "a/b.txt"), ("a/b.txt", "a")])
async def test_a_file_where_a_folder_was_finds_another_place(inbox: Path, first: str, second: str) -> None:
    for path in (first, second):
        (inbox / path).parent.mkdir(exist_ok=True)
        (inbox / path).write_text(path)
        await by_claim(Beyond(), inbox).take(path, None)
        if "/" in path:
            (inbox / path).parent.rmdir()
    texts = {path.read_text() for path in (inbox / ".done").rglob("*") if path.is_file()}
    assert texts == {first, second}


@pytest.mark.parametrize("name", [".hidden", "a~", "a.part", "a.tmp", "a.crdownload", "a.swp", "A.PART", ".git/config"])
async def test_hidden_and_temporary_files_are_counted_and_listed_and_left_alone(inbox: Path, name: str) -> None:
    (inbox / name).parent.mkdir(exist_ok=True)
    (inbox / name).write_text("Un texte.")
    async with watching(inbox) as watched:
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"} and watched.gauge("wireroom_ignored_files") == 1)
    assert (inbox / name).exists()
    assert [ignored.path for ignored in files_in(inbox)[1]] == [name.partition("/")[0]]


async def test_a_temporary_file_is_taken_under_its_final_name(inbox: Path) -> None:
    async with watching(inbox, settle_seconds=NEVER, rescan_seconds=NEVER) as watched:
        await until(watched.is_open)
        (inbox / "a.txt.part").write_text("Un texte.")
        (inbox / "a.txt.part").rename(inbox / "a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"})


async def test_empty_folders_stay(inbox: Path) -> None:
    (inbox / "x/y").mkdir(parents=True)
    async with watching(inbox) as watched:
        watched.drop("x/a.txt")
        await until(lambda: watched.files(".done") == {"x/a.txt"})
    assert (inbox / "x/y").is_dir()


async def test_a_link_to_a_file_in_the_inbox_is_followed_even_after_the_file_was_taken(inbox: Path) -> None:
    (inbox / "x").mkdir()
    (inbox / "x/a.txt").write_text("Un texte.")
    (inbox / "x/before.txt").symlink_to("a.txt")
    (inbox / "after.txt").symlink_to(inbox / "x/a.txt")
    beyond = Beyond()
    for path in ("x/before.txt", "x/a.txt", "after.txt"):
        await by_claim(beyond, inbox).take(path, None)
    assert [article.document.text for article in beyond.articles] == ["Un texte."] * 3
    assert not names_in(inbox) & {"after.txt", "x/before.txt"}


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.txt", "nowhere.txt", "self.txt", ".git/config", "/etc"])
async def test_any_other_link_is_rejected(inbox: Path, target: str) -> None:
    (inbox.parent / "outside.txt").write_text("Un secret.")
    (inbox / ".git").mkdir()
    (inbox / ".git/config").write_text("Un secret.")
    (inbox / "self.txt").symlink_to(target)
    async with watching(inbox) as watched:
        await until(lambda: watched.files(".rejected") == {"self.txt", "self.txt.error.json"})
    [said] = watched.beyond.rejections
    assert said.reason is RejectReason.NOT_A_FILE
    assert "link" in said.detail
    assert (inbox.parent / "outside.txt").exists()


async def test_a_link_to_a_folder_of_the_inbox_is_passed_over_and_its_files_taken_once(inbox: Path) -> None:
    (inbox / "x").mkdir()
    (inbox / "x/a.txt").write_text("Un texte.")
    (inbox / "latest").symlink_to("x")
    async with watching(inbox) as watched:
        await until(lambda: watched.files(".done") == {"x/a.txt"} and watched.gauge("wireroom_ignored_files") == 1)
    assert len(watched.beyond.articles) == 1


async def test_pipes_and_sockets_are_rejected_and_nobody_waits_for_them(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(inbox / "pipe")
    monkeypatch.chdir(inbox)  # a socket's name may have a hundred bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
    async with watching(inbox) as watched:
        await until(lambda: len(watched.beyond.rejections) == 2)
        await until(lambda: {"pipe", "socket"} <= watched.files(".rejected"))
    assert {said.reason for said in watched.beyond.rejections} == {RejectReason.NOT_A_FILE}


async def test_a_file_that_never_settles_is_rejected_as_that(inbox: Path) -> None:
    async with watching(inbox, settle_seconds=0.2, settle_timeout_seconds=0.5) as watched:
        with (inbox / "log.txt").open("w") as log:

            def rejected() -> bool:
                log.write("encore une ligne\n")
                log.flush()
                return bool(watched.beyond.rejections)

            await until(rejected)
        await until(lambda: "log.txt" in watched.files(".rejected"))
    assert watched.beyond.rejections[0].reason is RejectReason.NEVER_SETTLED


async def test_a_file_that_may_not_be_read_is_rejected_as_unreadable(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Un texte.")
    real = os.open

    def guarded(path: Any, flags: int, *arguments: Any, **keywords: Any) -> int:
        if path == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *arguments, **keywords)

    beyond = Beyond()
    taker = by_claim(beyond, inbox)
    monkeypatch.setattr(os, "open", guarded)
    await taker.take("a.txt", None)
    assert beyond.rejections[0].reason is RejectReason.UNREADABLE
    assert (inbox / ".rejected/a.txt").exists()


async def test_a_file_too_large_is_rejected_unread(inbox: Path) -> None:
    (inbox / "a.txt").write_text("x" * 101)
    beyond = Beyond()
    await by_claim(beyond, inbox, max_file_bytes=100).take("a.txt", None)
    assert beyond.rejections[0].reason is RejectReason.TOO_LARGE


async def test_a_file_that_vanishes_before_its_claim_is_nothing(inbox: Path) -> None:
    beyond = Beyond()
    await by_claim(beyond, inbox).take("x/gone.txt", None)
    assert beyond.said == []
    assert list((inbox / ".claimed").iterdir()) == []


@pytest.mark.parametrize("new", ["Avant. Après.", "Apres."])
async def test_what_is_written_after_the_claim_is_another_input(inbox: Path, new: str) -> None:
    (inbox / "a.txt").write_text("Avant.")
    with (inbox / "a.txt").open("r+") as writer:

        def write_on(step: str) -> None:
            if step == "said input_received" and writer.tell() == 0:
                writer.write(new)
                writer.flush()

        beyond = Beyond(step=write_on)
        await by_claim(beyond, inbox).take("a.txt", None)
        await finish(by_claim(beyond, inbox), inbox)
    assert [article.document.text for article in beyond.articles] == ["Avant.", new]
    assert len({article.input_id for article in beyond.articles}) == 2
    assert {article.document.source_uri for article in beyond.articles} == {"inbox:a.txt"}
    assert (inbox / ".done/a.txt").read_text() == new


async def test_two_fetches_share_an_inbox_and_take_each_file_once(inbox: Path) -> None:
    async with watching(inbox) as one, watching(inbox) as other:
        for number in range(60):
            one.drop(f"{number}.txt", f"Texte {number}.")
        await until(lambda: len(one.files(".done")) == 60)
        await until(lambda: list((inbox / ".claimed").iterdir()) == [])
    said = [article.document.source_uri for article in one.beyond.articles + other.beyond.articles]
    assert sorted(said) == sorted(f"inbox:{number}.txt" for number in range(60))


async def test_more_files_than_hands_are_all_taken(inbox: Path) -> None:
    async with watching(inbox, concurrency=3) as watched:
        for number in range(100):
            watched.drop(f"{number}.txt", f"Texte {number}.")
        await until(lambda: len(watched.files(".done")) == 100)
        await until(lambda: watched.gauge("wireroom_files_waiting") == 0)


async def test_a_deleted_file_is_gone_and_its_original_kept(inbox: Path) -> None:
    async with watching(inbox, after="delete") as watched:
        watched.drop("a.txt")
        await until(lambda: watched.files() == set() and watched.beyond.articles)
    assert list(watched.beyond.kept.values()) == [b"Un texte."]


async def test_a_missing_inbox_is_said_and_waited_for(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    async with watching(inbox) as watched:
        await until(lambda: "create it or set WIREROOM_INBOX" in watched.not_ready.get("inbox", ""))
        watched.drop("a.txt")  # makes the inbox
        await until(lambda: watched.files(".done") == {"a.txt"} and not watched.not_ready)


async def test_an_inbox_that_goes_and_comes_back_is_watched_again(inbox: Path) -> None:
    async with watching(inbox) as watched:
        await until(watched.is_open)
        move_away(inbox)
        await until(lambda: "inbox" in watched.not_ready)
        watched.drop("a.txt")  # makes the inbox again
        await until(lambda: watched.files(".done") == {"a.txt"} and not watched.not_ready)


async def test_files_wait_while_something_is_away_and_are_taken_when_it_is_back(inbox: Path) -> None:
    away = [True]

    def step(name: str) -> None:
        if away and name == "keeping":
            raise OSError(28, "No space left on device")

    async with watching(inbox, Beyond(step=step)) as watched:
        watched.drop("a.txt")
        await until(lambda: "No space left" in watched.not_ready.get("folder", ""))
        away.clear()
        await until(lambda: watched.files(".done") == {"a.txt"} and not watched.not_ready)
    assert len(watched.beyond.articles) == 1


async def test_stopping_in_the_middle_leaves_what_the_next_one_takes(inbox: Path) -> None:
    reached, never = asyncio.Event(), asyncio.Event()
    stuck = Beyond()

    async def say(*_: object, **__: object) -> None:
        reached.set()
        await never.wait()

    stuck.say = say  # type: ignore[method-assign]
    async with watching(inbox, stuck) as watched:
        watched.drop("a.txt")
        await reached.wait()
    [claim] = (inbox / ".claimed").iterdir()
    async with watching(inbox) as watched:
        await until(lambda: watched.files(".done") == {"a.txt"})
    assert [article.input_id for article in watched.beyond.articles] == [claim.name]


async def test_left_files_are_taken_once_and_nothing_is_made_in_the_inbox(inbox: Path) -> None:
    (inbox / "x").mkdir()
    (inbox / "x/a.txt").write_text("Un texte.")
    (inbox / "empty.txt").write_text("")
    (inbox / "draft.txt~").write_text("Un projet.")  # it is passed over: who has counted it has looked at all
    beyond = Beyond()
    for _ in range(2):
        async with watching(inbox, beyond, after="leave") as watched:
            watched.drop("later.txt", "Un autre.")
            await until(lambda: len(beyond.articles) == 2 and len(beyond.rejections) == 1)
            await until(lambda: watched.gauge("wireroom_ignored_files") == 1)
            await until(lambda: watched.gauge("wireroom_files_waiting") == 0)
    assert watched.files() == {"x/a.txt", "empty.txt", "later.txt", "draft.txt~"}
    assert names_in(inbox) == {"x", "empty.txt", "later.txt", "draft.txt~"}
    assert (len(beyond.articles), len(beyond.rejections)) == (2, 1)


async def test_a_left_file_is_taken_again_for_its_bytes_and_not_for_its_times(inbox: Path) -> None:
    beyond = Beyond()
    (inbox / "a.txt").write_text("Avant.")
    async with in_place(beyond, inbox) as taker:
        await taker.take("a.txt", None)
        os.utime(inbox / "a.txt", (1, 1))
        await taker.take("a.txt", None)
        (inbox / "a.txt").write_text("Après.")
        await taker.take("a.txt", None)
    assert [article.document.text for article in beyond.articles] == ["Avant.", "Après."]


async def test_a_left_file_that_is_written_on_is_another_input(inbox: Path) -> None:
    (inbox / "a.txt").write_text("Avant.")

    def write_on(step: str) -> None:
        if step == "said input_received" and (inbox / "a.txt").read_text() == "Avant.":
            (inbox / "a.txt").write_text("Après.")

    beyond = Beyond(step=write_on)
    async with in_place(beyond, inbox) as taker:
        await finish(taker, inbox)
        await finish(taker, inbox)
    assert [article.document.text for article in beyond.articles] == ["Avant.", "Après."]


async def test_no_handle_stays_open(inbox: Path) -> None:
    beyond = Beyond()
    taker = by_claim(beyond, inbox)
    before = len(names_in(Path("/proc/self/fd")))
    for content in ("Un texte.", "", "Un texte."):
        (inbox / "a.txt").write_text(content)
        await taker.take("a.txt", None)
    assert len(names_in(Path("/proc/self/fd"))) == before
