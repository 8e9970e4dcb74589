"""How what was found is held against what a reader says is there: functions of values, nothing is read or printed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Place = tuple[int, int]  # start, end exclusive

_WORD = re.compile(r"\w+")
_DETERMINERS = frozenset(
    "a an the le la les l un une des der die das ein eine el los las il lo gli i o os as".split()  # noqa: SIM905 - read as words
)
# Alone they are no cue: what a compound tense, an inversion or an adverb puts beside the verb.
_AUXILIARIES = frozenset(
    "a ai as ont avait avaient aurait auraient est sont t il elle ils elles on que qu de d en et"  # noqa: SIM905 - the same
    " has have had is was to he she they ha han hat haben habe hatte sei er sie es".split()
)
_MOST_BESIDE_A_CUE = 3  # words that a cue may have too many


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of a span: the values that are right there.

    An optional one is right where it is found, and no miss where it is not; at an ignored one nothing counts.
    """

    start: int
    end: int
    values: tuple[str | None, ...] = (None,)
    is_optional: bool = False
    is_ignored: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor says of a span; None where it says that it cannot tell."""

    start: int
    end: int
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, as a reader labels it or as it was found; of several speakers or cues in a label, each is right."""

    start: int
    end: int
    kind: str
    is_direct: bool
    speakers: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found and is there, what was found and is not, and what is there and was not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def there(self) -> int:
        """How many are there to find, with the optional ones that were found."""
        return self.right + self.missed

    def precision(self) -> float:
        """Per cent of what was found."""
        return percent(self.right, self.right + self.wrong)

    def recall(self) -> float:
        """Per cent of what is there."""
        return percent(self.right, self.right + self.missed)

    def f1(self) -> float:
        """Harmonic mean of both, in per cent."""
        return percent(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class QuotationTally:
    """Marked passages, those of them that are speech, and of speech that was found: speakers and cues."""

    marks: Tally = Tally()
    speech: Tally = Tally()
    speakers: Tally = Tally()
    cues: Tally = Tally()

    def __add__(self, other: "QuotationTally") -> "QuotationTally":
        return QuotationTally(
            self.marks + other.marks,
            self.speech + other.speech,
            self.speakers + other.speakers,
            self.cues + other.cues,
        )


@dataclass(frozen=True, slots=True)
class BodyTally:
    """Characters, blanks apart: of the prose, and of what should go; how many of each are where they belong.

    Of what should go, the passages as well: how many, and how many of them are gone to the last character.
    """

    prose: int = 0
    kept: int = 0
    leftovers: int = 0
    gone: int = 0
    passages: int = 0
    passages_gone: int = 0

    def __add__(self, other: "BodyTally") -> "BodyTally":
        return BodyTally(
            self.prose + other.prose,
            self.kept + other.kept,
            self.leftovers + other.leftovers,
            self.gone + other.gone,
            self.passages + other.passages,
            self.passages_gone + other.passages_gone,
        )


def percent(part: float, whole: float) -> float:
    """`part` of `whole` in per cent; of nothing, everything."""
    return 100 * part / whole if whole else 100.0


def spans(found: Iterable[Place], true: Iterable[Place], optional: Iterable[Place] = ()) -> Tally:
    """Exact spans; an optional one counts only where it is found."""
    ours, theirs, either = set(found), set(true), set(optional)
    return Tally(len(ours & (theirs | either)), len(ours - theirs - either), len(theirs - ours))


def values(found: Sequence[Found], true: Sequence[Label]) -> Tally:
    """Spans that overlap and have a right value, each against one label.

    Silence about a value (None) is a miss and no error; a wrong value is both.
    """
    left, tally = list(found), Tally()
    for label in sorted(true, key=lambda label: label.is_ignored):
        candidates = [one for one in left if one.start < label.end and label.start < one.end]
        if label.is_ignored:
            left = [one for one in left if one not in candidates]
            continue
        best = max(candidates, key=lambda one: (one.value in label.values, _shared(one, label)), default=None)
        if best is not None:
            left.remove(best)
        tally += _verdict(best, label)
    return tally + Tally(wrong=len(left))


def _shared(one: Found, label: Label) -> int:
    return min(one.end, label.end) - max(one.start, label.start)


def _verdict(found: Found | None, label: Label) -> Tally:
    value = found.value if found else None
    if value is None:
        return Tally(missed=not label.is_optional)
    if value in label.values:
        return Tally(right=1)
    return Tally(wrong=1, missed=not label.is_optional)


def quotations(text: str, found: Iterable[Quoted], true: Iterable[Quoted]) -> QuotationTally:
    """Spans between marks, a comma at the end apart; speakers and cues of speech that was found as speech.

    Indirect speech that no label stands at counts for nothing: it is not annotated.
    """
    theirs = {_trimmed(text, one): one for one in true}
    ours = {_trimmed(text, one): one for one in found}
    ours = {place: one for place, one in ours.items() if one.kind != "indirect" or place in theirs}
    optional = {place for place, one in theirs.items() if one.is_optional}
    spoken_ours = {place for place, one in ours.items() if one.is_direct} - optional
    spoken_theirs = {place for place, one in theirs.items() if one.is_direct} - optional
    both = [(ours[place], theirs[place]) for place in sorted(spoken_ours & spoken_theirs)]
    speakers = [_speaker(one, label) for one, label in both]
    cues = [any(same_cue(cue, right) for cue in one.cues for right in label.cues) for one, label in both if label.cues]
    return QuotationTally(
        marks=spans(ours, set(theirs) - optional, optional),
        speech=spans(spoken_ours, spoken_theirs),
        speakers=_of(speakers),
        cues=_of(cues),
    )


def _of(verdicts: Sequence[bool]) -> Tally:
    wrong = len(verdicts) - sum(verdicts)
    return Tally(right=sum(verdicts), wrong=wrong, missed=wrong)


def _trimmed(text: str, one: Quoted) -> Place:
    return one.start, one.start + len(text[one.start : one.end].rstrip().rstrip(",").rstrip())


def _speaker(found: Quoted, label: Quoted) -> bool:
    if not label.speakers:
        return not found.speakers
    return any(same_speaker(name, label.speakers) for name in found.speakers)


def same_speaker(found: str, accepted: Sequence[str]) -> bool:
    """Whether it is an accepted name, accents, case and articles apart, or the first of them with a title before it."""
    ours = _name(found)
    names = [_name(name) for name in accepted]
    is_titled = len(names[0]) > 1 and ours[-len(names[0]) :] == names[0]  # one word alone ends many a name
    return ours in names or is_titled


def same_cue(found: str, accepted: str) -> bool:
    """Whether one is in the other in one run, with a verb or preposition in what they share."""
    ours, theirs = _WORD.findall(found.casefold()), _WORD.findall(accepted.casefold())
    short, long = sorted((ours, theirs), key=len)
    is_inside = any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
    says = any(word not in _AUXILIARIES for word in short)
    return is_inside and says and len(ours) <= len(theirs) + _MOST_BESIDE_A_CUE


def _name(text: str) -> list[str]:
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return [word for word in _WORD.findall(bare) if word not in _DETERMINERS]


def body(text: str, found: Iterable[Place], prose: Iterable[Place], leftovers: Iterable[Place]) -> BodyTally:
    """How much of the prose is in the body that was found, and how much of the leftovers is not."""
    passages = list(leftovers)
    ours, wanted, unwanted = (_characters(text, places) for places in (found, prose, passages))
    gone = sum(ours.isdisjoint(_characters(text, [passage])) for passage in passages)
    return BodyTally(len(wanted), len(wanted & ours), len(unwanted), len(unwanted - ours), len(passages), gone)


def _characters(text: str, places: Iterable[Place]) -> set[int]:
    return {at for start, end in places for at in range(start, end) if not text[at].isspace()}


def day(found: str | None, label: Label | None) -> Tally:
    """A date of publication against its label, times of day apart; without a label, any is invented."""
    if label is None:
        return Tally(wrong=found is not None)
    return _verdict(Found(label.start, label.end, found and found[:10]), label)
