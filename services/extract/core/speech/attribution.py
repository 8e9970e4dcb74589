"""What introduces a quotation: the closest of all the phrases in its sentence that say who speaks."""

import re
from dataclasses import replace

from services.extract.core.grammar import COPULAS, HUMANS, PRONOUNS
from services.extract.core.sentences import WINDOW
from services.extract.core.speech.answers import answered, gender_of_pronoun
from services.extract.core.speech.antecedents import opening_before
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import Cast, Word, words_in
from services.extract.core.speech.complements import has_marked_words_in_phrase
from services.extract.core.speech.frames import Frame
from services.extract.core.speech.genders import gender_shown, is_body, is_of_other_gender, of_phrase
from services.extract.core.speech.incises import attributed_after, attributed_around
from services.extract.core.speech.insides import attributed_inside
from services.extract.core.speech.introductions import Introduction
from services.extract.core.speech.noun_phrases import only_one
from services.extract.core.speech.predicates import imparted, predicated
from services.extract.core.speech.pronouns import Speaker, is_several, meant
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.relative_clauses import is_open
from services.extract.core.speech.sentence_before import before_alone
from services.extract.core.speech.sources import as_told, by_own_account, is_of_people, named_behind
from services.extract.core.speech.speakers import opening_subject, speaker_after, subject_of_sentence
from services.extract.core.speech.stances import closing_verb, cried, felt, judged, within_its_tense
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.witnesses import only_witnessed
from services.extract.core.speech.wording import Wording
from services.extract.core.speech.woven import Woven

_MARK = re.compile(r"[«“„\"]")
_FIRM = frozenset(("that_clause", "naming", "according_to", "gerund"))  # no later clause takes their words away
_SUBORDINATING = frozenset(
    ("s'", "si", "quand", "lorsqu'", "bien", "alors", "tandis", "if", "while", "although", "et", "mais")
)
_WHILE = frozenset(("si", "quand", "lorsque", "lorsqu'", "alors", "tandis", "while", "whereas", "if", "mientras"))
_PRIOR = frozenset(("après", "avant", "pour", "sans", "after", "before"))
_AS_TOLD_WORDS = 12  # « … », comme l'affirme X
_FAR = 5  # words from a verb before the quotation to it, so that one right behind it is closer


def _holds(cast: Cast, before: Attribution, after: Attribution | None) -> bool:
    """Whether what stands before a quotation tells who speaks, and not what stands behind it."""
    if after is None:
        return before.strength == "strong"
    if after.rule == "caption" and before.rule in {"gerund", "that_clause"}:
        return False  # tout en soulignant que « … » (X)
    is_far = before.is_gerund or before.distance > _FAR
    is_better = cast.has_person(after.name) or not cast.has_person(before.name)
    if before.distance and after.rule == "inverted" and after.name and is_better:
        return False  # « X défend l'idée : « … », explique Y »
    return (
        before.strength == "strong" and before.name is not None and not (is_far and after.rule.startswith("inverted"))
    )


def _before_that(before: Attribution, after: Attribution, frame: Frame) -> Attribution | None:
    """« Après avoir dit que « … », X s'est excusé »: the first verb, whose subject is the second one's."""
    is_prior = frame.before[0].lower in _PRIOR and before.speaker is None and before.cue is not None
    return replace(before, speaker=after.speaker) if is_prior and after.rule == "subject_first" else None


def _begin(passage: Marked, frame: Frame, introduction: Woven) -> int:
    """Where the sentence begins before which somebody is named whom a pronoun means."""
    return frame.before[0].start if frame.before and not introduction.has_colon else passage.opening


