"""Where a French, Spanish or Italian noun phrase begins, so that no clause is taken for somebody who speaks."""

import re

from services.extract.core.grammar import DETERMINERS, HUMANS, PREPOSITIONS, PRONOUNS, STOPS, word_set
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.plural_subjects import SEVERAL

_LANGUAGES = frozenset(("fr", "es", "it"))
# What a noun phrase opens with beside an article: quantifiers, possessives, numbers, what stands for a noun.
_OPENING = DETERMINERS | word_set(
    "plusieurs certains certaines quelques quelqu' chaque aucun aucune nul nulle tout toute tous toutes divers "
    "diverses différents différentes maints maintes mon ma mes ton ta tes notre nos votre vos beaucoup nombre "
    "celui celle ceux celles quiconque deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
    "quinze vingt trente cent mille autre autres m mm mme mlle me mgr dr otro otra otros otras varios varias "
    "algún alguna algunos algunas ningún ninguna todo toda todos todas cada ambos ambas mi mis tu tus nuestro "
    "nuestra nuestros nuestras aquel aquella unos unas dos tres cuatro cinco seis siete ocho nueve diez alguien "
    "don doña alcuni alcune diversi diverse molti molte ogni ognuno qualcuno tutti tutte altri altre due quattro "
    "cinque sei sette otto nove dieci mio mia miei mie suo sua suoi sue nostro nostra loro gli dei degli delle "
    "questo questa questi queste quel quello quella quei quegli quelle"
)
_BARE = word_set("sources fuentes fonti monseigneur monsieur madame mademoiselle maître quiconque")
_WHEN = word_set(
    "plus tôt tard peu après avant un même déjà más tarde luego entonces poco antes después più tardi prima"
)
_MOST_WHEN = 4
_HOW = ("mente", "ado", "ada", "ido", "ida", "oso", "osa", "ato", "ata", "uto", "uta")
_CONTRACTED = re.compile(
    r"(?:\b(?:du|aux?|des|(?:de|a|da|ne|su)l(?:l[aeo])?|(?:de|a|da|ne|su)(?:i|gli))\s|['’])\Z", re.IGNORECASE
)
_REACH = 6  # characters before a phrase, where an article is that a preposition holds
_LEADING = (PREPOSITIONS | STOPS) - DETERMINERS | word_set("comme como aunque además así quand lorsque si come quando")
_NO_NAMES = word_set("mieux pire pis bref résultat preuve conséquence peor mejor resultado meglio peggio")


def from_its_opening(cast: Cast, words: list[Word]) -> list[Word]:
    """The words from where their noun phrase opens, without what tells when; none where they open as no phrase does.

    « puisque je me souviens » is nobody, « plus tôt le ministre » is the minister.
    """
    is_same = len(words) > 1 and words[0].lower == "même" and words[1].lower not in DETERMINERS  # même source
    if cast.language not in _LANGUAGES or not words or is_same or _opens(cast, words):
        return words
    leading = next((i for i, word in enumerate(words[:_MOST_WHEN]) if word.lower not in _WHEN), 0)
    if leading and _opens(cast, words[leading:]):
        return words[leading:]
    if cast.language != "fr":  # declaró visiblemente emocionado el alcalde
        how = next((i for i, word in enumerate(words[:_MOST_WHEN]) if not word.lower.endswith(_HOW)), 0)
        return words[how:] if how and _opens(cast, words[how:]) else []
    comma = next((i for i, word in enumerate(words[:_MOST_WHEN]) if word.lower == ","), 0)  # naïf, le député X
    return words[comma + 1 :] if comma and words[comma + 1 :] and _opens(cast, words[comma + 1 :]) else []


def _opens(cast: Cast, words: list[Word]) -> bool:
    """Whether a phrase opens with an article or its like, with a capital, or as a title does."""
    first, text = words[0], cast.text
    if not text[first.start].islower():
        is_alone = len(words) == 1 and (first.lower in _NO_NAMES or first.lower.endswith(("ment", "mente")))
        is_clause = first.lower in _LEADING and cast.named_at(first.start) is None
        return not (is_alone or is_clause)
    lower = first.lower
    if lower in PRONOUNS or lower in _OPENING or lower in _BARE:
        return True
    is_led = lower in {"d'", "de"} and len(words) > 1
    is_human = lower in HUMANS | SEVERAL or lower.removesuffix("s") in HUMANS or lower.removesuffix("es") in HUMANS
    is_held = _CONTRACTED.search(text, max(0, first.start - _REACH), first.start) is not None
    return is_led or is_human or (is_held and lower not in PREPOSITIONS)
