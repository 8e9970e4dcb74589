"""A recogniser's spans cut to the name: no determiner, title, trailing words or mark, and no URL."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from contracts.extraction import EntityType
from services.extract.core.naming.bylined import undated
from services.extract.core.naming.found import Found
from services.extract.core.naming.gazetteer import ARABIC_ARTICLES
from services.extract.core.naming.joints import apart
from services.extract.core.naming.peoples_in_english import ENGLISH_PEOPLES
from services.extract.core.naming.shown_persons import BUTTON
from services.extract.core.naming.span_words import (
    HEADS_OF_LINES,
    ORGANISATION_NOUNS,
    PARTS_OF_THE_WORLD,
    PLACE_HEADS,
    TITLES,
    WITHOUT_MEANING,
)
from services.extract.core.words import Word, word_set, words

_ARTICLE_BEFORE = re.compile(rf"(?<![\w])(?:{'|'.join(sorted(ARABIC_ARTICLES))})[-‐‑]$", re.IGNORECASE)
_DASH = re.compile(r"\s[-‐‑]|[-‐‑]\s")  # between blanks it parts names
_URL = re.compile(r"https?:|www\.|@\w|\w\.(?:com|org|net|info|fr|be)\b")
# Abonnez-vous, Pense-t-il: verbs. Le ministre de la Culture: a portfolio, and no body.
_PRONOUN_AFTER = re.compile(r"[-‐‑](?:t[-‐‑])?(?:vous|nous|moi|toi|ils?|elles?|on|je|tu|ce|les?)\b")
_OF_A_MINISTER = re.compile(
    r"\bministres?\s(?:\w+\s){0,2}?(?:de\sla\s|du\s|des\s|d['’]|de\sl['’]|à\sla\s|à\sl['’])$", re.IGNORECASE
)
_PORTFOLIO_TYPES = frozenset((EntityType.ORGANISATION, EntityType.OTHER))
_LINE = re.compile(r"[^\n\r\t|]+")
_GOES_ON = re.compile(r"\.(?:\s?[,;:(]|['’]|\s[a-zà-ÿ])")  # after the full stop of an initial, and of no sentence
_OWNED = re.compile(r"(?P<owner>[^\W\d_][\w -]{2,30})['’]s\s(?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s$|(?<=\w\ws)['’]\s(?=[^\n]*\b[a-z]+$)")  # Harris' first years; not Workers' Party
_AT_A_BODY = re.compile(
    r"[A-ZÀ-Ý]\w+(?:eur|euse|iste|rice|logue|ienne?)\s(?:au|à\sla|à\sl['’]|aux|chez)\s?(?=[A-ZÀ-Ý])"
)
_REFLEXIVE = re.compile(r"[A-ZÀ-Ý]\w+[-‐‑](?:toi|moi|vous|nous)")  # Détends-toi
_SEAT = re.compile(r"R[ée]publique\s(?:de\s|d['’]|du\s)(?=[A-ZÀ-Ý])")
_PROSECUTOR_BEFORE = re.compile(r"\bprocureure?s?\s(?:adjointe?s?\s)?de\sla\s$", re.IGNORECASE)
# Zorb Stock Is Falling After Its Report: a sentence with the capitals of a headline
_HEADLINE = re.compile(r"\S+(?:\s\S+)*?\s(?:Is|Are|Was|Were|Has|Have|Will)\s\S+(?:\s\S+)+")
_OF_THE_CLOCK = re.compile(r"[AP]\.M")
_PORTFOLIO_AFTER = re.compile(r"\s(?:Secretary|Minister)\b")  # Commerce Secretary: an office, and no body
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.\s?)+[A-ZÀ-Ý]")
_TERM = re.compile(r"[qt][1-4]|fy\d{0,4}")  # a quarter, a business year
_PARTICLES = word_set(
    """
    ez de du des d la le les von van der den di da dos del della ben bin ibn abou abu al el as ash ach at an ar
    ul e i y et
    """
)
_ARTICLES = ARABIC_ARTICLES | word_set("ben bin ibn abou abu von van d o mc")
_DETERMINERS = word_set(
    """
    le la les l d de du des un une au aux the a an ce cet cette ces son sa ses leur leurs notre nos
    """
)
_SMALL_IN_TITLES = word_set("of the to for and in on at with")  # Game of Thrones
_SHORTENED_AFTER = re.compile(r"['’](?:t|re|ve|ll)\b")  # We Won't …
_ABBREVIATED = word_set("dr mr mrs ms mme mlle pr m mm mmes mlles")
_LED = word_set("sultan m mm mme mmes mlle mlles")  # whatever a recogniser takes it for, it is no part of the name
_PREPOSITIONS = word_set("a en dans chez selon pour avec depuis vers")
_ARTICLES_ALONE = word_set("le la les un une")
_LINKING = word_set("de d a pour et sur dans en par sous contre avec chez vers ou sans entre tous toutes")
_CLAUSE = word_set("le la les un une qui que en est a dans pour par sur et mais dont il elle on ne se ce")
_DAYS = word_set("lundi mardi mercredi jeudi vendredi samedi dimanche hier demain aujourd hui")


def names_in(
    text: str, found: Found, demonyms: Mapping[str, str | None], is_place: Callable[[str], bool]
) -> list[Found]:
    """The name in a recogniser's span, or none: without what does not belong to it; of several lines each is cut apart.

    A span that a gazetteer of places knows stays whole (Tel aviv), however it is capitalised.
    """
    if _URL.search(text, found.start, found.end):
        return []
    found = undated(text, found)
    return [
        name
        for line in _LINE.finditer(text, found.start, found.end)
        for part in apart(text, found._replace(start=line.start(), end=line.end()), is_place)
        if (name := _name(text, part, demonyms, is_place)) is not None
    ]


def _name(text: str, found: Found, demonyms: Mapping[str, str | None], is_place: Callable[[str], bool]) -> Found | None:
    spoken = _spoken(text, found, is_place)
    if _is_of_a_people(text, spoken, demonyms) or _is_addressed(text, spoken):
        found = found._replace(type=EntityType.PERSON)
    while spoken and (_leads(text, spoken, found, demonyms) or _is_placed(text, spoken, found.type)):
        spoken.pop(0)
    if (
        len(spoken) > 1
        and _opens_with_determiner(text, spoken)
        and not is_place(text[spoken[0].start : spoken[-1].end])
    ):
        spoken.pop(0)
    if not (len(spoken) > 1 and spoken[0].capitalised(text) and is_place(text[spoken[0].start : spoken[-1].end])):
        spoken = spoken[: _length(text, spoken, found.type)]
    if not spoken or not any(word.capitalised(text) for word in spoken):
        return None
    start, end = spoken[0].start, _with_initial(text, spoken)
    if _says_nothing(spoken, demonyms) or _is_no_name(text, found.type, start, end):
        return None
    if (article := _ARTICLE_BEFORE.search(text, max(0, start - 5), start)) is not None:
        start = article.start()
    if end - start < 2 or text[start:end].replace(" ", "").isdigit():
        return None
    if text[end - 1] == ".":
        return found._replace(start=start, end=end, type=EntityType.PERSON)
    return found._replace(start=start, end=end + (text[end : end + 1] == "." and _is_initials(text, start, end)))


def _spoken(text: str, found: Found, is_place: Callable[[str], bool]) -> list[Word]:
    """The words of a span that may belong to a name."""
    spoken = words(text, _past_possessive(text, found, is_place), _without_possessive(text, found))
    if len(spoken) > 1 and BUTTON.match(text, spoken[-1].start):
        spoken.pop()
    return _without_open_bracket(text, spoken)


def _is_no_name(text: str, kind: EntityType, start: int, end: int) -> bool:
    """Whether what stands around says that it is a verb, an office or an hour."""
    if (
        _PRONOUN_AFTER.match(text, end)
        or _SHORTENED_AFTER.match(text, end)
        or _OF_THE_CLOCK.fullmatch(text, start, end)
        or _REFLEXIVE.fullmatch(text, start, end)
        or (kind is not EntityType.OTHER and _HEADLINE.fullmatch(text, start, end))
    ):
        return True
    is_of_office = _OF_A_MINISTER.search(text, max(0, start - 40), start) or _PORTFOLIO_AFTER.match(text, end)
    return kind in _PORTFOLIO_TYPES and is_of_office is not None


def _is_initials(text: str, start: int, end: int) -> bool:
    """Whether it is made of letters with full stops, the last of which stands behind it: U.N."""
    return _INITIALS.fullmatch(text, start, end) is not None


def _without_possessive(text: str, found: Found) -> int:
    possessive = _POSSESSIVE.search(text, found.start, found.end)
    return possessive.start() if possessive else found.end


def _is_addressed(text: str, spoken: list[Word]) -> bool:
    """Whether a name is led by Dr, Mr, Mme: no body's is."""
    return len(spoken) > 1 and spoken[0].key in _ABBREVIATED and spoken[1].capitalised(text)


