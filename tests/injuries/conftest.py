import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.injuries.bench import Bench
from tests.injuries.finished import KNOWN, finish, standing


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, atlas: Path) -> Path:
    """A system in which everything has come to its end, made once for all test processes; nobody changes it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if folder.name.startswith("popen-") else folder
    with (shared / "finished.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "finished" / KNOWN).exists():
            shutil.rmtree(shared / "finished", ignore_errors=True)  # of a process that did not come to its end
            finish(shared / "finished", atlas)
    return shared / "finished"


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory, finished: Path) -> Iterator[Bench]:
    """A copy of it, with a server, to be damaged."""
    with standing(finished, tmp_path_factory.mktemp("standing")) as system:
        yield Bench(system)
