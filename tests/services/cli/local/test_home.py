import fcntl
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from services.cli.errors import Told
from services.cli.local import home as homes
from services.cli.local.home import Addresses

HERE = Addresses(1, "/inbox", "nats://127.0.0.1:4222", "127.0.0.1", {"fetch": 9101})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    with homes.hold(tmp_path / "a" / "home"):
        assert mode(tmp_path / "a" / "home") == 0o700


def test_a_second_up_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with (
        homes.hold(tmp_path),
        pytest.raises(Told, match=rf"another `up` \(pid {os.getpid()}\) holds"),
        homes.hold(tmp_path),
    ):
        pass


def test_an_up_that_starts_while_somebody_asks_for_one_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with homes.hold(tmp_path):
        pass
    asking = os.open(tmp_path / "up.lock", os.O_RDONLY)
    fcntl.flock(asking, fcntl.LOCK_SH)
    monkeypatch.setattr("time.sleep", lambda _: os.close(asking))  # by then it has its answer
    with homes.hold(tmp_path):
        pass


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    with homes.hold(tmp_path):
        assert homes.is_held(tmp_path)
    assert not homes.is_held(tmp_path)
    with homes.hold(tmp_path):
        pass


def _hold_and_vanish(home: Path) -> None:
    with homes.hold(home), homes.announced(home, HERE):
        os._exit(9)


@pytest.mark.slow
def test_what_a_killed_up_left_holds_nobody_up_and_is_no_address(tmp_path: Path) -> None:
    child = multiprocessing.get_context("spawn").Process(target=_hold_and_vanish, args=(tmp_path,))
    child.start()
    child.join(120)
    assert child.exitcode == 9
    assert (tmp_path / "up.json").exists()
    assert homes.addresses(tmp_path) is None
    with homes.hold(tmp_path):
        pass


def test_addresses_are_found_while_it_runs(tmp_path: Path) -> None:
    with homes.hold(tmp_path):
        assert homes.addresses(tmp_path) is None
        with homes.announced(tmp_path, HERE):
            assert homes.addresses(tmp_path) == HERE
        assert homes.addresses(tmp_path) is None
