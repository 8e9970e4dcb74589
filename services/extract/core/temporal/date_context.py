"""Whether what has the form of a date is one: by the words around it."""

import re

from services.extract.core.calendar_names import fold
from services.extract.core.temporal import date_neighbours
from services.extract.core.temporal.date_anchor import Moment
from services.extract.core.temporal.date_moments import Match
from services.extract.core.temporal.date_named import is_attack

_YEARS = range(1500, 2101)
_OLDEST = 1000
_SURE_BEFORE_A_YEAR = frozenset(
    ("en", "in", "since", "depuis", "dès", "im", "seit", "desde", "nel", "jusqu'en", "عام", "سنة", "منذ", "في")
)
_MODERN = range(1800, 2101)
_BEFORE_WHAT_IS_COUNTED_TOO = frozenset(("de", "of", "von", "di", "del", "من"))
_UNTIL = frozenset(("until", "till", "through", "hasta", "bis", "jusqu'à"))
_PHRASE_ENDS = frozenset((".", ",", ";", ":", ")", "!", "?", "»", "”", '"', "…", ""))
# What was said or done "today"; elsewhere it means "nowadays".
_SAID_BEFORE = re.compile(
    r"(?:\b(?:a|ont|avait|avaient|est|sont|aura|hat|haben|ha|han|hanno)\b[^.,;:«»\"]{0,30}"
    r"(?:[éiut]|ée?s|us|is|ue|do|to|en)\s|\b(?:said|\w{3,}ed|told)\s|\bhere )\Z",
    re.IGNORECASE,
)
_AFTER = frozenset(("après", "avant"))
# Behind what stands alone: Huit jours après, il part; deux jours après il part.
_BEHIND_AFTER = _PHRASE_ENDS | frozenset(("il", "elle", "on", "ils", "elles", "nous", "je", "c'", "et", "mais", "-"))
_SAID_AFTER = re.compile(r"\s(?:said|\w{3,}ed|told)\b")
_BESIDE_ANOTHER = frozenset(("comme", "et", "ou", "à", "as", "and", "or", "y", "o", "e", "und", "wie", "come", "como"))
_CAPITAL_PARTS = frozenset(("Night", "Morning", "Evening", "Afternoon"))
_SENTENCE_BEGINS = frozenset(("", ".", "!", "?", ":", "«", "“", '"', "»", "”", "-", "•", "(", "…"))


def is_dated(found: Match) -> bool:
    """Whether named days, months or years are meant as such."""
    if found.kind == "year":
        return bool(found["part"]) or _is_year(found)
    if found.kind == "years":
        return _is_run_of_years(found)
    if (found["comma"] and found.language != "en") or (found.before() == "F" and not found["y"]):
        return False  # "that September" is one of back then
    return all(_is_month(found, group) for group in ("m", "m2") if found[group]) and _is_whole(found)


def _is_month(found: Match, group: str) -> bool:
    """Whether a name is the month's: not the English verbs "may" and "march", nor half a name without its stop."""
    word, at = found.word(group), found.at(group)
    if word in {"may", "march", "mar", "dec", "sep"}:
        return False
    if found.tokens.marks[at] == "M":
        return True
    is_cut = found.tokens.marks[at + 1 : at + 2] == "."
    has_year = found["y"] or found["y2"]
    return bool(has_year) or is_cut or (word.lower() in _ENGLISH and word[0].isupper())


_ENGLISH = date_neighbours.ENGLISH_MONTHS


def _is_whole(found: Match) -> bool:
    """Whether enough is told: a day with its month, a month with its year, or one by itself where it stands for one."""
    if found.kind in {"day", "days"}:
        if found["m"] and found.at("m") < found.at("d"):
            # Only in English the day follows its month; "in March 15 people …" names none.
            return found.word("m").lower() in _ENGLISH and (bool(found["y"]) or found.word_before() != "in")
        return True
    if any(found[group] for group in ("y", "y2", "part", "way", "this")) or "B" in found.marks:
        return True
    return _is_month_alone(found)


