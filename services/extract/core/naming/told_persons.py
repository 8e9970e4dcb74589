"""Persons in a language that no recogniser reads: whoever a verb of speaking stands beside, by two names and more."""

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache

from contracts.extraction import EntityType
from services.extract.core.grammar import ADVERBS, DETERMINERS, PREPOSITIONS, PRONOUNS, STOPS, TIMES
from services.extract.core.metadata.press_titles import is_titled
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.speech.verbs.reporting_verbs import reporting
from services.extract.core.words import Word, fold, word_set, words

_TONGUES = frozenset(("de", "es", "it"))
_ARTICLES = word_set("der die das den dem ein eine einer el la un una il lo l uno gli")
# Adverbs that open a sentence with a capital.
_OPENERS = word_set("luego entonces ayer hoy ahora tambien poi ieri oggi dopo intanto dann danach zuvor gestern heute")
_AUXILIARIES = word_set("ha han habia hanno aveva hat hatte habe")
_PARTICLES = word_set("de del della di da dal von van zu y la las los do dos")
_OF_OFFICE = word_set("de del dell di della degli dei")  # ministro dell'Interno Mario Rossi
_SET_BEHIND = frozenset(("so", "secondo", "segun", "laut"))
# What bodies, papers and places begin with.
_BODIES = word_set(
    """
    cruz guardia policia comision comisiones consejo banco gobierno junta casa corte partido unidas unidos naciones
    ministerio secretaria instituto servicio fuerzas proteccion camara asociacion federacion union real nuevo nueva
    buenos san santa santo costa radio diario grupo movimiento universidad hospital los las el la
    confederacion ayuntamiento parlamento congreso senado fiscalia contraloria procuraduria defensoria superintendencia
    sindicato colegio club liga sociedad empresa compania fundacion agencia oficina departamento consejeria
    subsecretaria cancilleria alcaldia intendencia ejercito armada marina tribunal audiencia corporacion coordinadora
    central frente coalicion alianza carta ley plan premio copa feria fiesta semana campeonato puerto cerro rio
    confederazione associazione federazione fondazione sindacato parlamento senato tribunale agenzia societa
    azienda ministero prefettura questura comitato esercito marina confcommercio coppa legge festa
    mare guardia banca casa procura croce corriere forza fratelli lega partito protezione unione nuova nuovo alta
    consiglio corte commissione ministero polizia vigili gruppo istituto universita comune regione palazzo il lo
    deutsche deutscher deutsches freie freier neue neuer rote rotes grosse junge linke schweizer wiener berliner
    bayerische nord sud ost west stadt land kanton bad sankt der die das
    """
)
_NO_NAMES = frozenset(map(fold, PREPOSITIONS | DETERMINERS | STOPS | ADVERBS | TIMES | PRONOUNS.keys()))
# A noun with such an ending, folded, for which no virtue or feast has given its name to women: Relaciones Exteriores.
_ABSTRACT = re.compile(
    r"[^\W\d_]{3,}(?:[cs]ion(?:es)?|dad(?:es)?|miento|mientos|zione|zioni|ung|ungen|heit|keit|schaft|tat)\Z"
)
_NAMES_TOO = word_set(
    """
    concepcion asuncion encarnacion anunciacion consolacion purificacion ascension visitacion presentacion salvacion
    trinidad soledad natividad caridad piedad felicidad libertad hartung jung nascimento concezione
    """
)
# Der Sportliche Leiter
_GERMAN_ADJECTIVE = re.compile(r"[^\W\d_]{2,}(?:lich|isch|ig|haft|bar|sam)(?:e[nrsm]?)\Z")
_DEMONYM = re.compile(r"[^\W\d_]{3,}(?:ische|ischer|isches)\Z")
# What somebody is, in one German word: Landrat, Geologin, Fraktionschefin.
_OFFICE = re.compile(
    r"[^\W\d_]{2,}(?:rat|chef|chefin|ent|ist|er|loge|loge?r|meister|(?:er|eur|ent|ist|log|or|rät|end|ef|wält|ärzt|ur|än)in|minister|sprecher|leiter|kanzler|anwalt|führer|trainer"
    r"|autor|direktor|professor|vorsitzende[rn]?|richter|forscher|experte|kommissar|vertreter|bauer|bäuerin|hebamme)\Z"
)
# La consejera de Industria, Ana Ruiz, … · il portavoce Mario Rossi
_OFFICE_BEFORE = re.compile(
    r"\b(?:[Ee]l|[Ll]a|[Ii]l|[Ll]o|[Ll]['’]|[Uu]na?|[Dd]el|[Dd]ella|[Dd]ell['’]|[Dd]al|[Aa]l)\s?"
    r"(?:[a-zà-ÿ]{2,12}\s)?(?:president|alcald|ministr|consejer|portavo[zc]|director|diputad|senador|secretari|fiscal"
    r"|abogad|jef[ea]\b|líder|coordinador|delegad|gobernador|concejal|vicepresident|economist|analist|investigador"
    r"|profesor|médic|comisari|vocal\b|presidente|sindac|assessor|segretari|procurator|avvocat|direttor|deputat"
    r"|senatric|senator|dirigent|responsabil|commissari|docent|medic|ricercator|ricercatric|comandant)[a-zà-ÿ]{0,8}"
    r"[^,.;:()\"“”«»\n]{0,60}?,?\s\Z"
)
_GIVEN_IN_ER = word_set(
    """
    peter dieter rainer reiner walter gunter gunther werner xaver oliver alexander christopher volker holger rudiger
    elmer jennifer esther wolfger luger javier xavier rutger roger asger
    """
)
_OF_A_BODY = re.compile(r"[^\W\d_]+ (?:del|della|dell|dei|degli|dello) [^\W\d_]+")  # Aceros del Nervión
_LONGEST_OFFICE = 110  # characters
_MOST_SKIPPED = 5
_MOST_WORDS = 4


