"""The dates that the article mentions, and those of them that its own date of publication completes."""

from datetime import date, timedelta

from contracts.extraction import DateMention, Precision, Published
from contracts.value import Span
from services.extract.core.date_anchor import Anchor, iso
from services.extract.core.date_forms import DateForm, forms_in
from services.extract.core.date_words import Relative
from services.extract.core.paragraphs import paragraphs


def dates(text: str, body: tuple[Span, ...], published: Published | None, language: str) -> tuple[DateMention, ...]:
    """The dates of `body` in reading order; `language` is a primary subtag.

    A value is null where the text and `published` leave more than one reading: a day without its year when nothing
    tells the year, a day that the calendar does not have, 3/4/2018 in English. The precision is then the mention's own.
    "Yesterday", "Monday", "the day before" are mentioned only if they can be resolved, and "today" never: it often
    means "nowadays".
    """
    anchor = Anchor.of(published)
    found = []
    for start, end in paragraphs(text, body):
        last_day: date | None = None  # what "the day before" counts from: the last day told in the paragraph
        for form in forms_in(text, start, end, language):
            mention = _mention(text, form, anchor, last_day)
            if mention is None:
                continue
            found.append(mention)
            if mention.value and mention.precision == "day":
                last_day = date.fromisoformat(mention.value.rpartition("/")[2])
    return tuple(found)


def _mention(text: str, form: DateForm, anchor: Anchor, last_day: date | None) -> DateMention | None:
    precision: Precision = form.relative.unit if form.relative else (form.last or form.first).precision
    if form.relative is not None:
        value = _counted(form.relative, anchor, last_day)
    elif form.weekday_only:
        value, precision = _weekday(form, anchor), "day"
    else:
        value = _dated(form, anchor)
    if value is None and (form.relative is not None or form.weekday_only):
        return None
    surface = text[form.start : form.end]
    return DateMention(start=form.start, end=form.end, surface=surface, value=value, precision=precision)


def _dated(form: DateForm, anchor: Anchor) -> str | None:
    if form.is_ambiguous:
        return None
    if form.last is None:
        return iso(anchor.completed(form.first))
    last = anchor.completed(form.last)
    first = form.first._replace(month=form.first.month or last.month)
    if first.year is None and last.year is not None:
        turns = (first.month or 0) > (last.month or 0)
        first = first._replace(year=last.year - turns)
    ends = iso(first), iso(last)
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return f"{ends[0]}/{ends[1]}"


def _counted(relative: Relative, anchor: Anchor, last_day: date | None) -> str | None:
    if relative.anaphoric:
        return None if last_day is None else (last_day + timedelta(days=relative.offset)).isoformat()
    return anchor.counted(relative.unit, relative.offset)


NEARER_DAYS = 3  # a weekday four to six days ago is one to three days ahead: which is meant is not said


def _weekday(form: DateForm, anchor: Anchor) -> str | None:
    """The day meant by a weekday: as "last", "next" and "this" have it; bare, only where the last is nearer."""
    day, weekday = anchor.as_day(), form.first.weekday
    if day is None or weekday is None:
        return None
    back = (day.weekday() - weekday) % 7  # days since that weekday, 0 for the day itself
    offsets = {"last": -(back or 7), "next": (7 - back) if back else 7, "this": -back if back <= 3 else 7 - back}
    if form.direction == "" and back > NEARER_DAYS:
        return None
    return (day + timedelta(days=offsets.get(form.direction, -back))).isoformat()
