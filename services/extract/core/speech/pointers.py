"""Clauses that point back at a quotation: « c'est en ces termes que X a réagi », « X en est convaincu »."""

from services.extract.core.grammar import COPULAS, DETERMINERS, OF, word_set
from services.extract.core.speech.attributed import Attribution, cue_of, span_of
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.noun_phrases import spoken
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.speakers import first_person, has_pronoun_subject, speaker_after, speaker_before
from services.extract.core.speech.verbs.reporting_phrases import THAT, verb_at, verbs_in
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_POINTING = word_set(
    "c' ce voilà tel tels telle telles ainsi estas éstas esas es así those these that such das dies questo queste"
)
WORDS = word_set(
    "satz spruch zitat "
    "mots termes paroles phrase message réponse réaction propos words palabras frase reacción worte worten parole "
    "cri formule constat sortie tweet appel avertissement déclaration aveu confidence question réplique tirade "
    "citation analyse promesse conviction credo verdict avis conseil défense défi "
    "reflexiones declaraciones comentarios comentario advertencia "
    "antienne ton argument line verdict mensaje respuesta opinión tuit answer advice"
)
_BEEN = frozenset(("été", "est", "sont", "been", "was", "were", "sido", "fue", "fueron"))
_SIGNING = frozenset(("–", "—", "("))
_SPEAKING_SO = ("parl", "s'exprim", "sprach", "spricht")
_MOST_BEFORE_AGENT = 9  # words between « a été lancé » and « par »
_AUTHORS = frozenset(("auteur", "autrice", "author", "autor", "autora", "autore", "autrice"))
_SO = frozenset(("así", "asi", "così"))
_ARABIC_THIS = frozenset(("هذا", "ذلك", "وهذا"))
_IT_SAID = {
    "de": frozenset(("das", "dies")),
    "es": frozenset(("lo", "eso", "esto")),
    "it": frozenset(("lo", "l'", "questo")),
    "ar": frozenset(("هكذا",)),
}
_WITH = frozenset(("con", "avec", "with", "mit", "sur", "par"))
_THESE = frozenset(("estas", "esas", "ces", "these", "those", "diesen", "queste", "quelle"))
_AGAINST = word_set("contre contra against gegen contro")
_WERE = frozenset(("fueron", "son", "fue", "es", "eran", "era", "furono", "sono", "were", "was"))
_COMES = frozenset(("comes", "came", "stammt", "stammte", "stammen", "viene", "provient", "vient", "émane"))
_FROM = OF | {"from"}
_THOSE = frozenset(("those", "celles", "ceux", "las", "los", "quelle"))
_LONGEST_POINTER = 8
_NEAR = 6  # words from "that" to the verb


