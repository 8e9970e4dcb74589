"""Names that French builds by rule: a head that says what it is, and what follows (armée turque, Front du Nord)."""

import re
from collections.abc import Callable, Mapping, Sequence

from contracts.extraction import EntityType
from services.extract.core.naming import form_words as vocabulary
from services.extract.core.naming.designations import armed_with
from services.extract.core.naming.gazetteer import ARABIC_ARTICLES
from services.extract.core.naming.spoken_words import Built, SpokenWords
from services.extract.core.words import Word

FORCE, GROUP, ORGANISATION = EntityType.ARMED_FORCE, EntityType.ARMED_GROUP, EntityType.ORGANISATION

_MOST_PIECES = 5
_HYPHENS = "-‐‑"
_ORDINAL = re.compile(r"\d{1,3}(?:e|eme|re|er)")
_ARABIC_ARTICLES = ARABIC_ARTICLES | {"e", "i"}  # Tehrik-e-Taliban

Reading = Callable[[SpokenWords, int], Built | None]


def built_names(text: str, spoken: Sequence[Word], demonyms: Mapping[str, str | None]) -> list[Built]:
    """The names among these words that are built by a rule, in order, without overlaps.

    `demonyms` has the folded adjectives of peoples with their countries (syrienne: SY); without any, the text is in
    another language, and only the forms that all languages take over from Arabic are read.
    """
    passage, found, index = SpokenWords(text, spoken, demonyms), [], 0
    while index < len(passage):
        if spoken[index].key not in vocabulary.HEADS:
            index += 1
            continue
        of_language = _READINGS if demonyms else _READINGS_OF_ALL
        readings = [built for reading in of_language if (built := reading(passage, index)) is not None]
        if not readings:
            index += 1
            continue
        longest = max(readings, key=lambda built: built.end)
        found.append(longest)
        while index < len(passage) and spoken[index].start < longest.end:
            index += 1
    return found


def _force(words: SpokenWords, first: int) -> Built | None:
    """Armée arabe syrienne, forces aérospatiales russes, armée de l'air israélienne, coalition US."""
    if words.spoken[first].key not in vocabulary.FORCES:
        return None
    index = first + 1
    if words.spoken[first].key == "garde" and words.key(index) in vocabulary.GUARDS and not words.people(index + 1):
        return words.built(first, index, FORCE, None)
    if words.key(index) == "de" and words.key(index + 1) in {"l", "terre"}:
        index += 3 if words.key(index + 2) == "air" else 2 if words.key(index + 1) == "terre" else 0
    while index <= first + _MOST_PIECES and words.key(index) in vocabulary.FORCE_ADJECTIVES:
        index += 1
    if words.key(index) == "us" and words.text[words.spoken[index].start : words.spoken[index].end] == "US":
        return words.built(first, index, FORCE, "US")
    count = words.people(index)
    if not count:
        return None
    return words.built(_from_number(words, first), index + count - 1, FORCE, words.country(index, count))


def _from_number(words: SpokenWords, first: int) -> int:
    """Where the name begins: with the number before its head (58e armée russe)."""
    is_numbered = first > 0 and bool(words.key(first)) and _ORDINAL.fullmatch(words.spoken[first - 1].key) is not None
    return first - is_numbered


def _ministry(words: SpokenWords, first: int) -> Built | None:
    """Ministère russe de la Défense, ministère de l'Éducation nationale, ministère des Affaires étrangères iranien."""
    if words.spoken[first].key not in vocabulary.MINISTRIES:
        return None
    count = words.people(first + 1)
    country = words.country(first + 1, count) if count else None
    index = first + 1 + count
    link = _link(words, index)
    if not link or not words.capital(index + link):
        return None
    index += link
    if words.spoken[first].key == "departement" and words.key(index) not in vocabulary.PORTFOLIOS:
        return None
    while words.key(index + 1) in vocabulary.PORTFOLIO_WORDS:
        index += 1
    if words.key(index + 1) == "et" and (link := _link(words, index + 2)) and words.capital(index + 2 + link):
        index += 2 + link
        while words.key(index + 1) in vocabulary.PORTFOLIO_WORDS:
            index += 1
    if not count and (count := words.people(index + 1)):
        country, index = words.country(index + 1, count), index + count
    return words.built(first, index, ORGANISATION, country)


