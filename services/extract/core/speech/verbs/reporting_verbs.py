"""Verbs and phrases that say who speaks: lemmas by language, and every form that inflection makes of them."""

from dataclasses import dataclass
from functools import lru_cache

from services.extract.core.speech.verbs.reporting_french import (
    FRENCH_ER,
    FRENCH_EXHORTING,
    FRENCH_IR,
    FRENCH_IRREGULAR,
    FRENCH_NAMING,
    FRENCH_REFLEXIVE,
    FRENCH_VIEWING,
)
from services.extract.core.speech.verbs.reporting_lemmas import (
    ACCORDING_TO,
    ARABIC,
    ARABIC_GERUNDS,
    AUXILIARIES,
    BARE,
    ENGLISH_CLAUSAL,
    ENGLISH_IRREGULAR,
    ENGLISH_NAMING,
    ENGLISH_REGULAR,
    GERMAN_IRREGULAR,
    GERMAN_WEAK,
    INFINITIVES,
    ITALIAN_ARE,
    ITALIAN_IRREGULAR,
    SPANISH_AR,
    SPANISH_IRREGULAR,
    WITH_INFINITIVE,
)
from services.extract.core.speech.verbs.reporting_pairs import pairs_of


@dataclass(frozen=True)
class Reporting:
    """The forms of one language: a cue is a finite form, or an auxiliary and a participle; all in lower case."""

    finite: frozenset[str]
    gerunds: frozenset[str]
    participles: frozenset[str]
    naming: frozenset[str]  # finite forms and participles of "call X «so»"
    viewing: frozenset[str]  # those of them that name only where it is told who does
    auxiliaries: frozenset[str]
    according_to: tuple[tuple[str, ...], ...]
    with_infinitive: frozenset[str]
    infinitives: frozenset[str]
    clausal: frozenset[str]  # those that a clause without its "that" follows
    reflexive: frozenset[str]  # finite forms that report only of oneself: s'étonne
    plain: frozenset[str]  # English forms that are nouns elsewhere
    bare: frozenset[str]  # infinitives that report by themselves: before adding «so»
    paired: frozenset[tuple[str, str]]  # that report only with their second word: spoke of
    exhorting: frozenset[str] = frozenset()  # finite forms and participles of "call upon X to «do so»"
    drops_subjects: bool = False  # a verb without a subject is that of whoever spoke last
    has_mood: bool = False  # what others say is in a mood of its own


@lru_cache(maxsize=32)
def reporting(language: str) -> Reporting:
    """The forms of `language` (a primary subtag); of all languages together where it has none of its own."""
    known = language if language in _LEXICON else None
    tongues = (known,) if known else tuple(_LEXICON)
    finite, gerunds, participles, naming = (
        frozenset().union(*sets) for sets in zip(*(_LEXICON[t]() for t in tongues), strict=True)
    )
    return Reporting(
        finite,
        gerunds,
        participles,
        naming,
        frozenset(FRENCH_VIEWING.split()),
        frozenset(word for tongue in tongues for word in AUXILIARIES.get(tongue, "").split()),
        tuple(tuple(cue.split()) for tongue in tongues for cue in ACCORDING_TO.get(tongue, "").split(";")),
        frozenset(word for tongue in tongues for word in WITH_INFINITIVE.get(tongue, ())),
        frozenset(word for tongue in tongues for word in INFINITIVES.get(tongue, ())),
        frozenset(ENGLISH_CLAUSAL.split()) if "en" in tongues else frozenset(),
        _reflexive() if "fr" in tongues else frozenset(),
        frozenset(ENGLISH_REGULAR.split()) if "en" in tongues else frozenset(),
        frozenset(word for tongue in tongues for word in BARE.get(tongue, "").split()),
        pairs_of(tongues),
        _exhorting() if "fr" in tongues else frozenset(),
        known in _DROPPING,
        known == "de",
    )


def _exhorting() -> frozenset[str]:
    forms: set[str] = set()
    for lemma in FRENCH_EXHORTING.split():
        _french_er(lemma, forms, forms, forms)
    return frozenset(forms)


def _reflexive() -> frozenset[str]:
    finite: set[str] = set()
    others: set[str] = set()
    for lemma in FRENCH_REFLEXIVE.split():
        _french_er(lemma, finite, others, others)
    return frozenset(finite)


Forms = tuple[set[str], set[str], set[str], set[str]]  # finite, gerunds, participles, naming


def _french() -> Forms:
    finite, gerunds, participles = _listed(FRENCH_IRREGULAR, "ant")
    for lemma in (FRENCH_ER + FRENCH_REFLEXIVE + FRENCH_NAMING).split():
        if lemma.endswith("er"):
            _french_er(lemma, finite, gerunds, participles)
    for stem in (lemma[:-1] for lemma in FRENCH_IR.split()):
        finite |= {stem + end for end in ("t", "ssent", "ssait", "ssaient", "ra", "rait", "rent")}
        gerunds.add(stem + "ssant")
        participles |= {stem, stem + "e", stem + "s", stem + "es"}
    naming: set[str] = {"décrit", "décrite", "décrits", "décrites", "décrivait", "décrivant", *FRENCH_VIEWING.split()}
    for lemma in FRENCH_NAMING.split():
        if lemma.endswith("er"):
            _french_er(lemma, naming, naming, naming)
    return finite - naming, gerunds - naming - {"opposant"}, participles - naming, naming


