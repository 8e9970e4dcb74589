"""What was announced and is not in ARTICLES any more is announced again as it was, on a real nats-server."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import Result

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from services.chassis.testing import LocalServer
from services.store.core import Enriched, Enrichment
from services.store.rows import article_row, duplicate_row
from services.store.tables import Article, Duplicate, Input, Unannounced
from tests.services.cli.conftest import INPUT

pytestmark = pytest.mark.nats

Wireroom = Callable[..., Result]
MakeEnriched = Callable[..., ArticleEnriched]
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def keep(store: Any, article: ArticleEnriched, *ways: str, at: datetime = YESTERDAY) -> None:
    told = article.model_copy(update={"enriched_at": at, "enrichment": len(ways)})
    enrichments = tuple(Enrichment(told.input_id, way, at) for way in ways)
    store.put(Article, **article_row(Enriched(told, ways[-1], enrichments, is_new=True)))


def keep_duplicate(store: Any, article: ArticleEnriched) -> None:
    told = ArticleDuplicated(
        input_id=article.input_id,
        article_id=article.article_id,
        document=article.document.head(),
        language=article.language,
        duplication={"verdict": "duplicate", "of": f"{1:032x}", "method": "same_bytes", "similarity": 1.0},
    )
    store.put(Duplicate, **duplicate_row(told, YESTERDAY))
    store.put(Input, input_id=told.input_id, state="duplicate", steps="[]")


async def announced(server: LocalServer) -> dict[str, tuple[str, bytes]]:
    client = await server.connect("publisher")
    js = client.jetstream()
    state = (await js.stream_info("ARTICLES")).state
    held = [await js.get_msg("ARTICLES", number) for number in range(max(1, state.first_seq), state.last_seq + 1)]
    await client.close()
    return {(one.headers or {})["Nats-Msg-Id"]: (one.subject or "", one.data or b"") for one in held}


async def announce(server: LocalServer, *articles: ArticleEnriched) -> None:
    client = await server.connect("publisher")
    for one in articles:
        body, ids = one.model_dump_json().encode(), {"Nats-Msg-Id": f"{one.input_id}:article_enriched"}
        await client.jetstream().publish(one.address(), body, headers=ids)
    await client.close()


@pytest.fixture
def reached(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> LocalServer:
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    return server


async def test_what_articles_lost_is_announced_again_once_and_in_the_same_words(
    store: Any, reached: LocalServer, enriched: MakeEnriched, wireroom: Wireroom
) -> None:
    keep(store, enriched(1), "")
    keep(store, enriched(2), "", ":r7")
    keep_duplicate(store, enriched(3))
    keep(store, there := enriched(4), "")
    await announce(reached, there.model_copy(update={"enrichment": 1}))
    keep(store, enriched(5), "")  # it is announced by the store itself
    owed = {"input_id": INPUT.format(5), "enrichment": 1, "article_id": f"{5:032x}", "way": "", "since": YESTERDAY}
    store.put(Unannounced, **owed)
    keep(store, enriched(6), "", at=datetime.now(UTC) - timedelta(days=40))

    told = await asyncio.to_thread(wireroom, "replay", "--announce")
    assert (told.exit_code, told.stdout) == (0, "2 articles and 1 duplicates are announced again\n")

    first, second, third, _ = (INPUT.format(number) for number in (1, 2, 3, 4))
    said = await announced(reached)
    ids = {f"{first}:article_enriched", f"{second}:article_enriched:r7", f"{third}:article_duplicated"}
    assert said.keys() - ids == {f"{there.input_id}:article_enriched"}
    assert ids <= said.keys()
    with store._engine.connect() as connection:
        [(kept,)] = connection.exec_driver_sql("SELECT enriched FROM articles WHERE number = 2").all()
    assert json.loads(said[f"{second}:article_enriched:r7"][1]) == json.loads(kept)

    again = await asyncio.to_thread(wireroom, "replay", "--announce", "--json")
    assert (json.loads(again.stdout)["articles"], json.loads(again.stdout)["duplicates"]) == (0, 0)


async def test_what_a_full_stream_has_dropped_is_not_announced_again(
    store: Any, reached: LocalServer, enriched: MakeEnriched, wireroom: Wireroom
) -> None:
    keep(store, enriched(1), "")
    await announce(reached, enriched(2))
    client = await reached.connect("publisher")
    await client.jetstream().delete_msg("ARTICLES", 1)
    await client.close()

    told = await asyncio.to_thread(wireroom, "replay", "--announce")
    assert (told.exit_code, told.stdout.startswith("ARTICLES has dropped its oldest")) == (0, True)
    assert await announced(reached) == {}


def test_only_one_thing_is_replayed_at_a_time(wireroom: Wireroom) -> None:
    told = wireroom("replay", "--announce", "--lost")
    assert (told.exit_code, "say which" in told.stderr) == (2, True)