def _state_body(words: SpokenWords, first: int) -> Built | None:
    """État syrien, Défense russe, Parlement européen: a capital and a people."""
    count = words.people(first + 1)
    stately = words.spoken[first].key in vocabulary.GOVERNING and words.country(first + 1, count) is not None
    if not (stately or (words.spoken[first].key in vocabulary.STATE_BODIES and words.capital(first))):
        return None
    if not count or not _agree(words.spoken[first].key, words.key(first + count)):
        return None
    return words.built(first, first + count, ORGANISATION, words.country(first + 1, count))


def _agree(head: str, adjective: str) -> bool:
    """Whether an adjective may be that of a state's body: not of chefs d'État européens, of a secrétaire américain."""
    if adjective.endswith("s"):
        return adjective.endswith(vocabulary.SINGULAR_IN_S) and head not in vocabulary.FEMININE_STATE_BODIES
    return head not in vocabulary.FEMININE_STATE_BODIES or adjective.endswith("e")


def _led_body(words: SpokenWords, first: int) -> Built | None:
    """Administration Trump."""
    if words.spoken[first].key not in vocabulary.LED or not words.capital(first + 1) or words.people(first + 1):
        return None
    return words.built(first, first + 1, ORGANISATION, None)


def _liberators(words: SpokenWords, first: int) -> Built | None:
    """Mouvement de libération du Nord, however it is capitalised."""
    if (
        words.spoken[first].key not in vocabulary.LIBERATORS
        or words.key(first + 1) != "de"
        or words.key(first + 2) not in vocabulary.LIBERATIONS
    ):
        return None
    link = _link(words, first + 3)
    if not link or not words.capital(first + 3 + link):
        return None
    return words.built(first, first + 3 + link, GROUP, None)


def _arabic(words: SpokenWords, first: int) -> Built | None:
    """Liwa al-Haqq, Harakat Hazm."""
    if words.spoken[first].key not in vocabulary.ARABIC_HEADS or not words.heads(first):
        return None
    index = first + 1
    articled = words.key(index) in _ARABIC_ARTICLES
    index += articled
    if not words.capital(index):
        return None
    if words.key(index + 1) in _ARABIC_ARTICLES and words.capital(index + 2):
        index += 2
    return words.built(first, index, GROUP, None)


def _street(words: SpokenWords, first: int) -> Built | None:
    """Rue de Rivoli, gare Saint-Lazare."""
    is_square = words.spoken[first].key in vocabulary.SQUARES
    if words.spoken[first].key not in vocabulary.STREETS and not (is_square and _is_where(words, first)):
        return None
    index = first + 1 + _link(words, first + 1)
    if not words.capital(index) or (words.people(index) and words.key(index - 1) != "des"):  # boulevard des Italiens
        return None
    while words.capital(index + 1) and words.text[words.spoken[index].end] in _HYPHENS:
        index += 1
    return words.built(first, index, EntityType.PLACE, None)


def _is_where(words: SpokenWords, first: int) -> bool:
    """Whether somebody or something is there: sur la place de la Concorde; not « prendre la place de la Zalmirie »."""
    before = words.text[max(0, words.spoken[first].start - 16) : words.spoken[first].start]
    return words.key(first + 1) != "a" and vocabulary.WHERE.search(before) is not None


def _red_cross(words: SpokenWords, first: int) -> Built | None:
    """Croix-Rouge libanaise, Croissant-Rouge algérien."""
    wanted = vocabulary.SOCIETIES.get(words.spoken[first].key)
    if wanted is None or words.key(first + 1) != wanted or not (words.capital(first) and words.capital(first + 1)):
        return None
    count = words.people(first + 2)
    return words.built(first, first + 1 + count, ORGANISATION, words.country(first + 2, count)) if count else None


def _small_group(words: SpokenWords, first: int) -> Built | None:
    """Bataillon Zarbin, without a capital of its own; not le général de brigade Zarbin."""
    is_head = words.spoken[first].key in vocabulary.SMALL_GROUP_HEADS and not words.capital(first)
    is_rank = words.key(first - 1) == "de" and words.key(first - 2) in vocabulary.RANKS
    if not is_head or is_rank or not words.capital(first + 1) or words.people(first + 1):
        return None
    return words.built(first, first + 1, GROUP, None)


