"""Verbs that say who speaks only together with their second word: spoke of, lashed out, s'élève contre, habló de."""

from typing import NamedTuple

_OF = {
    "en": (
        ("spoke speaks spoken speaking talked talks talking", "of"),
        ("ranted rants ranting", "about"),
        ("railed rails railing raged rages raging inveighed inveighs", "against"),
        ("hit hits hitting lashed lashes lashing spoke speaks speaking", "out"),
        ("hit hits shot shoots fired fires hitting firing", "back"),
        ("took takes taking", "aim"),
        ("put puts", "it"),
        ("found finds ruled rules", "that"),
        ("chimed chimes", "in"),
    ),
    "de": (("sprach spricht sprachen sprechen", "von"), ("zog zieht zogen", "über")),
    "es": (
        ("habló habla hablaba hablan hablaron hablando hablado", "de"),
        ("arremetió arremete arremetía arremetieron arremeten arremetiendo arremetido", "contra"),
        ("abogó aboga abogaba abogaron abogan abogando abogado", "por"),
        ("apostó apuesta apostaba apostaron apuestan", "por"),
        ("comprometió compromete comprometido comprometieron", "a"),
        ("quejó queja quejan quejaron quejaba quejaban quejado", "de"),
        ("burló burla burlaba burlaron burlado", "de"),
        ("mostró muestra mostraba mostraron declara declaró", "convencido"),
        ("mostró muestra mostraba mostraron declara declaró", "convencida"),
        ("cargó carga cargaba cargaron cargan cargando cargado despotricó despotrica despotricando", "contra"),
    ),
    "it": (
        ("scaglia scagliò scagliato scagliata scagliati scagliandosi inveisce inveì inveendo inveito", "contro"),
        ("parla parlava parlato parlando parlano parlò", "di"),
    ),
    "fr": (
        ("élève élèvent élevait élevaient éleva élevé élevée élevés élevées élevant", "contre"),
        ("insurge insurgent insurgeait insurgé insurgée insurgés insurgeant", "contre"),
        ("emporte emportent emportait emporté emportée emportés emportant", "contre"),
        ("table tablent tablait tablé tablant mise misent misait misé misant", "sur"),
        ("revient reviennent revenait revenu revenue revenant", "sur"),
        ("rend rendent rendait rendu rendant", "hommage"),
    ),
}
_PREPOSITIONS = frozenset(
    ("of", "that", "about", "against", "von", "über", "de", "contra", "contro", "di", "contre", "sur", "por", "a")
)
_SET = frozenset(("prend", "prennent", "prenait", "prenaient", "prit", "prirent", "prendra", "prenant"))
_SET_ON = frozenset(("pris", "prise", "prises"))
_BEING = frozenset(("est", "sont", "était", "étaient", "serait", "seraient", "étant", "être"))


class Pair(NamedTuple):
    """How many words such a verb has, what leads it included."""

    length: int
    is_gerund: bool


def pairs_of(tongues: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The pairs of these languages, in lower case."""
    return frozenset(
        (verb, second) for tongue in tongues for verbs, second in _OF.get(tongue, ()) for verb in verbs.split()
    )


def paired(lowers: tuple[str, ...], at: int, stem: str, pairs: frozenset[tuple[str, str]]) -> Pair | None:
    """The pair that `lowers` begin with, whose verb `stem` (no clitic with it) stands at `at`; None without one."""
    second = lowers[at + 1] if at + 1 < len(lowers) else ""
    if (stem, second) in pairs:  # a preposition belongs to what follows
        return Pair(at + 2 - (second in _PREPOSITIONS), stem.endswith(("ing", "ant", "ndo", "ndosi")))
    if not at or stem != "en" or lowers[0] not in {"s'", "se"}:
        return None
    if second.partition("-")[0] in _SET:  # s'en prend à
        return Pair(3, second == "prenant")
    is_compound = second in _BEING and len(lowers) > at + 2 and lowers[at + 2] in _SET_ON
    return Pair(4, is_gerund=False) if is_compound else None
