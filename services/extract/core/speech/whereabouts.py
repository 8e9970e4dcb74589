"""Who says it where only a place tells: « dit-on chez X », « lit-on dans le rapport », „heißt es in der Mitteilung“."""

from itertools import pairwise

from services.extract.core.grammar import ADVERBS, DETERMINERS, PREPOSITIONS, SKIPPED_BEFORE_VERB, word_set
from services.extract.core.speech.attributed import Attribution, Strength, cue_of
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.noun_phrases import spoken, ungoverned, unnamed
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.speakers import speaker_after
from services.extract.core.speech.subject_bounds import subject_end
from services.extract.core.speech.verbs.reporting_phrases import Verb
from services.extract.core.speech.writings import mentions_writing, speaker_of_writing

_CITING = frozenset(("quoted", "quotes", "quote", "cited", "cites", "quoting", "citing"))
_AS_SAYING = frozenset(("as", verb) for verb in ("saying", "telling", "writing", "adding"))
_LONGEST_CITED = 16  # words of whoever is quoted
_SIGNS = word_set("banderole banderoles pancarte pancartes affiche affiches panneau mur murs façade tract maillot")
_NO_PLACE = frozenset(("en", "par", "avec", "sans", "sur", "pour", "depuis", "pendant"))  # of whoever « on » are
_IS_READ = frozenset(
    (
        ("si", "legge"),
        ("si", "leggeva"),
        ("se", "lee"),
        ("se", "leía"),
        ("heißt", "es"),
        ("hieß", "es"),
        ("steht", "es"),
    )
)


def cited_by(cast: Cast, words: list[Word], verb: Verb) -> Attribution | None:
    """« "…," the paper quoted X as saying »: whoever is quoted, and not the paper."""
    if words[verb.last - 1].lower not in _CITING:
        return None
    rest = [word.lower for word in words[verb.last : verb.last + _LONGEST_CITED]]
    at = next((i for i, pair in enumerate(pairwise(rest)) if pair in _AS_SAYING), None)
    cited = words[verb.last : verb.last + at] if at else []
    speaker = speaker_after(cast, cited) if cited else None
    return Attribution(speaker, cue_of(words, verb), "strong", "inverted") if speaker else None


def cited_behind(cast: Cast, words: list[Word]) -> Attribution | None:
    """The same, of the words behind a quotation: « …, Radio X quoted one witness as saying »."""
    at = next((i for i, word in enumerate(words[:_LONGEST_CITED]) if word.lower in _CITING), 0)
    return cited_by(cast, words, Verb(at, at + 1)) if at and all(w.lower != "," for w in words[:at]) else None


def read_somewhere(cast: Cast, words: list[Word], verb: Verb, strength: Strength) -> Attribution | None:
    """What is read in a paper, by whoever signs it or else by itself: lit-on dans le texte, heißt es, si legge."""
    rest = words[verb.last :]
    lowers = tuple(word.lower for word in words[verb.first : verb.last + 1])
    is_impersonal = lowers[:2] in _IS_READ
    if not (verb.clitic == "on" or is_impersonal):
        return None
    if lowers[1:2] == ("lire",) and (sign := _on_a_sign(cast, rest)):
        return Attribution(sign, cue_of(words, verb), strength, "inverted")
    if not mentions_writing(rest[:6]):
        return Attribution(None, cue_of(words, verb), strength, "writing") if is_impersonal else None
    last = next(i for i, word in enumerate(rest) if mentions_writing([word]))
    first = last - (last > 0 and rest[last - 1].lower in DETERMINERS)
    speaker = speaker_of_writing(cast, rest) or unnamed(cast, rest[first:])
    return Attribution(speaker, (words[0].start, rest[last].end), strength, "writing")


def _on_a_sign(cast: Cast, words: list[Word]) -> Speaker | None:
    """The banner or the wall on which words are read: « pouvait-on lire sur une pancarte »."""
    at = next((i for i, word in enumerate(words[:5]) if word.lower in _SIGNS), 0)
    return unnamed(cast, words[at - 1 : at + 1]) if at > 1 and words[0].lower == "sur" else None


def where_said(cast: Cast, words: list[Word]) -> Speaker | None:
    """Among whom « on » says so: « dit-on chez X », « explique-t-on dans l'entourage de X », « apprend-on de X »."""
    at = next((i for i, word in enumerate(words) if word.lower in PREPOSITIONS), len(words))
    if any(word.lower not in ADVERBS | SKIPPED_BEFORE_VERB for word in words[:at]):
        return None
    lowers = tuple(word.lower for word in words[at : at + 3])
    if not lowers or lowers[0] in _NO_PLACE:
        return None
    at += 2 * (lowers[:2] == ("du", "côté"))
    at = next((i for i in range(at, len(words)) if words[i].lower not in PREPOSITIONS), len(words))
    governed = words[at:]
    if not governed:
        return None
    last = subject_end(cast, governed, 0)
    named = ungoverned(cast, governed[:last])
    apart = next((i for i in range(last) if governed[i].lower == ","), last)
    if named and named[0].start > governed[min(apart, last - 1)].start and lowers[0] not in {"chez", "de", "d'"}:
        return unnamed(cast, governed[:apart])  # dans l'entourage de son président, X
    return spoken(named[0]) if named else unnamed(cast, governed[:last])
