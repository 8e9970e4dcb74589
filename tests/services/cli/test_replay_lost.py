"""What was lost with a deleted queue is sent again, on a real nats-server."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from contracts.article_enriched import ArticleEnriched
from contracts.article_fetched import ArticleFetched
from contracts.identity import article_id, way_of
from services.chassis.failures import ChildKilled
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.settings import House
from services.chassis.testing import LocalServer, free_port
from services.cli import intake
from services.cli.replay import lost
from services.store.core import Enriched, Enrichment
from services.store.reading import Unended
from services.store.rows import article_row
from services.store.tables import Article, Input
from tests.services.cli.conftest import INPUT
from tests.services.fetch.archives import zipped

pytestmark = [pytest.mark.nats, pytest.mark.slow]

Wireroom = Callable[..., Result]
TEXT = "Grève à Lyon\n\nMarie Curie a parlé à Lyon de la grève qui commence.\n".encode()
SHA256 = hashlib.sha256(TEXT).hexdigest()
LOST, WAITS, UNKNOWN, NONE_KEPT, GONE, DAMAGED = (INPUT.format(number) for number in range(1, 7))


@pytest.fixture
def reached(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that lead to the server, and to no service."""
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    monkeypatch.setenv("WIREROOM_METRICS_PORT_BASE", str(free_port() % 60000 + 1))


@pytest.fixture
def ledger(store: Any, reached: None) -> None:
    """Three inputs in progress: one lost, one that waits in a queue, and one of whose original nothing is known."""
    for input_id, sha256 in ((LOST, SHA256), (WAITS, SHA256), (UNKNOWN, None)):
        known = {"source_uri": f"inbox:{input_id[-1]}.txt", "received_at": datetime.now(UTC), "steps": "[]"}
        store.put(Input, input_id=input_id, state="in_progress", sha256=sha256, **known)


async def test_what_is_in_progress_and_nowhere_is_sent_again_from_its_original(
    ledger: None, server: LocalServer
) -> None:
    fetch = await server.connect("fetch")
    publisher = Publisher(fetch)
    await Raw(fetch, publisher, fresh_seconds=3600).put(TEXT, SHA256)
    await publisher.close()
    await fetch.close()
    operator = await server.connect("operator")
    js = operator.jetstream()
    await js.publish("wireroom.article.fetched", b"{}", headers={"Nats-Msg-Id": f"{WAITS}:article_fetched"})

    done = await lost._replay(House())
    said = await js.get_msg("LANGUAGE", 2)
    held = (await js.stream_info("LANGUAGE")).state.messages
    await operator.close()

    assert (done.sent, list(done.left), done.unseen) == ([LOST], [UNKNOWN], [])
    assert held == 2
    article = ArticleFetched.model_validate_json(said.data or b"")
    assert (article.input_id, article.article_id) == (LOST, article_id("inbox:1.txt", SHA256))
    assert article.document.text == TEXT.decode()
    # On a way that everybody who hears it inherits: else the next stream takes it for what it has had already.
    assert way_of((said.headers or {})["Nats-Msg-Id"]).startswith(":r")


async def test_what_was_lost_of_a_container_is_sent_again_and_nothing_else_of_it(
    store: Any, server: LocalServer, ledger: None
) -> None:
    data = zipped([("a.txt", TEXT), ("b.txt", b"Un autre texte."), ("c.txt", b"")])
    root, digest = INPUT.format(9), hashlib.sha256(data).hexdigest()
    for number, state in (("", "expanded"), ("#1", "in_progress"), ("#2", "stored"), ("#3", "in_progress")):
        uri = f"inbox:a.zip!{'abc'[int(number[1:]) - 1]}.txt" if number else "inbox:a.zip"
        known = {"source_uri": uri, "received_at": datetime.now(UTC), "steps": "[]"}
        parent = root if number else None
        store.put(Input, input_id=f"{root}{number}", parent_input_id=parent, state=state, sha256=digest, **known)
    fetch = await server.connect("fetch")
    publisher = Publisher(fetch)
    for original in (data, TEXT):
        await Raw(fetch, publisher, fresh_seconds=3600).put(original, hashlib.sha256(original).hexdigest())
    await publisher.close()
    await fetch.close()

    done = await lost._replay(House())
    operator = await server.connect("operator")
    held = [await operator.jetstream().get_msg("STORE", number) for number in range(1, 6)]
    await operator.close()

    assert sorted(done.sent) == sorted([LOST, WAITS, f"{root}#1", f"{root}#3"])
    about = [(message.headers or {})["Nats-Msg-Id"].partition(":")[0] for message in held]
    assert {one for one in about if "#" in one} == {f"{root}#1", f"{root}#3"}
    assert root not in about


