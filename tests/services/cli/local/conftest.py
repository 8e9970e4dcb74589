import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.chassis.testing import LocalServer
from tests.services.cli.local.restored import Restored


@pytest_asyncio.fixture
async def restored(tmp_path: Path) -> AsyncIterator[Restored]:
    async with LocalServer(tmp_path / "home") as server:
        yield Restored(tmp_path, server)


LEVELS = 1100  # Python calls itself a thousand times


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder with so many in it, one in the other, all open to others, and a file in the last one."""
    top = tmp_path / "deep"
    levels = [os.fspath(top) + "/d" * level for level in range(LEVELS + 1)]
    for level in levels:
        os.mkdir(level)  # noqa: PTH102 - a Path would take its name apart a thousand times
        os.chmod(level, 0o755)  # noqa: PTH101
    file = Path(levels[-1], "file")
    file.touch(mode=0o600)
    yield top
    file.unlink()
    for level in reversed(levels):
        os.rmdir(level)  # noqa: PTH106
