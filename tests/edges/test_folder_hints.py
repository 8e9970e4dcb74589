"""Where the kernel gives no hints of the inbox, or loses some, files are taken all the same, and it is said why."""

import asyncio
import errno
import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.fetch.folder import hints, watch
from services.fetch.folder.inotify import Hint, Inotify
from services.fetch.folder.settling import Settling
from tests.edges.inboxes import until, watching
from tests.injuries import disk

NEVER = 3600.0
MANY = 400
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def on_a_network(tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(b"1 1 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:9 / %s rw - nfs4 nas:/news rw\n" % bytes(inbox))
    monkeypatch.setattr(hints, "MOUNTS", mounts)


async def test_a_local_inbox_is_heard_of(inbox: Path) -> None:
    async with watching(inbox, rescan_seconds=NEVER) as watched:
        await until(watched.is_open)
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"})
        assert not any(
            watched.gauge("wireroom_inbox_polled", reason=reason) for reason in ("network_folder", "no_watches")
        )


@pytest.mark.usefixtures("on_a_network")
async def test_a_network_folder_is_looked_through_and_that_is_said(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with watching(inbox) as watched:
        await until(lambda: watched.gauge("wireroom_inbox_polled", reason="network_folder"))
        watched.drop("x/a.txt")
        await until(lambda: watched.files(".done") == {"x/a.txt"})
    assert "it lies on NFS" in capsys.readouterr().out


@pytest.mark.skipif(disk.missing() is not None, reason=disk.missing() or "")
def test_a_file_system_that_a_program_provides_is_looked_through(inbox: Path) -> None:
    async def drop_one() -> None:
        async with watching(inbox) as watched:
            await until(lambda: watched.gauge("wireroom_inbox_polled", reason="network_folder"))
            (inbox / "a.txt").write_text("Un texte.")
            await until(lambda: watched.files(".done") == {"a.txt"})

    with disk.disk(inbox):
        asyncio.run(drop_one())
        gc.collect()  # what is open of the inbox would keep it mounted


async def test_without_watches_the_rest_is_looked_through_until_there_are_some_again(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_up = [True]
    add = Inotify.add
    monkeypatch.setattr(Inotify, "add", lambda self, folder: not (used_up and folder) and add(self, folder))
    async with watching(inbox) as watched:
        watched.drop("x/a.txt")
        await until(lambda: watched.files(".done") == {"x/a.txt"})
        await until(lambda: watched.gauge("wireroom_inbox_polled", reason="no_watches"))
        used_up.clear()
        await until(lambda: not watched.gauge("wireroom_inbox_polled", reason="no_watches"))


async def test_without_inotify_all_is_looked_through(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(self: Inotify, root: bytes) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(Inotify, "__init__", none_left)
    async with watching(inbox) as watched:
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"})
        assert watched.gauge("wireroom_inbox_polled", reason="no_inotify") == 1


async def test_where_hints_are_lost_all_is_looked_through_at_once(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Inotify.hints

    def losing(self: Inotify) -> Iterator[Hint]:
        if any(hint.whole for hint in told(self)):  # it is lost, and that hints were lost is all that is told
            yield Hint("", lost=True)

    monkeypatch.setattr(Inotify, "hints", losing)
    async with watching(inbox, rescan_seconds=NEVER) as watched:
        await until(watched.is_open)
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"})
        assert watched.gauge("wireroom_inotify_overflows_total") == 1


async def test_while_files_come_faster_than_they_are_looked_at_others_have_their_turn(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, looked_in = [0], list[int]()

    def looks_while_somebody_writes(*_: object, **__: object) -> None:
        looked_in.append(turns[0])
        if len(looked_in) < MANY:
            (inbox / "0.txt").write_bytes(b"")

    async def others() -> None:
        while True:
            turns[0] += 1
            await asyncio.sleep(0)

    monkeypatch.setattr(watch, "look", looks_while_somebody_writes)
    async with watching(inbox, rescan_seconds=NEVER) as watched:
        await until(watched.is_open)
        task = asyncio.create_task(others())
        (inbox / "0.txt").touch()
        await until(lambda: len(looked_in) >= MANY)
        task.cancel()
    assert max(Counter(looked_in).values()) < 10


async def test_files_that_are_due_together_are_looked_at_in_portions(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, looked_in = [0], list[int]()

    async def others() -> None:
        while True:
            turns[0] += 1
            await asyncio.sleep(0)

    monkeypatch.setattr(watch, "CHUNK", 10)
    monkeypatch.setattr(watch, "look", lambda *_, **__: looked_in.append(turns[0]))
    monkeypatch.setattr(Settling, "due", lambda *_: [] if looked_in else [f"{number}.txt" for number in range(MANY)])
    task = asyncio.create_task(others())
    async with watching(inbox, rescan_seconds=NEVER):
        await until(lambda: len(looked_in) >= MANY)
    task.cancel()
    assert max(Counter(looked_in).values()) == 10


@pytest.mark.skipif(not QUEUE.is_file(), reason="the kernel does not say how many hints it keeps")
def test_the_kernel_says_that_it_lost_hints(inbox: Path) -> None:
    inotify = Inotify(bytes(inbox))
    try:
        assert inotify.add("")
        one, other = inbox / "one", inbox / "other"
        for _ in range(int(QUEUE.read_text()) // 2):
            one.write_bytes(b"")
            other.write_bytes(b"")
        told = [hint for some in iter(lambda: list(inotify.hints()), []) for hint in some]
        assert any(hint.lost for hint in told)
    finally:
        inotify.close()
