"""Pages: how much of an article's body is read and how little else, what is claimed rightly, and at what cost.

Trafilatura reads the same pages in the same run. Body F1 is that of the article extraction benchmark: shingles of four
words, precision and recall averaged over pages. Rules were tuned on the half of the pages that `is_tuned_on` takes;
the rows `held` are of the other half.
"""

import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import trafilatura

from contracts.document import Document
from contracts.language import Language
from services.extract.core.metadata import Metadata, read_metadata
from services.fetch.core.decoding import SOFT_HYPHEN, decode
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.html import declared_encoding
from services.fetch.core.reading import read
from tests.eval.baselines import About, about
from tests.eval.eval_metadata import Item, document_of, field_rows
from tests.eval.report import Record, Row, documents, gold

BODIES = ("aeb", "fundus", "readability", "newspaper4k")
SNIPPETS = "trafilatura"
ARTICLES = (*BODIES, SNIPPETS)  # whatever else stands in them, each of these pages holds an article
GOALS = {"title": 84.0, "date": 97.0, "authors": 84.1}
BETTER_BY = 0.005
SLOWER_BY = 1.2
T = TypeVar("T")
WORD = re.compile(r"\w+")
SHINGLE = 4


@dataclass(frozen=True)
class Seen:
    """One page as both read it: the texts, and the seconds of processor time."""

    record: Record
    ours: str
    theirs: str
    our_seconds: float
    their_seconds: float
    document: Document
    metadata: Metadata
    said: About
    rejected: str | None


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each set of pages: bodies, snippets, fields, pages taken for none, and the cost of a page."""
    everything: list[Seen] = []
    began = time.perf_counter()
    for name in ARTICLES:
        start = time.perf_counter()
        seen = [*_seen(corpus, f"html/{name}.tar.xz")]
        seconds = time.perf_counter() - start
        for part, pages in _parts(name, seen):
            yield from _text_rows(name, part, pages, seconds)
        items = [Item(each.record, each.document, each.metadata, each.said) for each in seen]
        yield from field_rows(name, items, GOALS if name == "fundus" else {}, seconds)
        everything += seen
    yield _kind_row(everything, time.perf_counter() - began)


def _parts(name: str, seen: list[Seen]) -> Iterator[tuple[str, list[Seen]]]:
    yield name, seen
    yield f"{name} held", [each for each in seen if not is_tuned_on(each.record)]
    if french := [each for each in seen if each.record["language"] == "fr"]:
        yield f"{name} fr", french


def is_tuned_on(record: Record) -> bool:
    """Whether a page is of the half that rules were tuned on."""
    return hashlib.sha256(record["id"].encode()).digest()[0] % 2 == 0


def _seen(corpus: Path, archive: str) -> Iterator[Seen]:
    pages = documents(corpus, gold(corpus, lambda record: record["archive"] == archive))
    for number, (record, data) in enumerate(pages):
        text = decode(data, declared_encoding(data)).text
        # Whoever reads a page second finds it in caches: they take turns.
        reading = partial(read, Source(data, record["path"]), max_text_bytes=2_000_000)
        extracting = partial(trafilatura.extract, text, include_comments=False)
        if number % 2:
            (theirs, their_seconds), (page, our_seconds) = _timed(extracting), _timed(reading)
        else:
            (page, our_seconds), (theirs, their_seconds) = _timed(reading), _timed(extracting)
        document = document_of(page if isinstance(page, ReadDocument) else ReadDocument("", "text/html", None))
        yield Seen(
            record=record,
            ours=document.text,
            theirs=theirs or "",
            our_seconds=our_seconds,
            their_seconds=their_seconds,
            said=about(text),
            rejected=page.detail if isinstance(page, Rejected) else None,
            document=document,
            metadata=read_metadata(document, Language(tag=record["language"] or "und", script=None, confidence=1.0)),
        )


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return do(), time.process_time() - start


def _text_rows(name: str, part: str, seen: list[Seen], seconds: float) -> Iterator[Row]:
    if name == SNIPPETS:
        for task, wanted in (("must_include", _included), ("must_exclude", _excluded)):
            ours, theirs = wanted(seen, lambda each: each.ours), wanted(seen, lambda each: each.theirs)
            yield Row(
                task=task, data_set=part, size=len(ours), ours=_percent(ours), goal=_percent(theirs),
                baseline="trafilatura", baseline_score=_percent(theirs), seconds=seconds,
            )  # fmt: skip
    else:
        labelled = [each for each in seen if each.record["body"]]
        theirs_f1 = body_f1((each.theirs, each.record["body"] or "") for each in labelled)
        yield Row(
            task="body", data_set=part, size=len(labelled), measure="F1 of shingles",
            ours=body_f1((each.ours, each.record["body"] or "") for each in labelled),
            goal=theirs_f1 + (0.0 if part.endswith(" fr") else 100 * BETTER_BY) if name in BODIES[:2] else None,
            baseline="trafilatura", baseline_score=theirs_f1, seconds=seconds,
        )  # fmt: skip
    theirs_ms = 1000 * sum(each.their_seconds for each in seen) / max(1, len(seen))
    yield Row(
        task="reading a page", data_set=part, size=len(seen), measure="ms", goal=SLOWER_BY * theirs_ms,
        ours=1000 * sum(each.our_seconds for each in seen) / max(1, len(seen)),
        baseline="trafilatura", baseline_score=theirs_ms, seconds=seconds,
    )  # fmt: skip


def _included(seen: Iterable[Seen], text: Callable[[Seen], str]) -> list[bool]:
    return [snippet in text(each) for each in seen for snippet in each.record["must_include"] or []]


def _excluded(seen: Iterable[Seen], text: Callable[[Seen], str]) -> list[bool]:
    return [snippet not in text(each) for each in seen for snippet in each.record["must_exclude"] or []]


def _kind_row(seen: list[Seen], seconds: float) -> Row:
    """Pages with an article that are rejected, or called something else than one; which they are goes to stderr."""
    articles = [each for each in seen if each.record["body_kind"] is not None]
    others = [(each, called) for each in articles if (called := each.rejected or _kind(each.document))]
    for each, called in others:
        print(f"  {each.record['id']}: {called}", file=sys.stderr)
    return Row(
        task="article taken for none", data_set="all of them", size=len(articles), goal=0.5, seconds=seconds,
        ours=100 * len(others) / max(1, len(articles)), less_is_better=True,
    )  # fmt: skip


def _kind(document: Document) -> str | None:
    return next((claim.value for claim in document.claims if claim.field == "page_kind"), None)


def body_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """F1, in per cent, of precision and recall averaged over pairs of what was read and what is right."""
    shares = [_shares(ours, right) for ours, right in pairs]
    precision = _mean([tp / (tp + fp) for tp, fp, _ in shares if tp + fp])
    recall = _mean([tp / (tp + fn) for tp, _, fn in shares if tp + fn])
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shares(ours: str, right: str) -> tuple[int, int, int]:
    mine, gold_shingles = _shingles(ours), _shingles(right)
    both = (mine & gold_shingles).total()
    return both, mine.total() - both, gold_shingles.total() - both


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.replace(SOFT_HYPHEN, ""))  # which nobody sees: some golds have them
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[at:] for at in range(SHINGLE)), strict=False))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _percent(verdicts: list[bool]) -> float:
    return 100 * sum(verdicts) / len(verdicts) if verdicts else 0.0
