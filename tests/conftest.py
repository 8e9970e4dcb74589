import os
import signal
from collections.abc import Iterator

import pytest
import structlog


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


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes give a test no name: packed ones hold the time at which they were packed, in each process another."""
    return argname if isinstance(val, bytes) else None
