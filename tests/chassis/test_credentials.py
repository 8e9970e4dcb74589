"""What is written for its owner alone, and the passwords that people may write there themselves."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from services.chassis import streams
from services.chassis.accounts import LOCAL_USERS, keep_credentials
from services.chassis.credentials import UnfitCredentials, read_credentials
from services.chassis.private import write_private


def test_what_is_private_is_its_owners_alone(tmp_path: Path) -> None:
    write_private(tmp_path / "nats.conf", "password")
    write_private(tmp_path / "nats.conf", "other")

    assert (tmp_path / "nats.conf").read_text() == "other"
    assert stat.S_IMODE((tmp_path / "nats.conf").stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 1


def test_where_there_is_no_room_what_was_written_stays_and_nothing_lies_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_private(tmp_path / "nats.conf", "password")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_private(tmp_path / "nats.conf", "other")

    assert (tmp_path / "nats.conf").read_text() == "password"
    assert len(list(tmp_path.iterdir())) == 1


def test_passwords_are_on_the_disk_before_the_server_is_given_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def fsync(fd: int, real: Callable[[int], None] = os.fsync) -> None:
        written.append(os.fstat(fd).st_ino)
        real(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    keep_credentials(tmp_path)

    assert (tmp_path / "credentials.json").stat().st_ino in written


def test_who_has_a_password_keeps_it_and_the_others_are_given_one(tmp_path: Path) -> None:
    assert read_credentials(tmp_path) == {}
    (tmp_path / "credentials.json").write_text('{"store": "mine"}')
    kept = keep_credentials(tmp_path)

    assert kept["store"] == "mine"
    assert kept.keys() == set(LOCAL_USERS)
    assert read_credentials(tmp_path) == keep_credentials(tmp_path) == kept


@pytest.mark.parametrize("written", ['{"store": "hal', '["store"]', "[" * 200_000, '{"store": 5}'])
def test_what_is_no_list_of_passwords_is_told_to_whoever_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    (tmp_path / "credentials.json").write_text(written)
    with pytest.raises(UnfitCredentials, match="mend it, or move the file away"):
        read_credentials(tmp_path)

    monkeypatch.setenv("WIREROOM_HOME", str(tmp_path))
    with pytest.raises(SystemExit, match="mend it, or move the file away"):
        streams.main()
