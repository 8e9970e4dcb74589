"""Quotations, dates and quantities on the annotated seeds, each core alone: bodies and names are the gold's."""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.extraction import Entity, EntityType, Published, Quotation
from contracts.value import Mention, Span
from services.extract.core.dates import dates
from services.extract.core.quantities import quantities
from services.extract.core.quotations import quotations
from tests.eval.report import Row, Skipped

_REPEATS = 20  # readings of each text for one time


@dataclass(frozen=True)
class _Seed:
    text: str
    body: tuple[Span, ...]
    entities: tuple[Entity, ...]
    published: Published
    gold: dict[str, Any]


def rows(corpus: Path) -> Iterator[Row]:
    """Spans, speakers, cues, values, and the time for a text, over the seeds that `gold/seeds.json` annotates."""
    seeds = _seeds(corpus)
    yield from _quotation_rows(seeds)
    yield from _date_rows(seeds)
    yield from _quantity_rows(seeds)


def _seeds(corpus: Path) -> list[_Seed]:
    gold, folder = corpus.parent / "gold" / "seeds.json", Path(__file__).parents[2] / "seeds"
    if not gold.is_file():
        raise Skipped(f"there is no {gold.name} in {gold.parent.name}/ beside the corpus")
    folder = folder if folder.is_dir() else corpus.parent / "seeds"
    return [_seed(entry, folder) for entry in json.loads(gold.read_text(encoding="utf-8"))]


def _seed(entry: dict[str, Any], folder: Path) -> _Seed:
    text = (folder / entry["file"]).read_bytes().decode("utf-8-sig")
    start, end = entry["body"]["span"]
    published = entry["published"]
    return _Seed(
        text=text,
        body=(Span(start=start, end=end),),
        entities=tuple(_entity(text, one) for one in entry["entities"] if one["spans"]),
        published=Published(
            value=published["value"], precision=published["precision"], method="gold", evidence=published["evidence"]
        ),
        gold=entry,
    )


def _entity(text: str, entry: dict[str, Any]) -> Entity:
    mentions = tuple(Mention(start=start, end=end, surface=text[start:end]) for start, end in entry["spans"])
    return Entity(name=entry["canonical"] or entry["surface"], type=EntityType(entry["type"]), mentions=mentions)


def _quotation_rows(seeds: list[_Seed]) -> Iterator[Row]:
    seconds = _seconds(seeds, lambda seed: quotations(seed.text, seed.body, seed.entities, "fr"))
    found = [list(quotations(seed.text, seed.body, seed.entities, "fr")) for seed in seeds]
    gold = [[one for one in seed.gold["quotations"] if _is_in(one, seed.body)] for seed in seeds]
    spoken_found = [[one for one in ours if one.direct] for ours in found]
    spoken_gold = [[one for one in theirs if one["direct_speech"]] for theirs in gold]
    for name, ours, theirs in (("all marks", found, gold), ("speech", spoken_found, spoken_gold)):
        size = sum(map(len, theirs))
        yield _f1(f"quotations, {name}: spans that overlap", ours, theirs, size, seconds, exact=False)
        yield _f1(f"quotations, {name}: exact spans", ours, theirs, size, seconds, exact=True)
    pairs = [
        (one, match)
        for ours, theirs in zip(found, spoken_gold, strict=True)
        for one in theirs
        if (match := _overlapping(one, ours)) is not None
    ]
    speakers = sum(_same_speaker(one, match) for one, match in pairs)
    cues = sum(bool(match.cue) and str(match.cue) in str(one["cue"]) for one, match in pairs)
    kinds = sum(match.kind == one["kind"] for one, match in pairs)
    for name, right, goal in (("speaker", speakers, 80.0), ("cue", cues, 90.0), ("kind", kinds, None)):
        yield Row(
            task=f"quotations: {name}",
            data_set="seeds",
            size=len(pairs),
            ours=100 * right / max(1, len(pairs)),
            goal=goal,
            seconds=seconds,
        )
    yield Row(
        task="quotations: time a text",
        data_set="seeds",
        size=len(seeds),
        ours=1000 * seconds / len(seeds),
        measure="ms",
        goal=2.0,
        seconds=seconds,
    )


