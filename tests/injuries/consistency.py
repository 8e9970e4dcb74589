"""Whether ledger, tables, announcements, dead letters and metrics say the same: a line for whatever does not."""

from collections import Counter
from collections.abc import Iterator, Sequence

from contracts.identity import article_id, input_id_of
from contracts.outcomes import State
from tests.injuries import forms
from tests.injuries.seen import Entry, Event, Evidence, Special
from tests.injuries.workload import Given

PAST = {
    "judged",
    "remembered",
    "sketches",
    "rejudged",
    "traceparent",
}  # what no input has that did not come through the inbox
ANNOUNCED_AS = {State.STORED: "article_enriched", State.DUPLICATE: "article_duplicated"}

Pairs = Sequence[tuple[Given, Entry]]


def other(pairs: Pairs, seen: Evidence, special: Special) -> Iterator[str]:
    """What is neither lost nor stored twice nor never announced, and is not as it should be."""
    yield from _articles(pairs, seen)
    yield from seen.broken
    yield from _differences(seen, special)
    yield from forms.misshapen(seen, special)
    yield from _bytes(seen)
    yield from _duplicates(seen)
    yield from _announcements(seen, special)
    yield from _what_events_say(pairs, seen)
    yield from _burials(seen, special)
    yield from _left_over(seen)
    yield from _shown(seen)


def without_an_article(seen: Evidence) -> Iterator[str]:
    """Inputs that are stored in the ledger's words alone."""
    rows = {kept.input_id for kept in seen.articles}
    for input_id in sorted(_in(seen, State.STORED) - rows):
        yield f"{input_id}: stored, says the ledger, and there is no article"


def stored_twice(seen: Evidence, special: Special) -> Iterator[str]:
    """Articles that are there again, or were made again."""
    versions = Counter((kept.source_uri, kept.sha256) for kept in seen.articles)
    inputs = Counter(kept.input_id for kept in seen.articles)
    yield from (f"{place}: {number} articles" for (place, _), number in versions.items() if number > 1)
    yield from (f"{input_id}: {number} articles of one input" for input_id, number in inputs.items() if number > 1)
    for kept in seen.articles:
        if kept.enrichment != 1 + special.replayed[kept.article_id]:
            yield f"{kept.source_uri}: enriched {kept.enrichment} times"


def never_announced(seen: Evidence) -> list[str]:
    """What should have been said of stored and duplicate inputs, and was not."""
    return sorted(_expected(seen).keys() - {_without_way(event.ce_id) for event in seen.events})


def _articles(pairs: Pairs, seen: Evidence) -> Iterator[str]:
    given = {entry.input_id: one for one, entry in pairs}
    for kept in seen.articles:
        one = given.get(kept.input_id)
        if one is not None and (kept.sha256, kept.source_uri) != (one.sha256, one.source_uri):
            yield f"{kept.input_id}: an article of other bytes or another place than was given"
        if one is not None and kept.article_id != article_id(kept.source_uri, kept.sha256):
            yield f"{kept.input_id}: {kept.article_id} is not the id of its article"
    articles = {kept.input_id: kept.article_id for kept in seen.articles}
    for entry in seen.ledger:
        if entry.state is State.STORED and articles.get(entry.input_id, entry.article_id) != entry.article_id:
            yield f"{entry.input_id}: ledger and articles differ on its article"
    for input_id in sorted(articles.keys() - _in(seen, State.STORED)):
        yield f"{input_id}: an article whose input is not stored"


def _differences(seen: Evidence, special: Special) -> Iterator[str]:
    """What is not the same wherever it is kept; what a fault said past some of the services, these do not know."""
    for one in seen.differences:
        said_past_us = one.who in special.inputs and (one.where in PAST or one.what in PAST)
        column = one.where.partition(" ")[0], one.what.rpartition(".")[2]
        if not said_past_us and not (one.is_blank and column in special.anew):
            yield str(one)


def _bytes(seen: Evidence) -> Iterator[str]:
    articles = {kept.input_id: kept.sha256 for kept in seen.articles}
    for entry in seen.ledger:
        if entry.sha256 not in {None, articles.get(entry.input_id, entry.sha256)}:
            yield f"{entry.input_id}: ledger and articles differ on its bytes"


def _duplicates(seen: Evidence) -> Iterator[str]:
    told = {entry.input_id: entry.duplicate_of for entry in seen.ledger if entry.state is State.DUPLICATE}
    for input_id in sorted({input_id for input_id, _ in told.items() ^ seen.duplicates.items()}):
        yield f"{input_id}: ledger and duplicates differ on what it is a duplicate of"


