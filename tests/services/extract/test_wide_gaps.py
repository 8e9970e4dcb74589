"""A line with a gap of any width is judged in no time that grows with more than its length."""

import pytest

from services.extract.core.metadata.signatures import is_byline, names_in

GAP = " " * 20_000


@pytest.mark.timeout(60)  # it would take hours
def test_a_wide_gap_makes_no_byline_and_takes_no_time() -> None:
    assert not is_byline(f"Wort{GAP}Zahl 12")
    assert is_byline(f"By{GAP}Claire Morel")
    assert list(names_in(f"By Claire Morel{GAP}")) == ["Claire Morel"]