def told_persons(
    text: str, spoken: Sequence[Word], tongue: str, given: frozenset[str], is_place: IsPlace
) -> list[Found]:
    """The names of two words and more beside a verb of speaking, or behind an office, in order; `given` are folded."""
    if tongue not in _TONGUES:
        return []
    verbs = _verbs(tongue)
    found: list[Found] = []
    for run in _beginnings(text, spoken, verbs, tongue):
        last = _end(text, spoken, run)
        first = run + _titles(text, spoken, run, last, tongue)
        name = text[spoken[first].start : spoken[last].end]
        surface = text[spoken[first].start : spoken[first].end]
        is_body = (
            (surface.isupper() and len(surface) > 1)
            or _OF_A_BODY.fullmatch(name) is not None
            or spoken[first].key in _BODIES | _NO_NAMES
            or _DEMONYM.match(spoken[first].key) is not None
            or _is_a_noun(text, spoken, first, last, tongue)
            or _is_of_what_is_led(spoken, first, given)
            or name.isupper()
            or is_titled(name)
        )
        if last > first and not is_body and not is_place(name) and not _is_cut_short(text, name, given):
            found.append(Found(spoken[first].start, spoken[last].end, EntityType.PERSON))
    return found


def _is_a_noun(text: str, spoken: Sequence[Word], first: int, last: int, tongue: str) -> bool:
    """Whether a run begins as a noun does that is nobody's name, or is an office alone: Sportlicher Leiter."""
    key = spoken[first].key
    if tongue == "de" and _GERMAN_ADJECTIVE.match(key) and _OFFICE.match(text[spoken[last].start : spoken[last].end]):
        return True
    return _ABSTRACT.match(key) is not None and key not in _NAMES_TOO


def _is_of_what_is_led(spoken: Sequence[Word], first: int, given: Container[str]) -> bool:
    """Whether a run stands behind "of" and no given name opens it: la ministra de Relaciones Exteriores."""
    before = spoken[first - 1].key if first else ""
    return before in _OF_OFFICE and spoken[first].key not in given


@cache
def _verbs(tongue: str) -> frozenset[str]:
    """Verbs of speaking, folded."""
    forms = reporting(tongue)
    return frozenset(fold(form) for form in forms.finite | forms.participles)


def _beginnings(text: str, spoken: Sequence[Word], verbs: frozenset[str], tongue: str) -> Iterator[int]:
    """Where a run of capitals begins that a verb or an office stands beside."""
    at = 0
    while at < len(spoken):
        if not spoken[at].capitalised(text):
            at += 1
            continue
        last = _end(text, spoken, at)
        if last > at and (
            _stands_behind(text, spoken, at, verbs)
            or _stands_before(text, spoken, last, verbs)
            or (tongue == "de" and _is_led_by_office(text, spoken, at))
            or (tongue != "de" and _is_in_office(text, spoken[at].start, spoken[last].end))
        ):
            yield at
        at = last + 1