def _says_nothing(spoken: list[Word], demonyms: Mapping[str, str | None]) -> bool:
    """Whether titles, abbreviations, months, numbers and words for peoples are all there is."""
    is_english = not demonyms
    return all(
        word.key in TITLES
        or word.key in WITHOUT_MEANING
        or word.key in demonyms
        or word.key.isdigit()
        or _TERM.fullmatch(word.key)
        or (is_english and (word.key in ENGLISH_PEOPLES or word.key == "credit"))  # Photo Credit
        for word in spoken
    )


def _past_possessive(text: str, found: Found, is_place: Callable[[str], bool]) -> int:
    """Where the name begins behind the place that it is said to be of (Adelaide's Islamic Society), or the office."""
    if found.type is EntityType.ORGANISATION and (office := _AT_A_BODY.match(text, found.start, found.end)):
        return office.end()
    seat = _SEAT.match(text, found.start, found.end)
    if seat is not None and _PROSECUTOR_BEFORE.search(text, max(0, found.start - 40), found.start):
        return seat.end()
    owned = _OWNED.match(text, found.start, found.end)
    return owned.end() if owned and is_place(owned["owner"]) else found.start


def _without_open_bracket(text: str, spoken: list[Word]) -> list[Word]:
    """The words before a bracket that is opened and not closed among them: Zarbin Organisation (ZO."""
    for number, (before, after) in enumerate(pairwise(spoken), 1):
        if "(" in text[before.end : after.start] and ")" not in text[after.start : spoken[-1].end]:
            return spoken[:number]
    return spoken