def _french_er(lemma: str, finite: set[str], gerunds: set[str], participles: set[str]) -> None:
    stem = lemma[:-2]
    strong = _french_strong(stem)
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    finite |= {strong + "e", strong + "ent", soft + "ait", soft + "aient", soft + "a", soft + "ât", stem + "èrent"}
    future = strong if strong.endswith(("ll", "è" + strong[-1:])) and "é" not in stem[-3:] else stem
    finite |= {future + end for end in ("era", "eront", "erait", "eraient")}
    gerunds.add(soft + "ant")
    participles |= {stem + end for end in ("é", "ée", "és", "ées")}


def _french_strong(stem: str) -> str:
    """The stem under stress: rappell-, martèl-, répèt-, considèr-."""
    if stem.endswith("appel"):
        return stem + "l"
    head, vowel, tail = stem[:-2], stem[-2:-1], stem[-1:]
    return head + "è" + tail if vowel in {"e", "é"} and tail not in "aeiouy" else stem


def _english() -> Forms:
    finite, gerunds, participles = _listed(ENGLISH_IRREGULAR, "ing")
    naming: set[str] = set()
    for lemma in (ENGLISH_REGULAR + ENGLISH_NAMING).split():
        stem = lemma.removesuffix("e")
        doubled = lemma + lemma[-1] if lemma in {"admit", "quip", "dub"} else stem
        third = lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma
        third = third if third.endswith("ies") else lemma + ("es" if lemma.endswith(("s", "sh", "ch")) else "s")
        past = lemma[:-1] + "ied" if third.endswith("ies") else doubled + "ed"
        if lemma in ENGLISH_NAMING.split():
            naming |= {third, past, doubled + "ing", lemma}
        if lemma in ENGLISH_REGULAR.split():
            finite |= {lemma, third, past}
            gerunds.add(doubled + "ing")
            participles.add(past)
    return finite, gerunds, participles, naming


def _german() -> Forms:
    finite, gerunds, participles = _listed(GERMAN_IRREGULAR, "end")
    for lemma in GERMAN_WEAK.split():
        stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
        link = "e" if stem.endswith(("t", "d")) else ""
        finite |= {stem + link + "t", stem + link + "te", stem + link + "ten", stem + link + "te"}
        prefix = "" if lemma.startswith(("be", "ent", "er", "ver", "unter")) or lemma.endswith("ieren") else "ge"
        participles.add(prefix + stem + link + "t")
    return finite, gerunds, participles, {"nannte", "nennt", "nannten", "bezeichnete", "bezeichnet"}


def _spanish() -> Forms:
    finite, gerunds, participles = _listed(SPANISH_IRREGULAR, "iendo")
    finite |= {form + "n" for form in finite if form.endswith("ía")}
    for stem in (lemma[:-2] for lemma in SPANISH_AR.split() if lemma.endswith("ar")):
        finite |= {stem + end for end in ("a", "an", "ó", "aron", "aba", "aban", "ará", "arán", "aría", "arían")}
        gerunds.add(stem + "ando")
        participles.add(stem + "ado")
    return (
        finite,
        gerunds,
        participles,
        {
            "calificó",
            "califica",
            "calificaba",
            "calificado",
            "calificando",
            "tildó",
            "tilda",
            "tildaba",
            "llamó",
            "tachó",
            "denominó",
        },
    )


def _italian() -> Forms:
    finite, gerunds, participles = _listed(ITALIAN_IRREGULAR, "endo")
    for stem in (lemma[:-3] for lemma in ITALIAN_ARE.split() if lemma.endswith("are")):
        finite |= {stem + "a", stem + "ano", stem + "ò", stem + "arono", stem + "ava", stem + "avano", stem + "erà"}
        gerunds.add(stem + "ando")
        participles.add(stem + "ato")
    return finite, gerunds, participles, {"definito", "definisce", "definì", "chiamato", "chiama", "bollato"}


def _arabic() -> Forms:
    forms = ARABIC.split()
    return (
        {prefix + form for form in forms for prefix in ("", "و", "ف")},
        set(ARABIC_GERUNDS.split()),
        set(),
        {prefix + form for prefix in ("", "و") for form in ("وصف", "وصفت", "وصفه", "وصفها", "اعتبره", "اعتبرها")}
        | {"واصفا", "واصفة"},
    )


def _listed(table: str, gerund_ending: str) -> tuple[set[str], set[str], set[str]]:
    """Lines of finite forms, a semicolon, participles."""
    finite: set[str] = set()
    participles: set[str] = set()
    for line in table.strip().splitlines():
        forms, _, past = line.partition(";")
        finite |= set(forms.split())
        participles |= set(past.split())
    gerunds = {form for form in finite if form.endswith(gerund_ending)}
    return finite - gerunds, gerunds, participles


_DROPPING = frozenset(("es", "it", "ar"))
_LEXICON = {"fr": _french, "en": _english, "de": _german, "es": _spanish, "it": _italian, "ar": _arabic}