def _titled_body(words: SpokenWords, first: int) -> Built | None:
    """Front Al-Nour, Parti de la justice, Centre russe pour la paix en Syrie: a head with a capital."""
    key = words.spoken[first].key
    if key not in vocabulary.GROUP_HEADS | vocabulary.BODY_HEADS or not words.heads(first):
        return None
    if words.text[words.spoken[first].start : words.spoken[first].end].isupper():
        return None  # in a headline in capitals nothing tells where a name ends
    last, country, named = _continuation(words, first)
    is_any = not named and words.key(last) in vocabulary.OF_ANY_TOWN
    if last == first or is_any or (not named and words.opens_sentence(first)):
        return None
    return words.built(first, last, _kind_of(words, first, last), country)


def _kind_of(words: SpokenWords, first: int, last: int) -> EntityType:
    """What a head names with what follows it: Front de gauche is a party, Forces armées du Nord a state's."""
    head, following = words.spoken[first].key, {words.key(index) for index in range(first + 1, last + 1)}
    if head not in vocabulary.GROUP_HEADS or (head == "front" and following & vocabulary.OF_PARTIES):
        return ORGANISATION if not following & vocabulary.OF_FIGHTERS or head not in vocabulary.GROUP_HEADS else GROUP
    is_of_state = head == "forces" and words.key(first + 1) == "armees" and not following & vocabulary.OF_FIGHTERS
    return FORCE if is_of_state else GROUP


def _continuation(words: SpokenWords, first: int) -> tuple[int, str | None, bool]:
    """The last word of a name with this head, the country of an adjective in it, and whether a capital follows."""
    last, country, named, purpose, linked = first, None, False, False, False
    for _ in range(_MOST_PIECES):
        after = last + 1
        if words.key(after) in _ARABIC_ARTICLES and words.capital(after + 1):
            last, named = after + 1, True
        elif words.capital(after) and (last == first or words.capital(last)) and not (count := words.people(after)):
            if _begins_another(words, first, after, linked=linked):
                break
            last, named = after, True
        elif count := words.people(after):
            country, last = words.country(after, count) or country, after + count - 1
        elif words.key(after) in vocabulary.ADJECTIVES:
            last = after
        elif (link := _link(words, after)) and _goes_on(words, after + link, free=purpose or not (named or linked)):
            linked = True
            purpose = purpose or words.key(after) == "pour"
            last = after + link
            named = named or words.capital(last)
        elif linked and not named and (joined := _joined(words, after)):
            last = joined
        elif purpose and words.key(after) in vocabulary.PLACING and words.key(after + 1).isalpha():
            last = after + 1
        else:
            break
    return last, country, named


def _begins_another(words: SpokenWords, first: int, after: int, *, linked: bool) -> bool:
    """Whether a capital is a sentence's, or a person's behind a portfolio: le Ministère de l'Intérieur Paul Zarbin."""
    is_opening = words.key(after) in vocabulary.OPENING and not words.capital(after + 1)
    head = words.spoken[first]
    if after == first + 1 and head.key in vocabulary.CALLED_AFTER_NOBODY and words.capital(after + 1):
        return vocabulary.OFFICE_OF.search(words.text, max(0, head.start - 40), head.start) is not None
    return is_opening or (linked and head.key in vocabulary.MINISTRIES)


def _goes_on(words: SpokenWords, index: int, *, free: bool) -> bool:
    """Whether a linked word belongs to the name: with a capital, or any noun while it is free (Parti de gauche)."""
    key, is_small = words.key(index), not words.capital(index)
    if key in vocabulary.COMPETITIONS or (is_small and key in vocabulary.OF_PHRASES | vocabulary.MONTHS):
        return False
    shortest = 3 if words.key(index - 1) == "d" else 4  # d'art
    return not is_small or (key.isalpha() and len(key) >= shortest and (free or words.key(index - 1) != "de"))


def _joined(words: SpokenWords, index: int) -> int:
    """The last of the words that `et` and the same link join to a name (Musée d'art et d'histoire), or 0."""
    link = _link(words, index + 1) if words.key(index) == "et" else 0
    return index + 1 + link if link and words.key(index + 1) == "d" and words.key(index + 1 + link).isalpha() else 0


def _link(words: SpokenWords, index: int) -> int:
    """How many words from here link a name's parts (de la: 2)."""
    for link in vocabulary.LINKS:
        if all(words.key(index + n) == word for n, word in enumerate(link)) and not words.capital(index):
            return len(link)
    return 0


_READINGS_OF_ALL: tuple[Reading, ...] = (_arabic,)
_READINGS: tuple[Reading, ...] = (
    _force,
    _ministry,
    _state_body,
    _led_body,
    _liberators,
    _arabic,
    _street,
    _red_cross,
    _small_group,
    armed_with,
    _titled_body,
)
