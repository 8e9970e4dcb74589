"""In which way words are quoted, and how sure that is (rules of thumb, not measured probabilities)."""

import re
from typing import Literal

from services.extract.core.grammar import ADVERBS, COPULAS, OF, PRONOUNS, TIMES, WORKS, word_set
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.frames import Frame
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.verbs.reporting_phrases import is_arabic
from services.extract.core.speech.verbs.reporting_verbs import reporting
from services.extract.core.speech.wording import Wording

Kind = Literal["direct", "partial", "indirect", "block", "scare"]

FEWEST_WORDS = 5  # of a quotation that nothing introduces
_THAT_BEFORE = re.compile(r"\b(?:que?|that|dass|che|أن)['’]?\s*\Z")
_BY_ITSELF = frozenset((".", "!", "?", ":", "…", "–", "—", "-", QUOTED))
_NOW = ADVERBS | TIMES | frozenset(",") | word_set("aujourd' hui mais et or car enfin donc désormais today now but and")
_ARTICLES = frozenset(("un", "une", "a", "an", "ein", "eine", "una", "plus", "très", "very"))
_DUBBED = frozenset(("dit", "dite", "dits", "dites", "alias"))
_THINGS = word_set("loi projet plan mouvement système dispositif groupe opération régime accord pacte rapport modèle")
_BEFORE_NAMES = frozenset(
    ("l'", "le", "la", "les", "du", "au", "aux", "sur", "dans", "the", "el", "der", "die", "das", "im")
)
_HAVING = frozenset(("avoir", "être", "having", "haber", "aver"))
_LEADING_TO = frozenset(
    (
        "un",
        "une",
        "des",
        "sa",
        "son",
        "ses",
        "leur",
        "leurs",
        "his",
        "her",
        "their",
        "su",
        "sus",
        "de",
        "d'",
        "à",
        "avoir",
        "être",
        "una",
        "to",
        "di",
    )
)
_INDEFINITE = frozenset(("un", "une"))
# By its ending, in French
_ADJECTIVE = re.compile(
    r"[^\W\d_A-ZÀ-Þ]{2,}(?:ique|able|ible|if|ive|el|elle|al|ale|eux|euse|ant|ante|ent|ente|é|ée|iste|aire|oire)s?"
)
_CHARGED = word_set(
    "enquête information plainte plaintes poursuivi poursuivie poursuivis poursuivies examen condamné condamnée "
    "condamnés inculpé inculpée inculpés écroué écrouée jugé jugée jugés interpellé interpellés procès "
    "instruction mandat"
)
_CHARGED_WORDS = 6  # before a charge, its preposition included
_GOING_ON = frozenset(("continued", "only_person"))
_TRAITS = frozenset(("caractère", "aspect", "nature", "dimension"))
DOUBTFUL = frozenset(("sentence_before", "sentence_after", "only_person", "colon"))


def kind_of(
    cast: Cast, passage: Marked, words: Wording, frame: Frame, attribution: Attribution | None
) -> tuple[Kind, float]:
    """The kind of a passage, and how sure."""
    if passage.block or _is_shout(cast, passage, words, attribution):
        return ("block", 0.8) if passage.block else ("direct", 0.7)
    is_strong = attribution is not None and attribution.strength == "strong"
    is_spoken_name = words.has_verb or _reports(cast, frame, attribution)
    is_noun = cast.language == "de" and _is_german_noun(cast, passage, attribution)
    if (
        words.is_name
        and not _is_answer(cast, passage, frame, attribution)
        and not is_noun
        and not (is_strong and words.is_clause and is_spoken_name)
    ):
        return "scare", 0.8
    is_of_a_work = _is_work(frame.before) or _is_complement(frame.before, attribution, words)
    is_so_called = _is_so_called(frame.before, attribution, words) or _is_nickname(cast, passage, frame, words)
    if is_so_called or (is_of_a_work and not cast.text[passage.start].islower()):
        return "scare", 0.8
    opens = opens_sentence(frame)
    if attribution is None:
        return _alone(cast, passage, words, opens=opens)
    is_charge = _is_charge(frame.before) and cast.text[passage.start].islower()
    if is_charge or (not (is_strong or words.is_clause) and _is_own(cast, attribution)):
        return "scare", 0.7
    first = cast.text[passage.start]
    is_capital = not (first.islower() or first.isdecimal()) and not (
        is_arabic(first) and attribution.rule == "that_clause"
    )
    quoted = cast.text[passage.start : passage.end] if words.words < 2 else ""
    kind, confidence = _told(attribution, words, frame.before, quoted, is_capital=is_capital, opens=opens)
    return kind, min(confidence, 0.5) if attribution.rule in DOUBTFUL else confidence


