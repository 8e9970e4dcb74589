"""What dedup remembers, held against what is kept of articles, and its verdicts, given again on the same texts."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
from pydantic import ValidationError

from contracts.article_enriched import ArticleEnriched
from contracts.document import Document
from contracts.duplication import Duplicate, Duplication, Method
from services.dedup.core import (
    Article,
    Fingerprint,
    Known,
    Standing,
    Verdict,
    article_of,
    decide,
    fingerprint,
    with_original,
)
from services.dedup.core.similarity import Hashes
from services.dedup.core.verdict import THRESHOLD, WHOLE
from services.dedup.memory import ENTERED_BYTES, _remembered
from services.store.announcements import Announcement
from tests.injuries.differences import NOTHING, Difference, rows_differ, shown, words_differ
from tests.injuries.once import Answers

ArticleOf = Callable[[str], ArticleEnriched | None]
BY_BYTES = {Method.SAME_ARTICLE, Method.SAME_BYTES}  # for which nobody has to read the text
EXACT = {*BY_BYTES, Method.SAME_TEXT}  # whatever is boilerplate
LEAST = {str(Method.NEAR_DUPLICATE): THRESHOLD, str(Method.CONTAINED): WHOLE}
NONE: Hashes = np.empty(0, np.uint32)
UNJUDGED = """
SELECT article_id FROM remembered
WHERE article_id != ''  -- which is forgotten
AND article_id NOT IN (SELECT article_id FROM judged WHERE verdict NOT LIKE '%"verdict":"duplicate"%')
UNION ALL SELECT number FROM sketches WHERE number NOT IN (SELECT number FROM remembered)
"""


class InDedup:
    """A copy of dedup's database, to be asked."""

    def __init__(self, copy: sqlite3.Connection, answers: Answers, article: ArticleOf) -> None:
        self._copy, self._answers, self._article = copy, answers, article

    def judged(self) -> set[str]:
        """Inputs that got a verdict."""
        return {row[0] for row in self._copy.execute("SELECT input_id FROM judged")}

    def differences(self) -> Iterator[Difference]:
        """What is of no article, and numbers that do not follow upon each other."""
        for (who,) in self._copy.execute(UNJUDGED).fetchall():
            yield Difference("remembered", str(who), "it", "there", "a text that dedup let pass")
        numbers = [row[0] for row in self._copy.execute("SELECT number FROM remembered ORDER BY number")]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Difference("remembered", NOTHING, "number", shown(numbers), f"1 to {len(numbers)}")
        if [tuple(row) for row in self._copy.execute("SELECT turn FROM turn")] != [(1,)]:
            yield Difference("turn", NOTHING, "turn", "not one row", "1")

    def verdict(self, whole: Announcement) -> Iterator[Difference]:
        """What was judged of an input, against what is kept of it."""
        who = whole.input_id
        row = self._answers.row("judged", "input_id", who)
        if row is None:
            yield Difference("judged", who, "it", NOTHING, "a verdict")
            return
        wanted = {"input_id": who, "article_id": whole.article_id, "verdict": row["verdict"]}
        yield from rows_differ("judged", who, row, wanted)
        try:
            found = type(whole.duplication).model_validate_json(row["verdict"])
        except ValidationError:
            yield Difference("judged", who, "verdict", shown(row["verdict"]), whole.duplication.verdict)
        else:
            words = found.model_dump(mode="json"), whole.duplication.model_dump(mode="json")
            yield from words_differ("judged", who, *words)

    def memory(self, whole: ArticleEnriched) -> Iterator[Difference]:
        """What is remembered of an article, against what its text gives."""
        who = whole.input_id
        row = self._answers.row("remembered", "article_id", whole.article_id)
        if row is None:
            yield Difference("remembered", who, "it", NOTHING, "its text")
            return
        ours = _looked_at(whole)
        row |= {"entries": (row["entries"] or b"")[:ENTERED_BYTES]}  # rows of an older release have two hashes more
        yield from rows_differ("remembered", who, row, _remembered(row["number"], ours))
        sketch = {"number": row["number"], "hashes": ours.fingerprint.sketch, "places": ours.fingerprint.places}
        yield from rows_differ("sketches", who, self._answers.row("sketches", "number", row["number"]), sketch)

    def again(self, whole: Announcement, text: str | None) -> Iterator[Difference]:
        """The verdict, given again with nobody known but those whom it names; nothing where one of them is not kept."""
        duplication = whole.duplication
        named = _named(duplication)
        by_bytes = isinstance(duplication, Duplicate) and duplication.method in BY_BYTES
        near = [other for name in self._in_order(named) if (other := self._named(name)) is not None]
        if not named or len(near) < len(named) or (text is None and not by_bytes):
            return
        ours, known = _looked_at(whole, text, by_bytes=by_bytes), Known()
        if isinstance(duplication, Duplicate):
            known.remember(near[0])
        else:
            known.latest = {other.place: other for other in near if other.article_id == duplication.revision_of}
        known.near = {ours.article_id: near}
        if getattr(duplication, "method", None) not in EXACT and any(
            len(self._boilerplate(one)) for one in (ours, *near)
        ):
            yield from _beside_boilerplate(whole)
            return
        wanted = decide(ours, known)
        yield from words_differ("rejudged", whole.input_id, _in_words(duplication), _in_words(wanted))

    def _boilerplate(self, article: Article) -> Hashes:
        """What does not count in articles of its source by now."""
        row = self._answers.row("standing", "source", article.source.key)
        if row is None:
            return NONE
        hashes, counts = np.frombuffer(row["hashes"], np.uint32), np.frombuffer(row["counts"], np.uint16)
        return Standing(row["articles"], hashes, counts).boilerplate()

    def _named(self, article_id: str) -> Article | None:
        whole = self._article(article_id)
        return None if whole is None else _looked_at(whole)

    def _in_order(self, named: list[str]) -> list[str]:
        """As dedup came to know them."""
        known = [row for name in dict.fromkeys(named) for row in self._answers.rows("remembered", "article_id", name)]
        in_order = [row["article_id"] for row in sorted(known, key=itemgetter("number"))]
        return in_order if len(in_order) == len(named) else named


