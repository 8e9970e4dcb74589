from collections.abc import Iterator
from pathlib import Path

import pytest

from services.chassis.testing import free_port
from tests.e2e.hearing import Ears, Heard
from tests.e2e.running import System, running
from tests.e2e.writing import PARTS, SEEDS, WHOLE


@pytest.fixture(scope="session")
def web_port() -> int:
    """Where the shared system may ask for pages: a port of this machine, which it would ask for nothing otherwise."""
    return free_port()


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory, atlas: Path, web_port: int) -> Iterator[System]:
    """A running system for all tests that hurt nothing; each uses texts and names of its own.

    It is of somebody who keeps nothing from anybody: what is private in it all the same, it keeps private itself.
    """
    folder = tmp_path_factory.mktemp("system")
    folder.chmod(0o755)
    (folder / "home").mkdir(mode=0o755)  # theirs, before we came
    (folder / "home" / atlas.name).symlink_to(atlas)
    (folder / "inbox").mkdir(mode=0o750)
    shared = System(
        folder,
        WIREROOM_LOG_LEVEL="debug",
        WIREROOM_STORE_NATS_PASSWORD="",
        WIREROOM_FETCH_ALLOW_HOSTS="127.0.0.1",
        WIREROOM_FETCH_ALLOW_PORTS=str(web_port),
        WIREROOM_FETCH_HOST_GAP_SECONDS="0",
    )
    shared.umask = 0
    try:
        yield shared.start()
    finally:
        shared.abandon()


@pytest.fixture(scope="session")
def ears(system: System) -> Iterator[Ears]:
    """Hears all that the shared system says in public."""
    with Ears(system.url) as listening:
        yield listening


@pytest.fixture(scope="session")
def seeds(system: System, ears: Ears) -> dict[str, Heard]:
    """The five seeds dropped into the shared system: what was said of each, or of each of its parts, by its name."""
    for seed in SEEDS:
        system.drop(seed.name, seed.read_bytes())
    names = {f"inbox:{seed.name}": seed.name for seed in SEEDS}
    expected = len(WHOLE) + len(PARTS)
    told = ears.some(lambda one: one.is_enriched and one.source_uri in names, expected, seconds=60)
    return {f"{names[one.source_uri]}{_part(one)}": one for one in told}


def _part(told: Heard) -> str:
    part = told.body["document"]["part"]
    return f"#{part['number']}" if part else ""


@pytest.fixture
def own_system(tmp_path: Path, atlas: Path) -> Iterator[System]:
    """A running system that a test may kill; what a dead worker held is given out again soon."""
    yield from running(tmp_path / "own", atlas, WIREROOM_ACK_WAIT_SECONDS="2")
