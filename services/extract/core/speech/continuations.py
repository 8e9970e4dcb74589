"""Quotations that nothing introduces: they go on after another one, or the sentence before tells whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.extract.core.grammar import PRONOUNS
from services.extract.core.speech.addressed import MYSELF, is_to_somebody
from services.extract.core.speech.afterwards import about_next, told_afterwards
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import Cast, Word, words_in
from services.extract.core.speech.colons import cue_of_clause
from services.extract.core.speech.dropped_subjects import dropped, subject_since
from services.extract.core.speech.frames import Frame
from services.extract.core.speech.genders import is_of_other_gender
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.plural_subjects import several_told
from services.extract.core.speech.pointers import believed
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.quotation_kinds import FEWEST_WORDS, Kind, opens_sentence
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.sentence_before import before_alone, is_dropped, is_reported, only_person
from services.extract.core.speech.speakers import first_person, opening_subject
from services.extract.core.speech.spoken_of import is_spoken_of
from services.extract.core.speech.verbs.reporting_phrases import THAT
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.wording import Wording

_SUCH = frozenset(("tel", "telle", "tels", "telles", "voilà", "such"))  # « … », tel est le discours de tous
_GOING_ON = ("añad", "agreg", "contin", "prosig", "insist", "conclu", "reiter", "apostill", "aggiun", "proseg", "ribad")
_FIRST_WORDS = 4  # of a sentence, among which its subject is where that is a pronoun
_HEADING_WORDS = 12
_CLOSING = 4  # characters of a closing mark, with its blanks
_MOST_BACK = 12  # passages back to the one that a quotation goes on from


@dataclass(frozen=True)
class Told:
    """A marked passage, its wording, its sentence, the passage it stands in, and what introduces it."""

    passage: Marked
    wording: Wording
    frame: Frame
    holder: int | None
    attribution: Attribution | None
    kind: Kind = "scare"
    confidence: float = 0.0


def continued(cast: Cast, one: Told, told: Sequence[Told], forms: Reporting) -> Attribution | None:
    """The attribution of a passage after those `told` before it; its own, with the subject that it may lack."""
    last = next((other for other in told[: -_MOST_BACK - 1 : -1] if _is_before(other, one)), None)
    if one.attribution is not None:
        if one.attribution.is_gerund and one.attribution.speaker is None:
            return replace(one.attribution, speaker=_lacking(cast, one, last, forms))
        return _in_first_person(cast, one.attribution, one, told)
    spoken = last if last and last.attribution and last.attribution.name else None
    if (
        spoken
        and spoken.attribution
        and _shares_sentence(spoken, one)
        and (_strength(spoken) != "naming" or _is_next(spoken, one))
    ):
        return replace(spoken.attribution, strength="woven", rule="continued") if _goes_on(spoken, one) else None
    if spoken and _is_by(spoken, one) and is_reported(one.frame, forms):
        return before_alone(cast, one.frame.previous, forms) or _going_on(spoken)
    is_own = one.wording.is_clause and opens_sentence(one.frame) and _is_long_enough(cast.text, one, last)
    if is_own:
        return _by_itself(cast, one, spoken, forms)
    is_short = one.wording.has_verb and not one.frame.before and cast.text[one.passage.end - 1] in ".!?…"
    return (_pointed_at(cast, one, forms) if is_short else None) or _without_colon(cast, one, spoken, forms)


def _by_itself(cast: Cast, one: Told, spoken: Told | None, forms: Reporting) -> Attribution | None:
    """The attribution of a sentence of its own: what points back at it, the sentence before, or who spoke last."""
    if not one.frame.before and (found := _pointed_at(cast, one, forms)):
        return found
    is_alone = not one.frame.before and not any(word.lower in _SUCH for word in one.frame.after[:3])
    if is_alone and _heads(cast.text, one):
        return None
    if _answers(cast.text, one) and (asked := _asked(cast, one, spoken)):
        return asked
    between = before_alone(cast, one.frame.previous, forms) if is_alone or _explains(cast, one) else None
    if (
        spoken
        and is_alone
        and (_is_led_on(spoken, one) or (between is None and _goes_on_about_oneself(cast, spoken, one)))
    ):
        return _going_on(spoken)
    if spoken and (_is_near(spoken, one) or (is_alone and is_dropped(one.frame.previous, forms))):
        return between or _going_on(spoken)
    return between or (_nobody_else(cast, one, spoken, forms) if is_alone else None)


def _nobody_else(cast: Cast, one: Told, spoken: Told | None, forms: Reporting) -> Attribution | None:
    """The only person of its paragraph, whom the sentence behind is about, or who spoke in the paragraph before."""
    start = cast.text.rfind("\n", 0, one.passage.opening) + 1
    if found := only_person(cast, start, one.passage.opening):
        return None if is_spoken_of(cast, found.name, one.passage) else found
    is_followed = _is_followed(cast.text, one) and not is_to_somebody(cast, one.passage)
    if is_followed and (found := about_next(cast, one.frame.following, forms)):
        return found
    is_theirs = spoken is not None and one.passage.paragraph - spoken.passage.paragraph == 1
    if spoken is None or not is_theirs or not _is_meant(spoken, one.frame.previous):
        return None
    last = next(iter(cast.persons_before(one.passage.opening)), None)
    return None if last and last.start >= start else _going_on(spoken)


def _is_meant(spoken: Told, words: list[Word]) -> bool:
    """Whether a sentence opens with a pronoun that can mean whoever spoke: « Elle sourit. », « Ici, il se tait. »."""
    gender = next((PRONOUNS[word.lower] for word in words[:_FIRST_WORDS] if word.lower in PRONOUNS), None)
    name = spoken.attribution.name if spoken.attribution else None
    return gender in {"masculine", "feminine"} and name is not None and not is_of_other_gender(name, gender)


def _is_followed(text: str, one: Told) -> bool:
    """Whether a sentence of the same paragraph stands behind a passage that is one itself."""
    following = one.frame.following
    if not following or not one.passage.closed or (one.frame.after and one.frame.after[0].lower not in ".!?…"):
        return False
    return text[one.passage.end - 1] in ".!?…" and "\n" not in text[one.passage.closing : following[0].start]


def _is_led_on(spoken: Told, one: Told) -> bool:
    """Whether the sentence before only goes on with what somebody said: « Et de rappeler les faits. « … » »."""
    opening = [word.lower for word in one.frame.previous[:2]]
    return _is_by(spoken, one) and opening in (["et", "de"], ["et", "d'"], ["avant", "de"], ["avant", "d'"])


def _lacking(cast: Cast, one: Told, last: Told | None, forms: Reporting) -> Speaker | None:
    """The subject of a verb that has none: whoever spoke right before, else whom the sentence before is about."""
    before = last.attribution if last and _is_near(last, one) else before_alone(cast, one.frame.previous, forms)
    speaker = before.speaker if before else None
    if not forms.drops_subjects:
        return speaker
    if last and before is last.attribution and (since := _since(cast, last, one)):
        return since
    cue = one.attribution.cue if one.attribution else None
    if cue and cast.text[cue[1] - 1] == "n":  # afirman: several do
        if speaker and not cast.has_person(speaker.name):
            return speaker
        return several_told(cast, one.passage.opening) if cast.language == "es" else None
    if speaker is None and last and _is_by(last, one):
        speaker = last.attribution.speaker if last.attribution else None
    if speaker and speaker.name:
        return speaker
    return dropped(cast, one.passage.opening) or (
        opening_subject(cast, one.frame.previous) if _has_head(cast, one) else speaker
    )


def _since(cast: Cast, last: Told, one: Told) -> Speaker | None:
    """Whom a sentence since the last speech is about, who speaks now: « …, dijo X. Y salió. « … », gritó. »."""
    told, cue = last.attribution, one.attribution.cue if one.attribution else None
    if told is None or cue is None or one.frame.before:
        return None
    start = max(last.passage.closing, told.speaker.end if told.speaker else 0)
    is_going_on = cast.text[slice(*cue)].lower().startswith(_GOING_ON)
    return subject_since(cast, start, one.passage.opening, is_going_on=is_going_on)


def _has_head(cast: Cast, one: Told) -> bool:
    """Whether the sentence before opens with a name that nothing found, or with what somebody is."""
    words = one.frame.previous
    is_name = len(words) > 1 and all(cast.text[word.start].isupper() for word in words[:2])
    return is_name or (bool(words) and opening_human(cast, words) is not None)


def _is_before(other: Told, one: Told) -> bool:
    return other.holder == one.holder and other.kind != "scare" and other.passage.closing <= one.passage.opening


def _shares_sentence(last: Told, one: Told) -> bool:
    return any(word.start == last.passage.opening for word in one.frame.before)


def _is_next(last: Told, one: Told) -> bool:
    """Whether many words follow others behind a comma alone: l'a qualifiée d'« illégale », « dans la mesure … »."""
    before = one.frame.before[-2:]
    is_beside = len(before) > 1 and before[1].lower == "," and before[0].start == last.passage.opening
    return is_beside and one.wording.words >= FEWEST_WORDS


def _strength(one: Told) -> str | None:
    return one.attribution.strength if one.attribution else None


def _pointed_at(cast: Cast, one: Told, forms: Reporting) -> Attribution | None:
    """What points back at a passage that is a sentence of its own."""
    has_ended = not one.frame.after or one.frame.after[0].lower in ".!?…"
    return told_afterwards(cast, one.frame.following, forms) if has_ended else believed(cast, one.frame.after)


def _heads(text: str, one: Told) -> bool:
    """Whether a passage is a line of its own, few words without a mark at their end: it heads what follows."""
    rest = text[one.passage.closing : one.passage.closing + _CLOSING].partition("\n")[0]
    is_line = one.frame.is_first and not one.frame.after and not rest.strip(" \u00a0\u202f»”“\"’'")
    return is_line and one.wording.words <= _HEADING_WORDS and text[one.passage.end - 1].isalnum()


def _is_by(last: Told, one: Told) -> bool:
    """Whether a passage stands in the same paragraph as the last one, or in the next."""
    return 0 <= one.passage.paragraph - last.passage.paragraph <= 1


def _is_near(last: Told, one: Told) -> bool:
    """Whether a quotation stands in the same paragraph as the last one, or opens the next."""
    apart = one.passage.paragraph - last.passage.paragraph
    return apart == 0 or (apart == 1 and one.frame.is_first)


def _goes_on(last: Told, one: Told) -> bool:
    """Whether words of the same sentence go on with what was said, and are no part of who says it."""
    cue = last.attribution.cue if last.attribution else None
    is_behind_cue = cue is not None and last.passage.closing <= cue[0] < one.passage.opening
    return not is_behind_cue or one.wording.words >= FEWEST_WORDS or one.frame.before[-1].lower in {",", *THAT}


def _explains(cast: Cast, one: Told) -> bool:
    """Whether a clause that names nobody leads to the words: « X défend ce choix. La raison est simple : « … » »."""
    frame = one.frame
    has_colon = bool(frame.before) and frame.before[-1].lower == ":"
    return has_colon and not frame.is_first and not cast.persons_within(frame.before)


def _goes_on_about_oneself(cast: Cast, spoken: Told, one: Told) -> bool:
    """Whether somebody who said "I" in the paragraph before says so again behind a sentence that names nobody."""
    if one.passage.paragraph - spoken.passage.paragraph != 1 or cast.persons_within(one.frame.previous):
        return False
    said = (words_in(cast.text, other.passage.start, other.passage.end) for other in (spoken, one))
    return all(any(word.lower in MYSELF for word in words) for words in said)


def _going_on(last: Told) -> Attribution | None:
    if last.attribution is None:
        return None
    return replace(last.attribution, cue=None, strength="woven", rule="continued", is_gerund=False)


def _is_long_enough(text: str, one: Told, last: Told | None) -> bool:
    """Whether words are enough to be speech alone: a few are where they follow speech and end as sentences do."""
    if one.wording.words >= FEWEST_WORDS:
        return True
    if _answers(text, one):
        return True
    is_next = last is not None and any(word.start == last.passage.opening for word in one.frame.previous)
    return is_next and one.wording.words > 1 and text[one.passage.end - 1] in ".!?…"


def _answers(text: str, one: Told) -> bool:
    """Whether a few words that are a sentence answer a question of whoever writes: Où ? « Ici. »."""
    previous = one.frame.previous
    is_asked = bool(previous) and previous[-1].lower == "?" and not one.frame.is_first and not one.frame.before
    return is_asked and text[one.passage.start].isupper() and text[one.passage.end - 1] in ".!…"


def _asked(cast: Cast, one: Told, spoken: Told | None) -> Attribution | None:
    """Who was named last before the question that a passage answers, in its paragraph and after the last speech."""
    start = cast.text.rfind("\n", 0, one.passage.opening) + 1
    after = max(start, spoken.passage.closing if spoken else start)
    last = next((named for named in cast.persons_before(one.passage.opening) if named.start >= after), None)
    return Attribution(Speaker(last.name, last.start, last.end), None, "woven", "only_person") if last else None


def _without_colon(cast: Cast, one: Told, spoken: Told | None, forms: Reporting) -> Attribution | None:
    """A sentence that ends in somebody's long words, as if a colon stood before them."""
    is_sentence = one.wording.has_verb and one.wording.words > FEWEST_WORDS and bool(one.frame.before)
    if not is_sentence or opens_sentence(one.frame) or not cast.text[one.passage.start].isupper():
        return None
    speaker = first_person(cast, one.frame.before) or opening_human(cast, one.frame.before)
    if speaker is None:
        is_aside = one.frame.before[-1].lower in {"(", "["}
        return _going_on(spoken) if spoken and _is_near(spoken, one) and not is_aside else None
    cue = cue_of_clause(one.frame.before, speaker, forms) if cast.language == "fr" else None
    return Attribution(speaker, cue, "woven", "colon")


def _in_first_person(cast: Cast, attribution: Attribution, one: Told, told: Sequence[Told]) -> Attribution:
    """« Je me suis dit : « … » » within a quotation: whoever says "I" is its speaker."""
    speaker = attribution.speaker
    if one.holder is None or speaker is None or speaker.name:
        return attribution
    around = next((other for other in told if other.passage.start <= one.passage.opening < other.passage.end), None)
    says_i = PRONOUNS.get(cast.text[speaker.start : speaker.end].lower()) == "self"
    if not says_i or around is None or around.attribution is None:
        return attribution
    return replace(attribution, speaker=speaker._replace(name=around.attribution.name))
