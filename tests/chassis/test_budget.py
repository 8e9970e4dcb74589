"""The disk budget, kept over starts on whatever disk there is."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from services.chassis.budget import keep_budget


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", refuse)


def kept(home: Path) -> str:
    return (home / "disk_budget_bytes").read_text()


def test_half_of_what_is_free_at_first_and_as_it_was_from_then_on(tmp_path: Path) -> None:
    first = keep_budget(tmp_path, None)
    assert 0 < first <= shutil.disk_usage(tmp_path).free
    (tmp_path / "disk_budget_bytes").write_text("2000")
    assert keep_budget(tmp_path, None) == 2000
    assert keep_budget(tmp_path, 3000) == 3000
    assert keep_budget(tmp_path, None) == 3000


def test_a_start_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    keep_budget(tmp_path, 3000)
    before = (tmp_path / "disk_budget_bytes").stat()
    keep_budget(tmp_path, 3000)
    keep_budget(tmp_path, None)
    after = (tmp_path / "disk_budget_bytes").stat()

    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_costs_no_budget_that_was_kept(tmp_path: Path) -> None:
    (tmp_path / "disk_budget_bytes").write_text("3000")
    with pytest.raises(OSError, match="No space left"):
        keep_budget(tmp_path, 4000)

    assert kept(tmp_path) == "3000"
    assert keep_budget(tmp_path, None) == 3000


def test_a_budget_that_is_no_number_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "disk_budget_bytes").write_text("")
    with pytest.raises(OSError, match="set WIREROOM_DISK_BUDGET_BYTES"):
        keep_budget(tmp_path, None)

    assert keep_budget(tmp_path, 3000) == 3000
