"""What is in the store's database: its ledger, and every row held against the article or duplicate that made it."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.identity import parent_input_id
from contracts.message import Message, Step
from contracts.outcomes import State
from services.store import core, rows
from services.store.announcements import Announcement
from services.store.catchup import found_at
from services.store.clusters import _revision
from services.store.core import Enriched
from services.store.core.clusters import Member, copy, member
from services.store.ledger import FIELDS
from tests.injuries.differences import NOTHING, Difference, lists_differ, rows_differ, shown, words_differ
from tests.injuries.once import Answers, Row
from tests.injuries.seen import Entry, Grave, Kept, Way

PARTS: Mapping[str, Callable[[ArticleEnriched], Any]] = {
    "mentions": rows.mention_rows,
    "quotations": rows.quotation_rows,
    "places": rows.place_rows,
    "shared_passages": rows.passage_rows,
}
STRANGE = "SELECT DISTINCT article_id FROM {} WHERE article_id NOT IN (SELECT article_id FROM articles)"
STRANGERS = """
SELECT article_id FROM cluster_members WHERE article_id NOT IN (SELECT article_id FROM articles)
AND article_id NOT IN (SELECT article_id FROM duplicates)
"""

STEPS = TypeAdapter(tuple[Step, ...])
NO_WAY: Way = (("", "", None),)  # steps that are none
STATES = frozenset(State)
WAYS: dict[Way, Way] = {}  # most inputs go one of a handful: each is held once
WHOLE = {  # of each table what it keeps as a whole, and in which column
    "articles": ("enriched", ArticleEnriched),
    "duplicates": ("duplicated", ArticleDuplicated),
}


@dataclass(frozen=True)
class InStore:
    """A copy of the store's database, to be asked."""

    copy: sqlite3.Connection
    answers: Answers

    def ledger(self) -> Iterator[Entry]:
        """Every row of the ledger."""
        for row in self.copy.execute("SELECT * FROM inputs"):
            known = dict(row)
            state, removed = known.pop("state"), known.pop("original_removed_at")
            sha256, steps = known.pop("sha256") or None, known.pop("steps")
            [(way, first_at, last_at)] = self.answers.once("way", _way, steps)
            yield Entry(
                **known,
                state=State(state) if state in STATES else State.IN_PROGRESS,
                original_removed=removed is not None,
                sha256=sha256,
                way=way,
                first_at=first_at,
                last_at=last_at,
            )

    def articles(self) -> Iterator[Kept]:
        """Every row of the articles."""
        asked = self.copy.execute("SELECT article_id, input_id, source_uri, sha256, enrichment FROM articles")
        return (Kept(*row) for row in asked)

    def graves(self) -> Iterator[Grave]:
        """Every row of the dead letters."""
        asked = self.copy.execute("SELECT message_id, input_id, requeues, requeued_at FROM dead_letters")
        return (Grave(row[0], row[1], row[2] > 0 or row[3] is not None) for row in asked)

    def wholes(self) -> Iterator[tuple[str, str]]:
        """Every article and every duplicate as it is kept, each with its table."""
        for table, (column, _) in WHOLE.items():
            for (text,) in self.copy.execute(f"SELECT {column} FROM {table}"):
                yield table, text

    def told(self, event: Announcement) -> str | None:
        """What is kept of an announcement, as it was announced; None where nothing is."""
        if isinstance(event, ArticleDuplicated):
            row = self.answers.row("duplicates", "input_id", event.input_id)
            return None if row is None else row["duplicated"]
        for table in ("articles", "earlier_enrichments"):
            for row in self.answers.rows(table, "article_id", event.article_id):
                if row["enrichment"] == event.enrichment:
                    return str(row["enriched"])
        return None

    def enriched(self) -> Iterator[tuple[str, int, str]]:
        """Input, number and way of every enrichment; what is no list of them is told of elsewhere."""
        for (enrichments,) in self.copy.execute("SELECT enrichments FROM articles"):
            yield from self.answers.once("enriched", _enriched, enrichments)

    def article(self, article_id: str) -> ArticleEnriched | None:
        """An article as a whole."""
        row = self.answers.row("articles", "article_id", article_id)
        whole: ArticleEnriched | None = None if row is None else whole_of(ArticleEnriched, row["enriched"])
        return whole

    def differences(self) -> Iterator[Difference]:
        """Whatever is not what the article or the duplicate says that it was made of."""
        for who, state in self.copy.execute("SELECT input_id, state FROM inputs"):
            if state not in STATES:
                yield Difference("inputs", who, "state", shown(state), "any state of ours")
        for row in self.copy.execute("SELECT * FROM articles").fetchall():
            yield from self.answers.once("article", self._article, dict(row))
        for row in self.copy.execute("SELECT * FROM duplicates").fetchall():
            yield from self.answers.once("duplicate", self._duplicate, dict(row))
        for (article_id,) in self.copy.execute(STRANGERS).fetchall():
            yield Difference("cluster_members", article_id, "it", "a member", "no article")
        for table in (*PARTS, "earlier_enrichments", "revisions"):
            for (article_id,) in self.copy.execute(STRANGE.format(table)).fetchall():
                yield Difference(table, article_id, "it", "rows of an article", "no article")

    def entry(self, input_id: str) -> Row | None:
        """The row of the ledger, as it stands there."""
        return self.answers.row("inputs", "input_id", input_id)

    def grave(self, message_id: str) -> Row | None:
        """The row of the dead letters, as it stands there."""
        return self.answers.row("dead_letters", "message_id", message_id)

    def _article(self, row: Row) -> Iterator[Difference]:
        who, whole = row["input_id"], whole_of(ArticleEnriched, row["enriched"])
        if whole is None:
            yield Difference("articles", who, "enriched", "no article", "the whole of it")
            return
        yield from _as_written("articles", who, whole, row["enriched"])
        earlier = self.answers.rows("earlier_enrichments", "article_id", row["article_id"])
        yield from _enrichments(row, whole, earlier)
        wanted = rows.article_row(Enriched(whole, "", (), is_new=True)) | {
            name: row[name] for name in ("number", "enrichments")
        }
        yield from rows_differ("articles", who, row, wanted)
        for table, rows_of in PARTS.items():
            found = self.answers.rows(table, "article_id", row["article_id"])
            yield from lists_differ(table, who, found, rows_of(whole))
        yield from self._member(who, member(whole))
        if whole.duplication.revision_of and (before := self.article(whole.duplication.revision_of)) is not None:
            version = self.answers.row("revisions", "article_id", whole.article_id)
            yield from rows_differ("revisions", who, version, _revision(whole, before))
        first = next((one for old in earlier if (one := whole_of(ArticleEnriched, old["enriched"]))), whole)
        yield from self._ledger(core.stored(first if first.input_id == whole.input_id else whole))

    def _duplicate(self, row: Row) -> Iterator[Difference]:
        who, whole = row["input_id"], whole_of(ArticleDuplicated, row["duplicated"])
        if whole is None:
            yield Difference("duplicates", who, "duplicated", "no duplicate", "the whole of it")
            return
        yield from _as_written("duplicates", who, whole, row["duplicated"])
        at = found_at(whole)
        yield from rows_differ("duplicates", who, row, rows.duplicate_row(whole, at))
        yield from self._ledger(core.duplicate(whole, at))
        if (wanted := copy(whole)) is not None and self.article(whole.article_id) is None:
            yield from self._member(who, wanted)

    def _member(self, who: str, wanted: Member) -> Iterator[Difference]:
        found = self.answers.row("cluster_members", "article_id", wanted.article_id)
        yield from rows_differ("cluster_members", who, found, asdict(wanted))

    def _ledger(self, wanted: core.Entry) -> Iterator[Difference]:
        found = self.entry(wanted.input_id)
        if found is not None and found["state"] == wanted.state:  # else the ledger is told of it elsewhere
            found = {name: value for name, value in found.items() if name != "original_removed_at"}
            should = {name: getattr(wanted, name) for name in FIELDS}
            should |= {"parent_input_id": parent_input_id(wanted.input_id)}
            yield from rows_differ("inputs", wanted.input_id, found, should)


