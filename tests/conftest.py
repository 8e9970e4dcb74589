import fcntl
import gc
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.spread import Spread, longest_first

# The same examples in every run, and nothing that a busy machine could decide; who plays for longer draws new ones.
settings.register_profile(
    "wireroom",
    derandomize="WIREROOM_FUZZ_SECONDS" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("wireroom")


@pytest.fixture(scope="session", autouse=True)
def tracebacks_are_plain() -> None:
    """Where nobody has set up logs, one traceback in colours takes 160 ms; in words alone, two."""
    structlog.dev.ConsoleRenderer.get_active().exception_formatter = structlog.dev.plain_traceback


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Logs as they are before anybody sets them up: a test's streams are closed when it ends."""
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def leases_as_they_were() -> Iterator[None]:
    """Whoever asks the kernel who writes ignores SIGIO from then on: for other tests that would be another world."""
    before = signal.getsignal(signal.SIGIO)
    yield
    signal.signal(signal.SIGIO, before)


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> None:
    """Tests see the settings' defaults, whatever the person at the terminal has set."""
    for name in [name for name in os.environ if name.startswith("WIREROOM_") and name != "WIREROOM_CORPUS"]:
        del os.environ[name]


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """Who is started by a shell in the background ignores SIGINT, and so would whatever the tests interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of places, built once for all homes and all test processes: the demo's test builds one of its own."""
    from services.extract.atlas import atlas_path, build  # noqa: PLC0415 - a second for who gives the tests out

    folder = tmp_path_factory.getbasetemp()
    shared = (folder.parent if folder.name.startswith("popen-") else folder) / "atlas"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(shared)
    return atlas_path(shared)


@pytest.fixture(scope="session", autouse=True)
def streams_are_laid_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Seven hundred tests have a server of their own, and each would have the same streams laid."""
    from services.chassis import testing  # noqa: PLC0415 - half a second for who gives the tests out

    testing.laid_once = tmp_path_factory.mktemp("laid")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Spread:
    """Who gives the tests out to several processes."""
    return Spread(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays until the end: the garbage collector need not look through it, ever."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order in which the processes are given them."""
    longest_first(items)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes give a test no name: packed ones hold the time at which they were packed, in each process another."""
    return argname if isinstance(val, bytes) else None
