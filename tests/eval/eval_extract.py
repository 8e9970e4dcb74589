"""Entities and places on the annotated seeds and on French Wikinews, beside the bare model's, and their speed."""

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import spacy

from contracts.document import Document
from contracts.extraction import EntityType, Extraction, Place
from contracts.language import Language
from contracts.value import Span
from services.extract import atlas, lists
from services.extract.core import Knowledge, extract
from services.extract.core.geography.places import is_place_in
from services.extract.core.legible import unwrapped
from services.extract.core.naming.entities import entities
from services.extract.core.naming.passages import Passage, opinions, passages
from services.extract.model import NOT_NEEDED, SpacyRecogniser, load_recognisers
from tests.eval.annotated import GOLD, SEEDS
from tests.eval.halves import half
from tests.eval.report import Record, Row, Skipped, body, documents, every, gold, json_lines
from tests.eval.titles import Marks, with_titles, without_titles

_FRENCH = Language(tag="fr", script="Latn", confidence=1.0)
_KINDS: dict[str, str] = {
    EntityType.PERSON: "person",
    EntityType.PLACE: "place",
    EntityType.ORGANISATION: "organisation",
    EntityType.ARMED_GROUP: "organisation",
    EntityType.ARMED_FORCE: "organisation",
}
_GOLD_KINDS = {
    "Person": "person",
    "pers": "person",
    "PER": "person",
    "Location": "place",
    "loc": "place",
    "LOC": "place",
    "Organization": "organisation",
    "org": "organisation",
    "ORG": "organisation",
}
_KINDS_OF_GOLD = ("person", "place", "organisation")
_ASIDE = "M. and Mme aside"
_WITHIN = "M. and Mme within"
_FIRST_YEAR = "1950"
_GOAL_POINTS = 3.0  # above the bare model
_MODEL = "fr_core_news_md"
_WIKINEWS_ARTICLES = 200
_SPEED_ARTICLES = 200
_GOAL_F1 = 65.0

# Where the places of the annotated seeds are, by their English names: degrees from any atlas, and how near is right.
_TOWN_KM, _REGION_KM = 40, 700
_WHEREABOUTS = {
    "Idlib": (35.93, 36.63),
    "Latakia": (35.52, 35.78),
    "Aleppo": (36.20, 37.16),
    "Damascus": (33.51, 36.29),
    "al-Lataminah": (35.32, 36.62),
    "Palmyra": (34.55, 38.27),
    "al-Sukhnah": (34.89, 38.87),
    "Moscow": (55.75, 37.62),
    "Aspen": (39.19, -106.82),
    "Washington, D.C.": (38.90, -77.04),
}
_REGIONS = {
    "Syria": (35.0, 38.5),
    "China": (35.0, 103.0),
    "Türkiye": (39.0, 35.0),
    "United States": (39.0, -98.0),
    "Russia": (62.0, 97.0),
    "Colorado": (39.0, -105.5),
}


