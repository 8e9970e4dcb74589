"""Of which gender somebody is, as far as titles, articles, appositions and given names tell."""

import re

from services.extract.core.grammar import (
    DETERMINERS,
    FEMININE,
    HUMANS,
    MASCULINE,
    OF,
    PREPOSITIONS,
    STOPS,
    word_set,
)
from services.extract.core.speech.cast import Cast, Named, Word, words_in
from services.extract.core.speech.name_genders import FEMININE_NAMES, MASCULINE_NAMES
from services.extract.core.speech.titles import verbs_of

_REACH = 70  # characters around a name, where its gender shows
_MASCULINE_ARTICLES = word_set("le un el il der ein du au ce cet del dem den einen")
FEMININE_ARTICLES = word_set("la une cette")
_VOWELS = "aeiouyhàâéèêëîïôœ"  # before which « sa » is « son »
_POSSESSIVES = {"sa": "feminine", "son": "masculine"}
_FEMININE_NOUN = re.compile(
    r"[^\W\d_]+(?:trice|euse|ienne|ière|ante|ente|essa|esse|oise|igne|woman|actress|trix|erin|ärin|eurin|orin|dora)\Z"
)
# Behind « l' », where no article tells.
_BODIES = {
    **dict.fromkeys(
        word_set(
            "entreprise association organisation ong agence armée opposition université institution union équipe "
            "académie administration autorité ambassade église enseigne assemblée étude enquête adolescente élue"
        ),
        "feminine",
    ),
    **dict.fromkeys(
        word_set(
            "hôpital institut état office organisme observatoire établissement élysée homme adolescent élu enfant"
        ),
        "masculine",
    ),
}
_BODIES_BY_ARTICLE = word_set(
    "direction mairie préfecture police gendarmerie compagnie société banque fédération ligue fondation commission "
    "cour entourage équipe camp staff "
    "famille présidence chancellerie défense plateforme marque région ville municipalité firme chaîne fac gouvernement "
    "ministère parquet tribunal parti groupe syndicat collectif club conseil comité journal quotidien magazine site "
    "constructeur géant cabinet sénat parlement département consortium laboratoire musée festival palais"
)
_MASCULINE_NOUN = re.compile(r"[^\W\d_]+(?:teur|eur|ien|ier|man|ant|ent|ois|dor)\Z")
# How given names end in the languages of Europe, as far as that tells: no more than a hint.
_FEMININE_NAME = re.compile(
    r"[^\W\d_]{2,}(?:a|ine|elle|tte|ie|onne|enne|anne|ène|ise|ille|ole|èse|ique|cile|dile|ance|ence|ice|aire)\Z"
)
_MASCULINE_NAME = re.compile(r"[^\W\d_]*(?:nuel|ard|ien|ois|aud|aul|ques|ck|us|os|ld|im|ed|o)\Z")
_HINTLESS = re.compile(
    r"(?:claude|maxime|dominique|susan|megan|karin|carmen|[^\W\d_]{1,3}[aei]|[^\W\d_]*(?:andre|ndra|rice))\Z"
)


def gender_shown(cast: Cast, named: Named, mentions: list[Named]) -> str | None:
    """The gender that the words beside one of somebody's mentions show; None where none does."""
    for mention in [named, *(one for one in mentions if one.name == named.name and one is not named)]:
        if gender := cast.gender(mention, _beside):
            return gender
    return None


def _beside(cast: Cast, named: Named) -> str | None:
    own = words_in(cast.text, named.start, named.end)
    before = [word.lower for word in last_phrase(cast.words_before(named, _REACH))][-8:]
    if own and own[0].lower in DETERMINERS:  # somebody without a name: un proche, la victime
        return of_phrase([word.lower for word in own])
    verbs = verbs_of(cast.language)
    if before and before[-1] in OF:
        before = []  # la performance de X
    for at in range(len(before) - 1, -1, -1):
        word = before[at]
        if word in STOPS or word in verbs or (word in PREPOSITIONS and word not in OF):
            break  # souligne X: a verb, and no noun for all its ending
        if word in FEMININE - FEMININE_ARTICLES or _FEMININE_NOUN.match(word):
            return "feminine"
        if word in MASCULINE - _MASCULINE_ARTICLES:
            return "masculine"
        is_own = at == 0 or before[at - 1] not in OF
        if is_own and at < len(before) - 1 and (gender := _of_article(word)):
            return gender
    after = words_in(cast.text, named.end, min(len(cast.text), named.end + _REACH))
    return _apposed([word.lower for word in after])


def _apposed(after: list[str]) -> str | None:
    """The gender of a noun behind a comma: « X, directrice de l'école »."""
    if len(after) < 3 or after[0] not in {",", "("}:
        return None
    if after[1] in {"le", "la", "un", "une"}:
        return _of_article(after[1])
    if after[1] in FEMININE or _FEMININE_NOUN.match(after[1]):
        return "feminine"
    return "masculine" if after[1] in MASCULINE or _MASCULINE_NOUN.match(after[1]) else None


def of_phrase(lowers: list[str]) -> str | None:
    """The gender of a noun phrase by its article, or by its noun where that tells none: l'avocate, son épouse."""
    is_elided = len(lowers) > 1 and (lowers[0] == "l'" or (lowers[0] == "son" and lowers[1][0] in _VOWELS))
    if not is_elided:
        return _POSSESSIVES.get(lowers[0]) or _of_article(lowers[0])
    noun = lowers[1]
    if noun in _BODIES:
        return _BODIES[noun]
    if noun + "e" in HUMANS and noun in HUMANS:
        return "masculine"
    if (noun in HUMANS and noun.removesuffix("e") in HUMANS and noun.endswith("e")) or _FEMININE_NOUN.match(noun):
        return "feminine"
    return "masculine" if _MASCULINE_NOUN.match(noun) else None


def is_body(phrase: list[str]) -> bool:
    """Whether a noun phrase is of a body of people: l'entreprise, la direction."""
    return len(phrase) > 1 and (phrase[1] in _BODIES or phrase[1] in _BODIES_BY_ARTICLE)


def _of_article(word: str) -> str | None:
    if word in FEMININE_ARTICLES:
        return "feminine"
    return "masculine" if word in _MASCULINE_ARTICLES else None


def likely_gender(cast: Cast, named: Named, mentions: list[Named]) -> str | None:
    """The gender shown beside somebody, or hinted at by the given name."""
    return gender_shown(cast, named, mentions) or gender_of_name(named.name)


def gender_of_name(name: str) -> str | None:
    """The gender that a given name tells or hints at; None where it does neither."""
    first = name.split(maxsplit=1)[0].casefold()
    if first in FEMININE_NAMES:
        return "feminine"
    if first in MASCULINE_NAMES:
        return "masculine"
    if " " not in name or _HINTLESS.match(first):
        return None
    if _FEMININE_NAME.match(first):
        return "feminine"
    return "masculine" if _MASCULINE_NAME.match(first) else None


def is_of_other_gender(name: str, gender: str) -> bool:
    """Whether a given name is known as one of the other gender than a pronoun; a mere hint is not enough."""
    first = name.split(maxsplit=1)[0].casefold()
    return first in (FEMININE_NAMES if gender == "masculine" else MASCULINE_NAMES)


def last_phrase(words: list[Word]) -> list[Word]:
    """The words since the last punctuation; the full stop of an abbreviated title is none."""
    cut = next((i + 1 for i in reversed(range(len(words))) if words[i].lower in ',;:!?()«»"“”…'), 0)
    return words[cut:]