def _date_rows(seeds: list[_Seed]) -> Iterator[Row]:
    seconds = _seconds(seeds, lambda seed: dates(seed.text, seed.body, seed.published, "fr"))
    found = [list(dates(seed.text, seed.body, seed.published, "fr")) for seed in seeds]
    gold = [seed.gold["dates_mentioned"] for seed in seeds]
    right = [
        [one for one in theirs if (match := _overlapping(one, ours)) and match.value == one["value"]]
        for ours, theirs in zip(found, gold, strict=True)
    ]
    yield from _precision_recall("dates: span and value", found, gold, right, seconds, goal=0.9)


def _quantity_rows(seeds: list[_Seed]) -> Iterator[Row]:
    seconds = _seconds(seeds, lambda seed: quantities(seed.text, seed.body, "fr"))
    found = [list(quantities(seed.text, seed.body, "fr")) for seed in seeds]
    # "Several" has no number: a contract without vague values does not hold it.
    gold = [[one for one in seed.gold["quantities"] if one["value"] is not None] for seed in seeds]
    right = [
        [
            one
            for one in theirs
            if (match := _overlapping(one, ours)) and match.value == f"{one.get('op') or ''}{one['value']}"
        ]
        for ours, theirs in zip(found, gold, strict=True)
    ]
    yield from _precision_recall("quantities: span and value", found, gold, right, seconds, goal=None)


def _precision_recall(
    task: str,
    found: list[list[Any]],
    gold: list[list[Any]],
    right: list[list[Any]],
    seconds: float,
    *,
    goal: float | None,
) -> Iterator[Row]:
    ours, theirs, both = (sum(map(len, lists)) for lists in (found, gold, right))
    for measure, score in (
        ("P", both / max(1, ours)),
        ("R", both / max(1, theirs)),
        ("F1", 2 * both / max(1, ours + theirs)),
    ):
        yield Row(
            task=task,
            data_set="seeds",
            size=theirs,
            ours=score,
            measure=measure,
            goal=goal if measure == "F1" else None,
            seconds=seconds,
        )


def _f1(
    task: str, found: list[list[Quotation]], gold: list[list[dict[str, Any]]], size: int, seconds: float, *, exact: bool
) -> Row:
    hits = sum(
        any(_agrees(one, other, exact=exact) for other in ours)
        for ours, theirs in zip(found, gold, strict=True)
        for one in theirs
    )
    returned = sum(map(len, found))
    return Row(
        task=task,
        data_set="seeds",
        size=size,
        ours=2 * hits / max(1, returned + size),
        measure="F1",
        goal=0.85,
        seconds=seconds,
    )


def _agrees(one: dict[str, Any], other: Span, *, exact: bool) -> bool:
    start, end = one["span"]
    return (other.start, other.end) == (start, end) if exact else other.start < end and start < other.end


def _overlapping(one: dict[str, Any], found: Iterable[Any]) -> Any | None:
    return next((other for other in found if _agrees(one, other, exact=False)), None)


def _is_in(one: dict[str, Any], body: tuple[Span, ...]) -> bool:
    return any(span.start <= one["span"][0] < span.end for span in body)


def _same_speaker(one: dict[str, Any], found: Quotation) -> bool:
    return found.speaker in {one["speaker"], one["speaker_text"]}


def _seconds(seeds: list[_Seed], read: Any) -> float:
    """CPU seconds for one reading of all seeds, once everything that is made once has been made."""
    for seed in seeds:
        read(seed)
    started = time.process_time()
    for _ in range(_REPEATS):
        for seed in seeds:
            read(seed)
    return (time.process_time() - started) / _REPEATS
