import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.chassis import migrations


@pytest.mark.parametrize(
    ("sources", "head"),
    [
        (['revision = "0001"\ndown_revision = None\n'], "0001"),
        (['revision = "0002"\ndown_revision = "0001"\n', 'revision = "0001"\ndown_revision = None\n'], "0002"),
        (["revision: str = '0003'\ndown_revision: str | None = '0002'\n", 'revision = "0002"\n', ""], "0003"),
        (['revision = "a"\n', 'revision = "b"\n'], None),
        ([""], None),
    ],
)
def test_the_head_is_the_revision_that_no_other_follows(sources: list[str], head: str | None) -> None:
    assert migrations.head(sources) == head


def test_a_file_that_is_no_database_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("no database")
    assert migrations.kept_at(tmp_path / "store.db") == set()


@pytest.mark.parametrize("service", ["fetch", "dedup", "store"])
def test_a_database_of_a_newer_wireroom_is_left_alone_with_a_word_why(tmp_path: Path, service: str) -> None:
    path = tmp_path / f"{service}.db"
    migrations.bring_up_to_date(f"sqlite:///{path}", service)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()

    with pytest.raises(migrations.Newer, match=rf"{path} was written by a newer Wireroom \(revision 9999\): install"):
        migrations.bring_up_to_date(f"sqlite:///{path}", service)
    assert path.read_bytes() == before
