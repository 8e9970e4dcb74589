"""A site that answers as a test says."""

from collections.abc import AsyncIterator
from pathlib import Path

import certifi
import pytest
import pytest_asyncio

from tests.edges.webs import Site

END = "-----END CERTIFICATE-----\n"


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    async with Site().open() as site:
        yield site


@pytest.fixture(scope="session")
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first of the authorities that browsers trust."""
    file = tmp_path_factory.mktemp("authorities") / "one.pem"
    file.write_text(Path(certifi.where()).read_text("ascii", "ignore").partition(END)[0] + END, "ascii")
    return file


@pytest.fixture(autouse=True)
def few_authorities(one_authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them has signed for a site of ours, and to read all of them takes 42 ms each time a web is made."""
    monkeypatch.setattr(certifi, "where", lambda: str(one_authority))