def _is_of_a_people(text: str, spoken: list[Word], demonyms: Mapping[str, str | None]) -> bool:
    """Whether a person is named behind their people: le Suédois Bo Zarbin."""
    if len(spoken) < 3 or not all(word.capitalised(text) for word in spoken):
        return False
    behind = text[max(0, spoken[0].start - 6) : spoken[0].start].lower()
    return spoken[0].key in demonyms and re.search(r"\b(?:le |la |l['’]|un |une |autre )$", behind) is not None


def _with_initial(text: str, spoken: list[Word]) -> int:
    """The end of a name, with the full stop of the initial that it ends with: Nolan L."""
    *first, last = spoken
    is_initial = len(first) == 1 and last.end - last.start == 1 and _GOES_ON.match(text, last.end) is not None
    return last.end + (is_initial and text[last.start - 1] == " " and text[first[0].start : first[0].end].istitle())


def _leads(text: str, spoken: list[Word], found: Found, demonyms: Mapping[str, str | None]) -> bool:
    """Whether the first word only leads to the name."""
    first = spoken[0]
    if (
        first.key in _ARTICLES
        and len(spoken) > 1
        and spoken[1].capitalised(text)
        and text[first.end] in " -‐‑’'"
        and first.key != "d"
    ):
        return False
    if not first.capitalised(text):
        if found.type is EntityType.PLACE and first.key in PLACE_HEADS and text[first.start].islower():
            return False
        return (
            first.key in _DETERMINERS
            or found.type is not EntityType.ORGANISATION
            or first.key not in ORGANISATION_NOUNS
        )
    if len(spoken) == 1:
        return False
    if found.type is EntityType.PERSON or first.key in _LED:
        return (
            first.key in TITLES
            or (first.key in HEADS_OF_LINES and _heads_a_line(text, first))
            or (first.key in demonyms and len(spoken) > 1)
        )
    return (first.key in {"l", "d"} and text[first.end] != ".") or (
        found.type is EntityType.PLACE and first.key in demonyms and not spoken[1].capitalised(text)
    )


