"""The store on a real SQLite file: one transaction a call, and again without harm."""

from collections import Counter
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from contracts.article_enriched import ArticleEnriched
from contracts.outcomes import State
from services.store import core
from services.store.database import Store
from services.store.reading import open_reading
from tests.services.store import sayings as say
from tests.services.store.beside import rows

ORIGINAL = "0" * 32


async def hear(store: Store, what: str, number: int) -> None:
    """One message about the `number`-th input, in a transaction of its own."""
    match what:
        case "received":
            await store.record([core.received(say.received(number))])
        case "rejected":
            await store.record([core.rejected(say.rejected(number), say.NOON)])
        case "duplicate":
            await store.keep_duplicates([(say.duplicate(number, of=ORIGINAL), "")], say.NOON)
        case "extracted":
            await store.keep([(say.extracted(number), "")], say.NOON)
        case "dead":
            await store.bury([say.dead(number, message=number)])


@pytest.mark.parametrize(
    ("heard", "end"),
    [
        (("received", "extracted", "dead"), State.STORED),
        (("received", "duplicate", "dead"), State.DUPLICATE),
        (("received", "rejected", "dead"), State.REJECTED),
        (("received", "dead"), State.DEAD),
    ],
)
async def test_every_input_ends_once_in_whatever_order_its_messages_come(
    store: Store, url: str, heard: tuple[str, ...], end: State
) -> None:
    orders = list(permutations(heard))
    for number, order in enumerate(orders):
        for what in order:
            await hear(store, what, number)

    assert rows(url, "SELECT state, COUNT(*) FROM inputs GROUP BY state") == [(end, len(orders))]
    assert {state: number for state, number in (await store.counts()).items() if number} == {end: len(orders)}


async def test_the_counts_are_the_ledgers_own(store: Store, url: str) -> None:
    await store.record([core.received(say.received(number)) for number in range(40)])
    for number, what in enumerate(["rejected", "extracted", "duplicate", "dead"] * 8):
        await hear(store, what, number)

    counted = {state: number for state, number in (await store.counts()).items() if number}
    assert counted == Counter(
        {State(state): number for state, number in rows(url, "SELECT state, COUNT(*) FROM inputs GROUP BY 1")}
    )
    assert counted[State.IN_PROGRESS] == 8


async def test_the_same_batch_heard_again_stores_nothing_twice_and_answers_the_same(store: Store, url: str) -> None:
    batch = [(say.extracted(number, entities=[ENTITY]), "") for number in range(5)]
    first = await store.keep(batch, say.NOON)
    again = await store.keep(batch, say.NOON + timedelta(minutes=1))

    assert again == first, "and not in the words of another time"
    assert rows(url, "SELECT COUNT(*), MAX(enrichment) FROM articles") == [(5, 1)]
    assert rows(url, "SELECT COUNT(*) FROM mentions") == [(5,)]
    assert rows(url, "SELECT COUNT(*) FROM article_search WHERE article_search MATCH 'maire'") == [(5,)]


async def test_words_behind_a_nul_are_found_and_no_column_holds_one(store: Store, url: str) -> None:
    article = say.extracted(
        1,
        "avant\0derrière",
        title={"text": "un\0titre"},
        publisher={"name": "La\0Gazette"},
        entities=[{**ENTITY, "name": "Per\0sonne"}],
    )
    await store.keep([(article, "")], say.NOON)
    nul = article.document.model_copy(update={"source_uri": "inbox:a\0b"})
    await store.keep([(article.model_copy(update={"document": nul, "input_id": say.input_id(2)}), ":r1")], say.NOON)

    for word in ("avant", "derriere", "titre"):
        assert rows(url, f"SELECT COUNT(*) FROM article_search WHERE article_search MATCH '{word}'") == [(1,)], word
    assert rows(url, "SELECT title, publisher, source_uri FROM articles") == [
        ("un\ufffdtitre", "La\ufffdGazette", "inbox:a\ufffdb")
    ]
    assert rows(url, "SELECT name FROM mentions") == [("Per\ufffdsonne",)]
    assert rows(url, f"SELECT source_uri FROM inputs WHERE input_id = '{say.input_id(2)}'") == [("inbox:a\ufffdb",)]
    with open_reading(url) as reading:
        stored = reading.article(say.article_id(1))
    assert stored is not None
    assert stored["document"]["text"] == "avant\0derrière"


