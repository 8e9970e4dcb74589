"""Looking at a system from outside: copies of its databases, its streams with a plain client, its folders."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from contracts.article_enriched import ArticleEnriched
from contracts.dead_letter import DeadLetter
from contracts.outcomes import State
from services.store.announcements import Announcement
from services.store.core.ledger import Entry, dead
from services.store.ledger import grave_row
from tests.injuries import in_folders, in_streams
from tests.injuries.copies import Copies, copied
from tests.injuries.differences import NOTHING, Difference, apart, rows_differ
from tests.injuries.in_dedup import InDedup
from tests.injuries.in_store import WHOLE, InStore, whole_of
from tests.injuries.in_streams import Streams
from tests.injuries.once import Answers, Known
from tests.injuries.seen import Event, Evidence

RAW = in_streams.RAW
SENT_AGAIN = ("requeues", "requeued_at")  # of a dead letter: what people did with it since
DIED = ("ended_at", "reason", "detail", "service", "attempts", "steps")  # what its last burial makes of an input
NAMED = ("taken", "asked", "openings")  # whose rows may stay for a while
MAY_KNOW = ("article_id", "source_uri", "received_at", "sha256")  # as far as its body can be read
UNDONE = {  # in fetch's database, what is left to be done
    "taken": "SELECT input_id FROM taken WHERE NOT said",
    "asked": "SELECT input_id FROM asked WHERE ended_at IS NULL",
    "feed_entries": "SELECT input_id FROM feed_entries",
}

Graves = Mapping[str, tuple[DeadLetter, bytes] | None]


class Place(Protocol):
    """Where a system lies, whether or not it runs: the server does."""

    @property
    def home(self) -> Path:
        """Its home folder."""

    @property
    def inbox(self) -> Path:
        """The folder that it watches."""

    @property
    def url(self) -> str:
        """Of its server, or of several with commas."""

    def credentials(self) -> Mapping[str, str]:
        """User to password."""

    def samples(self, service: str, name: str) -> Mapping[str, float]:
        """The values of one metric."""


async def gather(system: Place, known: Known | None = None) -> Evidence:
    """Everything that is to be seen now; of what is as it was when it was last looked at, what is known since then."""
    with copied(system.home) as copies:
        streams = await in_streams.read(system.url, system.credentials())
        try:
            seen = held_together(copies, streams, known or Known())
        except sqlite3.DatabaseError as error:
            seen = Evidence(broken=[*copies.broken, f"a database cannot be read to its end: {error}"])
    look_into_folders(seen, system.home, system.inbox)
    seen.shown = {State(state): int(value) for state, value in system.samples("store", "wireroom_inputs").items()}
    return seen


def held_together(copies: Copies, streams: Streams, known: Known) -> Evidence:
    """What databases and streams hold, and where one of them does not say what another says."""
    answers = Answers(copies.store, copies.dedup, originals=streams.originals, known=known)
    store = InStore(copies.store, answers)
    graves, told = in_streams.graves(streams), list(in_streams.announced(streams, store))
    return Evidence(
        ledger=list(store.ledger()),
        articles=list(store.articles()),
        duplicates=dict(copies.store.execute("SELECT input_id, duplicate_of FROM duplicates").fetchall()),
        counts=dict(copies.store.execute("SELECT state, inputs FROM input_counts").fetchall()),
        unannounced=[row[0] for row in copies.store.execute("SELECT input_id FROM unannounced")],
        events=[one for one in told if isinstance(one, Event)],
        originals={name: hashlib.sha256(body).hexdigest() for name, body in streams.originals.items()},
        buried=[message.headers.get("Nats-Msg-Id", "") for message in streams.dead],
        graves=list(store.graves()),
        queues=streams.queues,
        differences=[
            *store.differences(),
            *(one for one in told if isinstance(one, Difference)),
            *streams.differences,
            *_buried(store, graves),
            *_remembered(copies, store),
        ],
        broken=[*copies.broken, *_left_to_do(copies), *streams.broken],
        at=datetime.now(UTC),
    )


def look_into_folders(seen: Evidence, home: Path, inbox: Path) -> None:
    """What lies on the shelves, what is left over, and who may read what is in the home folder."""
    seen.shelves, seen.reports, seen.modes = (
        in_folders.shelves(inbox),
        in_folders.reports(inbox),
        in_folders.modes(inbox),
    )
    seen.claimed = in_folders.files(inbox / ".claimed")
    seen.waiting = [path for path in in_folders.files(inbox) if not path.startswith(".")]
    seen.broken = [*seen.broken, *in_folders.open_to_others(home)]


def _left_to_do(copies: Copies) -> Iterator[str]:
    for table, question in UNDONE.items():
        for (input_id,) in copies.fetch.execute(question).fetchall():
            yield f"{table}: fetch has not done with {input_id}"
    known = {row[0] for row in copies.store.execute("SELECT input_id FROM inputs")}
    for table in NAMED:
        for (input_id,) in copies.fetch.execute(f"SELECT input_id FROM {table}").fetchall():
            if input_id not in known:
                yield f"{table}: {input_id} is no input"


def _buried(store: InStore, graves: Graves) -> Iterator[Difference]:
    """What lies in DEAD, against the table, and the last of each dead input against the ledger."""
    last: dict[str, Entry] = {}
    for identifier, told in graves.items():
        if told is None:
            yield Difference("DEAD", identifier, "it", "unreadable", "facts and a body")
            continue
        if (found := store.grave(identifier)) is not None:
            wanted = grave_row(*told) | {name: found[name] for name in SENT_AGAIN}
            yield from rows_differ("dead_letters", identifier, found, wanted)
        entry = dead(*told)
        if entry is not None and (entry.input_id not in last or _later(entry, last[entry.input_id])):
            last[entry.input_id] = entry
    for input_id, entry in last.items():
        row = store.entry(input_id)
        if row is not None and row["state"] == State.DEAD:
            wanted = {name: getattr(entry, name) for name in DIED}
            wanted |= {name: known for name in MAY_KNOW if (known := getattr(entry, name)) is not None}
            yield from rows_differ("inputs", input_id, {name: row[name] for name in wanted}, wanted)


def _later(one: Entry, other: Entry) -> bool:
    return one.ended_at is not None and other.ended_at is not None and one.ended_at > other.ended_at


def _as_given(whole: ArticleEnriched, answers: Answers) -> Iterator[Difference]:
    """The text of a plain file, against its original."""
    text = None if whole.document.lossy else _decoded(whole, answers)
    if text not in {None, whole.document.text}:
        yield Difference("articles", whole.input_id, "document.text", *apart(whole.document.text, text))


def _remembered(copies: Copies, store: InStore) -> Iterator[Difference]:
    """What dedup remembers of every input that has an article or a duplicate, and of nobody else."""
    dedup = InDedup(copies.dedup, store.answers, store.article)
    yield from dedup.differences()
    known = {row[0] for row in copies.store.execute("SELECT input_id FROM inputs")}
    for input_id in sorted(dedup.judged() - known):
        yield Difference("judged", input_id, "it", "a verdict", NOTHING)
    check = partial(_read_again, dedup, store.answers)
    for table, text in store.wholes():
        yield from store.answers.once("remembered", check, table, text)


def _read_again(dedup: InDedup, answers: Answers, table: str, text: str) -> Iterator[Difference]:
    _, kind = WHOLE[table]
    whole = whole_of(kind, text)
    if whole is None:  # which is told of elsewhere
        return
    yield from dedup.verdict(whole)
    if isinstance(whole, ArticleEnriched):
        yield from _as_given(whole, answers)
        yield from dedup.memory(whole)
    yield from dedup.again(whole, _text(whole, answers))


def _text(whole: Announcement, answers: Answers) -> str | None:
    """Its text; of a duplicate, whose announcement does not repeat it, as far as it was a plain one."""
    return whole.document.text if isinstance(whole, ArticleEnriched) else _decoded(whole, answers)


def _decoded(whole: Announcement, answers: Answers) -> str | None:
    """What a plain text says as it was given; None of anything else, and where it is not kept any more."""
    body, document = answers.original(whole.document.sha256), whole.document
    if body is None or document.media_type != "text/plain" or document.part is not None:
        return None
    return body.decode(document.encoding or "utf-8", errors="replace").removeprefix("\ufeff")
