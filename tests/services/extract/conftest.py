import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.extract.atlas import SqliteAtlas


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, atlas: Path) -> Path:
    """A home folder with an atlas of its own."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copy2(atlas, folder)
    return folder


@pytest.fixture(scope="session")
def world(atlas: Path) -> Iterator[SqliteAtlas]:
    opened = SqliteAtlas(atlas)
    yield opened
    opened.close()
