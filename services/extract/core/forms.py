"""Names that French builds by rule: a head that says what it is, and what follows (armée turque, ministère de la Défense, Front du Nord)."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from contracts.extraction import EntityType
from services.extract.core.gazetteer import ARABIC_ARTICLES
from services.extract.core.words import Word

FORCE, GROUP, ORGANISATION = EntityType.ARMED_FORCE, EntityType.ARMED_GROUP, EntityType.ORGANISATION

_FORCES = frozenset("armee armees marine aviation forces flotte garde gendarmerie coalition artillerie".split())
_FORCE_ADJECTIVES = frozenset(
    "arabe nationale nationales aerienne aeriennes aerospatiale aerospatiales navale navales terrestre terrestres speciale speciales "
    "armee armees republicaine royale royales imperiale populaire internationale loyaliste loyalistes federale federales "
    "gouvernementale gouvernementales democratique democratiques revolutionnaire revolutionnaires cotiere cotieres strategiques "
    "libre reguliere regulieres conjointe conjointes".split()
)
_STATE_BODIES = frozenset(
    "etat defense parlement senat congres diplomatie".split()
)  # with a capital, and a people after it
_LED = frozenset(("administration",))  # named after who leads it
_GROUP_HEADS = frozenset(
    "front brigade brigades bataillon bataillons soldats legion milice milices division forces armee commandos".split()
)
_BODY_HEADS = frozenset(
    "mouvement parti union ligue organisation unites comite conseil alliance coalition federation confederation syndicat association "
    "centre observatoire institut agence commission cour tribunal universite fondation fonds office autorite direction collectif "
    "rassemblement haut ministere secretariat departement bureau service services assemblee chambre academie ecole college hopital "
    "banque bourse musee theatre opera caisse autorites police gendarmerie garde brigade".split()
)
# Without a capital the head is a common noun, unless it is this kind of body and what it frees has a name.
_LIBERATORS = frozenset("instance organisation mouvement front armee comite".split())
_LIBERATIONS = frozenset("liberation resistance".split())
_ADJECTIVES = frozenset(
    "national nationale nationaux nationales populaire populaires islamique islamiques democratique democratiques revolutionnaire "
    "revolutionnaires international internationale internationaux internationales arme armee armes armees libre socialiste "
    "communiste republicain republicaine liberal liberale general generale superieur superieure central centrale federal federale "
    "europeen europeenne mondial mondiale monetaire humanitaire electoral electorale constitutionnel constitutionnelle "
    "administratif administrative regional regionale departemental departementale municipal municipale economique social sociale "
    "syndical patriotique uni unie unies".split()
)
_LINKS = (
    ("de", "la"), ("de", "l"), ("pour", "la"), ("pour", "le"), ("pour", "les"), ("pour", "l"), ("du",), ("des",), ("de",), ("d",), ("a", "la"),
)  # fmt: skip
_PLACING = frozenset(("en",))  # goes on with a name only after a purpose: Centre pour la paix en Syrie
_ARABIC_HEADS = frozenset(
    "jaysh jaych jaish jaich jeish liwa ahrar ansar harakat jabhat kataeb kataib katibat jund jound ajnad faylaq failaq haras hourras "
    "hurras saraya asaib jamaat lashkar hezb hizb suqour souqour tahrir tehrik ansarul mujahidin".split()
)
_ARABIC_ARTICLES = ARABIC_ARTICLES | {"e", "i"}  # Tehrik-e-
_MOST_PIECES = 5


class Built(NamedTuple):
    """A name found by its form."""

    start: int
    end: int
    type: EntityType
    country: str | None


Reading = Callable[["_Words", int], Built | None]


class _Words:
    """The words of one passage, with what the forms ask about them."""

    def __init__(self, text: str, spoken: Sequence[Word], demonyms: Mapping[str, str | None]) -> None:
        self.text, self.spoken, self.demonyms = text, spoken, demonyms

    def __len__(self) -> int:
        return len(self.spoken)

    def key(self, index: int) -> str:
        """The folded word; empty past the end, or where something but a blank, apostrophe or hyphen comes before it."""
        if not 0 <= index < len(self.spoken):
            return ""
        if (
            index
            and not self.text[self.spoken[index - 1].end : self.spoken[index].start].strip(" \u00a0\u202f'’-‐‑") == ""
        ):
            return ""
        return self.spoken[index].key

    def capital(self, index: int) -> bool:
        return bool(self.key(index)) and self.spoken[index].capitalised(self.text)

    def people(self, index: int) -> int:
        """How many words from here name a people (syrienne; nord-coréenne)."""
        if self.key(index) and f"{self.key(index)} {self.key(index + 1)}" in self.demonyms:
            return 2
        return 1 if self.key(index) in self.demonyms else 0

    def country(self, index: int, count: int) -> str | None:
        return self.demonyms.get(" ".join(self.key(index + n) for n in range(count)))

    def built(self, first: int, last: int, kind: EntityType, country: str | None) -> Built:
        return Built(self.spoken[first].start, self.spoken[last].end, kind, country)


def built_names(text: str, spoken: Sequence[Word], demonyms: Mapping[str, str | None]) -> list[Built]:
    """The names among these words that are built by a rule, in order, without overlaps.

    `demonyms` has the folded adjectives of peoples with their countries (syrienne: SY).
    """
    passage, found, index = _Words(text, spoken, demonyms), [], 0
    while index < len(passage):
        readings = [built for reading in _READINGS if (built := reading(passage, index)) is not None]
        if not readings:
            index += 1
            continue
        longest = max(readings, key=lambda built: built.end)
        found.append(longest)
        while index < len(passage) and spoken[index].start < longest.end:
            index += 1
    return found


def _force(words: _Words, first: int) -> Built | None:
    """Armée arabe syrienne, forces aérospatiales russes, armée de l'air israélienne, coalition US."""
    if words.spoken[first].key not in _FORCES:
        return None
    index = first + 1
    if words.key(index) == "de" and words.key(index + 1) in {"l", "terre"}:
        index += 3 if words.key(index + 2) == "air" else 2 if words.key(index + 1) == "terre" else 0
    while index <= first + _MOST_PIECES and words.key(index) in _FORCE_ADJECTIVES:
        index += 1
    if words.key(index) == "us" and words.text[words.spoken[index].start : words.spoken[index].end] == "US":
        return words.built(first, index, FORCE, "US")
    count = words.people(index)
    if not count:
        return None
    return words.built(first, index + count - 1, FORCE, words.country(index, count))


