"""Stored articles that extract would read otherwise now are heard by it again, on a real nats-server."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_enriched import ArticleEnriched
from contracts.extraction import MadeBy
from contracts.identity import way_of
from contracts.message import Step
from contracts.outcomes import Outcome
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli.local.home import Addresses, announced, hold
from services.cli.replay import again
from services.cli.replay.again import Wanted
from services.extract.core.versions import LISTED, NAMED
from services.store.core import Enriched
from services.store.rows import article_row
from services.store.tables import Article, Input
from tests.services.cli.conftest import INPUT, NOON

Wireroom = Callable[..., Result]
MakeEnriched = Callable[..., ArticleEnriched]

INSTALLED = {"": {"dates": "1", "entities": "rules 1"}, "fr": {"dates": "1", "entities": "rules 3.8.0+1"}}
WAY = tuple(
    Step(service=service, version="0.1.0", at=NOON, seconds=0.1, outcome=outcome)
    for service, outcome in (
        ("fetch", Outcome.FETCHED),
        ("language", Outcome.DETECTED),
        ("dedup", Outcome.ORIGINAL),
        ("extract", Outcome.EXTRACTED),
        ("store", Outcome.STORED),
    )
)


def made_by(article: ArticleEnriched, **versions: str) -> ArticleEnriched:
    made = {field: MadeBy(extractor="rules", version=version, confidence=0.8) for field, version in versions.items()}
    return article.model_copy(
        update={"trail": WAY, "extraction": article.extraction.model_copy(update={"made_by": made})}
    )


@pytest.mark.parametrize(
    ("tag", "versions", "changed"),
    [
        ("fr", {"dates": "1", "entities": "3.8.0+1"}, False),
        ("fr-CA", {"dates": "1", "entities": "3.8.0+1"}, False),
        ("de", {"dates": "1", "entities": "1"}, False),
        ("fr", {"dates": "1", "entities": "3.7.0+1"}, True),  # another model
        ("fr", {"dates": "1", "entities": "1"}, True),  # a model was installed since
        ("de", {"dates": "0", "entities": "1"}, True),
        ("fr", {"entities": "3.8.0+1"}, True),  # a field that is made since
        ("fr", {"dates": "1", "entities": "3.8.0+1", "mood": "1"}, False),  # one that is not made any more
    ],
)
def test_an_article_has_changed_where_a_field_would_be_made_by_another_version(
    enriched: MakeEnriched, tag: str, versions: Mapping[str, str], changed: bool
) -> None:
    article = enriched(1)
    article = article.model_copy(update={"language": article.language.model_copy(update={"tag": tag})})
    assert again.is_changed(made_by(article, **versions), INSTALLED) is changed


def test_the_way_is_the_same_for_the_same_versions_until_the_article_is_enriched() -> None:
    other = {**INSTALLED, "": {"dates": "2", "entities": "rules 1"}}
    turned = {name: INSTALLED[name] for name in ("fr", "")}
    ways = [again.way_to(*one) for one in ((INSTALLED, 1), (turned, 1), (other, 1), (INSTALLED, 3))]
    assert ways[0] == ways[1]
    assert len(set(ways)) == 3  # that an earlier version came back is seen
    assert [way_of(f"{INPUT.format(1)}:article_deduplicated{way}") for way in ways] == ways


class Bringing:
    """A recogniser of somebody else's."""

    name, version = "bringing", "7"


@pytest.mark.parametrize(
    ("names", "recognisers", "changed"),
    [(False, "", set()), (True, "", LISTED), (False, "bringing", NAMED), (True, "bringing", LISTED)],
)
def test_lists_and_recognisers_of_ones_own_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: bool, recognisers: str, changed: set[str]
) -> None:
    monkeypatch.setattr("services.extract.model.chosen_recognisers", lambda _: {"fr": Bringing()})
    (tmp_path / "persons.tsv").write_text("names\tcountry\ttype\tsource\n")
    before = again.installed_versions()["fr"]
    after = again.installed_versions(tmp_path if names else None, recognisers)["fr"]

    assert {name for name in before if before[name] != after[name]} == changed


