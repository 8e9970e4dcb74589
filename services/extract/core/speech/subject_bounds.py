"""Where a subject behind its verb begins and ends."""

from services.extract.core.grammar import (
    ADVERBS,
    DETERMINERS,
    HARD_STOPS,
    OF,
    PREPOSITIONS,
    STOPS,
    TIMES,
    TITLES,
    word_set,
)
from services.extract.core.speech.cast import QUOTED, Cast, Named, Word
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.phrase_ends import joins_adjectives, joins_complements, joins_offices

_MOST_WORDS = 25  # of a subject, with what is added to it
_LONGEST_BRACKET = 5
_PRESS = frozenset(("prensa", "periodistas", "medios", "reporters", "stampa", "giornalisti", "journalistes", "presse"))
_ASIDES = (["lui", ","], ["elle", ","], ["eux", ","], ["elles", ","])
_LONGEST_ASIDE = 5  # words between commas that tell how
_HOW = ("é", "ée", "és", "ées", "eur", "eux", "euse", "lèvres")
_LOOKS = frozenset(
    (
        ("l'", "air"),
        ("la", "voix"),
        ("le", "regard"),
        ("les", "yeux"),
        ("les", "larmes"),
        ("un", "brin"),
        ("tout", "sourire"),
        ("tous", "sourires"),
    )
)
_HOW_OR_WHEN = word_set(
    "soudain aussitôt enfin déjà volontiers parfois souvent toujours bientôt d'emblée même lui-même"
)
_SMILING = word_set("souriant riant rigolant plaisantant pleurant sanglotant soupirant rougissant tremblant hésitant")


def subject_start(cast: Cast, words: list[Word]) -> int:
    """Where a subject begins behind its verb: past whoever is told, when and how."""
    at = 2 if [word.lower for word in words[:2]] == ["ل", QUOTED] else 0  # قال ل«عكاظ» X
    while at < len(words):
        lower = words[at].lower
        if lower == "en" and at + 1 < len(words) and words[at + 1].lower.endswith("ant"):
            if words[at + 1].lower not in _SMILING:
                return len(words)  # dit-il en montrant la table, dit en saluant X la ministre
            at += 2  # dit en souriant X
            continue
        if tuple(word.lower for word in words[at : at + 2]) == ("en", "une"):
            at += 2  # titre en une X
            continue
        if lower == "," and [word.lower for word in words[at + 1 : at + 3]] in _ASIDES:
            at += 3  # tranche, lui, X
            continue
        if lower == "," and (last := _end_of_aside(cast, words, at)):
            at = last  # lance, goguenard, un passant; lâche, un brin gêné, le maire
            continue
        is_to = lower == "a" and cast.language != "en"  # dijo a la prensa
        if is_to or (lower in PREPOSITIONS and lower not in DETERMINERS):
            at = _after_phrase(cast, words, at)
        elif _is_when_or_how(words, at) or lower == "sich":
            at += 1
        else:
            break
    return at


def _end_of_aside(cast: Cast, words: list[Word], at: int) -> int | None:
    """Where a few words in small letters end that stand between this comma and the next, and a subject follows."""
    farthest = min(len(words) - 1, at + 2 + _LONGEST_ASIDE)
    close = next((i for i in range(at + 2, farthest) if words[i].lower == ","), None)
    if close is None:
        return None
    inside = words[at + 1 : close]
    is_small = all(cast.text[word.start].islower() and word.lower[0].isalpha() for word in inside)
    is_how = len(inside) == 1 or inside[0].lower in PREPOSITIONS or inside[-1].lower.endswith(_HOW)
    is_how = is_how or tuple(word.lower for word in inside[:2]) in _LOOKS
    follows = words[close + 1]
    is_subject = follows.lower in DETERMINERS or follows.lower in TITLES or cast.text[follows.start].isupper()
    is_person = len(inside) > 1 and opening_human(cast, inside) is not None
    return close + 1 if is_small and is_how and is_subject and not is_person else None


def _is_when_or_how(words: list[Word], at: int) -> bool:
    """Whether a word stands between a verb and its subject: ce lundi 17 juillet dernier, fièrement, a comma."""
    lower = words[at].lower
    following = words[at + 1].lower if at + 1 < len(words) else ""
    if lower in TIMES or (lower in DETERMINERS and following in TIMES) or lower.isdecimal():
        return True
    if lower == "a" and following:
        return False
    is_last = at > 0 and lower in {"dernier", "passé"} and words[at - 1].lower in TIMES
    return is_last or lower == "," or lower in ADVERBS or lower in _HOW_OR_WHEN or lower.endswith(("ment", "ly"))


