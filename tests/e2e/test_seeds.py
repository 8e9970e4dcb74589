"""The five samples through a whole system, as a stranger's client hears them."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contracts.outcomes import State
from tests.e2e.hearing import Ears, Heard, as_operator
from tests.e2e.running import System
from tests.e2e.writing import DIGEST, PARTS, SEEDS, WHOLE, a_long_article, an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

SPAN = ("start", "end")
MENTION = (*SPAN, "surface")
# What other programs rely on: these names are fixed, and more may stand beside them.
ARTICLE = {
    "": (
        "article_id",
        "input_id",
        "enriched_at",
        "enrichment",
        "trail",
        "document",
        "language",
        "duplication",
        "extraction",
    ),
    "trail[]": ("service", "version", "at", "seconds", "attempts", "outcome"),
    "document": (
        *("source_uri", "url", "sha256", "media_type", "encoding", "bytes", "received_at"),
        *("part", "text", "claims"),
    ),
    "document.claims[]": ("field", "value", "origin"),
    "language": ("tag", "script", "confidence", "spans"),
    "language.spans[]": (*SPAN, "tag", "confidence"),
    "duplication": ("verdict", "revision_of", "shared"),
    "extraction": (
        *("title", "byline", "publisher", "credits", "url", "published", "body", "removed", "headings"),
        *("entities", "quotations", "places", "dates", "quantities", "keywords", "country", "made_by"),
    ),
    "extraction.title": ("text", *SPAN),
    "extraction.byline[]": ("name",),
    "extraction.publisher": ("name",),
    "extraction.credits[]": ("name",),
    "extraction.published": ("value", "precision", "method", "evidence", *SPAN),
    "extraction.body[]": SPAN,
    "extraction.removed[]": (*SPAN, "kind"),
    "extraction.headings[]": SPAN,
    "extraction.components[]": (*SPAN, "agency", "headline"),
    "extraction.entities[]": ("name", "type", "country", "mentions"),
    "extraction.entities[].mentions[]": MENTION,
    "extraction.quotations[]": (*SPAN, "text", "kind", "speaker", "cue", "direct"),
    "extraction.places[]": ("name", "latitude", "longitude", "country", "source", "mentions"),
    "extraction.places[].mentions[]": MENTION,
    "extraction.dates[]": (*MENTION, "value", "precision"),
    "extraction.quantities[]": (*MENTION, "value", "unit", "counts"),
}
ENTITY_TYPES = {"person", "organisation", "armed_group", "armed_force", "place", "weapon", "people_group", "other"}
DUPLICATED = ("article_id", "input_id", "document", "language", "duplication")


def at(value: Any, path: str) -> list[Any]:
    """Everything at a path like `extraction.entities[].mentions[]`; nothing where something on the way is null."""
    found = [value]
    for name in filter(None, path.split(".")):
        found = [one[name.removesuffix("[]")] for one in found if one is not None]
        if name.endswith("[]"):
            found = [item for one in found if one is not None for item in one]
    return [one for one in found if one is not None]


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with a start and an end, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from spans(one)


def article_id(source_uri: str, data: bytes, part: str = "") -> str:
    """As the design says it, in words of our own."""
    return hashlib.sha256(f"{source_uri}\n{hashlib.sha256(data).hexdigest()}\n{part}".encode()).hexdigest()[:32]


def test_every_seed_comes_out_as_an_enriched_event(seeds: dict[str, Heard]) -> None:
    assert sorted(seeds) == [*(seed.name for seed in WHOLE), *PARTS]
    for told in seeds.values():
        extraction = told.body["extraction"]
        assert told.subject == f"articles.enriched.fr.{(extraction['country'] or 'zz').lower()}"
        assert told.body["language"]["tag"].partition("-")[0] == "fr"
        assert extraction["entities"]
        assert extraction["body"]
        assert {entity["type"] for entity in extraction["entities"]} <= ENTITY_TYPES


def test_an_event_names_itself_to_any_client(seeds: dict[str, Heard]) -> None:
    for told in seeds.values():
        identifier = f"{told.body['input_id']}:article_enriched"
        assert told.headers["Nats-Msg-Id"] == told.headers["ce-id"] == identifier
        assert told.headers["Nats-Expected-Stream"] == "ARTICLES"
        assert told.headers["content-type"] == "application/json"
        assert {"ce-type", "ce-source", "ce-time", "traceparent"} <= told.headers.keys()


@pytest.mark.parametrize("path", ARTICLE)
def test_no_fixed_field_is_missing(seeds: dict[str, Heard], system: System, ears: Ears, path: str) -> None:
    values = [value for told in seeds.values() for value in at(told.body, path)]
    assert values or path in {"extraction.headings[]", "extraction.credits[]", "extraction.byline[]"}
    for value in values:
        assert set(ARTICLE[path]) <= value.keys()


def test_every_offset_is_true(seeds: dict[str, Heard]) -> None:
    for told in seeds.values():
        text, found = told.body["document"]["text"], 0
        for span in spans([told.body["extraction"], told.body["language"]]):
            found += 1
            assert 0 <= span["start"] < span["end"] <= len(text), span
            passage = text[span["start"] : span["end"]]
            assert span.get("surface", passage) == passage
            assert span.get("text", passage) == passage
        assert found > 10


def test_the_text_is_the_file_and_the_article_is_named_after_it(seeds: dict[str, Heard]) -> None:
    for seed in WHOLE:
        told, data = seeds[seed.name].body, seed.read_bytes()
        assert told["document"]["text"] == data.decode("utf-8-sig")
        assert told["document"]["part"] is None
        assert told["document"]["sha256"] == hashlib.sha256(data).hexdigest()
        assert told["document"]["bytes"] == len(data)
        assert told["article_id"] == article_id(f"inbox:{seed.name}", data)


def test_a_file_of_several_articles_is_expanded_into_them(system: System, seeds: dict[str, Heard]) -> None:
    data, uri = DIGEST.read_bytes(), f"inbox:{DIGEST.name}"
    documents = [seeds[name].body["document"] for name in PARTS]
    assert "".join(document["text"] for document in documents) == data.decode()
    for number, (name, document) in enumerate(zip(PARTS, documents, strict=True), 1):
        part = document["part"]
        assert part["number"] == number
        assert document["text"] == data.decode()[part["start"] : part["end"]]
        assert (document["sha256"], document["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        assert seeds[name].body["article_id"] == article_id(uri, data, str(number))
    published = [seeds[name].body["extraction"]["published"] for name in PARTS]
    assert [(one["value"], one["method"]) for one in published] == [
        ("2016-07-13", "date_line"),
        ("2016-07-13", "split"),
        ("2016-07-13", "split"),
    ]


def test_the_trace_of_such_a_file_tells_the_way_of_each(system: System, seeds: dict[str, Heard]) -> None:
    system.ended(f"inbox:{DIGEST.name}", inputs=1 + len(PARTS))
    parent, *children = system.json_of("trace", f"inbox:{DIGEST.name}")["inputs"]
    assert (parent["state"], parent["children"]) == ("expanded", len(PARTS))
    assert [(one["state"], one["parent_input_id"]) for one in children] == [("stored", parent["input_id"])] * len(PARTS)
    assert [one["article_id"] for one in children] == [seeds[name].body["article_id"] for name in PARTS]


def test_the_trail_tells_the_whole_way(seeds: dict[str, Heard]) -> None:
    for told in seeds.values():
        steps = [(step["service"], step["outcome"]) for step in told.body["trail"]]
        assert steps == [
            ("fetch", "fetched"),
            ("language", "detected"),
            ("dedup", "original"),
            ("extract", "extracted"),
            ("store", "stored"),
        ]


def test_taken_files_lie_in_done_byte_for_byte(system: System, seeds: dict[str, Heard]) -> None:
    done = system.kept(".done")
    assert {seed.name: done.get(seed.name) for seed in SEEDS} == {seed.name: seed.read_bytes() for seed in SEEDS}


async def test_the_originals_are_kept_in_raw(system: System, seeds: dict[str, Heard]) -> None:
    async with as_operator(system.url, system.credentials()["operator"]) as client:
        raw = await client.jetstream().object_store("RAW")
        for seed in SEEDS:
            kept = await raw.get(hashlib.sha256(seed.read_bytes()).hexdigest())
            assert kept.data == seed.read_bytes()


def test_copies_under_other_names_are_duplicates_and_no_second_event(
    system: System, ears: Ears, seeds: dict[str, Heard]
) -> None:
    for seed in SEEDS:
        system.drop(f"copies/copy of {seed.name}", seed.read_bytes())
    for seed in WHOLE:
        [told] = ears.of(f"inbox:copies/copy of {seed.name}")
        original = seeds[seed.name].body
        assert told.subject == f"articles.duplicated.{told.body['language']['tag'].partition('-')[0]}"
        assert set(DUPLICATED) <= told.body.keys()
        assert "text" not in told.body["document"]
        assert told.body["duplication"]["verdict"] == "duplicate"
        assert told.body["duplication"]["of"] == original["article_id"]
        assert told.body["duplication"]["method"] == "same_bytes"
        assert {"similarity", "spans"} <= told.body["duplication"].keys()
        [one] = system.ended(told.source_uri)
        assert (one.state, one.duplicate_of) == (State.DUPLICATE, original["article_id"])
        same = ears.some(lambda one, sha256=told.body["document"]["sha256"]: _is_of(one, sha256), 1)  # type: ignore[misc]
        assert len(same) == 1


def test_the_parts_of_a_copy_are_duplicates_of_the_parts_of_the_first(
    system: System, ears: Ears, seeds: dict[str, Heard]
) -> None:
    system.drop("copied.txt", DIGEST.read_bytes())
    told = ears.of("inbox:copied.txt", count=len(PARTS))
    assert not any(one.is_enriched for one in told)
    of = {one.body["document"]["part"]["number"]: one.body["duplication"]["of"] for one in told}
    assert of == {number: seeds[name].body["article_id"] for number, name in enumerate(PARTS, 1)}


def _is_of(one: Heard, sha256: str) -> bool:
    return one.is_enriched and bool(one.body["document"]["sha256"] == sha256)


def test_the_same_file_again_is_a_duplicate_of_itself(system: System, ears: Ears, seeds: dict[str, Heard]) -> None:
    seed = SEEDS[1]
    system.drop(seed.name, seed.read_bytes())
    told = ears.first(lambda one: not one.is_enriched and one.source_uri == f"inbox:{seed.name}")
    itself = seeds[seed.name].body["article_id"]
    assert told.body["article_id"] == told.body["duplication"]["of"] == itself
    assert told.body["duplication"]["method"] == "same_article"
    assert told.body["input_id"] != seeds[seed.name].body["input_id"]
    assert sorted(system.kept(".done").values()).count(seed.read_bytes()) >= 2


ALTERED: dict[str, Callable[[str], str]] = {
    "lines end as on Windows": lambda text: text.replace("\n", "\r\n"),
    "double spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces before marks": lambda text: text.replace(" !", "\u202f!").replace(" :", "\u00a0:"),
    "straight apostrophes": lambda text: text.replace("’", "'").replace("‘", "'"),
    "other quotation marks": lambda text: text.replace("«", "“").replace("»", "”"),
    "other dashes": lambda text: text.replace("–", "—").replace("-", "‑"),
}


@pytest.mark.parametrize("how", ALTERED)
def test_another_typography_is_the_same_text(system: System, ears: Ears, seeds: dict[str, Heard], how: str) -> None:
    seed = SEEDS[3]
    altered = ALTERED[how](seed.read_text(encoding="utf-8"))
    assert altered != seed.read_text(encoding="utf-8"), "nothing was altered"
    system.drop(f"altered/{how}.txt", altered.encode())
    [told] = ears.of(f"inbox:altered/{how}.txt")
    assert not told.is_enriched
    assert told.body["duplication"]["of"] == seeds[seed.name].body["article_id"]
    assert told.body["duplication"]["method"] == "same_text"


def test_an_edited_seed_under_its_own_name_is_a_revision(system: System, ears: Ears, seeds: dict[str, Heard]) -> None:
    seed = SEEDS[0]
    edited = seed.read_text(encoding="utf-8").rstrip() + " Une précision a été ajoutée depuis par la rédaction."
    system.drop(seed.name, edited.encode())
    [first, told] = ears.of(f"inbox:{seed.name}", count=2)
    assert told.is_enriched
    assert told.body["document"]["text"] == edited
    assert told.body["duplication"]["verdict"] == "revision"
    assert told.body["duplication"]["revision_of"] == first.body["article_id"] == seeds[seed.name].body["article_id"]


def test_a_chain_of_edits_points_from_each_version_to_the_one_before(system: System, ears: Ears) -> None:
    text = a_long_article(1)
    for version in range(3):
        system.drop("live.txt", text.encode())
        told = ears.of("inbox:live.txt", count=version + 1)
        text += f"\nMise à jour {version} : {an_article(version + 50, sentences=1)}"
    assert [one.body["duplication"]["verdict"] for one in told] == ["original", "revision", "revision"]
    assert [one.body["duplication"]["revision_of"] for one in told] == [
        None,
        told[0].body["article_id"],
        told[1].body["article_id"],
    ]


def test_another_text_under_a_known_name_is_an_article_of_its_own(system: System, ears: Ears) -> None:
    for number in (2, 3):
        system.drop("feuilleton.txt", a_long_article(number).encode())
        told = ears.of("inbox:feuilleton.txt", count=number - 1)
    assert [one.body["duplication"]["verdict"] for one in told] == ["original", "original"]
