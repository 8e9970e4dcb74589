"""A small system in which all is well, and how to change what is seen of it: for the tests of the checker."""

from dataclasses import replace
from typing import Any

from contracts.outcomes import State
from tests.injuries.seen import Entry, Event, Evidence, Grave, Kept
from tests.injuries.workload import Given

FIRST = Given("a.txt", "aa", 10, State.STORED, text_sha256="text of aa")
COPY = Given("b.txt", "aa", 10, State.STORED, text_sha256="text of aa")
EMPTY = Given("c.txt", "cc", 0, State.REJECTED, "empty")
FATAL = Given("d.txt", "dd", 10, State.DEAD, "timeout")
GIVEN = (FIRST, COPY, EMPTY, FATAL)
A, B, D = FIRST.article_id, COPY.article_id, FATAL.article_id
LETTER = "dead:4:article_deduplicated:7"


def all_well() -> Evidence:
    """A file, its copy, an empty one and one that cannot be read, each with its end."""
    return Evidence(
        ledger=[
            Entry("1", "inbox:a.txt", State.STORED, None, A),
            Entry("2", "inbox:b.txt", State.DUPLICATE, "same_bytes", B, A),
            Entry("3", "inbox:c.txt", State.REJECTED, "empty"),
            Entry("4", "inbox:d.txt", State.DEAD, "timeout", D),
        ],
        articles=[Kept(A, "1", "inbox:a.txt", "aa")],
        duplicates={"2": A},
        events=[
            Event("1:article_enriched", A, "inbox:a.txt", "aa", "text of aa"),
            Event("2:article_duplicated", B, "inbox:b.txt", "aa", None, A),
        ],
        originals={"aa": "aa", "dd": "dd"},
        shelves={
            ".done/a.txt": "aa",
            ".done/b.txt": "aa",
            ".done/d.txt": "dd",
            ".rejected/c.txt": "cc",
            ".rejected/c.txt.error.json": "why",
        },
        buried=[LETTER],
        graves=[Grave(LETTER, "4")],
        queues={"STORE": 0},
        shown={State.STORED: 1, State.DUPLICATE: 1, State.REJECTED: 1, State.DEAD: 1},
    )


def with_row(seen: Evidence, number: int, **changes: Any) -> None:
    """Another word of the ledger on one input."""
    seen.ledger = [replace(row, **changes) if at == number else row for at, row in enumerate(seen.ledger, 1)]


def with_article(seen: Evidence, **changes: Any) -> None:
    """Another row of the article."""
    seen.articles = [replace(seen.articles[0], **changes)]


def with_event(seen: Evidence, number: int, **changes: Any) -> None:
    """Another announcement."""
    seen.events = [replace(event, **changes) if at == number else event for at, event in enumerate(seen.events, 1)]


def with_file(seen: Evidence, place: str, found: str | None) -> None:
    """Other bytes in a place on a shelf, or none."""
    seen.shelves = {name: there for name, there in seen.shelves.items() if name != place}
    if found is not None:
        seen.shelves = {**seen.shelves, place: found}