def _is_month_alone(found: Match) -> bool:
    word, after = found.word("m"), found.word_after()
    if found.tokens.marks[found.at("m")] != "M" or after.isdecimal() or found.before() == "D":
        return False
    if found.language in date_neighbours.SMALL_MONTHS:
        return word.islower()
    if found.before() in {"C", "B"} or found.word_before() in {"to", "until", "ab", "bis", "zum", "vom", "des"}:
        return word.lower() != "may" or found.word_before() in {"in", "since", "until", "to"}
    is_alone = not found.tokens.word(found.first - 1)[:1].isupper() and not found.tokens.word(found.last)[:1].isupper()
    return word[:1].isupper() and word.lower() not in date_neighbours.NAMES_TOO and is_alone and found.language == "en"


def _is_year(found: Match) -> bool:
    """Whether the words beside a number say that it is a year."""
    year, before, after = found.number("y"), found.word_before(), found.word_after()
    if after in date_neighbours.COUNTED or year < _OLDEST or before.isdecimal() or after.isdecimal():
        return False
    ends = after in _PHRASE_ENDS or after in date_neighbours.BEHIND_A_YEAR
    is_round = year % 100 == 0 or year not in _YEARS
    if before in _SURE_BEFORE_A_YEAR:
        return not is_round or ends or found.tokens.marks[found.last : found.last + 1] in {"A", "J"}
    if found.before() in {"C", "B"} or before in _UNTIL:
        return ends and year in _YEARS
    if before in _BEFORE_WHAT_IS_COUNTED_TOO:
        return ends and year in _YEARS and found.word_before(2) not in date_neighbours.NOT_A_YEAR_WORDS
    return year in _MODERN and (_is_bracketed(found, after) or (not is_round and _stands_for_a_phrase(found, after)))


def _is_bracketed(found: Match, after: str) -> bool:
    """(1948) and each of (1948, 2000, 2021)."""
    is_listed = found.before() == "," and found.before(2) == "Y"
    return (found.before() == "(" and after in {")", ",", ";"}) or (is_listed and after in {")", ","})


def _stands_for_a_phrase(found: Match, after: str) -> bool:
    """German needs no "in" before a year; in English it stands before a noun: the 2024 fire, no 2012 Census."""
    following = found.tokens.word(found.last)
    if found.language == "de":
        return after in _PHRASE_ENDS or after == following
    is_noun = following.islower() and found.tokens.marks[found.last] == "x"
    return found.language == "en" and bool(found["article"]) and is_noun


def _is_run_of_years(found: Match) -> bool:
    first, second = found.number("y"), found.number("y2")
    is_decade = bool(found["decade"]) and found.language != "de"
    if first not in _YEARS or found.word_after() in date_neighbours.COUNTED or is_decade:
        return False
    is_before = bool(found["decade"]) or found.before() in {"C", "B", "O", "u", "A", "("}
    if "-" in found["join"]:
        return (found["y2"] == "Y" and (first < second <= 2100 or found.before() == "C")) or is_before
    is_told = found.is_between() or _is_year_before(found) or bool(found["decade"]) or found.before() == "("
    return found["y2"] == "Y" and second in _YEARS and first < second and is_told


def _is_year_before(found: Match) -> bool:
    return found.word_before() in _SURE_BEFORE_A_YEAR


def is_named_day(found: Match, first: Moment, last: Moment | None) -> bool:
    """Whether a day without a year is the name of what happened on it."""
    if last is not None or first.year is not None or first.day is None:
        return False
    return is_attack(found.tokens.text, *found.span())


def decade(found: Match) -> tuple[int, int] | None:
    """First and last year of a decade; of the years of a war, both."""
    if found["g"]:
        first = _century(found.number("g"))
        return (first, first + 9) if first else None
    year, second = found.number("y"), found.number("y2")
    if found["y"] == "Y" and found.language == "de" and not second:
        return (year, year)
    first = _century(year)
    last = _century(second) if second > 99 or not second else first // 100 * 100 + second
    if second and last > first:
        return (first, last + 9 * (last % 10 == 0))
    return (first, first + 9) if first % 10 == 0 and first else None


def _century(year: int) -> int:
    """The nineties are the last century's; which twenties are meant is not told."""
    return year if year > 99 else 1900 + year if 30 <= year <= 90 else 0


def is_vague(found: Match) -> bool:
    """Whether weeks, months or years are no certain ones: the last three, the past year, those of back then."""
    if found.before() in {"D", "w", "J"} or is_that_one(found):
        return True
    ways = [found.word(group).lower() for group in ("before", "way") if found[group]]
    if any(way == "past" or way.endswith(("iers", "ières", "ains", "aines")) for way in ways):
        return True
    if found["part"] and not (found["this"] == "T" or found["way"] or found["before"]):
        return found.unit("u") == "weekend" or found.tokens.marks[found.last : found.last + 1] in {"O", "u"}
    return False


