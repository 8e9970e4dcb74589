import asyncio
import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from contracts.article_enriched import ArticleEnriched
from services.chassis.testing import LocalServer, free_port
from services.cli import tail
from services.cli.errors import Told

Article = Callable[..., ArticleEnriched]
Wireroom = Callable[..., Result]


async def announce(server: LocalServer, *articles: ArticleEnriched) -> None:
    client = await server.connect("publisher")
    for article in articles:
        await client.jetstream().publish(article.address(), article.model_dump_json().encode())
    await client.close()


@pytest.mark.nats
async def test_articles_come_as_json_one_a_line(server: LocalServer, wireroom: Wireroom, enriched: Article) -> None:
    await announce(server, enriched(1), enriched(2, country="SY"))
    told = await asyncio.to_thread(
        wireroom, "tail", "--since", "1h", "--count", "2", "--json", "--nats-url", server.url
    )
    assert told.exit_code == 0, told.output
    assert [json.loads(line)["input_id"] for line in told.stdout.splitlines()] == [
        enriched(1).input_id,
        enriched(2).input_id,
    ]


@pytest.mark.nats
async def test_options_choose_by_country_and_by_entity(
    server: LocalServer, wireroom: Wireroom, enriched: Article
) -> None:
    await announce(server, enriched(1), enriched(2, country="SY"))
    options = ("--since", "1h", "--count", "1", "--country", "sy", "--entity", "curie", "--language", "fr-FR", "--json")
    told = await asyncio.to_thread(wireroom, "tail", *options, "--nats-url", server.url)
    assert [json.loads(line)["input_id"] for line in told.stdout.splitlines()] == [enriched(2).input_id]


@pytest.mark.nats
async def test_an_article_is_shown_with_what_is_known_of_it(
    server: LocalServer, wireroom: Wireroom, enriched: Article
) -> None:
    await announce(server, enriched(1))
    told = await asyncio.to_thread(wireroom, "tail", "--since", "1h", "--count", "1", "--nats-url", server.url)
    for word in (
        "Grève à Lyon",
        "2024-04",
        "fr",
        "FR",
        "Marie Curie (person)",
        "Lyon (place ×2)",
        "inbox:1.txt",
        enriched(1).article_id,
    ):
        assert word in told.stdout


def test_without_a_server_it_says_how_to_start_one(home: object, wireroom: Wireroom) -> None:
    told = wireroom("tail", "--nats-url", f"nats://127.0.0.1:{free_port()}")
    assert told.exit_code == 1
    assert "start one with `wireroom up`" in told.stderr
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    ("language", "country", "subject"),
    [
        (None, None, "articles.enriched.*.*"),
        ("fr", None, "articles.enriched.fr.*"),
        ("pt-BR", "SY", "articles.enriched.pt.sy"),
        (None, "zz", "articles.enriched.*.zz"),
    ],
)
def test_language_and_country_make_the_subject(language: str | None, country: str | None, subject: str) -> None:
    assert tail.subject(language, country) == subject


@pytest.mark.parametrize("word", ["", ">", "f r", "fr.sy", "42"])
def test_what_is_no_code_is_refused(word: str) -> None:
    with pytest.raises(Told, match="no language or country"):
        tail.subject("fr", word or " ")


@pytest.mark.parametrize(("wanted", "named"), [("curie", True), ("LYON", True), ("Paris", False)])
def test_an_entity_is_found_whatever_the_case(enriched: Article, wanted: str, named: bool) -> None:
    assert tail.names(enriched(1), wanted) is named


def test_a_text_cannot_move_the_cursor(enriched: Article) -> None:
    article = enriched(1)
    title = article.extraction.title
    assert title is not None
    evil = title.model_copy(update={"text": "\x1b[2J\u202egone"})
    shown = tail.picture(
        article.model_copy(update={"extraction": article.extraction.model_copy(update={"title": evil})})
    )
    assert "\x1b" not in shown.plain
    assert "\u202e" not in shown.plain