def _announcements(seen: Evidence, special: Special) -> Iterator[str]:
    """Nothing is said that is not so, and nothing in two words but what was sent again."""
    ids: dict[str, set[str]] = {}
    again = {input_id_of(event.ce_id) for event in seen.events if event.article_id in special.replayed}
    for event in seen.events:
        ids.setdefault(_without_way(event.ce_id), set()).add(event.ce_id)
    expected = _expected(seen)
    yield from (f"{said}: announced, and not in the ledger" for said in sorted(ids.keys() - expected.keys()))
    for said, under in ids.items():
        if len(under) > 1 and input_id_of(said) not in special.requeued | again:
            yield f"{said}: announced under {', '.join(sorted(under))}"
    known = {event.article_id for event in seen.events if event.duplicate_of is None}
    for event in seen.events:
        if event.duplicate_of is not None and event.duplicate_of not in known:
            yield f"{event.ce_id}: a duplicate of {event.duplicate_of}, which nobody announced"


def _what_events_say(pairs: Pairs, seen: Evidence) -> Iterator[str]:
    """The same as the ledger, and of the file that was given."""
    expected = _expected(seen)
    given = {entry.input_id: one for one, entry in pairs}
    for event in dict.fromkeys(seen.events):
        entry, one = expected.get(_without_way(event.ce_id)), given.get(input_id_of(event.ce_id))
        if entry is not None and _of_ledger(event) != (entry.article_id, entry.source_uri, entry.duplicate_of):
            yield f"{event.ce_id}: it says something else than the ledger"
        if one is not None and event.sha256 != one.sha256:
            yield f"{event.ce_id}: announced with other bytes than were given"
        if one is not None and event.duplicate_of is None and one.text_sha256 not in {None, event.text_sha256}:
            yield f"{event.ce_id}: announced with another text than was given"


def _of_ledger(event: Event) -> tuple[str, str, str | None]:
    return event.article_id, event.source_uri, event.duplicate_of


def _burials(seen: Evidence, special: Special) -> Iterator[str]:
    """What is dead lies in DEAD and in the table, once; and nothing else does."""
    states = {entry.input_id: entry.state for entry in seen.ledger}
    graves = {grave.message_id for grave in seen.graves}
    yield from (f"buried {n} times: {one}" for one, n in Counter(seen.buried).items() if n > 1)
    yield from (f"buried, and not recorded: {one}" for one in sorted(set(seen.buried) - graves))
    yield from (f"recorded, and not in DEAD: {one}" for one in sorted(graves - set(seen.buried)))
    for grave in seen.graves:
        state = states.get(grave.input_id or "", State.DEAD)
        if state is not State.DEAD and grave.input_id not in special.requeued:
            yield f"{grave.message_id}: buried, and its input is {state}"
        if grave.is_requeued and grave.input_id not in special.requeued:
            yield f"{grave.message_id}: it was sent again, and nobody did so"
    for input_id in sorted(_in(seen, State.DEAD) - {grave.input_id for grave in seen.graves}):
        yield f"{input_id}: dead, and there is no dead letter"
    if (strange := sum(grave.input_id not in states for grave in seen.graves)) != special.letters:
        yield f"{strange} dead letters speak of no input, {special.letters} were said"


def _left_over(seen: Evidence) -> Iterator[str]:
    yield from (f"left in a claim: {path}" for path in seen.claimed)
    yield from (f"left in the inbox: {path}" for path in seen.waiting)
    yield from (f"{number} messages are left in {stream}" for stream, number in seen.queues.items() if number)
    yield from (f"left to be announced: {input_id}" for input_id in seen.unannounced)
    yield from (f"RAW: {name} is damaged" for name, found in seen.originals.items() if name != found)


def _shown(seen: Evidence) -> Iterator[str]:
    counted = Counter(str(entry.state) for entry in seen.ledger)
    for state in sorted(counted.keys() | seen.counts.keys()):
        if seen.counts.get(state, 0) != counted[state] or state not in set(State):
            yield f"input_counts: {seen.counts.get(state, 0)} are {state}, the ledger has {counted[state]}"
    if not seen.shown:
        yield "wireroom_inputs is not shown"
        return
    rows = Counter(entry.state for entry in seen.ledger)
    for state in State:
        if seen.shown.get(state, 0) != rows[state]:
            yield f"wireroom_inputs{{state={state}}} is {seen.shown.get(state, 0)}, the ledger has {rows[state]}"


def _expected(seen: Evidence) -> dict[str, Entry]:
    """What must have been said, and of what."""
    return {
        f"{entry.input_id}:{ANNOUNCED_AS[entry.state]}": entry for entry in seen.ledger if entry.state in ANNOUNCED_AS
    }


def _without_way(ce_id: str) -> str:
    """What is said, whether or not a requeue (`:q1`) brought it there."""
    return ":".join(ce_id.split(":")[:2])


def _in(seen: Evidence, state: State) -> set[str]:
    return {entry.input_id for entry in seen.ledger if entry.state is state}
