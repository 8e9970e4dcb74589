"""Where a text tells when it was published: a collection's prefix, a date line, a date that opens the prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal

from services.extract.core.calendar_names import CalendarNames, fold
from services.extract.core.layout import Paragraph
from services.extract.core.metadata.shapes import is_name
from services.extract.core.metadata.signatures import is_byline
from services.extract.core.temporal.written_dates import WrittenDate, time_after, with_time, written_dates

Label = Literal["published", "modified", "none"]

_LONGEST_LINE = 160
_LONGEST_OPENING = 100
_MOST_DATES_IN_A_LINE = 4

_PUBLISHED_WORDS = """
    publie publiee publiees publies publication paru parue parution ligne poste postee ecrit date posted published
    publish created written submitted veroffentlicht erstellt datum stand publicado publicada fecha pubblicato
    pubblicata data publicat gepubliceerd opublikowano publikovano publicerad publisert yayinlanma tarihi
    publicacion publicacao pubblicazione veroffentlichung veroffentlichungsdatum erscheinungsdatum erschienen
    publikacji publicatiedatum publiceringsdatum udgivet
    опубликовано опубликована опубликован дата опубліковано публикувано публикация публикации публікації размещено
    نشر نشرت النشر بتاريخ تاريخ التاريخ
"""
_PUBLISHED = frozenset(_PUBLISHED_WORDS.split())
_MODIFIED_WORDS = """
    jour maj modifie modifiee modification actualise actualisee updated update modified edited revised corrected
    aktualisiert geandert actualizado actualizada modificado aggiornato atualizado bijgewerkt gewijzigd
    zaktualizowano aktualizovano modifica modificata aggiornata aggiornamento actualizacion modificacion
    uppdaterad oppdatert guncelleme обновлено изменено оновлено تحديث التحديث
"""
_MODIFIED = frozenset(_MODIFIED_WORDS.split())
_FILLER_WORDS = """
    le la les l a à au de du en et mis mise on at the and last first am um den uhr el los las il lo em op kl heure
    heures h hrs tu gmt utc est edt cet cest time heure local locale в г года год року في يوم م هـ الساعة
    p m am pm et ct mt pt pst pdt cst cdt mst mdt bst ist wat cat eat sast aest aedt msk met mez mesz ص اخر
"""
_FILLER = frozenset(_FILLER_WORDS.split())
# What was published, where a word says that something was: Article publié le, Datum der Veröffentlichung.
_WHAT_WORDS = """
    article articulo artigo articolo artikel artikkel beitrag noticia notizia статья новость материал статті
    premiere derniere der di da do
