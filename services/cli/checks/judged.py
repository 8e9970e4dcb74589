"""Dedup's memory held against the ledger and the articles: what it said, and by what it would know them again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from contracts.article_enriched import ArticleEnriched
from contracts.outcomes import State
from services.chassis.settings import House
from services.cli.checks.ages import Between
from services.cli.checks.found import Check, Notes, Patience, Some
from services.cli.checks.remembered import begun_anew, hold
from services.dedup.comparing import Comparing, Held, Said
from services.dedup.core import Article, article_of, fingerprint
from services.store import comparing as stores
from services.store.comparing import Judged, Whole

FORGOTTEN = "inputs have their end, and dedup has forgotten its verdict: heard again, they are duplicates of themselves"
OTHERWISE = "inputs have another end than dedup's verdict says"
UNREADABLE = "inputs have a verdict of dedup's that nobody can read"
UNKNOWN = "articles are kept, and dedup does not know them: what comes again is an original"
NOT_READ = "articles are kept, and what was announced of them nobody can read"
ANOTHER = "articles are kept, and dedup remembers another text or place of them"
NEVER_HEARD = (
    "inputs have a verdict of dedup's, and the ledger does not know them (as where STORE was deleted with their "
    "receipts in it: give what they came from in again, under the same name)"
)
AGAIN = (
    "; {} verdicts are on inputs that the ledger does not know, and whose articles came in again: they are no loss ({})"
)


@dataclass
class Seen:
    """How much was looked at."""

    inputs: int = 0
    articles: int = 0
    verdicts: int = 0
    again: Some = field(default_factory=Some)  # verdicts on what the ledger knows by a later input alone


def compare(settings: House, store: stores.Comparing, found: Check, *, until: datetime, patience: Patience) -> None:
    """Hold both ways; a verdict is written before the store hears of it, so what the store knows dedup knew before.

    What was received before one of the two was begun anew the other knows alone, and after `until` the store may not.
    """
    anew, seen = begun_anew(settings.home, "dedup", "store"), Seen()
    since = anew.get("dedup")

    def looks(session: Session, missing: Notes) -> Iterator[None]:
        dedup = Comparing(session)
        yield from _ends(store.judged(since=since), dedup, missing, seen)
        yield from _verdicts(dedup, store, missing, seen, between=Between(anew.get("store"), until))
        yield from _articles(store.whole(since=since), dedup, missing, seen)

    if hold(settings, "dedup", looks, found, patience):
        again = AGAIN.format(seen.again.number, seen.again.told()) if seen.again.number else ""
        found.looked_at.append(
            f"dedup's memory: {seen.verdicts} verdicts and the ends of {seen.inputs} inputs against each other, and "
            f"the fingerprints of {seen.articles} articles against their texts; not what many articles share{again}"
        )


def _ends(pages: Iterable[Sequence[Judged]], dedup: Comparing, missing: Notes, seen: Seen) -> Iterator[None]:
    for page in pages:
        said = dedup.verdicts([one.input_id for one in page])
        for one in page:
            if (what := _amiss(one, said)) is not None:
                missing.miss(what, one.input_id)
        seen.inputs += len(page)
        yield


def _amiss(one: Judged, said: Mapping[str, Said | None]) -> str | None:
    if one.input_id not in said:
        return FORGOTTEN
    verdict = said[one.input_id]
    if verdict is None:
        return UNREADABLE
    return None if _fits(one, verdict) else OTHERWISE


def _fits(one: Judged, said: Said) -> bool:
    """A duplicate that is an original by now is on its way to its place."""
    if one.article_id != said.article_id:
        return False
    if one.state is State.STORED:
        return said.duplicate_of is None
    return said.duplicate_of in {None, one.duplicate_of}


def _verdicts(
    dedup: Comparing, store: stores.Comparing, missing: Notes, seen: Seen, *, between: Between
) -> Iterator[None]:
    for page in dedup.judged_inputs():
        settled = [input_id for input_id in page if between.has(input_id)]
        known = store.states(settled)
        unknown = [input_id for input_id in settled if input_id not in known]
        latest = store.latest_inputs({page[input_id] for input_id in unknown}) if unknown else {}
        for input_id in unknown:
            if latest.get(page[input_id], "") > input_id:  # ids are in the order of time
                seen.again.add(input_id)
            else:
                missing.miss(NEVER_HEARD, input_id)
        seen.verdicts += len(settled)
        yield


def _articles(pages: Iterable[Sequence[Whole]], dedup: Comparing, missing: Notes, seen: Seen) -> Iterator[None]:
    for page in pages:
        articles = [article for one in page if (article := _article(one, missing)) is not None]
        held = dedup.held([one.content for one in articles])
        for article in articles:
            _hold(article, held.get(article.content), missing)
        seen.articles += len(articles)
        yield


def _hold(article: Article, held: Held | None, missing: Notes) -> None:
    if held is None or held.article_id != article.article_id:
        missing.miss(UNKNOWN, article.article_id)
    elif not held.is_of(article):
        missing.miss(ANOTHER, article.article_id)


def _article(one: Whole, missing: Notes) -> Article | None:
    """What dedup was told of it; None where that cannot be read."""
    try:
        document = ArticleEnriched.model_validate_json(one.enriched).document
    except ValidationError:
        missing.miss(NOT_READ, one.article_id)
        return None
    return article_of(one.article_id, document, fingerprint)