async def test_a_duplicate_heard_again_is_told_in_the_words_that_are_kept(store: Store, url: str) -> None:
    batch = [(say.duplicate(number, of=ORIGINAL), "") for number in range(3)]
    first = await store.keep_duplicates(batch, say.NOON)

    assert await store.keep_duplicates(batch, say.NOON + timedelta(minutes=1)) == first
    assert rows(url, "SELECT duplicated FROM duplicates ORDER BY input_id") == [
        (one.model_dump_json(),) for one in first
    ]


async def test_one_article_twice_in_a_batch_is_one_article(store: Store, url: str) -> None:
    answers = await store.keep([(say.extracted(1), ""), (say.extracted(1), "")], say.NOON)

    assert [article.enrichment for article in answers] == [1, 1]
    assert rows(url, "SELECT COUNT(*) FROM articles") == [(1,)]
    assert (await store.counts())[State.STORED] == 1


async def test_an_article_enriched_again_replaces_what_was_read_out_of_it_before(store: Store, url: str) -> None:
    await store.keep(
        [(say.extracted(1, "Un premier texte.", entities=[ENTITY, ENTITY], title={"text": "Avant"}), "")], say.NOON
    )
    await store.keep([(say.extracted(2, "Un voisin."), "")], say.NOON)
    [answer] = await store.keep(
        [(say.extracted(1, "Un second texte.", entities=[ENTITY], title={"text": "Après"}), ":r1")], say.NOON
    )

    assert answer.enrichment == 2
    assert rows(url, f"SELECT enrichment, title FROM articles WHERE article_id = '{say.article_id(1)}'") == [
        (2, "Après")
    ]
    assert rows(url, "SELECT COUNT(*) FROM mentions") == [(1,)]
    for word, hits in (("premier", 0), ("second", 1), ("avant", 0), ("apres", 1), ("voisin", 1)):
        assert rows(url, f"SELECT COUNT(*) FROM article_search WHERE article_search MATCH '{word}'") == [(hits,)]
    assert rows(url, "SELECT state, COUNT(*) FROM inputs GROUP BY state") == [("stored", 2)]


async def test_what_an_article_said_before_it_was_enriched_again_is_kept(store: Store, url: str) -> None:
    said = []
    for ways in (("",), (":r1", ":r2")):  # the last two in one batch
        said += await store.keep([(say.extracted(1, title={"text": f"Titre{way}"}), way) for way in ways], say.NOON)

    asked = "SELECT enrichment, enriched FROM earlier_enrichments ORDER BY enrichment"
    assert rows(url, asked) == [(one.enrichment, one.model_dump_json()) for one in said[:2]]
    assert rows(url, "SELECT enrichment, title FROM articles") == [(3, "Titre:r2")]


async def test_an_older_way_heard_again_does_not_undo_a_newer_one(store: Store, url: str) -> None:
    said = []
    for minutes, (way, title) in enumerate((("", "Un"), (":r1", "Deux"), ("", "Un"))):
        heard = (say.extracted(1, title={"text": title}), way)
        said += await store.keep([heard], say.NOON + timedelta(minutes=minutes))

    assert said[2] == said[0]
    assert said[2].enrichment == 1
    assert rows(url, "SELECT enrichment, title FROM articles") == [(2, "Deux")]


async def test_the_full_text_index_agrees_with_the_articles(store: Store, url: str) -> None:
    await store.keep([(say.extracted(number, f"Texte {number}"), "") for number in range(20)], say.NOON)
    await store.keep([(say.extracted(number, f"Suite {number}"), ":r1") for number in range(0, 20, 3)], say.NOON)

    engine = create_engine(url)
    with engine.begin() as connection:  # raises "database disk image is malformed" where it does not
        connection.execute(text("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"))
    engine.dispose()


async def test_what_is_kept_is_what_is_announced(store: Store, url: str) -> None:
    extracted = say.extracted(1, entities=[ENTITY], quotations=[QUOTATION], places=[PLACE], title={"text": "Une ville"})
    [answer] = await store.keep([(extracted, "")], say.NOON)
    [(enriched,)] = rows(url, "SELECT enriched FROM articles")

    assert ArticleEnriched.model_validate_json(enriched) == answer
    assert answer.extraction == extracted.extraction
    with open_reading(url) as reading:
        assert reading.article(answer.article_id) == answer.model_dump(mode="json")
        assert reading.inputs_of(answer.input_id)[0].steps == list(answer.trail)


