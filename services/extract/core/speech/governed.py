"""Whether somebody is named as a complement, so that no pronoun behind means them first."""

from services.extract.core.grammar import DETERMINERS, OF, PREPOSITIONS, SAYINGS, SOURCES, WRITINGS, word_set
from services.extract.core.speech.cast import Cast, Named
from services.extract.core.speech.owners import is_owner

_REACH = 70  # characters before a name, where what it hangs on stands
_SAYING = (
    WRITINGS
    | SAYINGS
    | word_set(
        "recommandations mot réponse réaction avis témoignage récit analyse explication explications conseils voix "
        "argument arguments verdict constat advice answer reaction view recommendations"
    )
)
_BARE_TITLES = word_set(
    """
    president judge senator minister chancellor governor mayor general colonel justice congressman
    congresswoman former champion king queen prince princess pope präsident präsidentin minister ministerin
    kanzler kanzlerin richter richterin bürgermeister bürgermeisterin
    """
)
_IN_THE_VIEW_OF = ("Pour ", "Selon ", "For ", "Für ", "Para ", "Per ")
_CONTRACTED = frozenset(("du", "au", "del", "al"))  # a preposition with its article


def _is_behind_a_bare_title(before: list[str]) -> bool:
    """Whether a title without its article stands between a preposition and a name, as English and German have it."""
    bare = next((at for at in reversed(range(len(before))) if before[at] not in _BARE_TITLES), -1) + 1
    is_led = 0 < bare < len(before) and before[bare - 1] in PREPOSITIONS
    return is_led and not _is_source(before[:bare])


def is_governed(cast: Cast, named: Named) -> bool:
    """Whether somebody is named as a complement: behind a preposition, with a title between or not, or as an owner."""
    text = cast.text
    if named.has_spoken:
        return False
    words = cast.words_before(named, _REACH)
    before = [word.lower for word in words]
    is_owned = text[named.end : named.end + 2] in {"'s", "’s"} or text[named.start - 1 : named.start] == "("
    # l'avocat du président X, the lawyer for President X
    is_of_another = is_owner(words, len(words)) or _is_behind_a_bare_title(before)
    if is_owned or is_of_another:
        return True
    is_of_word = len(before) > 1 and before[-1] in OF and before[-2] in _SAYING
    if not before or is_of_word or text.endswith(_IN_THE_VIEW_OF, 0, named.start):
        return False  # voici les recommandations de X
    phrase = next((at + 1 for at in reversed(range(len(before))) if not before[at][0].isalpha()), 0)
    if (contracted := _contracted(before, phrase)) is not None:
        return not (
            _is_source(before[: contracted + 1]) or any(lower in _SAYING for lower in before[phrase:contracted])
        )
    articles = (at for at in range(len(before) - 1, phrase, -1) if before[at] in DETERMINERS)
    at = next((at for at in articles if before[at - 1] not in OF), None)
    is_view = at == phrase + 1 and before[phrase] == "pour" and before[max(0, phrase - 1)] not in {",", "("}
    if is_view:
        return False  # Pour l'ancien ministre X, c'est une erreur.
    led = before if before[-1] in PREPOSITIONS else before[:at]
    return (
        at is not None and led[-1] in PREPOSITIONS and not _is_source(led) if led is not before else not _is_source(led)
    )


def _contracted(before: list[str], phrase: int) -> int | None:
    """Where a preposition with its article stands that no other article precedes in the phrase: du sénateur X."""
    at = next((at for at in range(phrase, len(before) - 1) if before[at] in _CONTRACTED), None)
    return None if at is None or any(lower in DETERMINERS for lower in before[phrase:at]) else at


def _is_source(before: list[str]) -> bool:
    """Whether the preposition names who says it: selon X, même son de cloche chez X; « Pour le maire X, … »."""
    is_alike = before[-1] == "chez" and "même" in before
    return is_alike or before[-1] in SOURCES or before[-2:] in (["d'", "après"], ["according", "to"])