def cleft(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« … » : c'est en ces termes que X a réagi; voilà ce qu'a dit X."""
    words = words[1:] if words and words[0].lower == ":" else words
    were = words[1:] if words and words[0].lower in _WERE else []  # « … », fueron las palabras de X
    if found := _so_told(cast, words, reporting) or _worded_by(cast, words) or _worded_by(cast, were):
        return found
    if not words or words[0].lower not in _POINTING:
        return None
    if words[0].lower in {"tel", "telle"} and len(words) > 3 and words[1].lower in COPULAS:
        return _worded_by(cast, words[2:])  # « … », telle est la conviction de X
    if words[0].lower == "ainsi" and len(words) > 2 and words[1].lower.startswith(_SPEAKING_SO):
        speaker = speaker_after(cast, words[2:])  # Ainsi parle X
        return Attribution(speaker, span_of(words[1:2]), "strong", "inverted") if speaker else None
    that = next((i for i, word in enumerate(words[:_LONGEST_POINTER]) if word.lower in THAT), None)
    rest = words[that + 1 :] if that is not None else []
    verb = next(iter(verbs_in(rest, reporting)), None)
    if verb is None or any(word.lower in ".;:" for word in rest[: verb.first]):
        return None
    speaker = speaker_before(cast, rest[: verb.first]) if verb.first else speaker_after(cast, rest[verb.last :])
    return Attribution(speaker, cue_of(rest, verb), "strong", "subject_first" if verb.first else "inverted")


def _so_told(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« … », así lo aseguró X; così ha detto X."""
    if len(words) > 3 and words[0].lower in _ARABIC_THIS and words[1].lower == "ما":
        stem = words[2].lower.removesuffix("ه").removesuffix("ها")  # هذا ما قاله X
        speaker = speaker_after(cast, words[3:]) if stem in reporting.finite else None
        return Attribution(speaker, (words[2].start, words[2].end), "strong", "inverted") if speaker else None
    if len(words) > 2 and words[0].lower in {"parola", "palabra", "palabras", "parole"} and words[1].lower in OF:
        named = speaker_after(cast, words[2:])  # Parola di X
        return Attribution(named, None, "strong", "inverted") if named and cast.named_at(named.start) else None
    if len(words) < 3 or words[0].lower not in _SO | _IT_SAID.get(cast.language, frozenset()):
        return None
    rest = words[1 + (words[1].lower in {"lo", "l'"}) :]
    verb = verb_at(rest, 0, reporting)
    speaker = speaker_after(cast, rest[verb.last :]) if verb and not verb.is_gerund else None
    return Attribution(speaker, cue_of(rest, verb), "strong", "inverted") if verb and speaker else None


def _worded_by(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … », le parole di X."""
    if len(words) < 4 or words[0].lower not in DETERMINERS or words[1].lower not in WORDS or words[2].lower not in OF:
        return None
    speaker = speaker_after(cast, words[3:])
    whose = words[3:] if words[3].lower in DETERMINERS else [words[2]._replace(lower="le"), *words[3:]]  # du ministre
    is_somebody = speaker is not None and (cast.named_at(speaker.start) or opening_human(cast, whose))
    return Attribution(speaker, None, "strong", "inverted") if is_somebody else None


def signed(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » — X; « … » (X): whose name stands by itself behind the words."""
    named = cast.named_at(words[1].start) if len(words) > 1 and words[0].lower in _SIGNING else None
    if named is None or not named.is_person or named.start != words[1].start:
        return None
    following = next((word.lower for word in words if word.start >= named.end), "")
    is_alone = following in {"", ")"} or (following in {",", "("} and words[0].lower != "(")
    return Attribution(spoken(named), None, "strong", "caption") if is_alone else None


def pointed_at(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """The sentence behind a quotation that says whose it was: « Voilà le message qu'ont martelé les élus »."""
    if found := belonging(cast, words) or _uttered(cast, words) or _with_these(cast, words):
        return found
    if not words or words[0].lower not in _POINTING or any(word.lower in {"ne", "n'"} for word in words[:3]):
        return None  # ce n'est pas ce que dit X
    if found := _opened_with(cast, words):
        return found
    found = cleft(cast, words, reporting)
    if found and found.speaker and found.speaker.name and found.cue and _is_near(words, found.cue):
        return found
    if any(word.lower in WORDS for word in words[:_LONGEST_POINTER]) and (persons := cast.persons_within(words)):
        return Attribution(Speaker(persons[0].name, persons[0].start, persons[0].end), None, "woven", "sentence_after")
    return None


def _with_these(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » Con estas palabras ha reaccionado X."""
    is_led = len(words) > 2 and words[0].lower in _WITH and words[1].lower in _THESE and words[2].lower in WORDS
    is_own = is_led and not any(word.lower in _AGAINST for word in words)
    speaker = first_person(cast, words) if is_own else None
    return Attribution(speaker, None, "woven", "sentence_after") if speaker else None


def _uttered(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » Ce cri du cœur a été lancé par X; la formule, signée X, a fait mouche."""
    noun = next((i for i, word in enumerate(words[:_NEAR]) if word.lower in WORDS), 0)
    if not 0 < noun < 3 or words[0].lower not in DETERMINERS:
        return None
    near = range(noun + 1, min(len(words) - 1, noun + 1 + _MOST_BEFORE_AGENT))
    signed = next((i for i in near if words[i].lower in {"signé", "signée", "signés", "signées"}), None)
    being = next((i for i in near if words[i].lower in _BEEN and words[i + 1].lower != "été"), None)
    at = signed
    if at is None and being is not None:
        behind = range(being + 2, min(len(words) - 1, being + 2 + _MOST_BEFORE_AGENT))
        at = next((i for i in behind if words[i].lower in {"par", "by", "por"}), None)
    if at is None or any(word.lower in THAT for word in words[:at]):
        return None
    whose = words[at + 1 + (signed is not None and words[at + 1].lower == "par") :]
    speaker = speaker_after(cast, whose)
    if speaker is None or not (cast.named_at(speaker.start) or opening_human(cast, whose)):
        return None
    cue = (
        None
        if signed is not None or being is None
        else span_of(words[being - (words[being - 1].lower in {"a", "ont"}) : being + 2])
    )
    return Attribution(speaker, cue, "woven", "sentence_after")


def _opened_with(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » C'est par ces mots que le maire a ouvert la séance."""
    that = next((i for i, word in enumerate(words[:_LONGEST_POINTER]) if word.lower in THAT), 0)
    if not any(word.lower in WORDS for word in words[:that]) or words[1].lower != "est":
        return None
    rest = words[that + 1 :]
    speaker = first_person(cast, rest[:_NEAR]) or opening_human(cast, rest) if rest else None
    return Attribution(speaker, None, "woven", "sentence_after") if speaker else None


def _is_near(words: list[Word], cue: tuple[int, int]) -> bool:
    that = next((i for i, word in enumerate(words) if word.lower in THAT), 0)
    at = next((i for i, word in enumerate(words) if word.start >= cue[0]), len(words))
    return at - that <= _NEAR


def belonging(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » Ces mots sont de X; Son palabras de X; l'auteur de ces mots est X."""
    words = words[1:] if words and words[0].lower == ":" else words
    lowers = [word.lower for word in words[: _LONGEST_POINTER + 1]]
    noun = next((i for i, lower in enumerate(lowers[:_NEAR]) if lower in WORDS), None)
    copula = next((i for i, lower in enumerate(lowers) if lower in COPULAS | _COMES or lower == "son"), None)
    if noun is None or copula is None or not all(_is_small(lower) for lower in lowers[: min(noun, copula)]):
        return None
    rest = words[max(noun, copula) + 1 :]
    between = lowers[min(noun, copula) + 1 : max(noun, copula)]
    is_author = any(lower in _AUTHORS for lower in lowers[:noun]) and copula > noun
    at = 0 if is_author else next((i for i, word in enumerate(rest[:3]) if word.lower in _FROM), None)
    if at is None or not all(_is_small(lower) for lower in between):
        return None
    if any(word.lower not in _THOSE for word in rest[:at]):
        return None
    whose = rest[at + (not is_author) :]
    speaker = speaker_after(cast, whose)
    if not is_author and rest[at].lower == "du":  # du ministre
        whose = [rest[at]._replace(lower="le"), *whose]
    is_near = any(word.start == speaker.start for word in whose[:3]) if speaker else False
    if speaker is None or not is_near or not (cast.named_at(speaker.start) or opening_human(cast, whose)):
        return None
    return Attribution(speaker, None, "woven", "sentence_after")


def _is_small(lower: str) -> bool:
    return lower in DETERMINERS | OF | _POINTING | _AUTHORS or lower in {"this", "ces", "l'"}


def believed(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » : X en est convaincu: whoever the clause behind the colon is about."""
    if words and words[0].lower == ":" and (found := belonging(cast, words) or _worded_by(cast, words[1:])):
        return found  # « … » : le message de X se veut rassurant
    if len(words) < 3 or words[0].lower != ":" or not any(word.lower in COPULAS for word in words[:_NEAR]):
        return None
    speaker = first_person(cast, words[1:_NEAR]) or opening_human(cast, words[1:])
    return Attribution(speaker, None, "woven", "colon") if speaker else None


def any_verb(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """A name or a pronoun, a verb that no list has, and nothing more of its clause: "…," X began, before leaving.

    For words that open their sentence: asked whether "…," X declined.
    """
    named = cast.named_at(words[0].start)
    at = next((i for i, word in enumerate(words) if word.start >= named.end), 0) if named else 1
    is_person = named is not None and named.is_person and named.start == words[0].start
    if cast.language != "en" or not (is_person or has_pronoun_subject(words[:1])) or not 0 < at < len(words):
        return None
    is_cut = at + 1 == len(words) or words[at + 1].lower in {",", ".", ":"}
    verb = words[at]
    if not is_cut or verb_at(words, at, reporting) or not verb.lower.endswith(("ed", "gan")):
        return None
    speaker = spoken(named) if named else speaker_before(cast, words[:1])
    return Attribution(speaker, (verb.start, verb.end), "strong", "subject_first")
