"""The annotated articles of `tests/gold`: labels from there, texts from the seeds and from the corpus."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.eval.halves import half
from tests.eval.report import Skipped, documents, gold
from tests.eval.scoring import Label, Place, Quoted

GOLD = Path(__file__).parents[1] / "gold"
SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True)
class Annotated:
    """An article's text and what a reader says of it."""

    name: str
    language: str
    text: str
    title: Place | None
    published: Label | None  # where the text says it
    claimed_day: str | None  # the day of publication where only the corpus knows it
    prose: tuple[Place, ...]
    leftovers: tuple[Place, ...]
    headings: tuple[Place, ...]
    quotations: tuple[Quoted, ...]
    dates: tuple[Label, ...]
    quantities: tuple[Label, ...]
    units: tuple[Label, ...]  # the same quantities, value and unit together

    def is_prose(self, at: int) -> bool:
        """Whether `at` lies where everything is annotated: outside, what is found counts for nothing."""
        return any(start <= at < end for start, end in self.prose)


@dataclass(frozen=True)
class Set:
    """Annotated articles that are counted together."""

    name: str
    articles: tuple[Annotated, ...]


def seeds() -> Set:
    """The three seeds whose gold came with them."""
    entries = _entries("seeds.json")
    return Set("seeds", tuple(annotated(one, (SEEDS / one["id"]).read_bytes().decode("utf-8-sig")) for one in entries))


def own() -> Set:
    """Twelve articles that were written for this project and annotated before any code read them."""
    return Set("12 articles of our own", _of_ours("own.json"))


def own_second() -> Set:
    """Twelve more of that kind, by another writer, of other subjects and other publishers' habits."""
    return Set("12 more of our own", _of_ours("own_second.json"))


def seeds_second() -> Set:
    """The two seeds that came without a gold, annotated for this project."""
    entries = _entries("seeds_second.json")
    read = ((one, (SEEDS / one["id"]).read_bytes().decode("utf-8-sig")) for one in entries)
    return Set("2 more seeds", tuple(annotated(one, text) for one, text in read))


def own_third() -> Set:
    """Eight more, as the seeds are: wars and diplomacy on weblogs and copied sites, in four alphabets."""
    return Set("8 more of our own", _of_ours("own_third.json"))


def own_languages() -> Set:
    """Twelve more in English, Spanish, German, Italian and Arabic, written and annotated in the same way."""
    entries = _entries("languages.json")
    return Set(
        "12 articles of our own, other languages",
        tuple(annotated(one, (GOLD / one["id"]).read_text("utf-8")) for one in entries),
    )


@cache
def articles(corpus: Path) -> tuple[Set, ...]:
    """The thirty articles of the corpus, in the two halves."""
    read = _of_corpus(corpus, "articles.json")
    return tuple(
        Set(f"30 articles, {name}", tuple(one for one in read if half(one.name) == name))
        for name in ("tuning", "held-out")
    )


@cache
def quoting(corpus: Path) -> tuple[Set, ...]:
    """Those with only their quotations annotated: 114 articles in nine sets, and 13 that are only counted."""
    return (
        Set("18 articles", tuple(_of_corpus(corpus, "quotations.json"))),
        Set("13 articles, unread", tuple(_of_corpus(corpus, "quotations_unread.json"))),
        Set("10 articles, counted once", tuple(_of_corpus(corpus, "quotations_fourth.json"))),
        Set("19 articles", tuple(_of_corpus(corpus, "quotations_fifth.json"))),
        Set("20 articles", tuple(_of_corpus(corpus, "quotations_sixth.json"))),
        Set("10 articles of the tuning half", tuple(_of_corpus(corpus, "quotations_seventh.json"))),
        Set("5 articles, annotated blind", tuple(_of_corpus(corpus, "quotations_eighth.json"))),
        Set("16 articles, annotated blind", tuple(_of_corpus(corpus, "quotations_ninth.json"))),
        Set("8 articles, annotated blind", tuple(_of_corpus(corpus, "quotations_tenth.json"))),
        Set("8 more articles, annotated blind", tuple(_of_corpus(corpus, "quotations_eleventh.json"))),
    )