def _enriched(enrichments: str) -> Iterator[tuple[str, int, str]]:
    with suppress(ValidationError):
        listed = enumerate(rows.ENRICHMENTS.validate_json(enrichments), 1)
        yield from ((one.input_id, number, one.way) for number, one in listed if one.input_id)


def _way(steps: str) -> Iterator[tuple[Way, str | None, str | None]]:
    """Which services had a part in it, what each made of it, and when the first and the last began."""
    try:
        trail = STEPS.validate_json(steps)
    except ValidationError:
        yield NO_WAY, None, None
    else:
        way = tuple((step.service, str(step.outcome), step.reason) for step in trail)
        first, last = (trail[0].at.isoformat(), trail[-1].at.isoformat()) if trail else (None, None)
        yield WAYS.setdefault(way, way), first, last


def _enrichments(row: Row, whole: ArticleEnriched, earlier: list[Row]) -> Iterator[Difference]:
    """The list of enrichments, and what was said in the earlier ones."""
    who = row["input_id"]
    try:
        listed = rows.ENRICHMENTS.validate_json(row["enrichments"])
    except ValidationError:
        listed = ()
    numbers = [one["enrichment"] for one in earlier]
    # Of a number that a restore found already given nobody knows what was said: it stands for no input.
    wanted = [number for number, one in enumerate(listed[:-1], 1) if one.input_id]
    if len(listed) != row["enrichment"] or (listed[-1].input_id, listed[-1].at) != (who, whole.enriched_at):
        yield Difference(
            "articles", who, "enrichments", f"{len(listed)} of them", f"{row['enrichment']} up to the last"
        )
    if numbers != wanted:
        yield Difference("earlier_enrichments", who, "enrichment", str(numbers), str(wanted))
    for one in earlier:
        old = whole_of(ArticleEnriched, one["enriched"])
        if old is None:
            yield Difference("earlier_enrichments", who, "enriched", "no article", "the whole of it")
        else:
            yield from _as_written("earlier_enrichments", who, old, one["enriched"])
            yield from rows_differ("earlier_enrichments", who, one, rows.earlier_row(old))


def _as_written(where: str, who: str, whole: Message, text: str) -> Iterator[Difference]:
    """Whether there is anything in it that no contract knows; what an older one did not say yet may be missing."""
    if whole.model_dump_json() != text:
        found, wanted = json.loads(text), json.loads(whole.model_dump_json())
        yield from (one for one in words_differ(where, who, found, wanted) if one.found != NOTHING)


@lru_cache(maxsize=1024)  # a small system is looked at again and again
def whole_of(kind: type[Any], text: str | bytes | None) -> Any:
    """An announcement that is kept, or None where it is none."""
    try:
        return None if text is None else kind.model_validate_json(text)
    except ValidationError:
        return None