"""
_WHAT = frozenset(_WHAT_WORDS.split())
# Whoever posted it, and where a weblog filed it: Posté par A. Martin dans Accidents le
_POSTED_BY = re.compile(
    r"\W{0,2}(?:posté|publié|rédigé|écrit|mis en ligne|posted|written|published) (?:par|by) (?P<name>[^\d\n|]{3,50}?)"
    r"(?: (?:dans|sous|in|under) [^\d\n]{2,40}?)?(?:,? (?:le|on))?\s*(?=\d|\Z)",
    re.IGNORECASE,
)
# A paper's issue: LA GAZETTE N° 1184 – semaine du 2 au
_ISSUE = re.compile(
    r"(?P<name>[^\W\d_][^\d\n]{2,48}?)[ ,–—-]{1,3}(?:n[°ºo]\.?|numéro|issue|nr\.?|#)\s?\d{1,6}\s?[,–—|:·-]?\s*"
    r"(?:(?:semaine|édition|numéro) )?(?:d[ue] )?(?:\d{1,2}(?:er)? au )?",
    re.IGNORECASE,
)
_TIME_APART = re.compile(r"\s*[|/·,–—-]?\s*(?:à\s)?\d{1,2}\s?[h:]\s?(?:\d\d)?\b")
_COUNTED_AFTER = re.compile(
    r"\s*[|/·,(–—-]?\s*(?:\d{1,5}|aucun|pas de|no)\s(?:commentaires?|comments?|réactions?"
    r"|partages?|vues?|lectures?)\W*\Z",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]*")
_PREFIX = re.compile(
    r"[\W_]{0,3}\b(?P<key>dated?|datum|fecha|дата|data)\b[ \u00a0\t]{0,4}(?P<mark>[:=]?)\s{0,4}", re.IGNORECASE
)
_PREFIX_YEAR = re.compile(r"[12]\d{3}(?=[ \t\u00a0]*(?:[\r\n]|$))")
_PLACE = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w'’. -]{1,40}/ ?){0,2}"
    r"(?:[^\W\d_a-zß-öø-ÿ][\w'’.-]{1,20} ?){1,4}(?:\([^()\d\n]{2,30}\) ?)?[,|/\u2013\u2014-]\s*(?:le|on|den|am|el)?\s*"
)
# MADRID, 7 de mayo de 2023 (EFE). El presidente: who sent it sets the day off as a dash does.
_SENT_BY = re.compile(r"\s{0,2}\([^\W\d_a-zß-öø-ÿ][\w ./-]{1,20}\)\.?\s{1,3}(?=[\"«“]?\s?[^\W\d_])")
_BRACKET_AFTER = re.compile(r"\)\s{1,3}(?=[\"«“]?\s?[^\W\d_])")
# How long it takes to read: Temps de lecture 3 min, 3 min read, Lesezeit: 3 Minuten.
_READING = re.compile(
    r"\s*[|•·,\u2013\u2014-]?\s*"
    r"(?:(?:temps de lecture|lecture|reading time|lesezeit|lesedauer|tiempo de lectura|lectura|tempo d[ei] lettura"
    r"|tempo d[ei] leitura|leestijd|czas czytania|время (?:на )?чтени[ея])\s*:?\s*)?"
    r"(?:\d{1,3}\s*[-\u2013]\s*)?\d{1,3}\s?(?:min(?:\b|ut)\w*|мин\w*)\.?"
    r"(?:\s*(?:read|de lecture|de lectura|di lettura|de leitura|lesezeit|leestijd|чтения))?\W*\Z",
    re.IGNORECASE,
)
# Updated an hour ago
_AGO = re.compile(
    r"[\s|•·,\u2013\u2014-]+(?:(?:last )?(?:updated|modified|published|posted) )?(?:an?|one|two|\d{1,3})\s"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago\W*\Z",
    re.IGNORECASE,
)
_BY = r"(?:(?:rédigé|écrit|publié|posté|written|posted) )?(?:par|by|von|por|di|door)\b\s*"
_CREDIT_AFTER = re.compile(rf"\s*(?:[|•·\u2013\u2014,/-]\s*(?:{_BY})?|\b{_BY})(?P<rest>.{{0,80}})", re.IGNORECASE)
# Where a weblog filed it: Publié dans #Asie, #Guerre
FILED_UNDER = re.compile(
    r"[\s|•·,-]+(?:(?:publié|posté|classé|rangé) (?:dans|sous)|(?:posted|filed|published) (?:in|under)|publicado en"
    r"|veröffentlicht in|pubblicato in)\s?[:\uff1a]?\s?#?[^\d\n]{2,80}\Z",
    re.IGNORECASE,
)
_DASH_AFTER = re.compile(r"\s{0,2}[.,:)]?\s{0,2}(?:\([^()]{1,30}\)\.?\s{0,2})?[\u2013\u2014-]{1,2}\s{1,3}")
_CAPITAL_AFTER = re.compile(r"[)\].]?\s{1,3}(?:(?:by|par|von|por) )?(?=[\"«“'‘]?[^\W\d_])")
_HIJRI = re.compile(r".{0,70}(?:\b|هـ)الموافق\s*")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that stands where papers put theirs; `start` to `end` is what the line takes, label and time included."""

    date: WrittenDate
    label: Label
    start: int
    end: int
    method: Literal["metadata_prefix", "date_line", "opening", "dateline"] = "date_line"

    @property
    def alone(self) -> bool:
        """Whether nothing else stands in its line."""
        return self.method == "date_line"


def prefix(text: str, names: CalendarNames) -> DateLine | None:
    """`date 2021-05` and the like at the head of a text; its end is where the text goes on."""
    begin = _BLANK.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    if not (match := _PREFIX.match(text, begin, begin + 60)):
        return None
    found = next(written_dates(text, match.end(), match.end() + 60, names), None)
    if found is None or found.start != match.end():
        year = _PREFIX_YEAR.match(text, match.end()) if match["mark"] else None
        if year is None:
            return None
        found = WrittenDate(year.group(), "year", year.start(), year.end())
    dated, end = _with_time(text, found, len(text))
    rest = text[end : end + 200]
    end += len(rest) - len(rest.lstrip())
    return DateLine(replace(dated, start=match.start("key")), "published", 0, end, "metadata_prefix")


def date_line(text: str, paragraph: Paragraph, names: CalendarNames) -> DateLine | None:
    """Read the date that a short paragraph consists of, beside label, place, time and name; None if it says more."""
    if len(paragraph.text) > _LONGEST_LINE or not _may_hold_a_year(paragraph.text):
        return None
    found = list(dates_said(text, paragraph, names))
    if not found or not _says_nothing_else(text, paragraph, found):
        return None
    best = min(found, key=lambda line: ("published", "none", "modified").index(line.label))
    return replace(best, start=paragraph.start, end=paragraph.end)