def _beside_boilerplate(whole: Announcement) -> Iterator[Difference]:
    """Boilerplate does not count, and what it was at the time nobody tells; but the figures of a verdict add up."""
    told = whole.duplication
    least = LEAST.get(str(told.method))
    if least is not None and (told.threshold or 1.0, (told.similarity or 0.0) >= least) != (least, True):
        said = f"{told.method} by {told.similarity} of {told.threshold}"
        yield Difference("rejudged", whole.input_id, "method", said, f"so by at least {least}")


def _in_words(verdict: Verdict) -> dict[str, Any]:
    """As JSON; passages of which none is longer stand in no order that a restore would know."""
    words: dict[str, Any] = verdict.model_dump(mode="json")
    return words | {"shared": sorted(words.get("shared", ()), key=lambda one: str(one["article_id"]))}


def _named(duplication: Duplication | Duplicate) -> list[str]:
    if isinstance(duplication, Duplicate):
        return [duplication.of]
    return [*filter(None, [duplication.revision_of]), *(shared.article_id for shared in duplication.shared)]


def _looked_at(whole: Announcement, text: str | None = None, *, by_bytes: bool = False) -> Article:
    """What the rules look at of it; where they ask for nothing but bytes, nobody reads the text."""
    document = Document(**dict(whole.document) | {"text": getattr(whole.document, "text", text) or ""})
    article = article_of(whole.article_id, document, _unread if by_bytes else _fingerprint)
    return with_original(article, whole.duplication) if isinstance(whole.duplication, Duplication) else article


_fingerprint = lru_cache(maxsize=4096)(fingerprint)  # one article is looked at for all that name it, and again


def _unread(_: str) -> Fingerprint:
    return Fingerprint(b"", 0, b"")
