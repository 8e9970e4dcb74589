import pytest

from services.fetch.arrival import Arrival
from services.fetch.core.members import About

INPUT = "01900000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("source_uri", "about"),
    [
        ("inbox:a.txt", About("a.txt")),
        ("inbox:b/a.txt", About("a.txt")),
        ("file:/b/a.txt", About("a.txt")),
        ("https://example.org/b/a%20c.pdf?d", About("a c.pdf", url="https://example.org/b/a%20c.pdf?d")),
        ("http://example.org/", About("", url="http://example.org/")),
    ],
)
def test_of_what_the_ledger_alone_knows_the_name_is_told_and_of_a_page_its_url(source_uri: str, about: About) -> None:
    assert Arrival.known_by(INPUT, source_uri).about == about
