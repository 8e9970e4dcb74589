from collections.abc import Iterator
from pathlib import Path

import pytest

from services.extract import atlas


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the atlas built (about 15 s, once a run)."""
    folder = tmp_path_factory.mktemp("home")
    atlas.build(folder)
    return folder


@pytest.fixture(scope="session")
def world(home: Path) -> Iterator[atlas.SqliteAtlas]:
    opened = atlas.SqliteAtlas(atlas.atlas_path(home))
    yield opened
    opened.close()
