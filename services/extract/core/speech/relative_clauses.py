"""Subjects that a relative clause, or another predicate of theirs, parts from their verb."""

from services.extract.core.grammar import PREPOSITIONS, PRONOUNS
from services.extract.core.speech.cast import QUOTED, Cast, Named, Word
from services.extract.core.speech.noun_phrases import between_commas, clause_of_subject, spoken, ungoverned
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pronouns import Speaker, meant

_OBJECT_RELATIVES = frozenset(("que", "qu'", "qui", "dont", "whom", "who"))
_ARTICLES = frozenset(("a", "an", "the", "one", "two", "three", "several", "another"))
_MOST_OF_THING = 4  # words from its article to the relative pronoun
_OPENING = _OBJECT_RELATIVES | frozenset(("que", "où", "whose", "which", "quien", "quienes", "che", "cui"))
_WHOM = frozenset(("qui", "lequel", "laquelle", "lesquels", "lesquelles", "whom", "which", "quien", "cui"))
_FOR_WHOM = frozenset(("qui", "lequel", "laquelle", "whom"))
_MOST_BEFORE_RELATIVE = 8
_RELATING = frozenset(("qui", "dont", "who", "whose"))


def is_open(words: list[Word]) -> bool:
    """Whether a relative clause that a comma began has not ended: « X, qui avait parlé d'une « … », s'est excusée »."""
    comma = next((i for i in reversed(range(len(words))) if words[i].lower in {",", ";", ":", QUOTED}), None)
    if comma is None or words[comma].lower != ",":
        return False
    lowers = [word.lower for word in words[comma + 1 : comma + 3]]
    return bool(lowers) and (lowers[0] in _OPENING or (lowers[0] in PREPOSITIONS and lowers[-1] in _WHOM))


def which_says(cast: Cast, words: list[Word]) -> Speaker | None:
    """What an English relative clause is about that `words` end in: holding a sign that (read “…”)."""
    if cast.language != "en" or len(words) < 3 or words[-1].lower not in {"that", "which"}:
        return None
    near = range(len(words) - 3, max(-1, len(words) - 3 - _MOST_OF_THING), -1)
    at = next((i for i in near if words[i].lower in _ARTICLES or words[i].lower in PREPOSITIONS), None)
    if at is None or words[at].lower not in _ARTICLES:
        return None
    start, end = words[at].start, words[-2].end
    return Speaker(cast.text[start:end], start, end)


def set_apart(cast: Cast, words: list[Word]) -> Speaker | None:
    """The subject of a verb behind `words`, where a clause or a list of predicates that ends there parts them."""
    if words[-1].lower != ",":
        return _of_relative(cast, words)
    named = _apposed(cast, words) or _before_relative(cast, words)
    return spoken(named) if named else _of_list(cast, words[:-1])


def _apposed(cast: Cast, words: list[Word]) -> Named | None:
    """The person named between two commas right before the verb: le gardien a dit que la capitaine de Zalm, X, crie."""
    named = cast.named_at(words[-2].start) if len(words) > 1 else None
    if named is None or not named.is_person or named.end != words[-2].end:
        return None
    first = next(i for i in range(len(words)) if words[i].start >= named.start)
    return named if first > 1 and words[first - 1].lower == "," else None


def _of_relative(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whoever opens a sentence and has a relative clause, where that is all else: « Une amie à qui j'écris dit »."""
    clause = clause_of_subject(cast, words)
    at = next((i for i, word in enumerate(words[:_MOST_BEFORE_RELATIVE]) if word.lower in _OBJECT_RELATIVES), 0)
    phrase = words[: at - (words[at - 1].lower in PREPOSITIONS)] if at else []
    is_all = bool(phrase) and not any(word.lower in {",", ":", ";", QUOTED} for word in words)
    if not is_all or ungoverned(cast, clause) or len(clause) == len(words):
        return None
    opening = opening_human(cast, phrase)
    return opening if opening and opening.end == phrase[-1].end else None


def _before_relative(cast: Cast, words: list[Word]) -> Named | None:
    """The person whom a clause between commas is about: « X, qui l'avait rencontré lors d'une visite, » dit."""
    relating = _RELATING | {"que", "che", "quien"} if cast.language in {"es", "it"} else _RELATING
    at = next((i for i in range(2, len(words)) if words[i].lower in relating and words[i - 1].lower == ","), None)
    named = cast.named_at(words[at - 2].start) if at else None
    is_last = at is not None and not any(words[i].lower in {":", ";", QUOTED} for i in range(at, len(words)))
    if named is None or not named.is_person or not is_last or named not in ungoverned(cast, words[:at]):
        return None
    return named if sum(word.lower == "," for word in words[at or 0 :]) == 1 else None


def _of_list(cast: Cast, words: list[Word]) -> Speaker | None:
    """The pronoun that opens the clause before a comma: he asked about X, called Y a «so»."""
    clause = between_commas(words)[-1:]
    pronoun = PRONOUNS.get(clause[0][0].lower) if clause and len(clause[0]) > 1 else None
    return meant(cast, clause[0][0], pronoun) if pronoun in {"masculine", "feminine"} else None


def for_whom(words: list[Word]) -> tuple[int, int] | None:
    """Where « pour qui », "for whom", « aux yeux de qui » begin and where their pronoun is."""
    lowers = [word.lower for word in words]
    for at in range(len(lowers) - 1):
        if lowers[at] in {"pour", "selon", "for"} and lowers[at + 1] in _FOR_WHOM:
            return at, at + 1
        if lowers[at : at + 3] == ["aux", "yeux", "de"] and lowers[at + 3 : at + 4] in (["qui"], ["laquelle"]):
            return at, at + 3
    return None
