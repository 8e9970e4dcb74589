"""Questions of who holds dedup's memory against what others know: many at a time, and nothing is written."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlmodel import Session, col, select

from contracts.duplication import Duplicate
from services.dedup.core import Article, Fingerprint
from services.dedup.core.fingerprints import VERSION
from services.dedup.memory import ENTERED_BYTES, read_verdict
from services.dedup.rows import where
from services.dedup.tables import Judged, Remembered, Sketch

PAGE = 1000  # rows in memory


class Said(NamedTuple):
    """A verdict: a duplicate of another article, or none of any."""

    article_id: str
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """As much of a remembered article as tells whether it is known again."""

    article_id: str
    is_comparable: bool
    place: bytes
    entries: bytes
    fingerprint: Fingerprint

    def is_of(self, article: Article) -> bool:
        """Whether it was made of this article, as far as a fingerprint of another version tells."""
        one = article.fingerprint
        # Earlier versions kept no places, and more entries.
        is_text = self.fingerprint in (one, replace(one, places=b""))
        same = is_text and self.entries[:ENTERED_BYTES] == one.sketch[:ENTERED_BYTES]
        return self.place == article.place and (same or not self.is_comparable)


class Comparing:
    """Questions to the memory; the collections that are asked about are pages themselves."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def verdicts(self, input_ids: Collection[str]) -> dict[str, Said | None]:
        """What was said of these inputs, None where nobody can read it; without those of which nothing was."""
        columns = (col(Judged.input_id), col(Judged.article_id), col(Judged.verdict))
        return {one.input_id: _said(one) for one in where(self._session, columns, columns[0], list(input_ids))}

    def held(self, contents: Collection[bytes]) -> dict[bytes, Held]:
        """What is remembered of these originals; without those that nothing is remembered of."""
        names = ("content", "number", "article_id", "version", "place", "entries", "text", "shingles")
        columns = [col(getattr(Remembered, name)) for name in names]
        rows = list(where(self._session, columns, col(Remembered.content), list(contents)))
        sketches = {
            number: (hashes, places)
            for number, hashes, places in where(
                self._session,
                (col(Sketch.number), col(Sketch.hashes), col(Sketch.places)),
                col(Sketch.number),
                [row.number for row in rows],
            )
        }
        return {
            row.content: Held(
                row.article_id,
                row.version == VERSION,
                row.place,
                row.entries,
                Fingerprint(row.text, row.shingles, *sketches.get(row.number, (b"", b""))),
            )
            for row in rows
        }

    def judged_inputs(self) -> Iterator[dict[str, str]]:
        """All inputs on which there is a verdict, in the order of their ids, each with the article that it is on."""
        after = ""
        asked = select(Judged.input_id, Judged.article_id).order_by(col(Judged.input_id)).limit(PAGE)
        while rows := dict(self._session.exec(asked.where(col(Judged.input_id) > after)).all()):
            yield rows
            after = max(rows)


def _said(row: Any) -> Said | None:
    try:
        verdict = read_verdict(row.verdict)
    except ValidationError:
        return None
    return Said(row.article_id, verdict.of if isinstance(verdict, Duplicate) else None)
