"""Names behind an office that somebody else is of: un conseiller du président X, l'avocat du colonel X."""

from services.extract.core.grammar import DETERMINERS, HUMANS, OF, word_set
from services.extract.core.speech.cast import Word

_BEFORE_OFFICES = word_set("premier première ancien ancienne ex futur future défunt défunte feu vice jeune célèbre")
_OFFICES = (HUMANS - _BEFORE_OFFICES - word_set("milieu cadre défenseur attaquant manager source")) | word_set(
    "chef cheffe émir sultan cheikh dictateur chancelier chancelière opposant opposante milliardaire leader général "
    "autocrate empereur tsar banquier chef-adjoint"
)
_OF_STATE = (word_set("secrétaire ministre chef cheffe"), frozenset(("état", "etat")))
_THEIRS = HUMANS | word_set(
    """
    proche proches allié alliée alliés conseillers avocats collaborateur collaboratrice collaborateurs
    entourage cabinet bras partisan partisans ami amie amis rival rivale chef cheffe émissaire représentant
    représentante garde fidèle directeur directrice adversaire assassin meurtrier opposant compagne compagnon
    frères fils neveu nièce gendre bourreau biographe ex-femme
    """
)
_OF_ONE = frozenset(("du", "dudit"))
_THE = frozenset(("la", "l'", "l’", "son", "sa", "leur", "un", "une", "cet", "ce", "cette"))
_CROWN = (frozenset(("roi", "reine")), frozenset(("procureur", "procureure", "substitut", "avocat", "avocate")))
_REACH = 5  # words before "of", where whoever is theirs stands


def is_superior(words: list[Word], at: int) -> bool:
    """Whether the name at `at` is behind an office, of which another person is told: they speak, and not the name."""
    lowers = [word.lower for word in words[:at]]
    office = _office(lowers)
    if office is None:
        return False
    last, noun = office
    if last >= 0 and lowers[last] in _THE:
        last -= 1
        if last < 0 or lowers[last] not in OF or lowers[last] in {"du", "des"}:
            return False
    elif last < 0 or lowers[last] not in _OF_ONE:
        return False
    heads = _same_phrase(lowers[max(0, last - _REACH) : last])
    is_crowns = noun in _CROWN[0] and any(head in _CROWN[1] for head in heads)
    return not is_crowns and any(head in _THEIRS for head in heads)


def _office(lowers: list[str]) -> tuple[int, str] | None:
    """The office that ends `lowers`, and where what stands before it is."""
    last = len(lowers) - 1
    if last >= 2 and lowers[last] in _OF_STATE[1] and lowers[last - 1] in {"d'", "d’"}:
        last -= 2
        if lowers[last] not in _OF_STATE[0]:
            return None
    if last < 1 or lowers[last] not in _OFFICES:
        return None
    noun = lowers[last]
    while last > 0 and (lowers[last] in _OFFICES or lowers[last] in _BEFORE_OFFICES):
        last -= 1
    return last, noun


def _same_phrase(lowers: list[str]) -> list[str]:
    """The end of `lowers` without a comma or another mark."""
    start = next((i + 1 for i in range(len(lowers) - 1, -1, -1) if not lowers[i][:1].isalpha()), 0)
    return [lower for lower in lowers[start:] if lower not in DETERMINERS]