def _ministry(words: _Words, first: int) -> Built | None:
    """Ministère russe de la Défense, ministère de l'Éducation nationale, ministère des Affaires étrangères iranien."""
    if words.spoken[first].key not in {"ministere", "departement"}:
        return None
    count = words.people(first + 1)
    country = words.country(first + 1, count) if count else None
    index = first + 1 + count
    link = _link(words, index)
    if not link or not words.capital(index + link):
        return None
    index += link
    if words.spoken[first].key == "departement" and words.key(index) not in _PORTFOLIOS:
        return None
    while words.key(index + 1) in _PORTFOLIO_WORDS:
        index += 1
    if words.key(index + 1) == "et" and (link := _link(words, index + 2)) and words.capital(index + 2 + link):
        index += 2 + link
        while words.key(index + 1) in _PORTFOLIO_WORDS:
            index += 1
    if not count and (count := words.people(index + 1)):
        country, index = words.country(index + 1, count), index + count
    return words.built(first, index, ORGANISATION, country)


_PORTFOLIOS = frozenset("etat defense justice tresor commerce energie".split())
_PORTFOLIO_WORDS = frozenset(
    "etrangeres exterieures interieures nationale publique publics sociales sociale superieur superieure maritime culturelles "
    "generale religieuses civile rural numerique".split()
)


