"""Metadata: how often title, day of publication and authors are right, what is invented, and how much prose is kept."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.document import Document
from contracts.language import Language
from services.extract.core.metadata import Metadata, read_metadata
from services.extract.core.metadata.agencies import agencies_in
from services.fetch.core.document import ReadDocument, Source
from services.fetch.core.reading import read
from tests.eval.report import Record, Row, body, documents, every, gold

MOST_TEXTS = 300
MOST_PAGES = 60
TEXTS = ("winer_fr", "fresada_fr", "reuters21578", "fakes_syria", "saudinewsnet", "masakhanews", "fakenews_es")
BARE_TEXTS = ("10kgnad", "lee_abc")  # prose without titles: whatever is found is invented
# What the gold knows from elsewhere than the file: the wire's own stamp, the day of the event, the day of crawling.
ELSEWHERE = {
    ("reuters21578", "date"),
    ("reuters21578", "authors"),
    ("fakes_syria", "date"),
    ("saudinewsnet", "date"),
}
PAGES = ("fundus", "trafilatura", "newspaper4k", "readability", "aeb")
# Goals of the measurements that came before: own JSON-LD pass, htmldate, all on the same pages.
GOALS = {"title": 85.0, "date": 98.0, "authors": 85.0}
Item = tuple[Record, Document, Metadata]


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each archive: right of those with gold, and right of those given."""
    for kind, archives, most in (("text", TEXTS, MOST_TEXTS), ("html", PAGES, MOST_PAGES)):
        for archive in archives:
            start = time.perf_counter()
            items = list(_read(corpus, f"{kind}/{archive}.tar.xz", most))
            yield from _rows(archive, items, time.perf_counter() - start)
    for archive in BARE_TEXTS:
        start = time.perf_counter()
        items = list(_read(corpus, f"text/{archive}.tar.xz", MOST_TEXTS))
        found = sum(item.title is not None or item.published is not None for _, _, item in items)
        yield Row(
            task="title or date invented", data_set=archive, size=len(items), ours=_percent(found, len(items)),
            goal=0.0, seconds=time.perf_counter() - start,
        )  # fmt: skip


def _read(corpus: Path, archive: str, most: int) -> Iterator[Item]:
    records = every(gold(corpus, lambda record: record["archive"] == archive), most)
    for record, data in documents(corpus, records):
        page = read(Source(data, record["path"]), max_text_bytes=2_000_000)
        if isinstance(page, ReadDocument):
            document = document_of(page)
            language = Language(tag=record["language"] or "und", script=None, confidence=1.0)
            yield record, document, read_metadata(document, language)


def document_of(page: ReadDocument) -> Document:
    return Document(
        source_uri="file:/page", sha256="0" * 64, bytes=1, received_at=datetime.now(UTC), text=page.text,
        media_type=page.media_type, url=page.url, claims=page.claims,
    )  # fmt: skip


def _rows(archive: str, items: list[Item], seconds: float) -> Iterator[Row]:
    yield from field_rows(archive, items, GOALS if archive == "fundus" else {}, seconds)
    yield from _prose(archive, items, seconds)


def field_rows(data_set: str, items: list[Item], goals: Mapping[str, float], seconds: float) -> Iterator[Row]:
    """How often title, date and authors are right, of all with gold and of those given."""
    judges: dict[str, Callable[[Item], bool | None]] = {"title": _title, "date": _date, "authors": _authors}
    for field, judge in judges.items():
        labelled = [item for item in items if _gold_of(item[0], field) and (data_set, field) not in ELSEWHERE]
        verdicts = [judge(item) for item in labelled]
        right, given = sum(verdict is True for verdict in verdicts), sum(verdict is not None for verdict in verdicts)
        if labelled:
            yield Row(
                task=f"{field} right", data_set=data_set, size=len(labelled), ours=_percent(right, len(labelled)),
                goal=goals.get(field), baseline="right of those given",
                baseline_score=_percent(right, given), seconds=seconds,
            )  # fmt: skip


def _gold_of(record: Record, field: str) -> object:
    if field == "title" and record["archive"].startswith("text/") and record["body_kind"] != "file-after-title":
        return None  # the title is not in the file
    return {"title": record["title"], "date": record["published"], "authors": record["authors"]}[field]


def _title(item: Item) -> bool | None:
    record, _, found = item
    return None if found.title is None else _squeezed(found.title.text) == _squeezed(record["title"] or "")


def _date(item: Item) -> bool | None:
    record, _, found = item
    if found.published is None:
        return None
    ours, theirs = found.published.value, (record["published"] or "").removesuffix("T00:00:00")
    if len(ours) <= 10 or len(theirs) <= 10:
        # A day of one zone and a moment of another may lie a day apart; two bare days may not.
        away = timedelta(days=0 if len(ours) <= 10 and len(theirs) <= 10 else 1)
        return len(ours) >= 10 and abs(_moment(ours[:10]) - _moment(theirs[:10])) <= away
    return abs(_moment(ours) - _moment(theirs)) <= timedelta(hours=14)


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _authors(item: Item) -> bool | None:
    record, _, found = item
    ours = {_squeezed(name.name) for name in found.byline}
    # Agencies are credits here, whatever the gold calls them.
    theirs = {_squeezed(name) for name in record["authors"] or [] if not agencies_in(name)}
    return None if theirs and not ours else ours == theirs


def _prose(archive: str, items: list[Item], seconds: float) -> Iterator[Row]:
    """Words of the gold body that are kept, and F1, beside the whole text's."""
    ours, whole, kept, size = 0.0, 0.0, 0.0, 0
    for record, document, found in items:
        if not (wanted := (body(record, document.text.encode()) or "").split()):
            continue
        size += 1
        mine = " ".join(document.text[span.start : span.end] for span in found.body).split()
        recall, f1 = _overlap(mine, wanted)
        ours, kept, whole = ours + f1, kept + recall, whole + _overlap(document.text.split(), wanted)[1]
    if size:
        yield Row(
            task="body", data_set=archive, size=size, ours=100 * ours / size, measure="F1 of words",
            baseline="whole text", baseline_score=100 * whole / size, seconds=seconds,
        )  # fmt: skip
        yield Row(task="body kept", data_set=archive, size=size, ours=100 * kept / size, seconds=seconds)


def _overlap(mine: list[str], wanted: list[str]) -> tuple[float, float]:
    common = (Counter(mine) & Counter(wanted)).total()
    return common / len(wanted), 2 * common / (len(mine) + len(wanted))


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
