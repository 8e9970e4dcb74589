"""Bodies in a language that no recogniser reads: what their first word says they are, and the capitals behind it."""

from collections.abc import Container, Sequence
from types import MappingProxyType

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found
from services.extract.core.words import Word, word_set

# What bodies are called, by language, folded.
_HEADS = MappingProxyType(
    {
        "es": word_set(
            """
            ministerio subsecretaria secretaria consejeria cancilleria departamento direccion fiscalia procuraduria
            contraloria defensoria superintendencia intendencia policia guardia tribunal corte audiencia juzgado
            congreso senado parlamento camara asamblea consejo comision comite junta instituto universidad academia
            colegio hospital banco fundacion federacion confederacion asociacion sindicato union coordinadora
            corporacion compania empresa servicio agencia oficina partido frente coalicion alianza movimiento cruz
            organizacion observatorio museo
            """
        ),
        "it": word_set(
            """
            ministero segreteria dipartimento prefettura questura procura corte tribunale consiglio senato parlamento
            camera commissione comitato giunta istituto universita accademia ospedale banca fondazione federazione
            confederazione associazione sindacato unione agenzia azienda ente partito movimento croce guardia polizia
            protezione organizzazione osservatorio museo regione
            """
        ),
        "pt": word_set(
            """
            ministerio secretaria departamento procuradoria promotoria defensoria controladoria policia guarda tribunal
            supremo superior congresso senado camara assembleia conselho comissao comite instituto universidade
            academia colegio hospital banco fundacao federacao confederacao associacao sindicato uniao companhia
            empresa servico agencia partido movimento cruz organizacao observatorio museu corpo
            """
        ),
    }
)
_LINKS = word_set("de del la los las para da do das dos di della dell dei degli delle per")
_AND, _OF_STATE = word_set("y e ed"), word_set("ministerio ministero consejeria secretaria subsecretaria departamento")
_BEFORE_NAMES = word_set("san santa santo sao vera don dona dom")
# Heads that are last names too, behind any other word with a capital than these.
_LAST_NAMES_TOO = word_set("cruz corte guardia guarda camara")
_BEFORE_BODIES = word_set(
    "el la los las un una il lo gli le o a os as um uma de del al da do na no em en y e con com para por per segun"
    " segundo secondo suprema real alta honorable nueva nova nuova vieja vecchia"
)
_EVERY_HEAD = frozenset().union(*_HEADS.values())
_MOST_WORDS, _MOST_LINKS = 9, 2


def told_bodies(text: str, spoken: Sequence[Word], tongue: str, given: Container[str] = frozenset()) -> list[Found]:
    """The names of two capitals and more that begin with what a body is: Ministerio de Salud, Guardia di Finanza.

    Behind a saint or one of the `given` names, folded, that word is a last name: Santa Cruz, Penélope Cruz Sánchez.
    """
    heads = _HEADS.get(tongue)
    if heads is None:
        return []
    found: list[Found] = []
    for first, word in enumerate(spoken):
        if word.key not in heads or not word.capitalised(text) or (found and word.start < found[-1].end):
            continue
        if text[word.start : word.end].isupper() or _is_last_name(text, spoken, first, given):
            continue
        last = _end(text, spoken, first)
        if last > first:
            found.append(Found(word.start, spoken[last].end, EntityType.ORGANISATION))
    return found


def _is_last_name(text: str, spoken: Sequence[Word], first: int, given: Container[str]) -> bool:
    """Whether a saint, a title of respect or a given name stands right before, or before some heads any other name."""
    before = spoken[first - 1] if first else None
    if before is None or not before.capitalised(text) or text[before.end : spoken[first].start] != " ":
        return False
    if before.key in _BEFORE_NAMES or before.key in given:
        return True
    return spoken[first].key in _LAST_NAMES_TOO and before.key not in _BEFORE_BODIES


def _end(text: str, spoken: Sequence[Word], first: int) -> int:
    """The last word with a capital that spaces and at most two small links join to the first one."""
    last, links = first, 0
    for index in range(first + 1, min(len(spoken), first + _MOST_WORDS)):
        if text[spoken[index - 1].end : spoken[index].start] not in {" ", "\u00a0", "’", "'"}:
            break
        if spoken[index].capitalised(text):
            last, links = index, 0
        elif spoken[index].key in _AND and not _is_of_two_things(text, spoken, first, index + 1):
            break
        elif spoken[index].key in _LINKS | _AND and links < _MOST_LINKS:
            links += 1
        else:
            break
    return last


def _is_of_two_things(text: str, spoken: Sequence[Word], first: int, after: int) -> bool:
    """Whether "and" joins two things that a part of a government sees to: Ministerio de Salud y Deportes."""
    is_noun = after < len(spoken) and spoken[after].capitalised(text) and spoken[after].key not in _EVERY_HEAD
    return is_noun and spoken[first].key in _OF_STATE