def _state_body(words: _Words, first: int) -> Built | None:
    """État syrien, Défense russe, Parlement européen: a capital and a people."""
    if words.spoken[first].key not in _STATE_BODIES or not words.capital(first):
        return None
    count = words.people(first + 1)
    return words.built(first, first + count, ORGANISATION, words.country(first + 1, count)) if count else None


def _led_body(words: _Words, first: int) -> Built | None:
    """Administration Trump."""
    if words.spoken[first].key not in _LED or not words.capital(first + 1) or words.people(first + 1):
        return None
    return words.built(first, first + 1, ORGANISATION, None)


def _liberators(words: _Words, first: int) -> Built | None:
    """Mouvement de libération du Nord, however it is capitalised."""
    if (
        words.spoken[first].key not in _LIBERATORS
        or words.key(first + 1) != "de"
        or words.key(first + 2) not in _LIBERATIONS
    ):
        return None
    link = _link(words, first + 3)
    if not link or not words.capital(first + 3 + link):
        return None
    return words.built(first, first + 3 + link, GROUP, None)


def _arabic(words: _Words, first: int) -> Built | None:
    """Liwa al-Haqq, Harakat Hazm."""
    if words.spoken[first].key not in _ARABIC_HEADS or not words.capital(first):
        return None
    index = first + 1
    articled = words.key(index) in _ARABIC_ARTICLES
    index += articled
    if not words.capital(index):
        return None
    if words.key(index + 1) in _ARABIC_ARTICLES and words.capital(index + 2):
        index += 2
    return words.built(first, index, GROUP, None)


def _titled_body(words: _Words, first: int) -> Built | None:
    """Front Al-Nour, Parti de la justice, Soldats du Nord, Centre russe pour la paix en Syrie: a head with a capital."""
    key = words.spoken[first].key
    if key not in _GROUP_HEADS | _BODY_HEADS or not words.capital(first):
        return None
    last, country, named = _continuation(words, first)
    if last == first or (not named and _opens_sentence(words, first)):
        return None
    return words.built(first, last, GROUP if key in _GROUP_HEADS else ORGANISATION, country)


def _continuation(words: _Words, first: int) -> tuple[int, str | None, bool]:
    """The last word of a name with this head, the country that an adjective names, and whether a capital follows the head."""
    last, country, named, purpose = first, None, False, False
    for _ in range(_MOST_PIECES):
        after = last + 1
        if words.key(after) in _ARABIC_ARTICLES and words.capital(after + 1):
            last, named = after + 1, True
        elif words.capital(after) and (last == first or words.capital(last)) and not (count := words.people(after)):
            last, named = after, True
        elif count := words.people(after):
            country, last = words.country(after, count) or country, after + count - 1
        elif words.key(after) in _ADJECTIVES:
            last = after
        elif (link := _link(words, after)) and _goes_on(words, after + link, purpose=purpose):
            purpose = purpose or words.key(after) == "pour"
            last = after + link
            named = named or words.capital(last)
        elif purpose and words.key(after) in _PLACING and words.key(after + 1).isalpha():
            last = after + 1
        else:
            break
    return last, country, named


def _goes_on(words: _Words, index: int, *, purpose: bool) -> bool:
    """Whether a linked word belongs to the name: one with a capital, or any noun of a body that says what it is for."""
    return words.capital(index) or (
        words.key(index).isalpha() and len(words.key(index)) > 3 and (purpose or words.key(index - 1) != "de")
    )


def _link(words: _Words, index: int) -> int:
    """How many words from here link a name's parts (de la: 2)."""
    for link in _LINKS:
        if all(words.key(index + n) == word for n, word in enumerate(link)) and not words.capital(index):
            return len(link)
    return 0


def _opens_sentence(words: _Words, index: int) -> bool:
    before = words.text[: words.spoken[index].start].rstrip(" \u00a0\u202f«\"“'’(")
    return not before or before[-1] in ".!?:;\n…" or index == 0


_READINGS: tuple[Reading, ...] = (_force, _ministry, _state_body, _led_body, _liberators, _arabic, _titled_body)
