"""Folders of ours have the rights of the folder they are made in, as far as the file system knows any."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.fetch.folder import inbox
from services.fetch.folder.inbox import FOLDER, made_folder


@pytest.fixture
def top(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path, FOLDER)
    yield fd
    os.close(fd)


def handles() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}


def fails(*_: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP])
def test_a_file_system_that_knows_no_rights_takes_claims(
    tmp_path: Path, top: int, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    tmp_path.chmod(0o750)
    monkeypatch.setattr(os, "fchmod", refused)
    os.close(made_folder(top, "claim"))
    assert (tmp_path / "claim").is_dir()


def test_rights_that_are_there_already_are_not_written(
    tmp_path: Path, top: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o022)
    try:
        tmp_path.chmod(0o755)
        monkeypatch.setattr(os, "fchmod", fails_the_test)
        os.close(made_folder(top, "claim"))
    finally:
        os.umask(before)


def fails_the_test(*_: object) -> None:
    pytest.fail("it was written")


def test_a_folder_that_could_not_be_made_whole_leaves_no_handle_open(top: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = handles()
    monkeypatch.setattr(inbox, "inherit_rights", fails)
    with pytest.raises(OSError, match="Input"):
        made_folder(top, "claim")
    assert handles() == before
