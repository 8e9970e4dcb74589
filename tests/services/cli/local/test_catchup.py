"""Catching up on a real server: what streams and shelves hold is told to databases from before it was said."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from uuid_utils import uuid7

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.input_received import InputReceived
from contracts.message import Message
from contracts.outcomes import DeadReason, State
from services.chassis import beginnings
from services.chassis.beginnings import Beginning
from services.chassis.database import Database
from services.chassis.letters import Letter
from services.cli.local import catchup
from services.store import catchup as keeping
from services.store.reading import open_reading
from tests.services.cli.local.restored import NOW, ORIGINAL, RESTORED_AT, Restored, facts

pytestmark = pytest.mark.nats

RECEIVED = InputReceived(input_id=str(uuid7()), source_uri="inbox:a.txt", received_at=NOW)


async def test_every_end_that_was_told_is_in_the_ledger_again(restored: Restored) -> None:
    stored = facts("a.txt", "Le maire a parlé.", duplication=ORIGINAL, extraction={})
    copied = facts(
        "b.txt", "Le maire a parlé.", duplication={"of": stored["article_id"], "method": "same_bytes", "similarity": 1}
    )
    buried = facts("c.txt", "Le préfet se tait.", duplication=ORIGINAL)
    on_its_way = facts("d.txt", "La grève continue.", duplication=ORIGINAL, extraction={})
    await restored.say(ArticleEnriched(**stored, enriched_at=NOW, enrichment=1))
    await restored.say(ArticleDuplicated(**copied))
    await restored.say(ArticleExtracted(**on_its_way))
    await restored.put(grave(buried))
    report = {
        "input_id": str(uuid7()),
        "source_uri": "inbox:e.txt",
        "reason": "empty",
        "detail": "",
        "at": NOW.isoformat(),
    }
    restored.file(".rejected/e.txt.error.json", json.dumps(report))

    first, again = await restored.caught_up(), await restored.caught_up()

    wanted = {
        State.STORED: 1,
        State.DUPLICATE: 1,
        State.DEAD: 1,
        State.REJECTED: 1,
        State.IN_PROGRESS: 1,
        State.EXPANDED: 0,
    }
    assert first.ledger == again.ledger == wanted
    assert (first.announcements, first.dead_letters, first.rejected, first.waiting) == (2, 1, 1, 1)
    assert (first.remembered, again.remembered) == (4, 0), "dedup learns each verdict, and once"
    assert restored.row(on_its_way["input_id"]).article_id == on_its_way["article_id"]
    assert restored.row(buried["input_id"]).reason == DeadReason.FAILED
    assert (first.given_back, first.said_again, first.without_trace) == ([], 0, [])


def grave(buried: dict[str, Any], sequence: int = 1) -> Letter:
    body = json.dumps(buried, default=str).encode()
    headers = {
        "Wireroom-Service": "extract",
        "Wireroom-Reason": "failed",
        "Wireroom-Detail": '"it fails"',
        "Wireroom-Attempts": "5",
        "Wireroom-Buried-At": NOW.isoformat(),
        "Wireroom-First-Heard-At": NOW.isoformat(),
        "Wireroom-Original-Subject": "wireroom.article.deduplicated",
        "Wireroom-Original-Stream": "EXTRACT",
        "Wireroom-Original-Sequence": str(sequence),
        "Wireroom-Original-Headers": "{}",
    }
    return Letter("DEAD", "dead.wireroom.article.deduplicated", body, headers)


async def test_what_was_buried_and_not_heard_when_the_backup_began_is_dead(restored: Restored) -> None:
    buried = facts("c.txt", "Le préfet se tait.", duplication=ORIGINAL)
    await restored.put(grave(buried))

    account = await restored.caught_up(begun_at=NOW + timedelta(hours=1))

    assert account.dead_letters == 1
    assert restored.row(buried["input_id"]).state == State.DEAD


def letters(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as kept:
        return [name for (name,) in kept.execute("SELECT message_id FROM dead_letters ORDER BY message_id")]


@pytest.mark.parametrize("lies_in_dead", [False, True])
async def test_what_was_thrown_away_since_the_backup_stays_away(restored: Restored, *, lies_in_dead: bool) -> None:
    buried = [facts(f"{number}.txt", f"Le préfet {number} se tait.", duplication=ORIGINAL) for number in range(4)]
    for sequence, one in enumerate(buried):
        await restored.put(grave(one, sequence))
    await restored.caught_up(begun_at=NOW + timedelta(hours=1))
    store = restored.home / "store.db"
    purged, still_there, unheard, unknown = letters(store)
    replaced = restored.home / f"replaced-{RESTORED_AT:%Y%m%dT%H%M%S.%fZ}"
    replaced.mkdir(exist_ok=True)
    with closing(sqlite3.connect(replaced / "store.db")) as later, closing(sqlite3.connect(store)) as kept:
        kept.backup(later)
        of = "WHERE input_id IN (SELECT input_id FROM dead_letters WHERE message_id = ?)"
        with later:
            later.execute(f"UPDATE inputs SET state = 'in_progress' {of}", (unheard,))
            later.execute(f"DELETE FROM inputs {of}", (unknown,))
            later.execute("DELETE FROM dead_letters WHERE message_id != ?", (still_there,))
    if not lies_in_dead:
        client = await restored.server.connect("operator")
        await client.jetstream().purge_stream("DEAD")
        await client.close()

    account = await restored.caught_up(begun_at=NOW + timedelta(hours=1))
    assert account.purged == 1
    assert letters(store) == sorted([still_there, unheard, unknown] + [purged] * lies_in_dead)
    assert {restored.row(one["input_id"]).state for one in buried} == {State.DEAD}


def replaced_by(restored: Restored) -> Path:
    """A copy of the store beside it, as the one that the next restore replaces."""
    folder = restored.home / f"replaced-{RESTORED_AT:%Y%m%dT%H%M%S.%fZ}"
    folder.mkdir(exist_ok=True)
    with (
        closing(sqlite3.connect(folder / "store.db")) as later,
        closing(sqlite3.connect(restored.home / "store.db")) as kept,
    ):
        kept.backup(later)
    return folder / "store.db"


def change(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        for statement in statements:
            opened.execute(statement)


LATER = "UPDATE inputs SET ended_at = '2999-01-01 00:00:00.000000'"


@pytest.mark.parametrize(
    ("began", "noted", "purged"),
    [
        ("", None, 1),
        (LATER, None, 0),  # begun anew since
        (LATER, NOW - timedelta(hours=1), 1),
        ("DELETE FROM inputs", NOW + timedelta(hours=1), 0),
        ("DELETE FROM inputs", None, 0),
    ],
)
async def test_a_letter_of_no_input_stays_away_where_the_replaced_store_had_begun_before_it_was_buried(
    restored: Restored, began: str, noted: datetime | None, purged: int
) -> None:
    await restored.put(grave(facts("a.txt", "Le préfet se tait.", duplication=ORIGINAL), 1))
    await restored.put(replace(grave({}, 2), body=b"not json"))
    await restored.caught_up(begun_at=NOW + timedelta(hours=1))
    assert len(letters(restored.home / "store.db")) == 2
    change(replaced_by(restored), "DELETE FROM dead_letters WHERE input_id IS NULL", *filter(None, [began]))
    if noted is not None:
        beginnings.note(restored.home, "store", Beginning(begun_at=noted))
    client = await restored.server.connect("operator")
    await client.jetstream().purge_stream("DEAD")
    await client.close()

    account = await restored.caught_up(begun_at=NOW + timedelta(hours=1))

    assert account.purged == purged
    assert len(letters(restored.home / "store.db")) == 2 - purged


@pytest.mark.parametrize("backup", ["", "DELETE FROM dead_letters"])
async def test_what_was_sent_again_since_the_backup_is_known_as_sent_again(restored: Restored, backup: str) -> None:
    await restored.put(grave(facts("a.txt", "Le préfet se tait.", duplication=ORIGINAL)))
    await restored.caught_up(begun_at=NOW + timedelta(hours=1))
    change(replaced_by(restored), "UPDATE dead_letters SET requeues = 1, requeued_at = '2026-03-01 12:00:00.000000'")
    change(restored.home / "store.db", *filter(None, [backup]))

    await restored.caught_up()

    with open_reading(restored.house.database("store")) as reading:
        [letter] = reading.dead_letters()
    assert (letter.requeues, letter.requeued_at) == (1, datetime(2026, 3, 1, 12, tzinfo=UTC))


async def test_where_nothing_tells_what_was_thrown_away_all_of_it_is_there_and_that_is_said(
    restored: Restored,
) -> None:
    await restored.put(grave(facts("a.txt", "Le préfet se tait.", duplication=ORIGINAL)))
    first = await restored.caught_up(begun_at=NOW + timedelta(hours=1))
    again = await restored.caught_up(begun_at=NOW + timedelta(hours=1))

    assert (first.purged, again.purged) == (0, None)
    assert len(letters(restored.home / "store.db")) == 1


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("articles.duplicated.fr", b"{}", None),
        ("articles.enriched.fr.zz", b"\xff", None),
        (
            "wireroom.input.received",
            RECEIVED.model_dump_json().encode(),
            InputReceived,
        ),
        ("of.another.program", b"{}", None),
    ],
)
def test_what_is_no_message_of_ours_is_none(subject: str, body: bytes, kind: type[Message] | None) -> None:
    message = catchup.message_of(subject, body)

    assert message is None if kind is None else isinstance(message, kind)


async def test_dedup_learns_from_the_store_what_was_stored_between_their_copies(restored: Restored) -> None:
    stored = facts("a.txt", "Le maire a parlé.", duplication=ORIGINAL, extraction={})
    event = ArticleEnriched(**stored, enriched_at=NOW, enrichment=1)
    async with Database(restored.house.database("store")) as store:
        await store.transaction(lambda session: keeping.keep(session, [(event, "")]))

    account = await restored.caught_up()

    assert (account.announcements, account.remembered) == (0, 1)