def attributed(cast: Cast, passage: Marked, words: Wording, frame: Frame, forms: Reporting) -> Attribution | None:
    """The attribution of a passage within its sentence; None where that says nothing of who speaks."""
    found = _attributed(cast, passage, words, frame, forms)
    speaker = found.speaker if found else None
    gender = gender_of_pronoun(cast, found) if found else None
    if speaker and speaker.name is None and cast.text[speaker.start : speaker.end].lower() == "it":
        return replace(found, speaker=_body_before(cast, speaker, frame)) if found else None
    if found is None or speaker is None or gender not in {"masculine", "feminine"}:
        return found
    pronoun = Word(speaker.start, speaker.end, cast.text[speaker.start : speaker.end].lower())
    if speaker.name is None and frame.before and frame.before[0].lower in _SUBORDINATING:
        named = named_behind(cast, frame.after)  # s'il dit « … », X n'exclut rien
        return replace(found, speaker=meant(cast, pronoun, gender, named.end + 1)) if named else found
    if speaker.name is None or is_of_other_gender(speaker.name, gender):
        start = frame.before[0].start if frame.before else passage.opening
        name = _subject_before(cast, frame, forms, gender) or opening_before(cast, start, gender)
        return replace(found, speaker=speaker._replace(name=name))
    return _by_whoever_spoke(cast, found, gender, frame, forms) or found


def _body_before(cast: Cast, pronoun: Speaker, frame: Frame) -> Speaker:
    """The body that "it" means: whom the sentence before is about, or the body named last."""
    subject = opening_subject(cast, frame.previous) if frame.previous else None
    is_body = subject is not None and not cast.has_person(subject.name)
    if subject and is_body:
        return pronoun._replace(name=subject.name)
    named = next((one for one in cast.bodies_before(pronoun.start)), None)
    return pronoun._replace(name=named.name if named else None)


def _subject_before(cast: Cast, frame: Frame, forms: Reporting, gender: str) -> str | None:
    """Whom the sentence before is about, by what it is: « L'ONG a publié son rapport. « … », écrit-elle. »."""
    if cast.language != "fr" or not frame.previous:
        return None
    before = before_alone(cast, frame.previous, forms)
    if before is None or before.speaker is None or cast.has_person(before.name) or is_several(cast, before.speaker):
        return None
    words = words_in(cast.text, before.speaker.start, before.speaker.end)
    phrase = [word.lower for word in words]
    is_somebody = cast.named_at(before.speaker.start) is not None or is_body(phrase) or is_of_people(cast, words)
    return before.name if is_somebody and of_phrase(phrase) in {None, gender} else None


def _by_whoever_spoke(
    cast: Cast, found: Attribution, gender: str, frame: Frame, forms: Reporting
) -> Attribution | None:
    """The same, of somebody without a name who speaks in the sentence before, and whom no name there outdoes."""
    if frame.is_first or not frame.previous or not Introduction(cast, frame.previous, forms).verbs:
        return None
    mentions = cast.persons_before(frame.previous[-1].end)
    if mentions and mentions[0].start >= frame.previous[0].start:
        return None
    before = before_alone(cast, frame.previous, forms)
    speaker = before.speaker if before else None
    if speaker is None or speaker.name is None or cast.has_person(speaker.name) or found.speaker is None:
        return None
    phrase = [word.lower for word in words_in(cast.text, speaker.start, speaker.end)]
    shown = of_phrase(phrase)
    if shown not in {None, gender} or not _is_one(cast, speaker):
        return None
    start = cast.text.rfind("\n", 0, speaker.start) + 1
    if shown is None and any(gender_shown(cast, one, mentions) == gender for one in mentions if one.start >= start):
        return None  # « La pilote dit : « … » Son collègue répond « … ». « … », crie-t-elle. »
    return replace(found, speaker=found.speaker._replace(name=speaker.name))


def _is_one(cast: Cast, speaker: Speaker) -> bool:
    """Whether a phrase names one person, and no body."""
    words = words_in(cast.text, speaker.start, speaker.end)
    is_human = any(word.lower in HUMANS for word in words)
    return is_human and cast.named_at(speaker.start) is None and not is_several(cast, speaker)


