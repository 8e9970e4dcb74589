"""Names that only tell whose wife, lawyer or spokesman somebody is: « l'épouse du président X » is not X."""

from services.extract.core.grammar import DETERMINERS, HUMANS, OF, PREPOSITIONS, STOPS, word_set
from services.extract.core.speech.cast import Word
from services.extract.core.speech.superiors import is_superior

# What one is to somebody, so that a name behind "of" is another's.
_RELATED = word_set(
    "épouse époux femme mari fils fille frère sœur mère père veuve veuf compagne compagnon ami amie cousin "
    "cousine neveu nièce oncle tante avocat avocate porte-parole conseiller conseillère assistant assistante "
    "attaché attachée collaborateur collaboratrice chauffeur biographe proche entourage esposa esposo hijo hija "
    "hermano hermana madre padre viuda viudo marido novia novio abogado abogada portavoz vocero vocera asesor "
    "asesora sobrino sobrina primo prima entorno cuñado cuñada wife husband son daughter brother sister mother "
    "father widow lawyer attorney spokesman spokeswoman spokesperson aide adviser advisor biographer moglie "
    "marito figlio figlia fratello sorella avvocato portavoce"
)
_OFFICES = HUMANS | word_set(
    "presidente presidenta ministro ministra alcalde alcaldesa gobernador gobernadora senador senadora diputado "
    "diputada rey reina papa cantante actor actriz futbolista jugador jugadora entrenador entrenadora juez jueza "
    "fiscal líder candidato candidata empresario empresaria escritor escritora exministro expresidente general "
    "director directora sindaco governatore senatore deputato calciatore allenatore giudice re regina"
)
# Nouns that a person's name is put behind, and that are not that person.
CALLED_AFTER = word_set(
    "famille affaire clan camp gouvernement cabinet équipe loi rapport plan ère époque administration commission "
    "fondation association rue procès dossier institut groupe maison amendement motion liste "
    "quinquennat septennat mandat règne"
)
_MOST_OF_TITLE = 4  # words between "of" and a name
_NEAR = 3  # words back from "of" to what somebody is


def is_owner(words: list[Word], at: int) -> bool:
    """Whether the name at word `at` only tells whose somebody is: la fille du roi X, un conseiller du ministre X."""
    return _is_of_a_relative(words, at) or is_superior(words, at)


def _is_of_a_relative(words: list[Word], at: int) -> bool:
    """Whether it stands behind a title of whom the noun before is: la fille du roi X."""
    first = at
    while first and at - first < _MOST_OF_TITLE and _is_of_title(words[first - 1].lower):
        first -= 1
    title = [word.lower for word in words[first:at]]
    if not any(lower in _OFFICES for lower in title):
        return False
    of = first - 1
    if of > 0 and words[of].lower in DETERMINERS and words[of].lower not in OF:
        of -= 1
    if of < 2 or words[of].lower not in OF:
        return False
    near = [word.lower for word in words[max(0, of - _NEAR) : of]]
    noun = next((i for i in reversed(range(len(near))) if near[i] in _RELATED), None)
    return noun is not None and all(lower.isalpha() or "-" in lower for lower in near[noun:])


def _is_of_title(lower: str) -> bool:
    return lower[0].isalpha() and lower not in PREPOSITIONS | STOPS | DETERMINERS