@dataclass
class _Score:
    """True and false positives, and false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: Marks, true: Marks, optional: frozenset[tuple[int, int]] = frozenset()) -> None:
        right = sum(true.get(span) == kind for span, kind in found.items())
        self.right += right
        self.wrong += sum(true.get(span) != kind and span not in optional for span, kind in found.items())
        self.missed += len(true) - right

    def f1(self) -> float:
        return 100 * 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)


def rows(corpus: Path) -> Iterator[Row]:
    """Exact spans with types, micro F1; places right, wrong and unresolved; texts read in a second."""
    recognisers = load_recognisers()
    if "fr" not in recognisers:
        raise Skipped("no French model is installed")
    home = Path(tempfile.gettempdir()) / "wireroom-eval"  # kept: the atlas takes a while to build
    knowledge = Knowledge(lists.names("fr"), recognisers, atlas.SqliteAtlas(atlas.build(home)))
    yield from _seed_rows(knowledge)
    yield from _gold_rows(corpus, knowledge, "winer_fr, held-out", _wikinews(corpus))
    yield from _gold_rows(corpus, knowledge, "hipe2022 fr from 1950, held-out", _newspapers(corpus))
    yield from _speed_rows(corpus, knowledge)


def _seed_rows(knowledge: Knowledge) -> Iterator[Row]:
    began, ours, bare, placed = time.perf_counter(), _Score(), _Score(), Counter[str]()
    for seed in json.loads((GOLD / "seeds.json").read_text(encoding="utf-8")):
        text = (SEEDS / seed["id"]).read_bytes().decode("utf-8-sig")
        true, optional = _seed_marks(seed)
        extraction = extract(_document(text), _FRENCH, knowledge)
        ours.add(_marks(extraction), true, optional)
        bare.add(_bare_marks(text, knowledge), true, optional)
        placed.update(_judged(seed, extraction.places))
    seconds = time.perf_counter() - began
    size = ours.right + ours.missed
    yield Row(
        task="entities",
        data_set="annotated seeds, core mentions",
        size=size,
        ours=ours.f1(),
        measure="micro F1",
        goal=_GOAL_F1,
        baseline="fr_core_news_md",
        baseline_score=bare.f1(),
        seconds=seconds,
    )
    total = sum(placed.values())
    for verdict, goal in (("right", None), ("wrong", 0.0), ("unresolved", None)):
        share = 100 * placed[verdict] / (total or 1)
        yield Row(
            task=f"places {verdict}",
            data_set="annotated seeds",
            size=total,
            ours=share,
            goal=goal,
            less_is_better=verdict != "right",
            seconds=seconds,
        )


def _gold_rows(corpus: Path, knowledge: Knowledge, prefix: str, records: list[Record]) -> Iterator[Row]:
    """Exact spans with types against a gold of others, beside the bare model's; and the places among them."""
    began = time.perf_counter()
    marked = {line["id"]: line["entities"] for line in json_lines(corpus / "entities.jsonl.gz")}
    ours, bare = (defaultdict[str, _Score](_Score) for _ in range(2))
    aside, bare_aside, within, bare_within = (_Score() for _ in range(4))
    for record, data in documents(corpus, records):
        text = unwrapped(data.decode("utf-8"))
        kinds = ((entity, _GOLD_KINDS.get(entity["type"])) for entity in marked[record["id"]])
        true = {(entity["start"], entity["end"]): kind for entity, kind in kinds if kind}
        named = entities(text, _passages(text, knowledge), knowledge.names, is_place_in(knowledge.atlas))
        found = {(m.start, m.end): _KINDS[one.type] for one in named if one.type in _KINDS for m in one.mentions}
        raw = _bare_marks(text, knowledge)
        aside.add(without_titles(text, found), without_titles(text, true))
        bare_aside.add(without_titles(text, raw), without_titles(text, true))
        within.add(with_titles(text, found), true)
        bare_within.add(with_titles(text, raw), true)
        for kind in (*_KINDS_OF_GOLD, None):
            ours[kind or ""].add(_of_kind(found, kind), _of_kind(true, kind))
            bare[kind or ""].add(_of_kind(raw, kind), _of_kind(true, kind))
    ours[_ASIDE], bare[_ASIDE] = aside, bare_aside
    ours[_WITHIN], bare[_WITHIN] = within, bare_within
    for kind, score in ours.items():
        yield Row(
            task=f"entities, {kind}" if kind else "entities",
            data_set=f"{prefix}, {len(records)} articles",
            size=score.right + score.missed,
            ours=score.f1(),
            measure="F1" if kind else "micro F1",
            goal=None if kind else bare[kind].f1() + _GOAL_POINTS,
            baseline=_MODEL,
            baseline_score=bare[kind].f1(),
            seconds=time.perf_counter() - began,
        )


def _of_kind(marks: Marks, kind: str | None) -> Marks:
    return {span: one for span, one in marks.items() if kind in (one, None)}


def _wikinews(corpus: Path) -> list[Record]:
    records = gold(corpus, lambda one: one["id"].startswith("winer_fr/") and half(one["id"]) == "held-out")
    return every(records, _WIKINEWS_ARTICLES)


def _newspapers(corpus: Path) -> list[Record]:
    """French newspapers from 1950 on, read by a machine that mistakes letters."""
    return gold(
        corpus,
        lambda one: (
            one["id"].startswith("hipe2022/fr/")
            and (one["published"] or "") >= _FIRST_YEAR
            and half(one["id"]) == "held-out"
        ),
    )


