"""Splitting: articles joined with their headlines told apart again, and single ones left whole.

The weights were fitted on one half of the corpus; the rows are of the other.
"""

import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from services.fetch.core.document import ReadDocument, Source
from services.fetch.core.reading import read
from services.fetch.core.splitting import divide
from tests.eval.report import Record, Row, body, documents, every, gold

MOST_FILES = 500  # a hundred differ by six points from one draw to the next (decision 60)
MOST_PAGES = 60
FEWEST_ARTICLES = 10  # in a source, to be joined
SHORTEST_BODY = 40
SEED = 5
UNRULED = ("\n\n", "\n\n\n\n")
RULES = ("\n\n***\n\n", "\n\n---\n\n", "\n\n* * *\n\n", "\n\n________________\n\n")
LAYOUTS = {"no rules": UNRULED, "rules": RULES}
ALL = "all of them"
GOAL_F1 = 90.0
GOAL_FALSE_SPLITS = 0.5


@dataclass(frozen=True)
class Article:
    """One article: its headline and its text apart, where both are known, and the whole as it came."""

    source: str
    headline: str | None
    prose: str
    whole: str


@dataclass(frozen=True)
class _Found:
    """Boundaries of joined files: those that are right, all that were found, all that there are."""

    right: int
    found: int
    wanted: int
    seconds: float


@dataclass(frozen=True)
class _Split:
    """Single articles that were split, of how many."""

    split: int
    of: int
    seconds: float


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each source, and for all: boundaries found in joined files, and single articles that were split."""
    wanted = gold(corpus, lambda record: _is_of_the_other_half(record["id"]))
    texts = [record for record in wanted if record["archive"].startswith("text/")]
    pages = [record for record in wanted if record["archive"].startswith("html/")]
    yield from _rows([*_texts(corpus, texts), *_pages(corpus, _spread(pages))])


def _is_of_the_other_half(identifier: str) -> bool:
    return int(hashlib.md5(identifier.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1


def _spread(records: list[Record]) -> list[Record]:
    by_archive = groupby(sorted(records, key=lambda record: record["archive"]), key=lambda record: record["archive"])
    return [record for _, some in by_archive for record in every(list(some), MOST_PAGES)]


def _texts(corpus: Path, records: list[Record]) -> Iterator[Article]:
    for record, data in documents(corpus, records):
        headline = record["title"] if record["body_kind"] == "file-after-title" else None
        yield Article(_source(record), headline, body(record, data) or "", data.decode("utf-8", "replace"))


def _pages(corpus: Path, records: list[Record]) -> Iterator[Article]:
    """Pages as their text is read, and as their gold has it: with intertitres, captions and lists."""
    for record, data in documents(corpus, records):
        page = read(Source(data, record["path"]), max_text_bytes=2_000_000)
        if isinstance(page, ReadDocument):
            yield Article(f"{_source(record)} pages", record["title"], page.text, page.text)
        if record["body_kind"] == "full" and record["body"]:
            whole = f"{record['title']}\n\n{record['body']}" if record["title"] else record["body"]
            yield Article(f"{_source(record)} gold", record["title"], record["body"], whole)


def _source(record: Record) -> str:
    return record["archive"].partition("/")[2].removesuffix(".tar.xz")


def _rows(articles: list[Article]) -> Iterator[Row]:
    """The rows of each source, and those of all of them: what counts is counted over all boundaries, all articles."""
    joined, single = defaultdict[str, list[_Found]](list), list[_Split]()
    for source in sorted({article.source for article in articles}):
        some = [article for article in articles if article.source == source]
        titled = [article for article in some if article.headline and len(article.prose) >= SHORTEST_BODY]
        for how, between in LAYOUTS.items():
            if len(titled) >= FEWEST_ARTICLES:
                joined[how].append(_found(titled, between))
                yield _joined_row(source, how, joined[how][-1:])
        single.append(_split(some))
        yield _single_row(source, single[-1:])
    yield from (_joined_row(ALL, how, found) for how, found in joined.items())
    yield _single_row(ALL, single)


def _found(articles: list[Article], between: tuple[str, ...]) -> _Found:
    start, chance = time.perf_counter(), random.Random(SEED)
    right = found = wanted = 0
    for _ in range(MOST_FILES):
        text, boundaries = _joined(chance.sample(articles, chance.randint(2, 6)), chance.choice(between))
        ours = _boundaries(text)
        right, found, wanted = right + len(ours & boundaries), found + len(ours), wanted + len(boundaries)
    return _Found(right, found, wanted, time.perf_counter() - start)


def _joined_row(source: str, how: str, counts: Sequence[_Found]) -> Row:
    right, found = sum(one.right for one in counts), sum(one.found for one in counts)
    return Row(
        task=f"joined, {how}", data_set=source, size=MOST_FILES * len(counts),
        ours=200 * right / (found + sum(one.wanted for one in counts)),
        measure="F1 of boundaries", goal=GOAL_F1, baseline="precision", baseline_score=100 * right / max(1, found),
        seconds=sum(one.seconds for one in counts),
    )  # fmt: skip


def _joined(articles: list[Article], between: str) -> tuple[str, set[int]]:
    text, boundaries = "", set[int]()
    for article in articles:
        if text:
            text += between
            boundaries.add(len(text))
        text += f"{article.headline}\n\n{article.prose.strip()}"
    return text, boundaries


def _boundaries(text: str) -> set[int]:
    division = divide(text)
    return set() if division is None else {start for start, _ in division.spans[1:]}


def _split(articles: list[Article]) -> _Split:
    start = time.perf_counter()
    split = sum(divide(article.whole) is not None for article in articles)
    return _Split(split, len(articles), time.perf_counter() - start)


def _single_row(source: str, counts: Sequence[_Split]) -> Row:
    size = sum(one.of for one in counts)
    return Row(
        task="single, split", data_set=source, size=size, ours=100 * sum(one.split for one in counts) / size,
        goal=GOAL_FALSE_SPLITS, less_is_better=True, seconds=sum(one.seconds for one in counts),
    )  # fmt: skip
