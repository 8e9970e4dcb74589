"""Quotations one right behind another: who speaks stands behind the last of them, and is told of the first too."""

import re
from dataclasses import replace

from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.attribution import attributed
from services.extract.core.speech.cast import QUOTED, Cast
from services.extract.core.speech.frames import Frames
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.wording import Wording, wording

_MOST_ADJOINING = 3  # quotations in a row
_MARKS = " \u00a0\u202f\t.,;…«»“”„\"'"
_GOES_ON = re.compile(r"(?:(?:mais|et|car|or|donc|but|and|so|aber|und|denn|pero|y)\b[^.:;,!?]{0,15})?\Z", re.IGNORECASE)


def told_by_next(cast: Cast, passages: list[Marked], frames: Frames, index: int, words: Wording) -> Attribution | None:
    """The attribution behind the quotations that follow this one: « A ». « B », a dit X."""
    first = passages[index]
    before = frames.around(index).before
    is_among = all(word.lower in {QUOTED, ","} for word in before)  # « A », « B », « C », disent-ils
    if not words.is_clause or not frames.around(index).is_first or not is_among:
        return None
    last = first
    for at in range(index + 1, min(len(passages), index + 1 + _MOST_ADJOINING)):
        one = passages[at]
        if one.opening < last.closing:
            continue  # within the one before
        if one.paragraph != first.paragraph or not _GOES_ON.match(cast.text[last.closing : one.opening].strip(_MARKS)):
            return None
        found = attributed(cast, one, wording(cast, one.start, one.end), frames.around(at), frames.forms)
        if found is not None:
            is_behind = found.cue is not None and found.cue[0] >= one.closing and found.strength == "strong"
            return replace(found, strength="woven") if is_behind else None
        last = one
    return None
