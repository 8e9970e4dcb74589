"""What is stored is enriched again after a change to extract, on a running system."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.e2e.hearing import Ears
from tests.e2e.running import System
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]


def test_a_replay_enriches_once_more_announces_it_and_keeps_what_was_said_before(system: System, ears: Ears) -> None:
    system.drop("replayed.txt", an_article(5100).encode())
    [before] = ears.of("inbox:replayed.txt")

    as_it_is = system.json_of("replay", "--from", "extract", "--ids", before.body["input_id"])
    told = system.json_of("replay", "--from", "extract", "--unchanged", "--ids", before.body["article_id"])
    [_, after] = ears.of("inbox:replayed.txt", count=2)

    assert (as_it_is["looked_at"], as_it_is["sent"], told["sent"]) == (1, 0, 1)
    assert [after.headers["ce-id"]] == [before.headers["ce-id"] + way for way in told["ways"]]
    assert (before.body["enrichment"], after.body["enrichment"]) == (1, 2)
    sections = ("article_id", "input_id", "document", "language", "duplication", "extraction")
    assert [json.dumps(after.body[name]) for name in sections] == [json.dumps(before.body[name]) for name in sections]
    assert after.body["trail"][:3] == before.body["trail"][:3]
    with closing(sqlite3.connect(system.home / "store.db")) as database:
        asked = "SELECT enrichment, enriched FROM earlier_enrichments WHERE article_id = ?"
        [(number, kept)] = database.execute(asked, (before.body["article_id"],)).fetchall()
    assert (number, json.loads(kept)) == (1, before.body)
