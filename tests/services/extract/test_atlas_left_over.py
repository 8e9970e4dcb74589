"""What a builder of the atlas leaves when it is killed goes with the next start; who builds still is left alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from services.extract import atlas

BUILDER = """
import sys
from pathlib import Path
from services.extract import atlas

def write(path):
    path.write_bytes(b"half of it")
    print(path.name, flush=True)
    sys.stdin.read()

atlas._write = write
atlas.build(Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_the_file_of_a_builder_that_was_killed_goes_and_that_of_one_at_work_stays(tmp_path: Path) -> None:
    with builder(tmp_path) as dead, builder(tmp_path) as alive:
        theirs, ours = begun(dead), begun(alive)
        dead.kill()
        dead.wait()
        atlas.atlas_path(tmp_path).touch()  # the next start finds one that was built
        assert {one.name for one in tmp_path.iterdir()} == {theirs, ours, atlas.atlas_path(tmp_path).name}

        atlas.build(tmp_path)
        assert {one.name for one in tmp_path.iterdir()} == {ours, atlas.atlas_path(tmp_path).name}
        alive.communicate(timeout=60)
    assert alive.returncode == 0
    assert atlas.atlas_path(tmp_path).read_bytes() == b"half of it"
    assert [one.name for one in tmp_path.iterdir()] == [atlas.atlas_path(tmp_path).name]


def builder(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def begun(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_file_that_was_taken_away_before_it_was_locked_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = iter([True, False])

    def lock(handle: int, _how: int) -> None:
        if next(taken):
            for one in tmp_path.iterdir():
                one.unlink()

    monkeypatch.setattr("fcntl.flock", lock)
    monkeypatch.setattr(atlas, "_write", lambda path: path.write_bytes(b"whole"))
    assert atlas.build(tmp_path).read_bytes() == b"whole"
