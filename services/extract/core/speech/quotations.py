"""What the article quotes, in which way, and who said it."""

import re
from dataclasses import replace
from itertools import pairwise

from contracts.extraction import Entity, Quotation
from contracts.value import Mention, Span
from services.extract.core.grammar import REPORTS, WRITINGS
from services.extract.core.paragraphs import headings, paragraphs
from services.extract.core.sentences import sentence_start
from services.extract.core.speech.adjoining import told_by_next
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.attribution import attributed
from services.extract.core.speech.cast import Cast, Named, words_in
from services.extract.core.speech.continuations import Told, continued
from services.extract.core.speech.frames import Frame, Frames
from services.extract.core.speech.introductions import Introduction
from services.extract.core.speech.pronouns import is_several
from services.extract.core.speech.quotation_kinds import DOUBTFUL, FEWEST_WORDS, Kind, kind_of
from services.extract.core.speech.quotation_marks import Marked, marked
from services.extract.core.speech.verbs.reporting_verbs import Reporting, reporting
from services.extract.core.speech.wording import wording

# dit t’il, a -t-il: what stands for the hyphens of an inverted pronoun, so that they can be put there
_INVERTED = re.compile(r"(?<=[^\W\d_])[ -]t['’ -](?=(?:ils?|elles?|on)\b)")
_LONGEST_SENTENCE = 1000  # characters that a quotation without its opening mark may have
_NOT_MEANT = WRITINGS | REPORTS  # by a pronoun of a person
_HEAD = 3  # words of a noun phrase, among which its noun is
_LONGEST_EVIDENCE = 300  # characters from a cue to its subject


def quotations(text: str, body: tuple[Span, ...], entities: tuple[Entity, ...], language: str) -> tuple[Quotation, ...]:
    """The marked passages of `body` in reading order, an outer one before its inner; `language` is a primary subtag.

    Words in marks that nobody is shown to have said (irony, names, titles of works) come out as `scare`, not `direct`.
    What is said without marks is not looked for: `indirect` is only what a closing mark without its opening ends.
    """
    found_paragraphs = paragraphs(text, body)
    passages = marked(text, found_paragraphs, language)
    if not passages:
        return ()
    told_in = {id(one) for one, inner in pairwise(passages) if one.block and inner.end < one.end}
    aside = [(one.start, one.end) for one in passages if not (one.headless or id(one) in told_in)]
    aside += headings(text, found_paragraphs)  # a dispatch that quotes others tells of them as any text does
    cast = Cast(_INVERTED.sub("-t-", text), entities, aside, language)
    forms = reporting(language)
    frames = Frames(cast, passages, found_paragraphs, forms)
    told: list[Told] = []
    found: list[Quotation] = []
    for index, passage in enumerate(passages):
        if passage.headless:
            start = found_paragraphs[passage.paragraph][0]
            before = max(
                (one.passage.closing for one in told[-4:] if one.passage.closing <= passage.end), default=start
            )
            one = _headless(cast, passage, max(start, before), forms)
        else:
            told.append(_told(cast, passages, frames, index, told))
            one = _quotation(text, told[-1])
        if one is not None:
            found.append(one)
    return tuple(found)


def _told(cast: Cast, passages: list[Marked], frames: Frames, index: int, told: list[Told]) -> Told:
    passage, frame, forms = passages[index], frames.around(index), frames.forms
    words = wording(cast, passage.start, passage.end)
    found = (
        attributed(cast, passage, words, frame, forms)
        or _heralded(cast, frame, forms)
        or told_by_next(cast, passages, frames, index, words)
    )
    one = Told(passage, words, frame, frames.holder(index), found)
    attribution = continued(cast, one, told, forms)
    kind, confidence = kind_of(cast, passage, words, frame, attribution)
    if kind != "scare" and attribution and attribution.rule != "continued":
        _hear(cast, attribution)
    return replace(one, attribution=attribution, kind=kind, confidence=confidence)


def _hear(cast: Cast, attribution: Attribution) -> None:
    """Let pronouns later on mean somebody who spoke and is not named there: the latter, the mayor, one source."""
    speaker = attribution.speaker
    if speaker is None or speaker.name is None:
        return
    if any(word.lower in _NOT_MEANT for word in words_in(cast.text, speaker.start, speaker.end)[:_HEAD]):
        return  # no pronoun means a report
    known = cast.named_at(speaker.start)
    cue = cast.text[slice(*attribution.cue)] if attribution.cue else ""
    if known is not None and known.is_place and cue.endswith("-on"):
        return  # a-t-on expliqué à Zalmira
    heard = Named(speaker.start, speaker.end, speaker.name, is_person=True, has_spoken=True)
    if is_several(cast, speaker):
        cast.hear_several(heard)
    elif not (known and known.is_person):
        cast.hear(heard)
    elif attribution.rule not in DOUBTFUL:
        cast.hear(known._replace(has_spoken=True))


def _heralded(cast: Cast, frame: Frame, forms: Reporting) -> Attribution | None:
    """The attribution in the paragraph before, where that ends with a colon and the quotation opens its own."""
    if frame.before or not frame.is_first or not frame.previous or frame.previous[-1].lower != ":":
        return None
    return Introduction(cast, frame.previous, forms).closely()


def _quotation(text: str, one: Told) -> Quotation | None:
    passage, attribution = one.passage, one.attribution
    if not passage.closed and (one.kind == "scare" or one.wording.words < FEWEST_WORDS):
        return None  # a stray mark
    confidence = one.confidence * (1.0 if passage.closed else 0.6)
    return _said(text, (passage.start, passage.end), one.kind, attribution, confidence)


def _said(
    text: str, span: tuple[int, int], kind: Kind, attribution: Attribution | None, confidence: float
) -> Quotation:
    start, end = span
    told = attribution if kind != "scare" else None
    return Quotation(
        start=start,
        end=end,
        text=text[start:end],
        kind=kind,
        speaker=told.name if told else None,
        cue=text[slice(*told.cue)] if told and told.cue else None,
        direct=kind not in {"scare", "indirect"},
        rule=told.rule if told else None,
        evidence=_evidence(text, told) if told else None,
        confidence=confidence,
    )


def _evidence(text: str, attribution: Attribution) -> Mention | None:
    """The words from the cue to its subject, or one of them where they stand far apart."""
    speaker = attribution.speaker
    spans = [span for span in (attribution.cue, (speaker.start, speaker.end) if speaker else None) if span]
    if not spans:
        return None
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    if end - start > _LONGEST_EVIDENCE:
        start, end = spans[-1]
    return Mention(start=start, end=end, surface=text[start:end])


def _headless(cast: Cast, passage: Marked, start: int, forms: Reporting) -> Quotation | None:
    """Words that only a closing mark shows to be somebody's: from the "that" of a reporting verb to the mark."""
    text = cast.text
    words = words_in(text, sentence_start(text, start, passage.end, _LONGEST_SENTENCE), passage.end)
    that = next((i for i, word in enumerate(words) if word.lower in {"que", "qu'", "that", "dass", "che"}), None)
    if that is None or len(words) - that <= FEWEST_WORDS:
        return None
    attribution = Introduction(cast, words[: that + 1], forms).closely()
    if attribution is None or attribution.strength != "strong":
        return None
    return _said(text, (words[that + 1].start, passage.end), "indirect", attribution, 0.5)
