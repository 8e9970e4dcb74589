"""Dedup's memory: verdict and memory in one transaction a batch, so that two copies cannot both be first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any, Final

import numpy as np
from pydantic import Field, TypeAdapter
from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from contracts.duplication import Duplicate, Duplication
from services.chassis import faults
from services.chassis.database import Database
from services.dedup import standing
from services.dedup.core import Article, Fingerprint, Known, Source, Verdict, content_of, judge, with_original
from services.dedup.core.fingerprints import VERSION
from services.dedup.core.index import ENTRIES, FEWEST_TEXTS, Index, asked, candidates, entered, neighbours
from services.dedup.rows import add, portions, where
from services.dedup.tables import Judged, Remembered, Sketch, Turn

ROWS = 1024  # read at once when the index is filled: what that takes beside the index is not given back
ENTERED_BYTES = 4 * ENTRIES  # of a sketch: its smallest hashes

_VERDICT: Final[TypeAdapter[Verdict]] = TypeAdapter(Annotated[Duplication | Duplicate, Field(discriminator="verdict")])


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article as it was heard, and by which input.

    `instead_of` is what it was a duplicate of, and what is to be forgotten for it.
    """

    input_id: str
    article: Article
    instead_of: str = ""


class Memory:
    """What was judged, in the database; and which texts may be similar, in an index that follows the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index = Index()
        self._indexed = 0  # numbers up to here are in the index: rows that were committed, by us or by another process

    async def recall(self) -> None:
        """Fill the index from the database."""
        await self._database.transaction(self._recall)

    async def probe(self) -> None:
        """Raise Unavailable while the database does not answer."""
        await self._database.probe()

    async def judge(self, sightings: Sequence[Sighting]) -> list[Verdict]:
        """One verdict for each sighting: the one that its input got before, or a new one, which is remembered."""
        return await self._database.transaction(lambda session: self._judge(session, sightings))

    def _judge(self, session: Session, sightings: Sequence[Sighting]) -> list[Verdict]:
        session.execute(select(col(Turn.turn)).with_for_update()).all()
        verdicts = judged(session, [sighting.input_id for sighting in sightings])
        verdicts = _without_promoted(session, sightings, verdicts)
        new: dict[str, Article] = {}
        for sighting in sightings:
            if sighting.input_id not in verdicts:
                new.setdefault(sighting.input_id, sighting.article)
        if new:
            verdicts |= self._judge_new(session, new)
        return [verdicts[sighting.input_id] for sighting in sightings]

    def _judge_new(self, session: Session, new: Mapping[str, Article]) -> dict[str, Verdict]:
        self._follow(session)
        articles = list(new.values())
        known = self._known(session, articles)
        before = dict(known.standing)
        verdicts = judge(articles, known, neighbours([known.telling(article) for article in articles]))
        judged_now = list(zip(articles, verdicts, strict=True))
        keep_verdicts(
            session,
            [(input_id, one.article_id, verdict) for input_id, (one, verdict) in zip(new, judged_now, strict=True)],
        )
        first_seen = [with_original(one, verdict) for one, verdict in judged_now if isinstance(verdict, Duplication)]
        remember(session, self._indexed + 1, first_seen)
        standing.keep(session, before, known.standing)
        faults.point("verdict_written")
        return dict(zip(new, verdicts, strict=True))

    def _recall(self, session: Session) -> None:
        last = session.execute(select(func.max(Remembered.number))).scalar() or 0
        self._index, self._indexed = Index(expected=max(FEWEST_TEXTS, last)), 0
        self._follow(session)

    def _follow(self, session: Session) -> None:
        """Enter into the index what was committed since, here or by another process."""
        number, entries = col(Remembered.number), col(Remembered.entries)
        found = session.execute(
            select(number, col(Remembered.version), entries).where(number > self._indexed).order_by(number),
            execution_options={"yield_per": ROWS},
        )
        for rows in found.partitions():
            comparable = [(number, entries) for number, version, entries in rows if version == VERSION]
            numbers = np.array([number for number, _ in comparable], np.int64)
            self._index.add(numbers, entered([entries for _, entries in comparable]))
            self._indexed = rows[-1][0]

    def _known(self, session: Session, articles: Sequence[Article]) -> Known:
        known = _same(session, articles)
        known.standing = standing.recalled(session, [article.source.key for article in articles])
        near = candidates(self._index, asked([known.telling(article) for article in articles]))
        latest = _latest(session, {article.place for article in articles})
        versions = _versions(session, {*latest, *chain.from_iterable(near.values())})
        known.latest = {versions[number].place: versions[number] for number in latest if number in versions}
        known.near = {
            articles[row].article_id: [versions[number] for number in numbers if number in versions]
            for row, numbers in near.items()
        }
        for version in versions.values():
            known.name_original(version.article_id, version.original)
        others = {version.source.key for version in versions.values()} - known.standing.keys()
        known.standing |= standing.recalled(session, others)
        return known


def judged(session: Session, inputs: Sequence[str]) -> dict[str, Verdict]:
    """The verdicts that these inputs got."""
    found = where(session, (col(Judged.input_id), col(Judged.verdict)), col(Judged.input_id), inputs)
    return {input_id: read_verdict(verdict) for input_id, verdict in found}


def read_verdict(kept: str) -> Verdict:
    """A verdict as it is kept; raises pydantic.ValidationError."""
    return _VERDICT.validate_json(kept)


def _same(session: Session, articles: Sequence[Article]) -> Known:
    """What has the same id, bytes or folded text as one of the articles, the first seen of each."""
    known = Known()
    content, text = col(Remembered.content), col(Remembered.text)
    first_seen = col(Remembered.article_id), col(Remembered.original)
    contents = [article.content for article in articles]
    for key, first, original in where(session, (content, *first_seen), content, contents):
        known.contents[key] = first
        known.articles.add(first)  # the same article has the same bytes
        known.name_original(first, original)
    texts = [article.fingerprint.text for article in articles if article.fingerprint.text]
    comparable, columns = col(Remembered.version) == VERSION, (text, *first_seen)
    for key, first, original in where(session, columns, text, texts, comparable, order=col(Remembered.number)):
        known.texts.setdefault(key, first)
        known.name_original(first, original)
    return known


def _latest(session: Session, places: set[bytes]) -> set[int]:
    place = col(Remembered.place)
    return {
        number
        for some in portions(sorted(places))
        for (number,) in session.execute(select(func.max(Remembered.number)).where(place.in_(some)).group_by(place))
    }


def _versions(session: Session, numbers: set[int]) -> dict[int, Article]:
    """The remembered articles with these numbers, as far as their fingerprints compare with ours."""
    columns = [
        col(getattr(Remembered, name))
        for name in ("number", "source", "original", "article_id", "place", "content", "text", "shingles")
    ]
    rows = (
        row
        for some in portions(sorted(numbers))
        for row in session.execute(
            select(*columns, col(Sketch.hashes), col(Sketch.places))
            .join(Sketch, col(Sketch.number) == col(Remembered.number))
            .where(col(Remembered.number).in_(some), col(Remembered.version) == VERSION)
        )
    )
    return {  # for a digest that was never kept SQLite gives an empty string
        number: Article(article_id, place, content, Fingerprint(*found), Source(source or b""), original)
        for number, source, original, article_id, place, content, *found in rows
    }


def keep_verdicts(session: Session, given: Iterable[tuple[str, str, Verdict]]) -> None:
    """Write down verdicts, each with the input and the article that it is on."""
    rows = [
        {"input_id": input_id, "article_id": article_id, "verdict": verdict.model_dump_json()}
        for input_id, article_id, verdict in given
    ]
    add(session, "judged", rows)


def remember(session: Session, number: int, first_seen: Sequence[Article]) -> None:
    """Remember originals and revisions, numbered from `number` on."""
    numbered = list(enumerate(first_seen, start=number))
    add(session, "remembered", [_remembered(number, article) for number, article in numbered])
    sketches = [(number, article.fingerprint) for number, article in numbered]
    add(
        session,
        "sketches",
        [{"number": number, "hashes": one.sketch, "places": one.places} for number, one in sketches],
    )


def _remembered(number: int, article: Article) -> dict[str, Any]:
    return {
        "number": number,
        "article_id": article.article_id,
        "place": article.place,
        "content": article.content,
        "text": article.fingerprint.text,
        "version": VERSION,
        "shingles": article.fingerprint.shingles,
        "entries": article.fingerprint.sketch[:ENTERED_BYTES],
        "source": article.source.key,
        "original": article.original,
    }


def _without_promoted(
    session: Session, sightings: Sequence[Sighting], verdicts: dict[str, Verdict]
) -> dict[str, Verdict]:
    """The verdicts that stand: those on what shall take an article's place are given anew, and it is forgotten."""
    promoted = {
        one.input_id: one.instead_of
        for one in sightings
        if isinstance(verdict := verdicts.get(one.input_id), Duplicate) and verdict.of == one.instead_of
    }
    promote(session, promoted)
    return {input_id: verdict for input_id, verdict in verdicts.items() if input_id not in promoted}


def promote(session: Session, promoted: Mapping[str, str]) -> None:
    """Forget the verdicts on these inputs, and the articles that they are duplicates of."""
    if promoted:
        forget(session, set(promoted.values()))
        session.execute(delete(Judged).where(col(Judged.input_id).in_(sorted(promoted))))


def forget(session: Session, article_ids: Iterable[str]) -> None:
    """Know these articles no more; their numbers stay taken, for indexes hold them."""
    known = select(col(Remembered.number)).where(col(Remembered.article_id).in_(sorted(article_ids)))
    for (number,) in session.execute(known).all():
        gone = {"article_id": "", "place": b"", "content": content_of("", number), "text": b"", "version": ""}
        session.execute(update(Remembered).where(col(Remembered.number) == number).values(**gone))