def _end(text: str, spoken: Sequence[Word], first: int) -> int:
    """The last word of a run of capitals, particles between them apart."""
    last = first
    for index in range(first + 1, min(len(spoken), first + _MOST_WORDS + 2)):
        gap = text[spoken[index - 1].end : spoken[index].start]
        if gap not in {" ", "-", "’", "'", "\u00a0"}:
            break
        if spoken[index].capitalised(text):
            last = index
        elif spoken[index].key == "von" and last - first > 1:
            break  # der Geologe Urs Meier von der ETH
        elif spoken[index].key not in _PARTICLES:
            break
    return last


def _stands_behind(text: str, spoken: Sequence[Word], first: int, verbs: frozenset[str]) -> bool:
    """Whether a verb of speaking stands before, with an article, a time or what somebody is between."""
    for index in range(first - 1, max(-1, first - 2 - _MOST_SKIPPED), -1):
        gap = text[spoken[index].end : spoken[index + 1].start]
        if gap.strip(" \u00a0"):
            return False
        word = spoken[index]
        if word.key in verbs or word.key in _SET_BEHIND:
            return text[word.start].islower() or word.key not in _SET_BEHIND
        if word.capitalised(text) and not _OFFICE.match(text[word.start : word.end]):
            return False
    return False


def _stands_before(text: str, spoken: Sequence[Word], last: int, verbs: frozenset[str]) -> bool:
    """Whether a verb of speaking follows right behind, or its auxiliary and its participle."""
    following = spoken[last + 1 : last + 3]
    if not following or text[spoken[last].end : following[0].start] != " ":
        return False
    if following[0].key in _AUXILIARIES and len(following) > 1:
        return following[1].key in verbs
    return following[0].key in verbs and text[following[0].start].islower()


def _is_led_by_office(text: str, spoken: Sequence[Word], first: int) -> bool:
    """Whether a German run begins with what somebody is, behind an article: Der Geologe Urs Meier."""
    is_article = spoken[first].key in _ARTICLES
    at = first + is_article
    led = is_article or (first > 0 and spoken[first - 1].key in _ARTICLES)
    return led and at < len(spoken) and _OFFICE.fullmatch(text[spoken[at].start : spoken[at].end]) is not None


def _is_in_office(text: str, start: int, end: int) -> bool:
    """Whether what somebody is stands before a name, and the sentence goes on behind it with a comma or a verb."""
    before = text[max(0, start - _LONGEST_OFFICE) : start]
    return text[end : end + 1] in {",", " ", "."} and _OFFICE_BEFORE.search(before) is not None


def _titles(text: str, spoken: Sequence[Word], first: int, last: int, tongue: str) -> int:
    """How many words of a run are what somebody is: Landrat Holger Meier, Tournee-Sieger Meier, dell'Interno X."""
    at = first + (spoken[first].key in _ARTICLES | _OPENERS and last > first)
    before = spoken[at - 1].key if at else ""
    if tongue != "de":
        return at - first + (before in _OF_OFFICE and last - at > 1)
    at += at + 1 < last and _GERMAN_ADJECTIVE.match(spoken[at].key) is not None  # der Sportliche Leiter Urs Meier
    end = at
    while end < last and text[spoken[end].end : spoken[end + 1].start] in {"-", "‐"}:
        end += 1
    surface = text[spoken[end].start : spoken[end].end]
    is_office = spoken[end].key not in _GIVEN_IN_ER and _OFFICE.fullmatch(surface) is not None
    return end + 1 - first if is_office or (before in _ARTICLES and last - end > 1) else at - first


def _is_cut_short(text: str, name: str, given: frozenset[str]) -> bool:
    """Whether the text has a longer name that ends so, behind one of the `given`: José Pérez Ruiz, and Pérez Ruiz."""
    return name in _behind_given_names(text, given)


@lru_cache(maxsize=1)
def _behind_given_names(text: str, given: frozenset[str]) -> frozenset[str]:
    """What stands behind one of the `given` names and a blank, up to the end of each of the next few words."""
    spoken = words(text)
    return frozenset(
        text[spoken[at + 1].start : last.end]
        for at, word in enumerate(spoken[:-1])
        if word.key in given and text[word.end : spoken[at + 1].start] == " "
        for last in spoken[at + 1 : at + 3 + _MOST_WORDS]
    )