def test_lists_and_recognisers_are_those_of_what_runs_here_else_as_set(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(again, "installed_versions", lambda *own: asked.append(own))
    monkeypatch.setenv("WIREROOM_EXTRACT_NAMES", str(tmp_path))
    again._installed(House())
    with hold(home), announced(home, Addresses(1, "inbox", "nats://127.0.0.1:1", "127.0.0.1", {}, names="/lists")):
        again._installed(House())

    assert asked == [(tmp_path, ""), (Path("/lists"), "")]


@pytest.fixture
def kept(store: Any, enriched: MakeEnriched, monkeypatch: pytest.MonkeyPatch) -> list[ArticleEnriched]:
    """Three articles: one that is as it would be read now, and two by another version, of which one is older."""
    monkeypatch.setattr(again, "installed_versions", lambda *_: INSTALLED)
    articles = []
    for number, entities, days in ((1, "3.8.0+1", 0), (2, "3.7.0+1", -2), (3, "3.7.0+1", 0)):
        article = made_by(enriched(number), dates="1", entities=entities)
        at = NOON + timedelta(days=days)
        article = article.model_copy(update={"document": article.document.model_copy(update={"received_at": at})})
        store.put(Article, **article_row(Enriched(article, "", (), is_new=True)))
        known = {"state": "stored", "steps": "[]", "article_id": article.article_id}
        store.put(Input, input_id=INPUT.format(number), **known)
        articles.append(article)
    return articles


@pytest.mark.nats
@pytest.mark.parametrize(
    ("meant", "of"),
    [
        (Wanted(), ([2, 3], 3)),
        (Wanted(since=NOON), ([3], 2)),
        (Wanted(unchanged=True), ([1, 2, 3], 3)),
        (Wanted(ids=(INPUT.format(2), f"{2:032x}", f"{1:032x}")), ([2], 2)),
        (Wanted(ids=(f"{1:032x}",), unchanged=True), ([1], 1)),
    ],
)
async def test_what_would_be_read_otherwise_is_sent_as_dedup_said_it(
    kept: list[ArticleEnriched],
    server: LocalServer,
    monkeypatch: pytest.MonkeyPatch,
    meant: Wanted,
    of: tuple[list[int], int],
) -> None:
    numbers, looked_at = of
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    done = await again._replay(House(), meant, quiet=True)
    repeated = await again._replay(House(), meant, quiet=True) if not meant.unchanged else done

    operator = await server.connect("operator")
    js = operator.jetstream()
    held = [await js.get_msg("EXTRACT", number) for number in range(1, len(numbers) + 1)]
    messages = (await js.stream_info("EXTRACT")).state.messages
    await operator.close()

    assert (done.sent, done.looked_at, repeated.ways) == (len(numbers), looked_at, done.ways)
    assert messages == len(numbers)  # a repetition is the same message
    said = {one.input_id: one for one in (ArticleDeduplicated.model_validate_json(raw.data or b"") for raw in held)}
    assert sorted(said) == [INPUT.format(number) for number in numbers]
    for number in numbers:
        before, one = kept[number - 1], said[INPUT.format(number)]
        assert one.trail == WAY[:3]
        assert (one.article_id, one.document, one.language) == (before.article_id, before.document, before.language)
        assert one.duplication == before.duplication
    assert {way_of((raw.headers or {})["Nats-Msg-Id"]) for raw in held} == done.ways


@pytest.mark.nats
async def test_an_id_that_names_no_stored_article_is_told_and_nothing_is_sent(
    kept: list[ArticleEnriched], server: LocalServer, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    told = await asyncio.to_thread(
        wireroom, "replay", "--from", "extract", "--ids", f"{2:032x}", "--ids", INPUT.format(9)
    )
    operator = await server.connect("operator")
    messages = (await operator.jetstream().stream_info("EXTRACT")).state.messages
    await operator.close()

    assert (told.exit_code, messages) == (1, 0)
    assert f"no article is stored for {INPUT.format(9)}" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "say which: --from extract, --from dedup, --lost,"),
        (("--from", "dedup", "--since", "1h"), "go with --from extract"),
        (("--lost", "--from", "extract"), "say which"),
        (("--lost", "--since", "1h"), "go with --from"),
        (("--lost", "--unchanged"), "go with --from"),
        (("--from", "extract", "--ids", "a", "--since", "1h"), "both at once is not clear"),
        (("--from", "store"), "one of 'dedup'"),
        (("--from", "extract", "--since", "soon"), "give a length of time"),
    ],
)
def test_what_is_not_clear_is_asked_back(
    home: Path, wireroom: Wireroom, arguments: tuple[str, ...], words: str
) -> None:
    told = wireroom("replay", *arguments)
    assert told.exit_code != 0
    assert words in " ".join(told.stderr.split())
