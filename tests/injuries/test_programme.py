"""A programme goes on whatever goes wrong in a fault, says what it could not count, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.programme import Programme, Row, everything_held
from tests.injuries.report import UNKNOWN, table
from tests.injuries.system import Injured

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.injuries.sweeping import swept
with swept(Path(sys.argv[1]), keeps=False):
    os.kill(os.getpid(), signal.SIGKILL)
"""


class Broken(Injured):
    """A kind of system that cannot be made."""

    def __init__(self, *_: object, **__: object) -> None:
        raise FileNotFoundError("no such disk")


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    return Programme(tmp_path, 1, tmp_path / "atlas.db")


def nothing(scene: Scene) -> None:
    """Hurts nobody."""


def test_a_fault_that_cannot_begin_is_a_finding_and_the_next_has_its_turn(programme: Programme) -> None:
    def confused() -> str | None:
        raise KeyError("fuse")

    rows = [
        programme.run(Fault("broken", nothing, kind=Broken)),
        programme.run(Fault("confused", nothing, missing=confused)),
        programme.run(Fault("left_out", nothing, missing=lambda: "it is not permitted here")),
    ]

    assert rows[0].findings == ["it cannot be judged: FileNotFoundError: no such disk"]
    assert rows[1].findings == ["it cannot be judged: KeyError: 'fuse'"]
    assert rows[2].findings == []
    assert rows[2].skipped == "it is not permitted here"
    assert not everything_held(rows)


def test_what_nobody_counted_is_no_nought() -> None:
    counted, not_counted, whole = (
        [cell.strip() for cell in line.split("|")[2:-3]]
        for line in table([Row("counted", times=1, judged=True), Row("not_counted")]).splitlines()[2:]
    )

    assert UNKNOWN not in counted
    assert set(not_counted[1:]) == set(whole[1:]) == {UNKNOWN}


def test_a_programme_that_is_killed_leaves_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    (folder / "system-1").mkdir(parents=True)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", KILLED, str(folder)]

    killed = subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": root})

    assert killed.returncode == -signal.SIGKILL
    until(lambda: not folder.exists(), seconds=60, what="the folder is removed")