async def test_one_that_cannot_be_sent_again_says_why_and_the_others_are_sent(
    ledger: None, store: Any, server: LocalServer
) -> None:
    other = hashlib.sha256(b"as it was").hexdigest()
    hashes = {NONE_KEPT: "", GONE: hashlib.sha256(b"gone").hexdigest(), DAMAGED: other}
    for input_id, sha256 in hashes.items():
        known = {"source_uri": "inbox:a.txt", "received_at": datetime.now(UTC), "steps": "[]"}
        store.put(Input, input_id=input_id, state="in_progress", sha256=sha256, **known)
    fetch = await server.connect("fetch")
    publisher = Publisher(fetch)
    for data, sha256 in ((TEXT, SHA256), (b"as it is", other)):
        await Raw(fetch, publisher, fresh_seconds=3600).put(data, sha256)
    await publisher.close()
    await fetch.close()

    done = await lost._replay(House())
    assert sorted(done.sent) == [LOST, WAITS]
    told = {
        UNKNOWN: "by itself",
        NONE_KEPT: "by itself",
        GONE: "not in RAW any more",
        DAMAGED: "is damaged: give it in",
    }
    assert done.left.keys() == told.keys()
    assert [input_id for input_id, words in told.items() if words not in done.left[input_id]] == []


async def test_a_container_that_is_not_read_to_its_end_this_time_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def original_of(*_: object) -> None: ...
    async def say_again(*_: object) -> None:
        raise ChildKilled("the child died with exit code -9")

    monkeypatch.setattr(intake, "original_of", original_of)
    monkeypatch.setattr(intake, "say_again", say_again)
    one = Unended(LOST, None, "inbox:a.zip", SHA256)
    told = await lost.send_again(one, None, None, tmp_path)  # type: ignore[arg-type]

    assert told == "the child died with exit code -9: try it again"


async def test_what_articles_lost_is_no_input_and_is_announced_again_by_another(
    store: Any, reached: None, enriched: Callable[..., ArticleEnriched], wireroom: Wireroom
) -> None:
    told = await asyncio.to_thread(wireroom, "replay", "--lost", "--json")
    assert json.loads(told.stdout)["articles_laid_at"] is None, told.stderr

    yesterday = datetime.now(UTC) - timedelta(days=1)
    article = enriched(1).model_copy(update={"enriched_at": yesterday})
    enrichments = (Enrichment(article.input_id, "", yesterday),)
    store.put(Article, **article_row(Enriched(article, "", enrichments, is_new=True)))
    told = await asyncio.to_thread(wireroom, "replay", "--lost")
    assert "after articles were announced: what it had lost `wireroom replay --announce` announces again" in told.stdout
    assert told.stdout.endswith("\nnothing is lost\n")


async def test_where_not_all_can_be_looked_at_nothing_is_called_lost(
    ledger: None, server: LocalServer, wireroom: Wireroom
) -> None:
    operator = await server.connect("operator")
    await operator.jetstream().delete_stream("EXTRACT")
    await operator.close()

    told = await asyncio.to_thread(wireroom, "replay", "--lost")
    assert told.exit_code == 1
    assert "nothing is called lost" in told.stderr
    assert "EXTRACT is not there" in told.stderr