def _attributed(cast: Cast, passage: Marked, words: Wording, frame: Frame, forms: Reporting) -> Attribution | None:
    """The same, with a pronoun as it is meant before its sentence."""
    introduction = Woven(cast, frame.before, forms)
    begin = _begin(passage, frame, introduction)
    is_clause = words.is_clause and words.words > 3
    before = _with_subject(cast, introduction.closely(), introduction, frame)
    after = None
    if passage.closed:
        ending = cast.text[passage.end - 1]
        after = closing_verb(cast, passage, frame.before, frame.after, forms) or attributed_after(
            cast, frame.after, forms, begin=begin, ending=ending, is_clause=is_clause
        )
        after = after or _in_the_view_of(cast, frame)
        if after and after.rule == "inverted" and is_open(frame.before) and not _is_anybody(cast, after, frame.after):
            after = None  # X, qui avait parlé de « … », s'est excusée
        if after and has_marked_words_in_phrase(cast, frame.before, after, forms):
            after = None
        after = after and _completed(cast, after, introduction, frame)
        after = only_witnessed(cast, after, _own_clause(words, frame, introduction), frame) if after else None
        if after and after.rule == "subject_first" and not cast.has_person(after.name):
            after = _source_of(introduction) or after
    if before and before.rule == "colon" and is_clause and (found := _within(cast, passage, forms, begin)):
        return found  # X ne s'arrête pas là : « …, glisse un de ses adjoints, … »
    if (
        before
        and after
        and (found := answered(cast, before, after, frame.before[0].start) or _before_that(before, after, frame))
    ):
        return found
    if after and after.rule == "subject_first" and (found := _in_subordinate(cast, words, frame, introduction)):
        return found  # si X parle d'« erreur », Y évoque une faute
    if before and _holds(cast, before, after):
        return _or_around(cast, before, introduction, frame, begin) if not words.is_clause else before
    return after or before or _loosely(cast, passage, words, frame, introduction)


def _is_anybody(cast: Cast, after: Attribution, words: list[Word]) -> bool:
    """Whether the subject behind a verb is a person or a body, by name or by what they are."""
    if after.speaker is None:
        return False
    named = cast.named_at(after.speaker.start)
    phrase = [word for word in words if word.start >= after.speaker.start]
    return named is not None or is_of_people(cast, phrase)


def _in_the_view_of(cast: Cast, frame: Frame) -> Attribution | None:
    """« C'est « une honte », pour X. »: whose view ends the sentence."""
    words = frame.after[1:] if frame.after and frame.after[0].lower == "," else []
    is_so = bool(frame.before) and frame.before[-1].lower in COPULAS
    if not is_so or len(words) < 2 or words[0].lower not in {"pour", "for", "para", "für"}:
        return None
    speaker = speaker_after(cast, words[1:])
    following = next((word.lower for word in words if speaker and word.start >= speaker.end), ".")
    is_somebody = speaker is not None and cast.has_person(speaker.name) and following == "."
    return Attribution(speaker, (words[0].start, words[0].end), "around", "according_to") if is_somebody else None


def _in_subordinate(cast: Cast, words: Wording, frame: Frame, introduction: Woven) -> Attribution | None:
    """What a subordinate clause that opens the sentence calls « so », before the main clause with its own subject."""
    if not frame.before or frame.before[0].lower not in _WHILE or words.is_clause:
        return None
    loose = introduction.loosely([], words_quoted=words.words, is_clause=words.is_clause)
    is_own = loose is not None and loose.rule in {"naming", "object"} and cast.has_person(loose.name)
    return loose if is_own else None


def _loosely(cast: Cast, passage: Marked, words: Wording, frame: Frame, introduction: Woven) -> Attribution | None:
    """What the words are woven into, or what stands further on in their sentence, or within them."""
    forms, is_clause = introduction.reporting, words.is_clause and words.words > 3
    begin = _begin(passage, frame, introduction)
    loose = (
        cried(cast, frame.before)
        or imparted(cast, frame.before, forms)
        or introduction.loosely(frame.after, words_quoted=words.words, is_clause=words.is_clause)
    )
    loose = _or_source(cast, _with_subject(cast, loose, introduction, frame), introduction)
    if loose and loose.rule in _FIRM:
        return loose
    if told_as := as_told(cast, frame.after[:_AS_TOLD_WORDS], forms):
        return told_as
    if found := attributed_around(cast, frame.after, forms, begin=begin) or loose:
        return only_witnessed(cast, found, loose, frame)
    stance = judged(cast, passage, frame.before, forms) or felt(cast, passage, frame.before)
    stance = stance or within_its_tense(cast, passage, frame.before, forms)
    if found := stance or predicated(cast, passage, frame.before, forms):
        return found
    if frame.before and (own := by_own_account(cast, frame.before, frame.before[0].start)):
        return own
    return _within(cast, passage, forms, begin) if is_clause else None


