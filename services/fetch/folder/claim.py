"""A claim: `.claimed/<input_id>/<path>`, where the name mints the input and the lock says that somebody works on it."""

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from contracts.outcomes import RejectReason
from services.chassis import faults
from services.fetch.core import Rejected
from services.fetch.folder.inbox import (
    FOLDER,
    Inbox,
    is_claim,
    made_file,
    made_folder,
    parent,
    remove_empty_folders,
    sync_down_to,
)
from services.fetch.folder.links import target_of
from services.fetch.note import Note
from services.fetch.originals import Original, Wanted, kind_of, read_original

NOTE_DRAFT, REPORT_DRAFT = ".note.draft", ".report"
NOTE = ".note"  # no path begins with a dot: hidden files are not taken
MOST_TRIES = 5  # for a new claim that nobody else finds first

C = TypeVar("C", bound="Claim")


class Claim:
    """One input that is ours until it is released; whatever is done to it can be done again after a crash."""

    def __init__(self, inbox: Inbox, input_id: str, fd: int, path: str) -> None:
        self.inbox, self.input_id, self.fd, self.path = inbox, input_id, fd, path
        self.found = False  # it was made before us: there may be a note in it
        self.came: os.stat_result | None = None  # what was seen of the file before it was moved here, or taken up

    @classmethod
    def make_all(cls, inbox: Inbox, wanted: Sequence[tuple[str, str]]) -> list[Self | OSError | None]:
        """Claim the file at each path under the id beside it; None where it is gone, or somebody else has it.

        All are moved first and written to the disk then, so that they share what can be shared of that.
        """
        made: list[Self | OSError | None] = []
        with _let_go_on_error(made):
            for path, input_id in wanted:
                made.append(cls._made(inbox, path, input_id, inbox.root))
            return _kept(inbox, made)

    @classmethod
    def _made(cls, inbox: Inbox, path: str, input_id: str, top: int) -> Self | OSError | None:
        try:
            with parent(top, path) as (folder, name):
                return cls._moved_in(inbox, path, input_id, folder, name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            return error

    @classmethod
    def take_up(cls, inbox: Inbox, input_id: str) -> Self | None:
        """Go on with a claim that nobody holds; None where somebody does, or nothing is left of it."""
        try:
            fd = os.open(input_id, FOLDER, dir_fd=inbox.claimed)
        except (FileNotFoundError, NotADirectoryError):
            return None
        claim = cls(inbox, input_id, fd, "")
        claim.found = True
        with _let_go_on_error((claim,)):  # else our own lock would keep us out as long as we live
            if not _lock(inbox, input_id, fd):
                claim.release()
                return None
            path = _file_in(fd)
        if path is None:
            claim.end()
            return None
        claim.path = path
        return claim

    @classmethod
    def _moved_in(cls, inbox: Inbox, path: str, input_id: str, folder: int, name: str) -> Self | None:
        came = os.stat(name, dir_fd=folder, follow_symlinks=False)  # nothing is made for what is gone already
        claim = cls(inbox, input_id, made_folder(inbox.claimed, input_id), path)
        claim.came = came
        try:
            # Somebody who looks for claims to take up may have found it before it is locked.
            ours = _lock(inbox, input_id, claim.fd)
            if ours:
                claim._fill(folder, name)
        except OSError:
            claim.end()
            raise
        except BaseException:
            claim.release()
            raise
        if not ours:
            claim.release()
        return claim if ours else None

    def _fill(self, folder: int, name: str) -> None:
        with parent(self.fd, self.path, create=True) as (inner, _):
            os.rename(name, name, src_dir_fd=folder, dst_dir_fd=inner)
            faults.point("moved_in")

    def keep(self) -> None:
        """Be sure of what is in it even if the power fails: its id is about to be said."""
        sync_down_to(self.fd, self.path)

    def read(
        self, max_bytes: int, *, durable: bool = True, copied_to: Path | None = None, wanted: Wanted = "bytes"
    ) -> Original | Rejected | None:
        """The bytes that are claimed; None where they were taken out of the claim. The rest is `read_original`'s."""
        try:
            with parent(self.fd, self.path) as (folder, name):
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISLNK(found.st_mode):
                    return self._followed(os.readlink(name, dir_fd=folder), max_bytes, copied_to, wanted=wanted)
                if kind := kind_of(found):
                    return Rejected(RejectReason.NOT_A_FILE, f"it is {kind}, not a file")
                return read_original(
                    name, dir_fd=folder, max_bytes=max_bytes, durable=durable, copied_to=copied_to, wanted=wanted
                )
        except (FileNotFoundError, NotADirectoryError):
            return None

    def lies(self) -> os.stat_result | None:
        """What is to be seen of the file now; None where it is gone, and nowhere else: the disk may be away."""
        try:
            with parent(self.fd, self.path) as (folder, name):
                return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def is_a_link(self) -> bool:
        """Whether it is a symbolic link that is claimed."""
        found = self.lies()
        return found is not None and stat.S_ISLNK(found.st_mode)

    def note(self) -> Note | None:
        """What was noted before anything was said; None where nothing was."""
        try:
            with os.fdopen(os.open(NOTE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self.fd), "rb") as written:
                return Note.from_json(written.read())
        except FileNotFoundError:
            return None

    def write_note(self, note: Note) -> None:
        """Note it, in one piece; an end survives a power cut, for the next reader might see another file."""
        is_end = note.rejected is not None or note.said
        with os.fdopen(made_file(self.fd, NOTE_DRAFT), "wb") as file:
            file.write(note.to_json())
            if is_end:
                file.flush()
                os.fsync(file.fileno())
        os.rename(NOTE_DRAFT, NOTE, src_dir_fd=self.fd, dst_dir_fd=self.fd)
        if is_end:
            os.fsync(self.fd)  # its name, too

    def again(self, mint: Callable[[], str]) -> Self | None:
        """What is in the claim now, as an input of its own; this one is left empty. None where nothing is in it."""
        for _ in range(MOST_TRIES):
            if (claim := self._made(self.inbox, self.path, mint(), self.fd)) is not None:
                break
            if self.lies() is None:
                return None
            # Somebody has found the new claim before it was locked: it is theirs to end, and the file lies here still.
        else:
            raise OSError(errno.EBUSY, f".claimed/{self.input_id}: others have every new claim for it")
        if isinstance(claim, OSError):
            raise claim
        made = [claim]
        with _let_go_on_error(made):
            [kept] = _kept(self.inbox, made)
        if isinstance(kept, OSError):
            raise kept
        return kept

    def end(self) -> None:
        """Nothing is left to do: the claim goes, and the lock with it."""
        try:
            _unlink(self.fd, NOTE)
            if not self._goes():  # something that we did not put there, or what a crash has left
                for draft in (NOTE_DRAFT, REPORT_DRAFT):
                    _unlink(self.fd, draft)
                remove_empty_folders(self.fd)
                self._goes()
        finally:
            self.release()

    def _goes(self) -> bool:
        try:
            os.rmdir(self.input_id, dir_fd=self.inbox.claimed)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Let go of it as it is: whoever comes may take it up."""
        if self.fd >= 0:
            fd, self.fd = self.fd, -1  # also where closing fails: the handle is gone, and may be another file's soon
            os.close(fd)

    def _followed(self, text: str, max_bytes: int, copied_to: Path | None, *, wanted: Wanted) -> Original | Rejected:
        target = target_of(self.inbox.path, self.path, text)
        if isinstance(target, Rejected):
            return target
        within = self.inbox.path
        return read_original(
            os.fsencode(target), max_bytes=max_bytes, within=within, copied_to=copied_to, wanted=wanted
        )


def release(claim: Claim | None) -> None:
    """Let go of a claim that was on its way to us."""
    if claim is not None:
        claim.release()


def unfinished(inbox: Inbox) -> list[str]:
    """The ids of all claims, held or not, oldest first; what else lies there is nobody's, and is told as such."""
    names = os.listdir(inbox.claimed)  # noqa: PTH208 - of a handle, not a path
    return sorted(filter(is_claim, names))


@contextmanager
def _let_go_on_error(made: Sequence[object]) -> Iterator[None]:
    """Of all claims that are in `made` by then."""
    try:
        yield
    except BaseException:
        for one in made:
            if isinstance(one, Claim):
                one.release()
        raise


def _kept(inbox: Inbox, made: Sequence[C | OSError | None]) -> list[C | OSError | None]:
    """The same, on disk for sure; in the place of a claim that cannot be, why, and whoever comes may take it up."""
    kept: list[C | OSError | None] = []
    for one in made:
        error = _trouble(one.keep) if isinstance(one, Claim) else None
        kept.append(one if error is None else error)
    if any(isinstance(one, Claim) for one in kept):
        error = _trouble(partial(os.fsync, inbox.claimed))  # where all of them have their names
        kept = [error if error is not None and isinstance(one, Claim) else one for one in kept]
    for one, now in zip(made, kept, strict=True):
        if isinstance(one, Claim) and now is not one:
            _trouble(one.end)  # whoever comes takes it up
    return kept


def _unlink(folder: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def _trouble(write: Callable[[], None]) -> OSError | None:
    try:
        write()
    except OSError as error:
        return error
    return None


def _lock(inbox: Inbox, input_id: str, fd: int) -> bool:
    """Whether it is ours now, and still there."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        there = os.stat(input_id, dir_fd=inbox.claimed, follow_symlinks=False)
    except (BlockingIOError, FileNotFoundError):
        return False
    return os.path.samestat(there, os.fstat(fd))


def _file_in(fd: int) -> str | None:
    """The path of the one thing in a claim that is neither a folder nor ours."""
    folders = [""]
    while folders:  # not one call in the other: paths are as deep as somebody likes
        folder = folders.pop()
        inner = os.open(folder or ".", FOLDER, dir_fd=fd)
        try:
            with os.scandir(inner) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                    elif not path.startswith("."):
                        return path
        finally:
            os.close(inner)
    return None