def _is_shout(cast: Cast, passage: Marked, words: Wording, attribution: Attribution | None) -> bool:
    """Whether somebody calls out a few words without a verb: « Liberté ! », scandaient les manifestants."""
    is_told = attribution is not None and attribution.cue is not None and attribution.strength in {"strong", "around"}
    return is_told and not words.has_verb and words.words < FEWEST_WORDS and cast.text[passage.end - 1] == "!"


def _is_charge(before: list[Word]) -> bool:
    """Whether a charge follows in the words of the law: une enquête pour « … », poursuivis pour « … »."""
    words = [word.lower for word in before[-_CHARGED_WORDS:]]
    return words[-1:] == ["pour"] and not _CHARGED.isdisjoint(words)


def _is_answer(cast: Cast, passage: Marked, frame: Frame, attribution: Attribution | None) -> bool:
    """Whether a word or two are a sentence that goes on with what somebody said: « Oui. »."""
    is_continued = attribution is not None and attribution.rule in _GOING_ON
    return is_continued and opens_sentence(frame) and cast.text[passage.end - 1] in ".!…"


def _is_naming(attribution: Attribution | None) -> bool:
    """Whether somebody calls a thing so: a German noun has a capital there as everywhere."""
    return attribution is not None and attribution.strength == "naming" and attribution.cue is not None


def _is_german_noun(cast: Cast, passage: Marked, attribution: Attribution | None) -> bool:
    """Whether a capital is a noun's, as every German one has it, and no name's: laut X ist das „ein Skandal“."""
    if attribution is None or attribution.cue is None or cast.is_name(passage.start, passage.end):
        return False
    return _is_naming(attribution) or cast.text[passage.start].islower()


def _reports(cast: Cast, frame: Frame, attribution: Attribution | None) -> bool:
    """Whether a verb of speaking stands behind a name by itself; any other may be about it, or about its noun."""
    if attribution is None or attribution.cue is None:
        return True
    forms = reporting(cast.language)
    verb = words_in(cast.text, *attribution.cue)[-1].lower.partition("-")[0]
    if attribution.rule not in {"inverted", "subject_first"}:
        return True
    is_apart = not frame.before or not frame.before[-1].lower.isalpha()  # le parti « … », dit X
    return is_apart and verb in forms.finite | forms.participles | {"lire"}


def _is_own(cast: Cast, attribution: Attribution) -> bool:
    """Whether whoever writes says so in a clause of their own: « je constate que cette « image » est là »."""
    speaker = attribution.speaker
    is_self = speaker is not None and PRONOUNS.get(cast.text[speaker.start : speaker.end].lower()) == "self"
    return is_self and attribution.name is None


def _is_complement(before: list[Word], attribution: Attribution | None, words: Wording) -> bool:
    """Whether a name hangs on the words before it, and who speaks stands behind: lors de l'« Emission », X a dit."""
    is_behind = attribution is not None and attribution.rule in {"subject_first", "inverted"}
    is_led = bool(before) and before[-1].lower in _BEFORE_NAMES
    return is_behind and is_led and not words.has_verb and words.words < FEWEST_WORDS


def _is_so_called(before: list[Word], attribution: Attribution | None, words: Wording) -> bool:
    """Whether « dit » gives a thing its name: la loi dite « … », le projet dit « … »."""
    is_said = len(before) > 1 and before[-1].lower in {"dit", "dite", "dits", "dites"} and not words.has_verb
    if not is_said or attribution is None or attribution.speaker is None or words.words >= FEWEST_WORDS:
        return False
    return before[-2].lower.isalpha() and before[-2].lower in _THINGS


