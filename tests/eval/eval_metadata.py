"""Metadata of plain text: title, day of publication and authors that are right, what is invented, prose that is kept.

Of each archive the held-out half is read. Pages are judged by `eval_html`, field by field, with what stands here.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.document import Document
from contracts.language import Language
from services.extract.core.metadata import Metadata, read_metadata
from services.extract.core.metadata.agencies import agencies_in
from services.fetch.core.document import ReadDocument, Source
from services.fetch.core.reading import read
from tests.eval.baselines import About
from tests.eval.halves import half
from tests.eval.report import Record, Row, body, documents, every, gold
from tests.eval.scoring import percent

MOST_TEXTS = 300
TEXTS = ("winer_fr", "fresada_fr", "reuters21578", "fakes_syria", "saudinewsnet", "masakhanews", "fakenews_es")
BARE_TEXTS = ("10kgnad", "lee_abc")  # prose without titles: whatever is found is invented
# What the gold knows from elsewhere than the file: the wire's own stamp, the day of the event, the day of crawling.
ELSEWHERE = {
    ("reuters21578", "date"),
    ("reuters21578", "authors"),
    ("fakes_syria", "date"),
    ("saudinewsnet", "date"),
}
RIVALS = {"title": "trafilatura", "date": "htmldate", "authors": "trafilatura"}


@dataclass(frozen=True)
class Item:
    """A record of the gold, what was read of it, and what those libraries say of it, where it is a page."""

    record: Record
    document: Document
    found: Metadata
    theirs: About | None = None

    def ours(self) -> About:
        """What we say of it, in the same words."""
        return About(
            title=self.found.title.text if self.found.title else None,
            day=self.found.published.value if self.found.published else None,
            authors=tuple(name.name for name in self.found.byline),
        )


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each archive: right of those with gold, and right of those given."""
    for archive in TEXTS:
        start = time.perf_counter()
        items = list(_read(corpus, archive))
        seconds = time.perf_counter() - start
        yield from field_rows(f"{archive}, held-out", items, {}, seconds)
        yield from _prose(f"{archive}, held-out", items, seconds)
    for archive in BARE_TEXTS:
        start = time.perf_counter()
        items = list(_read(corpus, archive))
        found = sum(item.found.title is not None or item.found.published is not None for item in items)
        yield Row(
            task="title or date invented", data_set=f"{archive}, held-out", size=len(items),
            ours=_percent(found, len(items)), goal=0.0, less_is_better=True, seconds=time.perf_counter() - start,
        )  # fmt: skip


def _read(corpus: Path, archive: str) -> Iterator[Item]:
    path = f"text/{archive}.tar.xz"
    records = gold(corpus, lambda record: record["archive"] == path and half(record["id"]) == "held-out")
    for record, data in documents(corpus, every(records, MOST_TEXTS)):
        page = read(Source(data, record["path"]), max_text_bytes=2_000_000)
        if isinstance(page, ReadDocument):
            document = document_of(page)
            language = Language(tag=record["language"] or "und", script=None, confidence=1.0)
            yield Item(record, document, read_metadata(document, language))


def document_of(page: ReadDocument) -> Document:
    return Document(
        source_uri="file:/page", sha256="0" * 64, bytes=1, received_at=datetime.now(UTC), text=page.text,
        media_type=page.media_type, url=page.url, claims=page.claims,
    )  # fmt: skip


def field_rows(data_set: str, items: list[Item], goals: Mapping[str, float], seconds: float) -> Iterator[Row]:
    """How often title, date and authors are right, of all with gold and of those given."""
    judges: dict[str, Callable[[Record, About], bool | None]] = {
        "title": _title,
        "date": _date,
        "authors": _authors,
    }
    for field, judge in judges.items():
        labelled = [item for item in items if _gold_of(item.record, field)]
        if not labelled:
            continue
        ours = [judge(item.record, item.ours()) for item in labelled]
        theirs = [judge(item.record, item.theirs) for item in labelled if item.theirs]
        for task, share in ((f"{field} right", _right), (f"{field} right where given", _right_where_given)):
            yield Row(
                task=task, data_set=data_set, size=len(labelled), ours=share(ours),
                goal=goals.get(field) if share is _right else None, baseline=RIVALS[field] if theirs else None,
                baseline_score=share(theirs) if theirs else None, seconds=seconds,
            )  # fmt: skip


def _right(verdicts: list[bool | None]) -> float:
    return _percent(sum(verdict is True for verdict in verdicts), len(verdicts))


def _right_where_given(verdicts: list[bool | None]) -> float:
    given = [verdict for verdict in verdicts if verdict is not None]
    return percent(sum(given), len(given))


def _gold_of(record: Record, field: str) -> object:
    archive = record["archive"].partition("/")[2].partition(".")[0]
    if (archive, field) in ELSEWHERE:
        return None
    if field == "title" and record["archive"].startswith("text/") and record["body_kind"] != "file-after-title":
        return None  # the title is not in the file
    return {"title": record["title"], "date": record["published"], "authors": record["authors"]}[field]


def _title(record: Record, said: About) -> bool | None:
    return None if said.title is None else _squeezed(said.title) == _squeezed(record["title"] or "")


def _date(record: Record, said: About) -> bool | None:
    if said.day is None:
        return None
    ours, theirs = said.day, (record["published"] or "").removesuffix("T00:00:00")
    if len(ours) <= 10 or len(theirs) <= 10:
        # A day of one zone and a moment of another may lie a day apart; two bare days may not.
        away = timedelta(days=0 if len(ours) <= 10 and len(theirs) <= 10 else 1)
        return len(ours) >= 10 and abs(_moment(ours[:10]) - _moment(theirs[:10])) <= away
    return abs(_moment(ours) - _moment(theirs)) <= timedelta(hours=14)


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _authors(record: Record, said: About) -> bool | None:
    # Agencies are credits here, whatever the gold or a library calls them.
    ours = {_squeezed(name) for name in said.authors if not agencies_in(name)}
    theirs = {_squeezed(name) for name in record["authors"] or [] if not agencies_in(name)}
    return None if theirs and not ours else ours == theirs


def _prose(data_set: str, items: list[Item], seconds: float) -> Iterator[Row]:
    """Words of the gold body that are kept, and F1, beside the whole text's."""
    ours, whole, kept, size = 0.0, 0.0, 0.0, 0
    for item in items:
        text = item.document.text
        if not (wanted := (body(item.record, text.encode()) or "").split()):
            continue
        size += 1
        mine = " ".join(text[span.start : span.end] for span in item.found.body).split()
        recall, f1 = _overlap(mine, wanted)
        ours, kept, whole = ours + f1, kept + recall, whole + _overlap(text.split(), wanted)[1]
    if size:
        yield Row(
            task="body", data_set=data_set, size=size, ours=100 * ours / size, measure="F1 of words",
            baseline="the whole text", baseline_score=100 * whole / size, seconds=seconds,
        )  # fmt: skip
        yield Row(task="body kept", data_set=data_set, size=size, ours=100 * kept / size, seconds=seconds)


def _overlap(mine: list[str], wanted: list[str]) -> tuple[float, float]:
    common = (Counter(mine) & Counter(wanted)).total()
    return common / len(wanted), 2 * common / (len(mine) + len(wanted))


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
