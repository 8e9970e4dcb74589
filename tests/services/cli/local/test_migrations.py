from pathlib import Path

from services.chassis.migrations import migrate
from services.chassis.settings import House
from services.cli.local import migrations


def test_a_database_is_pending_until_it_is_at_the_head(tmp_path: Path) -> None:
    house = House(home=tmp_path)
    assert migrations.pending(house) == migrations.remembering() != []
    for service in migrations.remembering():
        migrate(house.database(service), service)
    assert migrations.pending(house) == []
    (tmp_path / "store.db").unlink()
    assert migrations.pending(house) == ["store"]