def _heads_a_line(text: str, word: Word) -> bool:
    return text[max(0, word.start - 2) : word.start].rstrip(" \t")[-1:] in {"", "\n"}


def _is_placed(text: str, spoken: list[Word], kind: EntityType) -> bool:
    """Whether the first word is a preposition with the capital of a sentence or a heading: À NEW YORK."""
    if len(spoken) < 2 or spoken[0].key not in _PREPOSITIONS or not spoken[1].capitalised(text):
        return False
    is_shouted = text[spoken[0].start : spoken[-1].end].isupper()
    is_plain = text[spoken[0].end : spoken[1].start] == " " and spoken[0].capitalised(text)
    return is_plain and (kind is EntityType.PLACE or (is_shouted and kind is EntityType.OTHER))


def _opens_with_determiner(text: str, spoken: list[Word]) -> bool:
    """Whether the span is the head of a sentence and its capital that of a determiner: La France gagne."""
    before = text[max(0, spoken[0].start - 4) : spoken[0].start].rstrip(' \u00a0\u202f«"“')
    leads = spoken[0].key in {"la", "le", "les", "l", "the"} and text[spoken[0].end] != "."  # L. Durand: an initial
    return leads and (not before or before[-1] in ".!?:…\n–—-")


def _length(text: str, spoken: list[Word], kind: EntityType) -> int:
    """How many of the words belong to the name: up to the last with a capital, or a part of the world after it."""
    if kind is EntityType.ORGANISATION:
        return _length_of_a_body(text, spoken)
    last = _last_of_a_name(text, spoken, kind)
    while last > 1 and spoken[last - 1].key in _CLAUSE and text[spoken[last - 1].start].islower():
        last -= 1  # Cotti-le plus francophile: a dash without its blanks
    return last


def _length_of_a_body(text: str, spoken: list[Word]) -> int:
    """How many of the words are a body's: up to a dash between blanks, without a day behind them (l'ONU lundi)."""
    gaps = (text[before.end : after.start] for before, after in pairwise(spoken))
    length = next((number for number, gap in enumerate(gaps, 1) if _DASH.search(gap)), len(spoken))
    while length > 1 and spoken[length - 1].key in _DAYS and not spoken[length - 1].capitalised(text):
        length -= 1
    return next((at for at in range(1, length) if _opens_a_clause(text, spoken, at)), length)


def _opens_a_clause(text: str, spoken: list[Word], at: int) -> bool:
    """Whether a small article stands here that no preposition leads: Conseil des ministres les modalités."""
    word, before = spoken[at], spoken[at - 1]
    is_article = word.key in _ARTICLES_ALONE and not word.capitalised(text)
    return is_article and before.key not in _LINKING and text[before.end : word.start].isspace()


def _last_of_a_name(text: str, spoken: list[Word], kind: EntityType) -> int:
    last = 0
    for index, word in enumerate(spoken):
        gap = text[spoken[index - 1].end : word.start] if index else ""
        if _DASH.search(gap) or gap.strip(" \u00a0\u202f'’.-‐‑&"):
            break
        if index == 0 and kind is EntityType.PLACE and word.key in PLACE_HEADS:
            continue
        if word.capitalised(text) or word.key.isdigit() or (gap in {"-", "‑", "‐"} and last == index):
            last = index + 1
        elif word.key in PARTS_OF_THE_WORLD and last == index and kind is not EntityType.PERSON:
            return index + 1
        elif word.key not in _PARTICLES and not (kind is EntityType.OTHER and word.key in _SMALL_IN_TITLES):
            # Tel aviv, Abou kamal: a name of two words whose second lost its capital.
            if last == index == 1 and len(spoken) == 2 and kind is EntityType.PLACE:
                return 2
            break
    return last
