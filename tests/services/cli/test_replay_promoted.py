"""Duplicates of what was never stored are sent again in its place, on a real nats-server."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from contracts.article_fetched import ArticleFetched
from contracts.identity import way_of
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli.replay import promoted
from services.store.core import Enriched
from services.store.reading import open_reading
from services.store.rows import article_row
from services.store.tables import Article, DeadMessage, Duplicate, Input
from tests.services.cli.conftest import INPUT, NOON
from tests.services.cli.test_deadletters import A_DEATH

Wireroom = Callable[..., Result]
TEXT = "Grève à Lyon\n\nMarie Curie a parlé à Lyon de la grève qui commence.\n".encode()
SHA256 = hashlib.sha256(TEXT).hexdigest()
STORED, DEAD, UNDER_WAY = (f"{number:032x}" for number in (1, 0xDEAD, 0xA1))


@pytest.fixture
def ledger(store: Any, enriched: Any) -> None:
    """Duplicates of an article that is stored, of one that died, and of one that is under way."""
    store.put(Article, **article_row(Enriched(enriched(1), "", (), is_new=True)))
    firsts = ((20, DEAD, "dead"), (21, UNDER_WAY, "in_progress"))
    for number, article_id, state in firsts:
        store.put(Input, input_id=INPUT.format(number), state=state, article_id=article_id, steps="[]")
    for number, of in ((2, STORED), (3, DEAD), (4, DEAD), (5, UNDER_WAY)):
        article_id, input_id = f"{number:032x}", INPUT.format(number)
        known = {"source_uri": f"inbox:{number}.txt", "received_at": NOON, "steps": "[]", "sha256": SHA256}
        store.put(Input, input_id=input_id, state="duplicate", article_id=article_id, duplicate_of=of, **known)
        told = {"method": "same_text", "similarity": 1.0, "sha256": SHA256, "found_at": NOON, "duplicated": "{}"}
        store.put(Duplicate, input_id=input_id, article_id=article_id, duplicate_of=of, **told)


@pytest.mark.nats
@pytest.mark.parametrize(("ids", "numbers"), [([], [3, 4]), ([INPUT.format(4)], [4]), ([f"{4:032x}"], [4])])
async def test_duplicates_of_what_was_never_stored_are_sent_to_take_its_place(
    ledger: None, server: LocalServer, monkeypatch: pytest.MonkeyPatch, ids: list[str], numbers: list[int]
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    fetch = await server.connect("fetch")
    publisher = Publisher(fetch)
    await Raw(fetch, publisher, fresh_seconds=3600).put(TEXT, SHA256)
    await publisher.close()
    await fetch.close()

    done = await promoted._promote(House(), ids)
    assert await promoted._promote(House(), ids) == done  # before it is stored: on the same way, so it came once
    operator = await server.connect("operator")
    js = operator.jetstream()
    held = (await js.stream_info("LANGUAGE")).state.messages
    said = [await js.get_msg("LANGUAGE", number) for number in range(1, held + 1)]
    await operator.close()

    assert (done.sent, done.left) == ({INPUT.format(number): DEAD for number in numbers}, {})
    articles = sorted(
        (ArticleFetched.model_validate_json(one.data or b"") for one in said), key=lambda one: one.input_id
    )
    assert [(one.input_id, one.instead_of) for one in articles] == [(INPUT.format(number), DEAD) for number in numbers]
    assert {one.document.text for one in articles} == {TEXT.decode()}
    assert all(way_of((one.headers or {})["Nats-Msg-Id"]).startswith(":r") for one in said)


def test_what_died_on_the_way_is_sent_on_another(store: Any) -> None:
    ways = []
    for number in range(3):
        with open_reading(House().database("store")) as reading:
            ways.append(promoted.way_after(reading.dead_letters(limit=1)))
        store.put(DeadMessage, **A_DEATH, message_id=f"dead:{number}", buried_at=NOON + timedelta(hours=number))

    assert len(set(ways)) == len(ways)


@pytest.mark.nats
async def test_one_whose_original_is_gone_says_so(
    ledger: None, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    done = await promoted._promote(House(), [])

    assert done.sent == {}
    assert "not in RAW any more" in done.left[INPUT.format(3)]


@pytest.mark.parametrize("one", [INPUT.format(2), INPUT.format(5), STORED, "f" * 32])
def test_who_is_no_duplicate_of_what_was_never_stored_is_told_and_nothing_is_sent(
    ledger: None, home: Path, wireroom: Wireroom, one: str
) -> None:
    told = wireroom("replay", "--from", "dedup", "--ids", one)

    assert told.exit_code == 1
    assert f"{one} is no duplicate of an article that was never stored" in told.stderr


def test_where_nothing_is_to_be_done_that_is_said(store: Any, wireroom: Wireroom) -> None:
    assert wireroom("replay", "--from", "dedup").stdout.startswith("0 duplicates")