def _own_clause(words: Wording, frame: Frame, introduction: Woven) -> Attribution | None:
    """What a passage is woven into, whatever stands behind it."""
    is_clause = words.is_clause and words.words > 3
    return introduction.loosely(frame.after, words_quoted=words.words, is_clause=is_clause)


def _within(cast: Cast, passage: Marked, forms: Reporting, begin: int) -> Attribution | None:
    """The attribution that stands within the words themselves; not within a dispatch that quotes others."""
    if passage.block and _MARK.search(cast.text, passage.start, passage.end):
        return None
    inner = words_in(cast.text, passage.start, min(passage.end, passage.start + WINDOW))
    return attributed_inside(cast, inner, forms, begin)


def _completed(cast: Cast, after: Attribution, introduction: Introduction, frame: Frame) -> Attribution:
    """What stands behind a quotation, with the subject that the words before it have, where it lacks one."""
    if after.rule == "inverted_pronoun" and (source := introduction.source()) and source.name:
        return replace(after, speaker=source.speaker)
    if after.rule not in {"inverted", "according_to"} or after.speaker or not frame.before:
        return after
    subject = subject_of_sentence(cast, frame.before)
    is_person = subject is not None and cast.has_person(subject.name)
    if after.rule == "according_to":  # l'occasion pour X de dire « … », selon des propos
        return replace(after, speaker=subject if is_person else only_one(cast, frame.before))
    return replace(after, speaker=subject) if is_person or not introduction.reporting.drops_subjects else after


def _source_of(introduction: Introduction) -> Attribution | None:
    """Whose the sentence is: « Pour X, loin d'être « … », la chose répond à « … » »."""
    source = introduction.source()
    return source if source and source.name else None


def _or_source(cast: Cast, found: Attribution | None, introduction: Introduction) -> Attribution | None:
    """« Pour X, la chose répond à une « … » »: where a thing is the subject, the words are X's."""
    if found is None or found.rule != "object" or cast.has_person(found.name):
        return found
    return _source_of(introduction) or found


def _or_around(cast: Cast, before: Attribution, introduction: Introduction, frame: Frame, begin: int) -> Attribution:
    """What a verb has as its object is rather whose the sentence is: « X promet « … », a dit Y »."""
    if before.rule != "introduced" or introduction.has_colon or before.after_that:
        return before
    around = attributed_around(cast, frame.after, introduction.reporting, begin=begin)
    return around if around and around.rule == "inverted" else before


def _with_subject(
    cast: Cast, found: Attribution | None, introduction: Introduction, frame: Frame
) -> Attribution | None:
    """A gerund that opens the sentence has the subject that follows: « En dénonçant « … », X a … »."""
    first = next(iter(introduction.verbs), None)
    if found is None or first is None or first.first >= 3:
        return found
    is_after = frame.before[0].lower == "après" and frame.before[1:2] and frame.before[1].lower in {"avoir", "s'"}
    if is_after and found.speaker is None:  # après avoir juré qu'il n'y avait « aucun blessé », il en admet dix
        commas = [i for i, word in enumerate(frame.after[:-1]) if word.lower == ","]
        pronouns = (frame.after[i + 1] for i in commas if frame.after[i + 1].lower in {"il", "elle"})
        if pronoun := next(pronouns, None):
            gender = PRONOUNS[pronoun.lower]
            return replace(found, speaker=meant(cast, pronoun, gender, frame.before[0].start), is_gerund=False)
        if commas and (subject := opening_subject(cast, frame.after[commas[0] + 1 :])):
            return replace(found, speaker=subject, is_gerund=False)
    if not found.is_gerund or not first.is_gerund:
        return found
    comma = next((i for i, word in enumerate(frame.after) if word.lower == ","), len(frame.after))
    return replace(found, speaker=opening_subject(cast, frame.after[comma + 1 :]) or found.speaker)