def is_that_weekend(found: Match) -> bool:
    """Whether "the week-end" is a certain one: what was done over it."""
    if found.unit("u") != "weekend" or found.before() == "E":
        return False
    lead = found.word_before()
    return lead in {"over", "during", "at", "pendant", "durant", "am"} or found.word_before(2) == "cours"


def is_weekday(found: Match) -> bool:
    """Whether a weekday is a day: no feast, no paper's name, no name at all."""
    words = [(found.word(group), found.at(group)) for group in ("w", "w2") if found[group]]
    following = found.tokens.marks[found.last : found.last + 1]
    if found.before() == "F" or found.word_after() in date_neighbours.FEASTS or following in {"D", "m", "M"}:
        return False
    if found.before() == "u" and found.language == "fr" and words[0][0][0].isupper():
        return False
    if found.language in date_neighbours.SMALL_MONTHS:
        return all(word[0].islower() or _begins_a_sentence(found, at) for word, at in words)
    if found.language == "en" and any(word in _CAPITAL_PARTS for word in found.surface().split()[1:]):
        return False  # Monday Night Football
    return not (found.language == "en" and found.word_before() == "on" and found.word_before(2) == "mail")


def _begins_a_sentence(found: Match, at: int) -> bool:
    return found.tokens.word(at - 1) in _SENTENCE_BEGINS or (at == found.first + 1 and found["this"] != "")


def is_habitual(found: Match) -> bool:
    """Whether it is each of these days, or any: every Monday, "le lundi", "le journal du dimanche", one Sunday."""
    if found.kind == "weekdays":  # le samedi et le dimanche
        return found.language == "fr" and found.marks[:2] == "AW" and not found["way"] and found.before() != "B"
    lead = found.word("this").lower() or found.word_before()
    is_each = found.language == "fr" and (found["this"] == "A" or (lead == "du" and found.marks[0] == "W"))
    is_any = lead in date_neighbours.ANY or (lead == "a" and found.word_before(2) == "on")
    return lead in date_neighbours.HABITUAL or found.before() == "J" or is_each or is_any


def is_this_day(found: Match) -> bool:
    """Whether "today" is the day of publication: beside what was said or done on it."""
    text, (start, end) = found.tokens.text, found.span()
    if found.word_before() in {"d'", "of", "de", "von", "until", "jusqu'à"}:
        return False
    return bool(_SAID_BEFORE.search(text, max(0, start - 48), start) or _SAID_AFTER.match(text, end))


def is_any_time(found: Match) -> bool:
    """Whether "yesterday" is the past, and "tomorrow" the future: hier comme aujourd'hui, le monde de demain."""
    behind = found.tokens.marks[found.last + 1 : found.last + 3]
    if found.word_after() in _BESIDE_ANOTHER and behind[:1] and (behind[0] in "HK" or behind in {"OH", "OK"}):
        return True
    of = found.before() in {"O", "u"}
    lead = 2 if of else 1
    if found.word_before(lead) in _BESIDE_ANOTHER and found.before(lead + 1) in {"H", "K"}:
        return True
    return (
        of
        and (found.number("k") > 0 or found.word_before(2) in date_neighbours.OF_THE_PAST)
        and (found.word_before(2) not in date_neighbours.MEETINGS)
    )


def is_that_one(found: Match) -> bool:
    """Whether it is one of back then: "cette année-là"."""
    return found.tokens.marks[found.last : found.last + 1] == "-" and fold(found.word_after(1)) == "la"


def stands_alone(found: Match) -> bool:
    """Whether "the day before" says so by itself: not that of something, nor "à la veille"."""
    if found.language == "en" and found.word("v").lower() == "the day before":
        return found.word_after() in _PHRASE_ENDS
    if (
        found["sign"]
        and found.tokens.word(found.last - 1).lower() in _AFTER
        and found.word_after() not in _BEHIND_AFTER
    ):
        return False  # huit jours après l'assaut
    return found.word_before() not in {"à", "a"} and found.word_after() not in {"où", "que", "qu'"}
