"""A small system in which all is well, and how to change what is seen of it: for the tests of the checker."""

from dataclasses import replace
from typing import Any

from contracts.outcomes import State
from tests.injuries.seen import Entry, Event, Evidence, Grave, Kept, Way
from tests.injuries.workload import Given

FIRST = Given("a.txt", "aa", 10, State.STORED, text_sha256="text of aa")
COPY = Given("b.txt", "aa", 10, State.STORED, text_sha256="text of aa")
EMPTY = Given("c.txt", "cc", 0, State.REJECTED, "empty")
FATAL = Given("d.txt", "dd", 10, State.DEAD, "timeout")
GIVEN = (FIRST, COPY, EMPTY, FATAL)
A, B, D = FIRST.article_id, COPY.article_id, FATAL.article_id
READ: Way = (("fetch", "fetched", None), ("language", "detected", None))
REFUSED: Way = (("fetch", "rejected", None),)
THEN = "2026-11-01 12:00:00.000000"
TIMES: dict[str, Any] = {"received_at": THEN, "ended_at": THEN, "first_at": THEN, "last_at": THEN}
REPORT = {"input_id": "3", "source_uri": "inbox:c.txt", "reason": "empty", "detail": "no bytes", "at": THEN}
ENDS = {State.STORED: 1, State.DUPLICATE: 1, State.REJECTED: 1, State.DEAD: 1}
LETTER = "dead:4:article_deduplicated:7"


def all_well() -> Evidence:
    """A file, its copy, an empty one and one that cannot be read, each with its end."""
    return Evidence(
        ledger=[
            stored("1", FIRST),
            duplicate("2", COPY, A),
            Entry("3", "inbox:c.txt", State.REJECTED, "empty", sha256="cc", detail="no bytes", way=REFUSED, **TIMES),
            Entry(
                *("4", "inbox:d.txt", State.DEAD, "timeout", D),
                sha256="dd",
                detail="too long",
                service="extract",
                attempts=5,
                way=(*READ, ("dedup", "original", None), ("extract", "dead", "timeout")),
                **TIMES,
            ),
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
        counts=ENDS,
        shown=ENDS,
        reports={".rejected/c.txt.error.json": REPORT},
    )


def stored(input_id: str, one: Given) -> Entry:
    """The entry of a file that is kept as an article."""
    way = (*READ, ("dedup", "original", None), ("extract", "extracted", None), ("store", "stored", None))
    return Entry(*(input_id, one.source_uri, State.STORED, None, one.article_id), sha256=one.sha256, way=way, **TIMES)


def duplicate(input_id: str, one: Given, of: str, reason: str = "same_bytes") -> Entry:
    """The entry of a file that was here before."""
    way = (*READ, ("dedup", "duplicate", None), ("store", "duplicate", None))
    return Entry(
        *(input_id, one.source_uri, State.DUPLICATE, reason, one.article_id, of), sha256=one.sha256, way=way, **TIMES
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
