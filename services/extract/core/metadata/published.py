"""When an article was published: claims first, then what stands in the text; no date is completed or invented."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from contracts.document import Claim
from contracts.extraction import Precision, Published
from services.extract.core.calendar_names import CalendarNames
from services.extract.core.metadata.claims import DATE_RANKS, ranked
from services.extract.core.metadata.date_lines import DateLine
from services.extract.core.written_dates import in_utc, with_time, written_dates

_METHODS = {"html-time": "time", "html": "time"}
# How often each was the right day on pages and texts with gold: see tests/eval/eval_metadata.py.
_CLAIMED = {"jsonld": 0.98, "opengraph": 0.97, "meta": 0.95}
_CLAIMED_ELSEWHERE = 0.85
_IN_THE_FUTURE = 0.3
_DISPUTED = 0.8
_ISO_MOMENT = re.compile(
    r"(?P<day>\d{4}-?\d{2}-?\d{2})[T ](?P<time>\d{2}:?\d{2}(?P<seconds>:?\d{2}(?:[.,]\d+)?)?) ?"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT_DAY = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})")


def published(
    claims: Iterable[Claim], text: str, lines: Iterable[DateLine], names: CalendarNames, received_at: datetime
) -> Published | None:
    """Judge the evidence for the time of publication; its value is in UTC and cut to what was said."""
    claimed = [
        each for claim in ranked(claims, "published", DATE_RANKS) if (each := _claimed(claim, names, received_at))
    ]
    if not claimed:
        return _written(text, lines)
    best = max(claimed, key=lambda each: each.confidence > _IN_THE_FUTURE)
    disputed = any(not _one_time(best.value, other.value) for other in claimed)
    return best.model_copy(update={"confidence": best.confidence * _DISPUTED}) if disputed else best


def _claimed(claim: Claim, names: CalendarNames, received_at: datetime) -> Published | None:
    value = _moment(claim.value.strip()[:100]) or _day(claim.value.strip()[:100], names)
    if value is None:
        return None
    trust = _CLAIMED.get(claim.origin.partition("-")[0], _CLAIMED_ELSEWHERE)
    future = value[0][:10] > (received_at.astimezone(UTC) + timedelta(days=1)).strftime("%Y-%m-%d")
    return Published(
        value=value[0],
        precision=value[1],
        method=_METHODS.get(claim.origin, claim.origin),
        evidence=claim.value.strip(),
        confidence=_IN_THE_FUTURE if future else trust,
    )


def _moment(stamp: str) -> tuple[str, Precision] | None:
    """Read a day and time into UTC; without a zone, or at midnight, no more than the day is told."""
    if match := _ISO_MOMENT.match(stamp):
        zone = (match["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
        try:
            moment = datetime.fromisoformat(f"{match['day']}T{match['time'].replace(',', '.')}{zone}")
        except ValueError:
            return None
        return _cut(moment, seconds=match["seconds"] is not None)
    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError):
        return None
    return _cut(moment, seconds=stamp.count(":") > 1)


def _cut(moment: datetime, *, seconds: bool) -> tuple[str, Precision] | None:
    if not 1000 <= moment.year <= 2999:
        return None
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if moment.tzinfo is None or midnight:
        # Midnight sharp is how systems write a day whose time they do not know.
        return moment.strftime("%Y-%m-%d"), "day"
    precision: Precision = "second" if seconds else "minute"
    return in_utc(moment, precision), precision


def _day(stamp: str, names: CalendarNames) -> tuple[str, Precision] | None:
    if match := _COMPACT_DAY.match(stamp):
        stamp = "-".join(match.groups()) + stamp[match.end() :]
    found = next(written_dates(stamp, 0, len(stamp), names), None)
    if found is None:
        return (stamp, "year") if re.fullmatch(r"[12]\d{3}", stamp) else None
    dated = with_time(stamp, found, len(stamp))
    return dated.value, dated.precision


def _one_time(one: str, other: str) -> bool:
    """Whether two values can be one moment: the same as far as both go, or a day apart, as zones are."""
    if len(one) < 10 or len(other) < 10:
        return one.startswith(other) or other.startswith(one)
    apart = datetime.fromisoformat(one[:10]) - datetime.fromisoformat(other[:10])
    return abs(apart) <= timedelta(days=1)


def _written(text: str, lines: Iterable[DateLine]) -> Published | None:
    weighed = list(_weighed(text, lines))
    return max(weighed, key=lambda each: each.confidence, default=None)


def _weighed(text: str, lines: Iterable[DateLine]) -> Iterator[Published]:
    for line in lines:
        if line.label == "modified":
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
