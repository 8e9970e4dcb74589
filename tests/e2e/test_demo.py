"""`wireroom demo`, from nothing to seven articles and back to nothing."""

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.e2e.running import ending, leashed, still_there, until
from tests.e2e.typist import WIREROOM
from tests.e2e.writing import DIGEST, PARTS, SEEDS, WHOLE

pytestmark = [pytest.mark.nats, pytest.mark.slow]


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder of a short path: it is the system's folder for temporary files, and sockets lie in that."""
    with tempfile.TemporaryDirectory(prefix="w") as name:
        yield Path(name)


def environment(folder: Path) -> dict[str, str]:
    # What is set for another system on this machine must not matter.
    return os.environ | {
        "TMPDIR": str(folder),
        "COLUMNS": "200",
        "WIREROOM_HOME": str(folder / "precious"),
        "WIREROOM_NATS_URL": "nats://127.0.0.1:9",
    }


def test_the_demo_prints_the_seeds_articles_and_leaves_nothing(folder: Path) -> None:
    command = [WIREROOM, "demo", "--seeds", str(SEEDS[0].parent), "--json"]
    told = subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, timeout=240, check=False, cwd=folder
    )
    assert told.returncode == 0, told.stderr
    articles = [json.loads(line) for line in told.stdout.splitlines()]
    expected = [seed.name for seed in WHOLE] + [DIGEST.name] * len(PARTS)
    assert sorted(one["document"]["source_uri"] for one in articles) == [f"inbox:{name}" for name in expected]
    assert f"{len(SEEDS)} of {len(SEEDS)} files became {len(expected)} articles" in told.stderr
    assert list(folder.iterdir()) == []


def test_without_seeds_the_demo_says_what_is_missing(tmp_path: Path) -> None:
    told = subprocess.run([WIREROOM, "demo"], capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert told.returncode == 1
    assert told.stderr.startswith(f"wireroom: there are no sample documents in {tmp_path / 'seeds'}: run this where")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_broken_off_leaves_nothing(folder: Path, number: signal.Signals) -> None:
    command = [WIREROOM, "demo", "--seeds", str(SEEDS[0].parent)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ending(leashed(command, env=environment(folder), cwd=folder, **quiet)) as demo:
        family: list[psutil.Process] = []

        def has_services() -> bool:
            family[:] = psutil.Process(demo.pid).children(recursive=True)
            return len(family) > 4

        until(has_services, seconds=120, what="the demo's services run")
        demo.send_signal(number)
        assert demo.wait(120) == 128 + number
    until(lambda: not still_there(family), seconds=60, what=lambda: f"all gone, but {still_there(family)}")
    assert list(folder.iterdir()) == []
