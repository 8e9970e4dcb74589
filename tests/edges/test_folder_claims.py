"""Files claimed together: on disk before any of them is worked on, and the trouble of one is not the others'."""

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from contracts.outcomes import RejectReason
from services.fetch import originals
from services.fetch.core import Rejected
from services.fetch.folder import claim as claim_module
from services.fetch.folder import scan, shelf
from services.fetch.folder.claim import Claim, unfinished
from services.fetch.folder.holding import ClaimedFile
from services.fetch.folder.inbox import Inbox, parent, remove_empty_folders
from services.fetch.handler import mint
from services.fetch.note import Note
from services.fetch.threads import Threads

WANTED = [("a.txt", "01"), ("x/b.txt", "02"), ("gone.txt", "03"), ("c.txt", "04")]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "inbox" / "x").mkdir(parents=True)
    for path, _ in WANTED:
        (tmp_path / "inbox" / path).write_bytes(path.encode())
    (tmp_path / "inbox" / "gone.txt").unlink()
    return Inbox(tmp_path / "inbox", moving=True)


def watched(monkeypatch: pytest.MonkeyPatch, before: Callable[[Path], None]) -> None:
    """Have `before` told of every folder and file that is about to be written to the disk."""
    fsync = os.fsync

    def told(fd: int) -> None:
        before(Path(f"/proc/self/fd/{fd}").readlink())
        fsync(fd)

    monkeypatch.setattr(os, "fsync", told)


