"""The dates that the article mentions, and those of them that its own date of publication completes."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from contracts.extraction import DateMention, Precision, Published
from contracts.value import Span
from services.extract.core.paragraphs import paragraphs
from services.extract.core.temporal.date_anchor import NEAR_DAYS, NEARER_DAYS, Anchor, Moment, Way, iso
from services.extract.core.temporal.date_bare import with_bare_days
from services.extract.core.temporal.date_forms import DateForm, forms_in
from services.extract.core.temporal.date_moments import with_year_of
from services.extract.core.temporal.date_said import said_on, sent_on
from services.extract.core.temporal.date_tense import had_been

# A day without its year that is far from the publication (NEAR_DAYS) belongs to a date told before that is so near.
_BESIDE_DAYS = 31
_NEAR_MONTHS_DAYS = 80  # what is to come so soon is spoken of in the past too: December's vote was called off
_ANNIVERSARY_DAYS = 15  # so near to the same day of a year told before, which of them is meant is not told
_MOST_TOLD = 8
_SURE_WITHIN = 0.6  # of what counts from the day on which words were said


class _Reading(NamedTuple):
    """A value, how sure it is, and the date that completed it."""

    value: str | None
    confidence: float = 1.0
    anchor: str | None = None
    precision: Precision = "day"


_UNRESOLVED = _Reading(None)


def dates(
    text: str, body: tuple[Span, ...], published: Published | None, language: str, quoted: Sequence[Span] = ()
) -> tuple[DateMention, ...]:
    """The dates of `body` in reading order; `language` is a primary subtag, `quoted` are the works within it.

    A value is null where the text and `published` leave more than one reading: a day without its year when nothing
    tells the year, a day that the calendar does not have, 3/4/2018 in English. The precision is then the mention's own.
    "Yesterday", "Monday", "the day before" are mentioned only if they can be resolved, and "today" only beside what was
    said or done: elsewhere it means "nowadays". In words said or sent on another day that is told they count from it.
    """
    found = [
        (start, end, with_bare_days(text, start, end, list(forms_in(text, start, end, language)), language))
        for start, end in paragraphs(text, body)
    ]
    context = _Context(Anchor.of(published))
    mentions: list[DateMention] = []
    eves: list[DateForm] = []
    sent = sent_on(text, quoted, [form for _, _, forms in found for form in forms])
    for start, end, forms in found:
        context.begin_paragraph()
        elsewhere = ChainMap(said_on(text, start, end, forms), sent)
        for form in forms:
            if form.kind == "eve":
                eves.append(form)
            elif mention := context.mention_within(text, form, elsewhere):
                mentions.append(mention)
    told = {one.value for one in mentions}
    mentions += filter(None, [_eve(text, form, context.anchor, told) for form in eves])
    return tuple(sorted(mentions, key=lambda one: one.start) if eves else mentions)


class _Context:
    """What the dates of an article are completed by: its publication, and the dates told before."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self._day: date | None = None  # what "the day before" counts from
        self._told: list[Anchor] = []  # days and months told with their own year
        self._paragraphs = 0  # since that day was told
        self._year = 0  # told last in the paragraph
        self._base: tuple[date, int] | None = None  # what the last "day after" counted from, and how far
        self._last: str | None = None  # what "the following year" counts from: the last date told in the paragraph

    def begin_paragraph(self) -> None:
        """A paragraph goes on with the day of the one before, but not with that of an earlier one."""
        self._paragraphs += 1
        self._last, self._year = None, 0
        if self._paragraphs > 1:
            self._day = None

    def mention(self, text: str, form: DateForm) -> DateMention | None:
        """The mention that a form makes; None where only what it counts from would tell that it is one."""
        read = self._of_that_time(text, form) or self._read(form)
        if read.value is None and form.kind not in _NAMED:
            return None
        if read.value and read.precision == "day":
            self._day, self._paragraphs = date.fromisoformat(read.value.rpartition("/")[2]), 0
        self._last = read.value or self._last
        self._year = form.first.year or self._year
        if read.value and form.first.year and form.first.month and form.last is None:
            self._told = [*self._told[1 - _MOST_TOLD :], Anchor(form.first.year, form.first.month, form.first.day)]
        return DateMention(
            start=form.start,
            end=form.end,
            surface=text[form.start : form.end],
            value=read.value,
            precision=read.precision,
            confidence=round(read.confidence, 2),
            anchor=read.anchor,
        )

    def mention_within(
        self, text: str, form: DateForm, elsewhere: Mapping[DateForm, DateForm | None]
    ) -> DateMention | None:
        """The mention that a form makes where it stands: in words of another day it counts from that one."""
        if form not in elsewhere:
            return self.mention(text, form)
        on = elsewhere[form]
        told = self._read(on).value if on else None
        if told is None or not self._is_another(told):
            return self.mention(text, form) if on else None
        here, self.anchor = self.anchor, Anchor.at(told)
        mention = self.mention(text, form)
        self.anchor = here
        return mention and mention.model_copy(update={"confidence": min(mention.confidence, _SURE_WITHIN)})

    def _is_another(self, told: str) -> bool:
        """Whether a date that was told is one before the publication, and does not hold it."""
        here = self.anchor.value
        return here is None or (told < here and not here.startswith(told))

    def _is_of_a_year_told(self, value: str | None) -> bool:
        """Whether a day may be of an earlier year that its paragraph told before it: In 1995 … On July 11."""
        return value is not None and 0 < self._year < int(value[:4])

    def _read(self, form: DateForm) -> _Reading:
        if form.kind in _NAMED:
            return self._named(form)
        if form.kind == "told_day":
            return self._of_the_month_told(form)
        if form.kind == "told_before":
            day = self._counted_from(form)
            value = (day + timedelta(days=form.offset)).isoformat() if day else None
            return _Reading(value, 0.6 if self._paragraphs else 0.75, day.isoformat() if day else None)
        if form.kind == "told_unit":
            value, precision = Anchor.at(self._last).counted(form.unit, form.offset)
            return _Reading(value, 0.6, self._last, precision)
        return self._counted(form)

    def _of_that_time(self, text: str, form: DateForm) -> _Reading | None:
        """A day of the time told right before, as the verb has it: pris le 20 novembre 2012, quitté le 1er décembre."""
        moment = form.first
        is_day = form.kind == "day" and moment.day is not None and moment.year is None and form.last is None
        told = self._told[-1] if self._told else None
        if not is_day or told is None or self._last != told.value or not had_been(text, form.start):
            return None
        value = iso(told.completed(moment))
        is_near = value is not None and told.days_from(value) <= _BESIDE_DAYS and (told.value or "") <= value
        return _Reading(value, 0.6, told.value) if is_near else None

    def _counted_from(self, form: DateForm) -> date | None:
        """The day that one counts from: of the second day after, behind the day after, that which both come after."""
        before, self._base = self._base, None
        is_second = (
            before is not None and 2 * before[1] == form.offset and self._day == before[0] + timedelta(before[1])
        )
        day = before[0] if before and is_second and abs(before[1]) == 1 else self._day
        self._base = (day, form.offset) if day else None
        return day

    def _of_the_month_told(self, form: DateForm) -> _Reading:
        """A day told by its number: of the month of the day told last, else of the publication's, if that is over."""
        day, number, anchor = self._day, form.first.day or 0, self.anchor
        if day:
            value = iso(Moment(day.year, day.month, number))
            return _Reading(value, 0.6 if self._paragraphs else 0.75, day.isoformat())
        if anchor.month is None or number > (anchor.day or number):
            return _UNRESOLVED
        return _Reading(iso(Moment(anchor.year, anchor.month, number)), 0.6, anchor.value)

    def _counted(self, form: DateForm) -> _Reading:
        """A date that counts from the publication."""
        told, anchor = self.anchor.value, self.anchor
        if form.kind == "near":
            return _Reading(anchor.shifted(form.offset), 0.9, told)
        if form.kind == "unit":
            value, precision = anchor.run_of(form.unit, form.way)
            return _Reading(value, 0.9, told, precision)
        if form.kind == "season":
            return _Reading(anchor.season(form.first.month or 0, form.way), 0.7, told, "year")
        sure = {"last": 0.9, "next": 0.9, "this": 0.95, "past": 0.85, "coming": 0.7}.get(form.way, 0.75)
        first, last = (self._weekday(one, form.way) for one in (form.first, form.last or form.first))
        if first is None or last is None:
            return _UNRESOLVED
        if form.way == "" and form.first.day is None and anchor.days_from(first.isoformat()) > NEARER_DAYS:
            sure = 0.5  # neither a word nor a verb tells that it is behind
        if form.last is None:
            return _Reading(first.isoformat(), sure, told)
        if first > last:  # told on the first of them, it goes on: on Tuesday and Wednesday, of a Tuesday
            is_today = first == anchor.as_day() and form.way != "last"
            first, last = (first, last + timedelta(weeks=1)) if is_today else (first - timedelta(weeks=1), last)
        return _Reading(f"{first.isoformat()}/{last.isoformat()}", sure - 0.1, told)

    def _weekday(self, moment: Moment, way: Way) -> date | None:
        if moment.weekday is None:
            return None
        if moment.day is not None:
            return self.anchor.day_called(moment.weekday, moment.day)
        return self.anchor.weekday(moment.weekday, way)

    def _named(self, form: DateForm) -> _Reading:
        """A date that is named, in whole or but for its year."""
        precision = (form.last or form.first).precision
        if form.is_ambiguous:
            return _Reading(None, precision=precision)
        anchor, sure = self._anchor_for(form)
        value = _value(form, anchor)
        if value and form.offset:
            value = (date.fromisoformat(value) + timedelta(days=form.offset)).isoformat()
        told_whole = form.first.year is not None or (form.last is not None and form.last.year is not None)
        return _Reading(value, 0.98 if told_whole else sure, None if told_whole else anchor.value, precision)

    def _anchor_for(self, form: DateForm) -> tuple[Anchor, float]:
        """What completes a date without its year: the publication; a date told before where that is all there is.

        What lies right beside a date of long ago, and far from the publication, belongs to the story of that time.
        """
        moment, published = form.last or form.first, self.anchor
        if moment.year is not None or moment.month is None or form.way in {"last", "next", "this", "since"}:
            return published, 0.9
        if published.month is None:
            is_unknown = published.year is None and self._told
            return (self._told[-1], 0.7) if is_unknown else (published, 0.9)
        same = next((told for told in reversed(self._told) if _is_of_day(told, moment)), None)
        return self._of_the_same_day(form, same) if same else self._of_what_was_told(form)

    def _of_the_same_day(self, form: DateForm, told: Anchor) -> tuple[Anchor, float]:
        """The day that was told with its year; on its anniversary which of them is meant is not told."""
        published = self.anchor
        nearest = iso(published.completed(form.last or form.first, form.way))
        is_anniversary = nearest and nearest != told.value and published.days_from(nearest) <= _ANNIVERSARY_DAYS
        return (told, 0.7) if not is_anniversary else (published if form.way == "coming" else Anchor(), 0.6)

    def _of_what_was_told(self, form: DateForm) -> tuple[Anchor, float]:
        """The publication where a date is near to it, else a date told before that is; neither where both are far."""
        moment, published = form.last or form.first, self.anchor
        nearest = iso(published.completed(moment, form.way))
        away = published.days_from(nearest) if nearest else 0
        is_of_before = (
            moment.day is None and form.way == "past" and nearest is not None and published.is_before(nearest)
        )
        if nearest is not None and away <= NEAR_DAYS and not is_of_before:
            return published, 0.9
        for told in reversed(self._told):
            value = iso(told.completed(moment))
            if value is not None and told.days_from(value) <= _BESIDE_DAYS:
                return told, 0.6
        if moment.day is not None and form.way != "coming" and self._is_of_a_year_told(nearest):
            return Anchor(), 0.6
        is_contradicted = is_of_before and away > _NEAR_MONTHS_DAYS
        return (Anchor(), 0.6) if is_contradicted else (published, 0.8)


def _is_of_day(told: Anchor, moment: Moment) -> bool:
    return moment.day is not None and (told.month, told.day) == (moment.month, moment.day)


_NAMED = {"days", "day", "months", "month", "years", "year", "figures", "decade"}


def _value(form: DateForm, anchor: Anchor) -> str | None:
    if form.last is None:
        return iso(anchor.completed(form.first, form.way))
    last = anchor.completed(form.last, form.way)
    first = with_year_of(form.first._replace(month=form.first.month or last.month), last)
    ends = iso(first), iso(last)
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return f"{ends[0]}/{ends[1]}"


def _eve(text: str, form: DateForm, anchor: Anchor, told: set[str | None]) -> DateMention | None:
    """The day of publication as the eve of what comes, where the article names the day after as coming."""
    day, following = anchor.shifted(0), anchor.shifted(1)
    if form.offset != -1 or following is None or following not in told:
        return None
    surface = text[form.start : form.end]
    return DateMention(
        start=form.start, end=form.end, surface=surface, value=day, precision="day", confidence=0.6, anchor=following
    )