def _is_nickname(cast: Cast, passage: Marked, frame: Frame, words: Wording) -> bool:
    """Whether somebody named right before has another name: Jean Martin, dit « Jeannot », est mort."""
    before = frame.before
    if len(before) < 2 or before[-1].lower not in _DUBBED:
        return False
    starts = [passage.start, *(word.start for word in words_in(cast.text, passage.start, passage.end)[1:2])]
    if any(cast.is_name(start, passage.end) for start in starts):
        return True
    is_name = cast.text[passage.start].isupper() and cast.text[passage.end - 1].isalnum() and not words.has_verb
    is_apart = before[-2].lower == "," and (not frame.after or frame.after[0].lower in {",", ".", ")", ";"})
    is_theirs = len(before) > 2 and cast.text[before[-3].start].isupper()
    return is_name and is_apart and words.words < FEWEST_WORDS and is_theirs


def _is_work(before: list[Word]) -> bool:
    """Whether the name of a work follows: auteur de « … », le film « … », dans « … »."""
    words = [word.lower for word in before[-3:] if word.lower not in OF and word.lower != ","]
    return bool(words) and words[-1] in WORKS | {"dans"}


def opens_sentence(frame: Frame) -> bool:
    """Whether nothing of its sentence stands before the quotation."""
    before = [word.lower for word in frame.before]
    return not before or before[-1] in _BY_ITSELF or (before[-1] == "," and _NOW.issuperset(before))


def _alone(cast: Cast, passage: Marked, words: Wording, *, opens: bool) -> tuple[Kind, float]:
    """The kind of a passage that nothing introduces: speech only if it is a clause, and long enough for one."""
    if words.words < FEWEST_WORDS:
        return "scare", 0.7
    if words.has_verb and _THAT_BEFORE.search(cast.text, max(0, passage.opening - 8), passage.opening):
        return "partial", 0.5
    is_sentence = words.has_verb and cast.text[passage.start].isupper()
    return ("direct", 0.5) if (is_sentence or words.is_clause) and opens else ("scare", 0.7)


def _told(
    attribution: Attribution, words: Wording, before: list[Word], quoted: str, *, is_capital: bool, opens: bool
) -> tuple[Kind, float]:
    """The kind of a passage that something introduces: a sentence of its own, words in another one, or a mere name."""
    if attribution.strength == "naming":
        return "partial", 0.8
    if attribution.strength == "strong":
        is_sentence = words.is_clause and (is_capital or opens) and not attribution.after_that
        return ("direct", 0.9) if is_sentence else ("partial", 0.8)
    is_title = is_capital and words.words < FEWEST_WORDS and not opens
    if attribution.rule in _GOING_ON and opens and is_capital and quoted[-1:] in set(".!…"):
        return "direct", 0.5  # « Oui. »
    is_said = _is_predicate(before) or _is_adjective(attribution, quoted, before) or _is_object(attribution, before)
    if is_title or (words.words < 2 and not is_said):
        return "scare", 0.7
    is_sentence = is_capital and (opens or words.words >= FEWEST_WORDS) and not attribution.after_that
    return ("direct" if is_sentence else "partial"), 0.7 if attribution.strength == "around" else 0.6


def _is_object(attribution: Attribution, before: list[Word]) -> bool:
    """Whether the word is what somebody denounces, threatens or asks for, right behind the verb: menace d'« agir »."""
    cue = attribution.cue
    if attribution.rule not in {"object", "that_clause"} or cue is None or attribution.name is None:
        return False
    between = [word.lower for word in before if word.start >= cue[1]]
    leading = _LEADING_TO if attribution.rule == "object" else _HAVING
    return 0 < len(between) < 3 and between[-1] in leading


def _is_adjective(attribution: Attribution, quoted: str, before: list[Word]) -> bool:
    """Whether the word is said of the noun that is the object of a French verb: évoque un renfort « réel »."""
    words = [word.lower for word in before[-3:]]
    is_object = attribution.rule == "object" and attribution.cue is not None and attribution.name is not None
    is_noun = len(words) == 3 and words[1] in _INDEFINITE and words[2].isalpha()
    return is_object and is_noun and _ADJECTIVE.fullmatch(quoted) is not None


def _is_predicate(before: list[Word]) -> bool:
    """Whether it is said of something that it is so: « la situation est « intenable » », le caractère « légal »."""
    words = [word.lower for word in before[-4:]]
    if words and words[-1] in _TRAITS:
        return True
    while words and words[-1] in ADVERBS | _ARTICLES:
        words.pop()
    if len(words) > 1 and words[-1] in OF and words[-2] in {"agit", "agissait"}:
        return True  # il s'agit d'une « purge »
    return bool(words) and words[-1] in COPULAS