async def test_what_an_article_says_is_there_to_be_asked_for(store: Store, url: str) -> None:
    shared = {"article_id": ORIGINAL, "method": "near_duplicate", "similarity": 0.4, "spans": [{"start": 0, "end": 5}]}
    extracted = say.extracted(1, entities=[ENTITY], quotations=[QUOTATION], places=[PLACE], country="SY")
    extracted = extracted.model_validate(
        extracted.model_dump() | {"duplication": {"verdict": "original", "shared": [shared]}}
    )
    await store.keep([(extracted, "")], say.NOON)

    assert rows(url, "SELECT name, type, country, start_offset, end_offset, surface FROM mentions") == [
        ("Le maire", "person", "FR", 0, 8, "Le maire")
    ]
    assert rows(url, "SELECT text, speaker, direct FROM quotations") == [("parlé", "Le maire", 1)]
    assert rows(url, "SELECT name, latitude, longitude, mentions FROM places") == [("Alep", 36.2, 37.16, 1)]
    assert rows(url, "SELECT shared_with, similarity FROM shared_passages") == [(ORIGINAL, 0.4)]
    assert rows(url, "SELECT language, country, verdict FROM articles") == [("fr", "SY", "original")]


async def test_a_duplicate_may_come_before_its_original_or_without_it(store: Store) -> None:
    await store.keep_duplicates([(say.duplicate(2, of=say.article_id(1)), "")], say.NOON)
    await store.keep_duplicates([(say.duplicate(3, of=ORIGINAL), "")], say.NOON)
    await store.keep([(say.extracted(1), "")], say.NOON)

    counts = await store.counts()
    assert (counts[State.DUPLICATE], counts[State.STORED]) == (2, 1)


async def test_a_dead_letter_is_kept_byte_for_byte_and_once(store: Store, url: str) -> None:
    letter, _ = say.dead(1)
    body = bytes(range(256))
    await store.bury([(letter, body), (letter, body)])
    await store.bury([(letter, body)])

    assert rows(url, "SELECT input_id, service, reason, attempts, body FROM dead_letters") == [
        (say.input_id(1), "extract", "failed", 5, body)
    ]
    assert (await store.counts())[State.DEAD] == 1


async def test_a_dead_letter_that_names_no_input_is_kept_all_the_same(store: Store, url: str) -> None:
    letter, _ = say.dead(1, headers={})
    await store.bury([(letter, b"\xff no JSON")])

    assert rows(url, "SELECT input_id, stream, sequence FROM dead_letters") == [(None, "EXTRACT", 7)]
    assert not any((await store.counts()).values())


async def test_hostile_words_in_a_dead_letter_are_stored_all_the_same(store: Store) -> None:
    letter, _ = say.dead(1, detail="a\0b", subject="dead.\udcff")
    await store.bury([(letter, b'{"document": {"source_uri": "inbox:\\ud800\\u0000"}}')])

    assert (await store.counts())[State.DEAD] == 1


async def test_an_input_that_a_container_gave_knows_its_container(store: Store, url: str) -> None:
    child = say.received(1).model_copy(update={"input_id": say.input_id(1) + "#2"})
    await store.record([core.received(child), core.expanded(say.expanded(1, 2), say.NOON)])

    assert rows(url, "SELECT parent_input_id, state FROM inputs ORDER BY input_id") == [
        (None, "expanded"),
        (say.input_id(1), "in_progress"),
    ]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
async def test_a_batch_that_fails_halfway_leaves_nothing_behind(store: Store, url: str) -> None:
    good, extraction = say.extracted(1), say.extracted(2, quotations=[QUOTATION]).extraction
    unwritable = extraction.quotations[0].model_copy(update={"speaker": ["a list"]})
    bad = say.extracted(2).model_copy(
        update={"extraction": extraction.model_copy(update={"quotations": (unwritable,)})}
    )
    with pytest.raises(DBAPIError):
        await store.keep([(good, ""), (bad, "")], say.NOON)

    assert rows(url, "SELECT COUNT(*) FROM articles") == [(0,)]
    assert not any((await store.counts()).values())


ENTITY = {
    "name": "Le maire",
    "type": "person",
    "country": "FR",
    "mentions": [{"start": 0, "end": 8, "surface": "Le maire"}],
}
QUOTATION = {
    "start": 11,
    "end": 16,
    "text": "parlé",
    "kind": "direct",
    "speaker": "Le maire",
    "cue": "a",
    "direct": True,
}
PLACE = {
    "name": "Alep",
    "latitude": 36.2,
    "longitude": 37.16,
    "country": "SY",
    "source": "geonames",
    "mentions": [{"start": 0, "end": 2, "surface": "Le"}],
}