def _after_phrase(cast: Cast, words: list[Word], preposition: int) -> int:
    """Skip the one who is told: the preposition and the name or noun it governs."""
    at = preposition + 1
    while at < len(words) and (words[at].lower in DETERMINERS or words[at].lower in PREPOSITIONS):
        at += 1
    if at < len(words) and (named := cast.named_at(words[at].start)):
        return _end_of(words, at, named)
    at += 1
    if at < len(words) and words[at - 1].lower in _PRESS and cast.text[words[at].start].isupper():
        return at  # dijo a la prensa Ana Ruiz
    named = cast.named_at(words[at].start) if at < len(words) else None
    if named and not named.is_person and not named.is_place:
        return _end_of(words, at, named)  # à l'agence X le maire
    while at < len(words) and words[at].lower not in DETERMINERS and words[at].lower != ",":
        if words[at].lower in HARD_STOPS or words[at].lower in STOPS or cast.named_at(words[at].start):
            break
        if words[at].lower in OF:  # en fin d'après-midi, à la télévision de la région
            return _after_phrase(cast, words, at)
        at += 1
    return at


def _past_bracket(words: list[Word], at: int) -> int:
    """Past a short bracket behind whoever is told: à l'Agence de la presse libre (APL) le maire; à Lyon (Rhône)."""
    if at >= len(words) or words[at].lower != "(":
        return at
    return next((i + 1 for i in range(at + 1, min(len(words), at + _LONGEST_BRACKET)) if words[i].lower == ")"), at)


def _end_of(words: list[Word], at: int, named: Named) -> int:
    end = next((i for i in range(at, len(words)) if words[i].start >= named.end), len(words))
    return _past_bracket(words, end)


def subject_end(cast: Cast, words: list[Word], first: int) -> int:
    """Where the subject ends: before a clause or a full stop; a comma only goes on to an apposition."""
    for at in range(first, min(len(words), first + _MOST_WORDS)):
        lower = words[at].lower
        if named := cast.named_at(words[at].start):
            if named.start < words[at].start:
                continue  # John A. Stein
        elif lower == "tout" and at + 1 < len(words) and words[at + 1].lower == "en":
            return at  # tout en levant la main
        elif (lower in STOPS and not _goes_on(cast, words, first, at)) or lower == QUOTED:
            return at if not (lower == QUOTED and at == first) else at + 2
        elif lower in HARD_STOPS and not (lower == "." and _is_abbreviated(words[at - 1])):
            if lower == "(" and (behind := _behind_bracket(cast, words, at)):  # le maire (PS) X
                return behind
            return at
        if lower == "," and not _is_apposition(cast, words, at + 1) and not _is_cut_short(words, at):
            return at
    return min(len(words), first + _MOST_WORDS)


def _behind_bracket(cast: Cast, words: list[Word], at: int) -> int | None:
    """Where a name ends right behind a short bracket."""
    close = next((i for i in range(at + 1, min(len(words), at + _LONGEST_BRACKET)) if words[i].lower == ")"), None)
    named = cast.named_at(words[close + 1].start) if close is not None and close + 1 < len(words) else None
    if named is None or not named.is_person or close is None:
        return None
    return next((i for i in range(close + 1, len(words)) if words[i].start >= named.end), len(words))


def _goes_on(cast: Cast, words: list[Word], first: int, at: int) -> bool:
    """Whether a word that parts clauses elsewhere goes on with a subject, or begins it."""
    joins = joins_offices(words[first:], at - first) or joins_complements(words[first:], at - first)
    joins = joins or joins_adjectives(words[first:], at - first)
    return joins or (at == first and _is_no_stop(cast, words[at]))


def _is_no_stop(cast: Cast, word: Word) -> bool:
    """Whether a word that parts clauses elsewhere begins a subject: die Ministerin, WHO."""
    return word.lower == "die" or cast.text[word.start : word.end].isupper()


def _is_cut_short(words: list[Word], at: int) -> bool:
    """Whether a word before `at` goes on with the next one's end: der Gesundheits-, Sozial- und Arbeitsdirektor."""
    return at > 0 and words[at - 1].lower == "-"


def _is_abbreviated(word: Word) -> bool:
    return word.lower in TITLES or (len(word.lower) == 1 and word.lower.isalpha())


def _is_apposition(cast: Cast, words: list[Word], at: int) -> bool:
    if at >= len(words):
        return False
    is_named = cast.named_at(words[at].start) is not None
    return is_named or words[at].lower in DETERMINERS or words[at].lower in TITLES