def dates_said(text: str, paragraph: Paragraph, names: CalendarNames) -> Iterator[DateLine]:
    """The first dates of a line, each with what the words before it call it; whatever else the line says."""
    last = paragraph.start
    dates = written_dates(text, paragraph.start, paragraph.end, names)
    for found in islice(dates, _MOST_DATES_IN_A_LINE):
        dated, end = _with_time(text, found, paragraph.end)
        yield DateLine(dated, _label(text[last : found.start]), last, end)
        last = end


def opening(text: str, paragraph: Paragraph, names: CalendarNames) -> DateLine | None:
    """Read the date that prose opens with, set off from its first sentence by a label, a dash or a capital."""
    limit = min(paragraph.end, paragraph.start + _LONGEST_OPENING)
    first = next(written_dates(text, paragraph.start, limit, names), None)
    if first is None or first.precision == "year":
        return None
    before = text[paragraph.start : first.start]
    dated, after = _with_time(text, first, limit)
    label = _label(before)
    if label != "none" and not _strange_words(before):
        return DateLine(dated, label, paragraph.start, after, "opening")
    if first.precision == "month":
        return None
    dash = _DASH_AFTER.match(text, after, paragraph.end)
    if before.strip(" (["):
        # BEIRUT, 12 January 2018 (Reuters) - : the place belongs to the prose, so that nothing is taken out.
        at_place = _PLACE.fullmatch(before) and (dash or _SENT_BY.match(text, after, paragraph.end))
        if before[0] == "(":  # (Bamako, 4 janvier 2013) Le capitaine
            at_place = _PLACE.fullmatch(before, 1) and _BRACKET_AFTER.match(text, after, paragraph.end)
        return DateLine(dated, "none", paragraph.start, paragraph.start, "dateline") if at_place else None
    end = dash.end() if dash else _capital_after(text, after, paragraph.end)
    return DateLine(dated, "none", paragraph.start, end, "opening") if end else None


def _with_time(text: str, found: WrittenDate, limit: int) -> tuple[WrittenDate, int]:
    """Read the time behind a date, into the date where its zone is told; and where both end."""
    dated = with_time(text, found, limit)
    return dated, dated.end if dated.end != found.end else time_after(text, found.end, limit)


def _capital_after(text: str, position: int, limit: int) -> int | None:
    match = _CAPITAL_AFTER.match(text, position, limit)
    return match.end() if match and text[match.end() : match.end() + 3].strip("\"«“'‘ \u00a0")[:1].isupper() else None


def _may_hold_a_year(line: str) -> bool:
    return sum(map(str.isdecimal, line)) >= 4


def _label(before: str) -> Label:
    words = {fold(word) for word in _words(before)}
    return "modified" if words & _MODIFIED else "published" if words & _PUBLISHED else "none"


def _words(passage: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", passage)


def _strange_words(passage: str) -> list[str]:
    return [word for word in _words(passage) if fold(word) not in _PUBLISHED | _MODIFIED | _FILLER]


def posted_by(line: str) -> str | None:
    """Whoever posted an entry, where the words before its date say so."""
    match = _POSTED_BY.match(line)
    name = match["name"].strip(" ,") if match else ""
    return name if is_name(name) else None


def issue_of(line: str) -> str | None:
    """The paper whose issue a date line names."""
    match = _ISSUE.match(line)
    return match["name"].strip(" ,") if match else None


def _opens_with_byline(before: str) -> bool:
    if (match := _POSTED_BY.fullmatch(before)) and is_name(match["name"].strip(" ,")):
        return True
    name, separator, rest = re.sub(r"\s+[|•·\u2013\u2014-]\s+|,\s+(?=[^,]*\Z)", "|", before).partition("|")
    return bool(separator) and is_byline(name.strip()) and not _strange_words(rest)


def _says_nothing_else(text: str, paragraph: Paragraph, found: list[DateLine]) -> bool:
    before = text[paragraph.start : found[0].date.start]
    unnamed = [word for word in _strange_words(before) if _label(before) == "none" or fold(word) not in _WHAT]
    is_known = _PLACE.fullmatch(before) or _HIJRI.fullmatch(before) or _ISSUE.fullmatch(before)
    if unnamed and not (is_known or _opens_with_byline(before)):
        return False
    between = "".join(text[a.end : b.date.start] for a, b in pairwise(found))
    after = FILED_UNDER.sub("", _READING.sub("", _AGO.sub("", text[found[-1].end : paragraph.end])))
    after = _COUNTED_AFTER.sub("", _TIME_APART.sub(" ", after, count=1) if _TIME_APART.match(after) else after)
    credit = _CREDIT_AFTER.fullmatch(after)
    strange = _strange_words(credit["rest"] if credit else after)
    named = credit is not None and len(strange) <= 5 and not any(word[0].islower() for word in strange)
    # Agencies of the Gulf put their own name behind the two calendars' days.
    signed = len(strange) == 1 and _HIJRI.fullmatch(before) is not None
    return not _strange_words(between) and (not strange or named or signed)