def _speed_rows(corpus: Path, knowledge: Knowledge) -> Iterator[Row]:
    """Texts of the corpus read one after the other, each for the first time, with nothing remembered before them."""
    records = gold(corpus, lambda record: record["id"].startswith("fresada_fr/") and 1500 <= record["bytes"] <= 6000)
    texts = [
        text for record, data in documents(corpus, every(records, _SPEED_ARTICLES)) if (text := body(record, data))
    ]
    data_set = f"FreSaDa fr, {sum(map(len, texts)) // max(1, len(texts))} characters on average"
    yield _names_row(texts, data_set)
    began = time.process_time()  # of this process alone: what else the machine does is not our speed
    for text in texts:
        extract(_document(text), _FRENCH, knowledge)
    seconds = time.process_time() - began
    yield Row(
        task="extract",
        data_set=data_set,
        size=len(texts),
        ours=len(texts) / seconds,
        measure="articles/CPU s",
        seconds=seconds,
    )


def _names_row(texts: list[str], data_set: str) -> Row:
    """How fast names are found by the model alone, and by its `ner` pipe in spaCy; both find the same ones."""
    ours, theirs = SpacyRecogniser(_MODEL, ""), spacy.load(_MODEL, exclude=NOT_NEEDED)
    articles = [list(dict.fromkeys(filter(str.strip, text.split("\n")))) for text in texts]
    words = sum(len(paragraph.split()) for paragraphs in articles for paragraph in paragraphs)
    began = time.process_time()
    found = [[[(n.start, n.end) for n in names] for names in ours(paragraphs)] for paragraphs in articles]
    seconds = time.process_time() - began
    began = time.process_time()
    piped = [
        [[(n.start_char, n.end_char) for n in read.ents] for read in theirs.pipe(paragraphs)] for paragraphs in articles
    ]
    theirs_seconds = time.process_time() - began
    assert found == piped
    return Row(
        task="names, by the same weights",
        data_set=data_set,
        size=words,
        ours=words / seconds,
        measure="words/CPU s",
        goal=1.5 * words / theirs_seconds,
        baseline=f"{_MODEL}, ner alone",
        baseline_score=words / theirs_seconds,
        seconds=seconds + theirs_seconds,
    )


def _document(text: str) -> Document:
    return Document(
        source_uri="inbox:eval.txt",
        sha256="0" * 64,
        media_type="text/plain",
        bytes=len(text.encode()),
        received_at=datetime.now(UTC),
        text=text,
    )


def _passages(text: str, knowledge: Knowledge) -> tuple[Passage, ...]:
    return passages(text, [Span(start=0, end=len(text))], _FRENCH, knowledge.recognisers)


def _marks(extraction: Extraction) -> Marks:
    return {
        (m.start, m.end): _KINDS[one.type] for one in extraction.entities if one.type in _KINDS for m in one.mentions
    }


def _bare_marks(text: str, knowledge: Knowledge) -> Marks:
    """What the model alone says, paragraph by paragraph."""
    return {
        (found.start, found.end): _KINDS[found.type]
        for of_passage in opinions(text, _passages(text, knowledge))
        for found in of_passage
        if found.type in _KINDS
    }


def _seed_marks(seed: dict[str, Any]) -> tuple[Marks, frozenset[tuple[int, int]]]:
    """The core mentions, and the others, which are neither right nor wrong to find."""
    core: Marks = {}
    optional = set()
    for entity in seed["entities"]:
        kind = _KINDS.get(EntityType(entity["type"]))
        for start, end in entity["spans"] if kind else ():
            if entity["core"]:
                core[start, end] = str(kind)
            else:
                optional.add((start, end))
    return core, frozenset(optional)


def _judged(seed: dict[str, Any], places: Iterable[Place]) -> Iterator[str]:
    """Right, wrong or unresolved, for each place of a seed whose whereabouts are known."""
    found = {mention.start: place for place in places for mention in place.mentions}
    for entity in seed["entities"]:
        known = _WHEREABOUTS.get(entity["name"]) or _REGIONS.get(entity["name"])
        if entity["type"] != "place" or known is None or not entity["spans"]:
            continue
        place = found.get(entity["spans"][0][0])
        if place is None or place.latitude is None or place.longitude is None:
            yield "unresolved"
            continue
        reach = _TOWN_KM if entity["name"] in _WHEREABOUTS else _REGION_KM
        yield "right" if _kilometres((place.latitude, place.longitude), known) <= reach else "wrong"


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance by the haversine formula."""
    (phi, lam), (phi2, lam2) = (tuple(map(radians, point)) for point in (one, other))
    a = sin((phi2 - phi) / 2) ** 2 + cos(phi) * cos(phi2) * sin((lam2 - lam) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))