@cache
def counted(corpus: Path) -> Set:
    """Fifteen more, only their quantities annotated, before any code had read them."""
    return Set("15 articles, counted by hand", tuple(_of_corpus(corpus, "quantities.json")))


@cache
def left_over(corpus: Path) -> Set:
    """Forty plain texts, only what should go of them annotated, before any code had read them."""
    return Set("40 texts, leftovers", tuple(_of_corpus(corpus, "leftovers.json")))


def _of_corpus(corpus: Path, name: str) -> list[Annotated]:
    entries = {one["id"]: one for one in _entries(name)}
    found = documents(corpus, gold(corpus, lambda record: record["id"] in entries))
    texts = {
        record["id"]: (record["body"] or "") if entries[record["id"]]["text"] == "body" else data.decode("utf-8")
        for record, data in found
    }
    if missing := entries.keys() - texts.keys():
        raise Skipped(f"the corpus has not {len(missing)} of the {len(entries)} annotated articles")
    return [annotated(one, texts[name]) for name, one in entries.items()]


def sets(corpus: Path) -> tuple[Set, ...]:
    """All in which everything is annotated."""
    return (seeds(), *articles(corpus))


def _of_ours(name: str) -> tuple[Annotated, ...]:
    return tuple(annotated(one, (GOLD / one["id"]).read_text("utf-8")) for one in _entries(name))


def _entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((GOLD / name).read_text(encoding="utf-8"))
    return entries


def annotated(entry: dict[str, Any], text: str) -> Annotated:
    """The labels of an entry on the text that they were made on; on any other they would be nonsense."""
    if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
        raise Skipped(f"{entry['id']} is not the text that was annotated")
    published = entry["published"]
    said = published is not None and published["span"] is not None
    return Annotated(
        name=entry["id"],
        language=entry["language"],
        text=text,
        title=_place(entry["title"]) if entry["title"] else None,
        published=_label(published, published["value"]) if said else None,
        claimed_day=published["value"] if published and not said else None,
        prose=_places(entry["body"]),
        leftovers=_places(one["span"] for one in entry["removed"]),
        headings=_places(entry["headings"]),
        quotations=tuple(_quoted(one, text) for one in entry["quotations"]),
        dates=tuple(_label(one, one["value"], one["precision"]) for one in entry["dates"]),
        quantities=tuple(_label(one, one["value"]) for one in entry["quantities"]),
        units=tuple(_label(one, one["value"], one["unit"]) for one in entry["quantities"]),
    )


def _label(entry: dict[str, Any], value: str | list[str] | None, beside: str | None = None) -> Label:
    given = value if isinstance(value, list) else [value]
    return Label(
        *_place(entry["span"]),
        values=tuple(one and together(one, beside) for one in given),
        is_optional=entry.get("optional", False),
        is_ignored=entry.get("ignored", False),
    )


def together(value: str, beside: str | None) -> str:
    """A value with its precision or unit, so that both have to be right."""
    return f"{value} {beside}" if beside else value


def _quoted(entry: dict[str, Any], text: str) -> Quoted:
    start, end = _place(entry["span"])
    return Quoted(
        start=start,
        end=end,
        kind=entry["kind"],
        is_direct=entry["direct"],
        speakers=_surfaces(entry["speaker"], text),
        cues=_surfaces(entry["cue"], text),
        is_optional=entry.get("optional", False),
    )


def _surfaces(places: Iterable[list[int]] | None, text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in places or ())


def _places(spans: Iterable[list[int]]) -> tuple[Place, ...]:
    return tuple(_place(span) for span in spans)


def _place(span: list[int]) -> Place:
    start, end = span
    return start, end
