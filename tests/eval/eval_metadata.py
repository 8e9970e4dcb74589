"""Metadata: how often title, day of publication and authors are right, what is invented, and how much prose is kept.

Of each archive the held-out half is read; pages stand beside what trafilatura and htmldate say of them.
"""

import time
from collections import Counter
<<<<<<< HEAD
from collections.abc import Callable, Iterator, Mapping
=======
from collections.abc import Callable, Iterator
from dataclasses import dataclass
>>>>>>> aea5a19 (Eval: scorers with tests, scores that are kept, two halves, and the annotated articles judged beside htmldate and dateparser)
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.document import Document
from contracts.language import Language
from services.extract.core.metadata import Metadata, read_metadata
from services.extract.core.metadata.agencies import agencies_in
from services.fetch.core.document import ReadDocument, Source
from services.fetch.core.reading import read
from tests.eval import baselines
from tests.eval.baselines import Page
from tests.eval.halves import half
from tests.eval.report import Record, Row, body, documents, every, gold
from tests.eval.scoring import percent

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


@dataclass(frozen=True, slots=True)
class Said:
    """What an article is said to be; None and nothing where that is not said."""

    title: str | None
    day: str | None
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A record of the gold, what we say of it and keep of it, and what others do, where it is a page."""

    record: Record
    document: Document
    ours: Said
    kept: str
    page: Page | None

    def theirs(self) -> Said:
        """What the others say; nothing where it is no page to them."""
        page = self.page
        return Said(page.title, page.day, page.authors) if page else Said(None, None, ())


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
        found = sum(item.ours.title is not None or item.ours.day is not None for item in items)
        yield Row(
            task="title or date invented", data_set=f"{archive}, held-out", size=len(items),
            ours=_percent(found, len(items)), goal=0.0, less_is_better=True, seconds=time.perf_counter() - start,
        )  # fmt: skip


def _read(corpus: Path, archive: str, most: int) -> Iterator[Item]:
    records = every(
        gold(corpus, lambda record: record["archive"] == archive and half(record["id"]) == "held-out"), most
    )
    for record, data in documents(corpus, records):
<<<<<<< HEAD
        page = read(Source(data, record["path"]), max_text_bytes=2_000_000)
        if isinstance(page, ReadDocument):
            document = document_of(page)
=======
        read_page = read(Source(data, record["path"]), max_text_bytes=2_000_000)
        if isinstance(read_page, ReadDocument):
            document = _document(read_page)
>>>>>>> aea5a19 (Eval: scorers with tests, scores that are kept, two halves, and the annotated articles judged beside htmldate and dateparser)
            language = Language(tag=record["language"] or "und", script=None, confidence=1.0)
            found = read_metadata(document, language)
            yield Item(
                record=record,
                document=document,
                ours=_said(found),
                kept=" ".join(document.text[span.start : span.end] for span in found.body),
                page=baselines.page(data) if archive.startswith("html/") else None,
            )


def _said(found: Metadata) -> Said:
    return Said(
        title=found.title.text if found.title else None,
        day=found.published.value if found.published else None,
        authors=tuple(name.name for name in found.byline),
    )


def document_of(page: ReadDocument) -> Document:
    return Document(
        source_uri="file:/page", sha256="0" * 64, bytes=1, received_at=datetime.now(UTC), text=page.text,
        media_type=page.media_type, url=page.url, claims=page.claims,
    )  # fmt: skip


def _rows(archive: str, items: list[Item], seconds: float) -> Iterator[Row]:
<<<<<<< HEAD
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
=======
    judges: dict[str, tuple[str, Callable[[Record, Said], bool | None]]] = {
        "title": ("trafilatura", _title),
        "date": ("htmldate", _date),
        "authors": ("trafilatura", _authors),
    }
    is_page = archive in PAGES
    for field, (baseline, judge) in judges.items():
        labelled = [item for item in items if _gold_of(item.record, field) and (archive, field) not in ELSEWHERE]
        if not labelled:
            continue
        ours = [judge(item.record, item.ours) for item in labelled]
        theirs = [judge(item.record, item.theirs()) for item in labelled] if is_page else []
        goal = GOALS[field] if archive == "fundus" else None
        for task, share in ((f"{field} right", _right), (f"{field} right where given", _right_where_given)):
            yield Row(
                task=task, data_set=f"{archive}, held-out", size=len(labelled), ours=share(ours),
                goal=goal if share is _right else None, baseline=baseline if is_page else None,
                baseline_score=share(theirs) if is_page else None, seconds=seconds,
>>>>>>> aea5a19 (Eval: scorers with tests, scores that are kept, two halves, and the annotated articles judged beside htmldate and dateparser)
            )  # fmt: skip


def _right(verdicts: list[bool | None]) -> float:
    return _percent(sum(verdict is True for verdict in verdicts), len(verdicts))


def _right_where_given(verdicts: list[bool | None]) -> float:
    given = [verdict for verdict in verdicts if verdict is not None]
    return percent(sum(given), len(given))


def _gold_of(record: Record, field: str) -> object:
    if field == "title" and record["archive"].startswith("text/") and record["body_kind"] != "file-after-title":
        return None  # the title is not in the file
    return {"title": record["title"], "date": record["published"], "authors": record["authors"]}[field]


def _title(record: Record, said: Said) -> bool | None:
    return None if said.title is None else _squeezed(said.title) == _squeezed(record["title"] or "")


def _date(record: Record, said: Said) -> bool | None:
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


def _authors(record: Record, said: Said) -> bool | None:
    # Agencies are credits here, whatever the gold or a library calls them.
    ours = {_squeezed(name) for name in said.authors if not agencies_in(name)}
    theirs = {_squeezed(name) for name in record["authors"] or [] if not agencies_in(name)}
    return None if theirs and not ours else ours == theirs


def _prose(archive: str, items: list[Item], seconds: float) -> Iterator[Row]:
    """Words of the gold body that are kept, and F1, beside the whole text's or, of a page, beside trafilatura's."""
    ours, beside, kept, size = 0.0, 0.0, 0.0, 0
    for item in items:
        if not (wanted := (body(item.record, item.document.text.encode()) or "").split()):
            continue
        size += 1
        recall, f1 = _overlap(item.kept.split(), wanted)
        other = item.document.text if archive not in PAGES else item.page.text if item.page else ""
        ours, kept, beside = ours + f1, kept + recall, beside + _overlap(other.split(), wanted)[1]
    if size:
        yield Row(
            task="body", data_set=f"{archive}, held-out", size=size, ours=100 * ours / size, measure="F1 of words",
            baseline="trafilatura" if archive in PAGES else "the whole text", baseline_score=100 * beside / size,
            seconds=seconds,
        )  # fmt: skip
        yield Row(
            task="body kept", data_set=f"{archive}, held-out", size=size, ours=100 * kept / size, seconds=seconds
        )  # fmt: skip


def _overlap(mine: list[str], wanted: list[str]) -> tuple[float, float]:
    common = (Counter(mine) & Counter(wanted)).total()
    return common / len(wanted), 2 * common / (len(mine) + len(wanted))


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
