"""What stands before a colon without a verb of speaking: « X l'affirme : », « Son verdict : », « L'avis de X : »."""

from itertools import pairwise

from services.extract.core.grammar import (
    ADVERBS,
    AUXILIARIES,
    COPULAS,
    DETERMINERS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from services.extract.core.speech.attributed import Attribution, span_of
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.genders import is_body
from services.extract.core.speech.noun_phrases import between_commas, only_one
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pronouns import Speaker, whoever
from services.extract.core.speech.sources import according, closing_source, is_of_people
from services.extract.core.speech.speakers import (
    first_person,
    opening_subject,
    speaker_after,
    speaker_before,
    subject_of_sentence,
)
from services.extract.core.speech.verbs.reporting_phrases import Verb, agrees
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.verbs.unknown_verbs import looks_like_verb
from services.extract.core.speech.writings import mentions_writing, speaker_of_writing

_THEIR = word_set("son sa ses leur leurs his her their su sus sein seine ihr ihre suo sua")
# Nouns of what somebody says, behind « son » or before « de X ».
SAID = word_set(
    "verdict réponse réaction analyse explication explications conseil constat argument credo crainte souhait espoir "
    "message regret diagnostic conclusion commentaire justification mot devise slogan consigne avertissement avis "
    "témoignage récit mantra leitmotiv certitude conviction promesse aveu mots confidence plaidoyer bilan appel cri "
    "answer advice response reaction explanation motto conclusion reply warning "
    "fazit antwort urteil rat begründung erklärung reaktion botschaft bilanz kommentar appell warnung "
    "respuesta reacción consejo conclusión mensaje diagnóstico lema advertencia opinión "
    "risposta reazione commento conclusione messaggio appello"
)
WHEN = frozenset(("quand", "lorsque", "lorsqu'", "when", "als", "wenn", "cuando", "quando"))
_LONGEST = 60  # words before a colon
_LONGEST_COMPARISON = 14  # words of « comme tente de le décrire le maire »
_MOST_OF_PLACE = 4  # words behind whoever is like others
_MOST_OF_VERB = 5  # words between « comme » and whoever says so
_MOST_PARTS = 3  # of a clause, between commas
_MOST_WORDS = 6  # of « Son verdict est sans appel »
_MOST_OF_HUMAN = 8  # words of whoever is told of
_THE = frozenset(("le", "la", "l'"))
# Verbs of what makes somebody feel something, and what that makes them do.
_MOVING = (
    *("rend", "agac", "amus", "attrist", "choqu", "convain", "déçoi", "déçu", "désol", "émeu", "ému", "enchant"),
    *("étonn", "exaspèr", "exaspér", "indign", "inquièt", "inquiét", "irrit", "ravi", "réjoui", "révolt"),
    *("scandalis", "sédui", "surpr", "touch"),
)
_RISING = word_set("bondir enrager hurler pleurer réagir rire sourire tousser perplexe sceptique furieux furieuse")
_MOST_OF_NOUN = 3  # words before it, its article included
_PARTICIPLE = ("é", "ée", "és", "ées", "i", "ie", "is", "it", "u", "ue", "us", "ert")
_ENDINGS = ("ait", "aient", "èrent")
_REFLEXIVE, _NEGATING = frozenset(("s'", "se")), frozenset(("ne", "n'"))
_CLITICS = _REFLEXIVE | _NEGATING | frozenset(("lui", "leur", "y", "en", "les", "l'"))
_IT_IS = frozenset((("c'", "est"), ("tel", "est"), ("telle", "est"), ("c'", "était")))
_AS = frozenset(("comme", "como", "come", "wie"))
_OBJECTS = frozenset(("nous", "vous", "le", "la", "l'", "les"))
_BETWEEN = 3  # words from an auxiliary to its participle


def told_of(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """A communiqué, or a sentence about somebody, a colon, and what they say: « X est formel : … »."""
    if found := according(cast, words, reporting, at_start=False) or closing_source(cast, words, reporting):
        return found
    if found := as_described(cast, words):
        return found
    if mentions_writing(words):
        cue = next(word for word in reversed(words) if mentions_writing([word]))
        speaker = speaker_of_writing(cast, words)
        if speaker is None or not cast.named_at(speaker.start):
            speaker = first_person(cast, words) or speaker or _subject(cast, words)
        return Attribution(speaker, (cue.start, cue.end), "strong", "writing")
    speaker = _subject(cast, words)
    if speaker is None or _is_done_to_thing(cast, words, speaker):
        return None
    cue_span = cue_of_clause(words, speaker, reporting) if cast.language == "fr" else None
    return Attribution(speaker, cue_span, "woven", "colon")


def _is_done_to_thing(cast: Cast, words: list[Word], speaker: Speaker) -> bool:
    """Whether the clause before the colon is a thing's, of which something is done: le thème est annoncé."""
    clause = between_commas(words)[-1]
    copula = next((i for i, word in enumerate(clause) if word.lower in {"est", "sont", "était", "étaient"}), 0)
    is_done = 1 < copula < len(clause) - 1 and clause[copula + 1].lower.endswith(("é", "ée", "és", "ées"))
    is_another = speaker.end <= clause[0].start and clause[0].lower in DETERMINERS
    return cast.language == "fr" and is_done and is_another


def as_described(cast: Cast, words: list[Word]) -> Attribution | None:
    """« …, comme tente de le décrire le maire : »: whoever ends a clause of « comme »."""
    near = range(len(words) - 3, max(-1, len(words) - _LONGEST_COMPARISON), -1)
    at = next((i for i in near if words[i].lower == "comme"), None)
    if at is None or any(word.lower in ",;" for word in words[at:]):
        return None
    for first in reversed(range(at + 2, min(len(words), at + 2 + _MOST_OF_VERB))):
        named = cast.named_at(words[first].start)
        is_named = named is not None and named.start == words[first].start and not named.is_place
        is_led = words[first - 1].lower in PREPOSITIONS | DETERMINERS or not looks_like_verb(words[at + 1].lower)
        speaker = None if is_led else opening_human(cast, words[first:])
        if is_named and named and not is_led and named.end == words[-1].end:
            speaker = Speaker(named.name, named.start, named.end)
        if speaker and speaker.end == words[-1].end:
            return Attribution(speaker, span_of(words[at + 1 : first]), "strong", "according_to")
    like = opening_human(cast, words[at + 1 :]) if words[at + 1].lower in DETERMINERS else None
    if like is None or like.start != words[at + 1].start:
        return None
    rest = [word.lower for word in words if word.start >= like.end]
    is_place = 1 < len(rest) <= _MOST_OF_PLACE and rest[0] in PREPOSITIONS  # comme cette internaute sur son blog
    return Attribution(like, None, "strong", "caption") if not rest or is_place else None


def _subject(cast: Cast, words: list[Word]) -> Speaker | None:
    comma = next((i for i, word in enumerate(words) if word.lower == ","), None)
    if words[0].lower in WHEN and comma is not None and comma + 1 < len(words):
        words = words[comma + 1 :]
    if len(words) > _LONGEST:
        return None
    has_person = any(named.is_person for named in cast.within(words[0].start, words[-1].end))
    has_pronoun = any(PRONOUNS.get(word.lower, "nobody") != "nobody" for word in words[:6])
    human = opening_human(cast, words) if has_pronoun and words[0].lower in DETERMINERS else None
    if human and human.start == words[0].start:
        return human  # sa mère, chez qui il vit, reste lucide
    first = first_person(cast, words) if has_person and not has_pronoun else None
    if first is None and not has_pronoun and (one := only_one(cast, words)):
        return one  # la réaction de X : « … »
    first = first or (subject_of_sentence(cast, words) if has_person or has_pronoun else None)
    return first or opening_human(cast, words) or _body(cast, words) or _only_human(cast, words)


def _only_human(cast: Cast, words: list[Word]) -> Speaker | None:
    """The only one whom something moves, by what they are: « La décision a rendu furieux le président du club : »."""
    is_moved = any(word.lower.startswith(_MOVING) or word.lower in _RISING for word in words)
    if not is_moved or mentions_writing(words) or any(word.lower in SAID for word in words):
        return None  # la foule hue le ministre : « … »; le slogan amuse le candidat : « … »
    heads = (i for i in range(1, len(words) - 1) if words[i].lower in _THE and words[i - 1].lower not in PREPOSITIONS)
    found = [human for i in heads if (human := opening_human(cast, words[i : i + _MOST_OF_HUMAN]))]
    found = [human for human in found if any(word.start == human.start for word in words)]
    return found[0] if len({human.start for human in found}) == 1 else None


def _body(cast: Cast, words: list[Word]) -> Speaker | None:
    """The body whose clause it is: « De son côté, l'entourage du maire est formel : »."""
    parts = (part for part in between_commas(words)[:_MOST_PARTS] if part[0].lower in DETERMINERS)
    part = next((part for part in parts if is_body([word.lower for word in part[:2]])), None)
    return opening_subject(cast, part) if part else None


def subject_behind(cast: Cast, words: list[Word], verb: Verb) -> Speaker | None:
    """The subject behind its verb: « comme nous l'a dit X : », « Trop tard, explique le procureur, qui précise : »."""
    first, rest = verb.first, words[verb.last :]
    while first and words[first - 1].lower in _OBJECTS:
        first -= 1
    if not rest or not first:
        return None
    if words[first - 1].lower in _AS:
        return speaker_after(cast, rest)
    is_behind = words[verb.first - 1].lower == "," and not verb.is_gerund
    human = opening_human(cast, rest[:_MOST_OF_HUMAN]) if is_behind and agrees(words, verb) else None
    return human if human and human.start == rest[0].start else None


def told_it(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X l'affirme : », « le maire le jure : »: a verb with its object before it, which looks like a noun."""
    if len(words) < 3 or words[-2].lower not in {"l'", "le"} or words[-1].lower not in reporting.finite:
        return None
    speaker = speaker_before(cast, words[:-2])
    if speaker is None or speaker.end != words[-3].end:
        return None
    return Attribution(speaker, span_of(words[-1:]), "strong", "introduced")


def worded(cast: Cast, words: list[Word]) -> Attribution | None:
    """« Son verdict : », « La consigne du préfet : », « Même son de cloche à la CGT : »: whose the words are."""
    if len(words) > 3 and (words[0].lower, words[1].lower) in _IT_IS:
        words = words[2:]  # c'est l'avis du ministre
    if words[0].lower in _THEIR and len(words) <= _MOST_WORDS and any(word.lower in SAID for word in words[1:3]):
        speaker = whoever(cast, words[0].start)
        return Attribution(speaker, None, "strong", "caption") if speaker else None
    lowers = [word.lower for word in words]
    if lowers[:4] == ["même", "son", "de", "cloche"]:
        at = next((i for i in range(4, len(words)) if lowers[i] in PREPOSITIONS), len(words))
        while at < len(words) and (lowers[at] in PREPOSITIONS or lowers[at] in {"côté", "part"}):
            at += 1
        return _whose(cast, words[at:])
    noun = next((i for i, lower in enumerate(lowers[:_MOST_OF_NOUN]) if lower in SAID), len(words))
    of = next((i for i in range(noun + 1, min(len(words), noun + 3)) if lowers[i] in OF), None)
    return _whose(cast, words[of + 1 :]) if of is not None else None


def worded_last(cast: Cast, words: list[Word]) -> Attribution | None:
    """« Force est de constater que le slogan de X : »: whose the word is that ends a clause."""
    near = range(len(words) - 3, max(0, len(words) - _LONGEST_COMPARISON), -1)
    noun = next((i for i in near if words[i].lower in SAID and words[i - 1].lower in DETERMINERS), None)
    if noun is None or words[noun + 1].lower not in OF:
        return None
    found = _whose(cast, words[noun + 2 :])
    return found if found and found.speaker and cast.has_person(found.name) else None


def _whose(cast: Cast, words: list[Word]) -> Attribution | None:
    """Whoever `words` name or say to be people, if that is all that they say."""
    speaker = speaker_after(cast, words) if words else None
    if speaker is None or speaker.name is None or speaker.end != words[-1].end:
        return None
    is_somebody = any(not named.is_place for named in cast.within(speaker.start, speaker.end))
    if not is_somebody and not is_of_people(cast, words) and not is_of_people(cast, _with_article(words)):
        return None
    return Attribution(speaker, None, "strong", "caption")


def _with_article(words: list[Word]) -> list[Word]:
    """The words behind an article that « du » has taken in."""
    return words if words[0].lower in DETERMINERS else [words[0]._replace(lower="le"), *words]


def cue_of_clause(words: list[Word], speaker: Speaker | None, reporting: Reporting) -> tuple[int, int] | None:
    """The verb of a clause before a colon, whatever it means: « X s'est montré très direct : »; no mere "is"."""
    if speaker is None or any(
        word.end <= speaker.start and following.start == speaker.start and word.lower in PREPOSITIONS
        for word, following in pairwise(words)
    ):
        return None  # la réaction de X ne s'est pas fait attendre
    at = next((i for i, word in enumerate(words) if word.start >= speaker.end), 0)
    for index in range(at, len(words)):
        lower, before = words[index].lower, words[index - 1].lower if index else ""
        if lower in AUXILIARIES:
            last = _participle(words, index)
            if last is not None:
                return words[index - (index > at and before in _REFLEXIVE)].start, words[last].end
            if lower in COPULAS:
                return None
        is_led = before in _REFLEXIVE | _NEGATING or all(word.lower in _CLITICS for word in words[at:index])
        is_finite = lower in reporting.finite or lower.endswith(_ENDINGS) or (is_led and looks_like_verb(lower))
        if is_finite and lower not in COPULAS and before not in DETERMINERS | PREPOSITIONS:
            return words[index - (index > at and before in _REFLEXIVE)].start, words[index].end
    return None


def _participle(words: list[Word], auxiliary: int) -> int | None:
    near = range(auxiliary + 1, min(len(words), auxiliary + 1 + _BETWEEN))
    return next((i for i in near if _is_participle(words[i].lower)), None)


def _is_participle(lower: str) -> bool:
    is_copula = lower.startswith(("rest", "demeur", "deven", "été"))
    return lower.endswith(_PARTICIPLE) and not lower.endswith("que") and lower not in ADVERBS and not is_copula
