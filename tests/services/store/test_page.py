from pathlib import Path

import pytest

from services.store.columns import Row
from services.store.page import page
from services.store.tables import TABLES

COMMITTED = Path(__file__).parents[3] / "docs" / "store.md"


def test_the_committed_page_is_the_generated_one() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == page(), "run: python -m services.store.page > docs/store.md"


@pytest.mark.parametrize("row", TABLES)
def test_every_table_and_every_column_says_what_it_is(row: type[Row]) -> None:
    assert row.__doc__
    assert [name for name, field in row.model_fields.items() if not field.description] == []
