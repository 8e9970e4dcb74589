"""When an article was published: claims first, then what stands in the text; no date is completed or invented."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from contracts.document import Claim
from contracts.extraction import Published
from services.extract.core.calendar_names import CalendarNames
from services.extract.core.metadata.addresses import day_in
from services.extract.core.metadata.claims import DATE_RANKS, ranked
from services.extract.core.metadata.date_lines import DateLine
from services.extract.core.metadata.stamps import shown, stamped

_METHODS = {"html-time": "time", "html": "time"}
# How often each was the right day on pages and texts with gold: see tests/eval/eval_metadata.py.
_CLAIMED = {"jsonld": 0.98, "opengraph": 0.97, "meta": 0.95}
_CLAIMED_ELSEWHERE = 0.85
# What a page shows its readers: the method it is, and how sure it is with a label and without one.
_SHOWN = {"html-date": ("shown_date", 0.95, 0.91), "html-line": ("shown_line", 0.93, 0.88)}
_ADDRESSED = 0.87
_ON_ITS_DAY = 0.6  # no label, and the day on which the page came in: it may be that of its reading
_IN_THE_FUTURE = 0.3
_DISPUTED = 0.8


def published(
    claims: Iterable[Claim],
    text: str,
    lines: Iterable[DateLine],
    names: CalendarNames,
    *,
    received_at: datetime,
    address: str | None = None,
) -> Published | None:
    """Judge the evidence for the time of publication; its value is in UTC and cut to what was said."""
    told = ranked(claims, "published", DATE_RANKS)
    claimed = [each for claim in told if (each := _claimed(claim, names, received_at))]
    best = max(claimed, key=lambda each: each.confidence > _IN_THE_FUTURE, default=None)
    if best is None or best.confidence <= _IN_THE_FUTURE:
        seen = [each for claim in told if (each := _shown(claim, names, received_at))]
        return max(
            (*seen, *_weighed(text, lines, received_at), *_addressed(address, received_at)), key=_sure, default=best
        )
    disputed = any(not _one_time(best.value, other.value) for other in claimed)
    return best.model_copy(update={"confidence": best.confidence * _DISPUTED}) if disputed else best


def _sure(found: Published) -> float:
    return found.confidence


def _claimed(claim: Claim, names: CalendarNames, received_at: datetime) -> Published | None:
    if claim.origin in _SHOWN or (told := stamped(claim.value, names)) is None:
        return None
    value, precision = told
    trust = _CLAIMED.get(claim.origin.partition("-")[0], _CLAIMED_ELSEWHERE)
    return Published(
        value=value,
        precision=precision,
        method=_METHODS.get(claim.origin, claim.origin),
        evidence=claim.value.strip(),
        confidence=_IN_THE_FUTURE if _is_future(value, received_at) else trust,
    )


def _shown(claim: Claim, names: CalendarNames, received_at: datetime) -> Published | None:
    if claim.origin not in _SHOWN:
        return None
    found = shown(claim.value, names, alone=claim.origin == "html-line")
    if found is None or _is_future(found.value, received_at):
        return None
    method, labelled, bare = _SHOWN[claim.origin]
    trust = labelled if found.label == "published" else bare
    if found.label == "none" and found.value[:10] == _day_of(received_at):
        trust = _ON_ITS_DAY
    return Published(
        value=found.value,
        precision=found.precision,
        method=method,
        evidence=claim.value.strip(),
        confidence=round(trust * found.certainty, 3),
    )


def _addressed(address: str | None, received_at: datetime) -> Iterator[Published]:
    """The day that an address names, as many publishers write them."""
    if address and (found := day_in(address)) and not _is_future(found.value, received_at):
        yield Published(
            value=found.value,
            precision="day",
            method="address",
            evidence=found.evidence,
            confidence=_ADDRESSED,
        )


def _is_future(value: str, received_at: datetime) -> bool:
    return value[:10] > _day_of(received_at + timedelta(days=1))


def _day_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d")


def _one_time(one: str, other: str) -> bool:
    """Whether two values can be one moment: the same as far as both go, or a day apart, as zones are."""
    if len(one) < 10 or len(other) < 10:
        return one.startswith(other) or other.startswith(one)
    apart = datetime.fromisoformat(one[:10]) - datetime.fromisoformat(other[:10])
    return abs(apart) <= timedelta(days=1)


def _weighed(text: str, lines: Iterable[DateLine], received_at: datetime) -> Iterator[Published]:
    for line in lines:
        if line.label == "modified" or _is_future(line.date.value, received_at):
            continue
        date = line.date
        trust = 0.95 if line.label == "published" else 0.9 if line.alone else 0.8
        # A bare date at the far end may be anything: the next event, a reader's comment.
        late = line.label == "none" and line.start > 1500 and line.start * 2 > len(text)
        yield Published(
            value=date.value,
            precision=date.precision,
            method=line.method,
            evidence=text[date.start : date.end],
            start=date.start,
            end=date.end,
            confidence=round((0.5 if late else trust) * date.certainty, 3),
        )