def test_the_folder_of_all_claims_is_written_once_when_all_are_in_it(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed, written = inbox.path / ".claimed", []

    def note(path: Path) -> None:
        assert sorted(file.name for file in claimed.rglob("*.txt")) == ["a.txt", "b.txt", "c.txt"]
        written.append(path)

    watched(monkeypatch, note)
    a, b, gone, c = Claim.make_all(inbox, WANTED)

    assert [one.path for one in (a, b, c) if isinstance(one, Claim)] == ["a.txt", "x/b.txt", "c.txt"]
    assert gone is None
    assert written == [claimed / "01", claimed / "02", claimed / "02" / "x", claimed / "04", claimed]


def test_every_folder_on_the_way_to_a_claimed_file_is_written(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    claimed, written = inbox.path / ".claimed", list[Path]()
    (inbox.path / "x" / "y" / "z").mkdir(parents=True)
    (inbox.path / "a.txt").rename(inbox.path / "x/y/z/a.txt")
    watched(monkeypatch, written.append)
    Claim.make_all(inbox, [("x/y/z/a.txt", "01")])
    assert {*written} == {claimed, *(claimed / "01" / path for path in ("", "x", "x/y", "x/y/z"))}


@pytest.mark.parametrize(
    ("note", "is_written"),
    [
        (Note(said=True), True),
        (Note(rejected=Rejected(RejectReason.EMPTY, "the file has no bytes")), True),
        (Note(sha256="0" * 64), False),
    ],
)
def test_an_end_that_is_noted_survives_a_power_cut_with_its_name(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch, note: Note, *, is_written: bool
) -> None:
    [claim] = Claim.make_all(inbox, WANTED[:1])
    assert isinstance(claim, Claim)
    written: list[Path] = []

    def named(path: Path) -> None:
        if path.name == "01":
            assert claim.note() == note
        written.append(path)

    watched(monkeypatch, named)
    claim.write_note(note)
    assert [path.name for path in written] == ([".note.draft", "01"] if is_written else [])


def test_a_claim_that_cannot_be_written_is_let_go_of_and_the_others_are_made(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        if path.name == "01":
            raise OSError(errno.EIO, "a disk")

    watched(monkeypatch, refuse)
    a, b, _, c = Claim.make_all(inbox, WANTED)

    assert isinstance(a, OSError)
    assert isinstance(b, Claim)
    assert isinstance(c, Claim)
    assert Claim.take_up(inbox, "01") is not None  # nobody holds it, and nothing of it is lost
    assert Claim.take_up(inbox, "02") is None


def test_where_the_folder_of_all_claims_cannot_be_written_all_are_let_go_of(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        if path.name == ".claimed":
            raise OSError(errno.ENOSPC, "a full disk")

    watched(monkeypatch, refuse)
    a, b, gone, c = Claim.make_all(inbox, WANTED)

    assert [type(one) for one in (a, b, gone, c)] == [OSError, OSError, type(None), OSError]
    assert all(Claim.take_up(inbox, input_id) is not None for input_id in ("01", "02", "04"))


DEEP = 1100  # more folders in one another than Python has calls, and more than there are handles


@contextmanager
def few_handles(more: int) -> Iterator[None]:
    """So many more than are open may be opened."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208 - of numbers
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(highest + 1 + more, before[0]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def lay_deep(inbox: Inbox) -> str:
    """A file as deep as that; its path."""
    path = "d/" * DEEP + "a.txt"
    with parent(inbox.root, path, create=True) as (folder, name):
        os.rename("a.txt", name, src_dir_fd=inbox.root, dst_dir_fd=folder)
    return path


def remove_deep(inbox: Inbox) -> None:
    """Whatever is left of it: those who tidy up after tests go down by calls."""
    for top in (inbox.root, inbox.shelf(".done")):
        with suppress(FileNotFoundError), parent(top, "d/" * DEEP + "a.txt") as (folder, name):
            os.unlink(name, dir_fd=folder)
        remove_empty_folders(top)


@pytest.mark.parametrize("crashed", [False, True])
def test_a_file_in_folders_as_deep_as_somebody_likes_comes_to_its_end(inbox: Inbox, *, crashed: bool) -> None:
    path = lay_deep(inbox)
    try:
        with few_handles(20):
            [claim] = Claim.make_all(inbox, [(path, "01")])
            assert isinstance(claim, Claim)
            if crashed:
                claim.release()
                claim = Claim.take_up(inbox, "01")
                assert claim is not None
                assert claim.path == path
            shelf.put_away(claim)
            claim.end()
        assert os.listdir(inbox.claimed) == []  # noqa: PTH208 - of a handle, not a path
        with parent(inbox.shelf(".done"), path) as (folder, name):
            assert os.stat(name, dir_fd=folder).st_size == len("a.txt")
    finally:
        remove_deep(inbox)


@pytest.mark.parametrize("draft", [claim_module.NOTE_DRAFT, claim_module.REPORT_DRAFT])
def test_what_is_written_into_a_claim_goes_through_no_link(inbox: Inbox, tmp_path: Path, draft: str) -> None:
    [claim] = Claim.make_all(inbox, WANTED[:1])
    assert isinstance(claim, Claim)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("another's")
    (inbox.path / ".claimed" / claim.input_id / draft).symlink_to(elsewhere)

    claim.write_note(Note(sha256="0" * 64))
    shelf.reject(claim, "inbox:a.txt", Rejected(RejectReason.EMPTY, ""), datetime.now(UTC))

    assert elsewhere.read_text() == "another's"
    assert not (inbox.path / ".rejected/a.txt.error.json").is_symlink()
    assert claim.note() == Note(sha256="0" * 64)


def test_nobody_waits_for_the_words_of_what_is_no_note(inbox: Inbox) -> None:
    [claim] = Claim.make_all(inbox, WANTED[:1])
    assert isinstance(claim, Claim)
    os.mkfifo(inbox.path / ".claimed" / claim.input_id / claim_module.NOTE)

    assert claim.note() is None


def test_folders_that_something_is_left_in_stay(inbox: Inbox) -> None:
    (inbox.path / "x" / "empty" / "more").mkdir(parents=True)
    (inbox.path / "x" / "empty" / "other").mkdir()
    (inbox.path / "link").symlink_to("x/empty")
    remove_empty_folders(inbox.root)
    assert sorted(path.name for path in inbox.path.iterdir()) == ["a.txt", "c.txt", "link", "x"]
    assert [path.name for path in (inbox.path / "x").iterdir()] == ["b.txt"]


def away(*_: object, **__: object) -> os.stat_result:
    raise OSError(errno.EIO, "a disk")


def test_a_claim_that_could_not_be_looked_into_is_taken_up_when_it_can(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for claim in Claim.make_all(inbox, WANTED[:1]):
        assert isinstance(claim, Claim)
        claim.release()
    with monkeypatch.context() as trouble:
        trouble.setattr(claim_module, "_file_in", away)
        with pytest.raises(OSError, match="a disk"):
            Claim.take_up(inbox, "01")
    assert Claim.take_up(inbox, "01") is not None  # our own lock does not keep us out


async def test_a_file_that_cannot_be_seen_is_not_taken_for_gone_and_keeps_its_note(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    [claim] = Claim.make_all(inbox, WANTED[:1])
    assert isinstance(claim, Claim)
    claim.write_note(Note(sha256="0" * 64))
    holding = ClaimedFile(claim, after="move", max_bytes=1000, mint=str, threads=Threads())
    with monkeypatch.context() as trouble:
        trouble.setattr(os, "stat", away)
        with pytest.raises(OSError, match="a disk"):
            await holding.put_away(None)
    assert claim.note() is not None
    await holding.put_away(None)
    assert (inbox.path / ".done" / "a.txt").read_bytes() == b"a.txt"


@pytest.mark.parametrize("is_link", [False, True])
async def test_whether_a_claimed_file_was_written_on_is_known_without_a_copy_of_it(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch, *, is_link: bool
) -> None:
    if is_link:
        (inbox.path / "a.txt").rename(inbox.path / "target.txt")
        (inbox.path / "a.txt").symlink_to("target.txt")
    [claim] = Claim.make_all(inbox, WANTED[:1])
    assert isinstance(claim, Claim)
    holding = ClaimedFile(claim, after="move", max_bytes=1000, mint=str, threads=Threads())
    read = await holding.read()
    assert isinstance(read, originals.Original)
    monkeypatch.setattr(originals, "Gathered", None)
    assert not await holding.changed(read.seen, read.sha256)
    (inbox.path / ("target.txt" if is_link else ".claimed/01/a.txt")).write_text("written on")
    assert await holding.changed(read.seen, read.sha256)


class Others:
    """Somebody who finds new claims before they are locked, takes up the first `many` of them and ends them."""

    def __init__(self, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.many = many
        self._lock = claim_module._lock
        monkeypatch.setattr(claim_module, "_lock", self.lock)

    def lock(self, inbox: Inbox, input_id: str, fd: int) -> bool:
        if self.many > 0:
            self.many -= 1
            theirs = os.open(input_id, os.O_RDONLY | os.O_DIRECTORY, dir_fd=inbox.claimed)
            assert self._lock(inbox, input_id, theirs)
            Claim(inbox, input_id, theirs, "").end()
        return self._lock(inbox, input_id, fd)


async def written_on(inbox: Inbox) -> ClaimedFile:
    """A claim of which all is said, and that somebody wrote on."""
    [claim] = Claim.make_all(inbox, WANTED[:1])
    assert isinstance(claim, Claim)
    claim.write_note(Note(sha256="0" * 64, said=True))
    (inbox.path / ".claimed/01/a.txt").write_text("written on")
    return ClaimedFile(
        claim, after="move", max_bytes=1000, mint=iter(("05", "06", *"7" * 9)).__next__, threads=Threads()
    )


async def test_what_was_written_on_is_another_input_though_somebody_took_its_new_claim(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = await written_on(inbox)
    Others(1, monkeypatch)
    successor = await holding.again()
    assert successor is not None
    assert successor.arrival.input_id == "06"
    assert await successor.note() is None
    assert os.listdir(inbox.claimed) == ["06"]  # noqa: PTH208 - of a handle, not a path


async def test_a_claim_that_was_written_on_keeps_its_note_while_others_take_every_new_one(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding, others = await written_on(inbox), Others(99, monkeypatch)
    with pytest.raises(OSError, match="others have every new claim"):
        await holding.again()
    holding.release()
    others.many = 0
    claim = Claim.take_up(inbox, "01")
    assert claim is not None
    assert claim.note() == Note(sha256="0" * 64, said=True)


def test_what_somebody_put_among_the_claims_is_passed_over_and_told(inbox: Inbox) -> None:
    for name in ("notes", ".hidden", f"{mint()}#1", claimed := mint()):
        (inbox.path / ".claimed" / name).mkdir()
    (inbox.path / ".claimed" / (a_file := mint())).touch()

    assert {*unfinished(inbox)} == {claimed, a_file}
    _, ignored = scan.files_in(inbox.path)
    assert [one.why for one in ignored] == [scan.NO_CLAIM] * 3  # of what is hidden nobody thinks that it is taken
    assert scan.files_in(inbox.path, moving=False)[1] == []


def test_a_claim_that_cannot_be_looked_at_is_told_and_the_inbox_is_looked_through(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims, input_id = MagicMock(), mint()

    class Sick:
        name = input_id

        def is_dir(self, *, follow_symlinks: bool) -> bool:
            raise OSError(errno.EIO, "Input/output error")

    claims.__iter__.return_value = [Sick()]
    whole = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: claims if Path(path).name == ".claimed" else whole(path))
    waiting, ignored = scan.files_in(inbox.path)
    assert sorted(one.path for one in waiting) == ["a.txt", "c.txt", "x/b.txt"]
    assert ignored == [
        scan.Ignored(f".claimed/{input_id}", scan.NOT_LOOKED_AT.format("Input/output error"), unseen=True)
    ]
