"""What is different between two versions of a text, sentence by sentence: for people to read."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from contracts.value import Span

MOST_CHANGES = 50
MOST_CHARACTERS = 500  # of a sentence that is told
MOST_SENTENCES = 1000  # between the first and the last change, above which order is not looked at
ALIKE = 0.5  # of their words: one sentence that was changed, and not one that went and another that came
MOST_WORDS = 200  # of a sentence that are looked at for that

# Only where a run of marks begins is it looked at: a text of nothing but dots costs no more than another.
_MARKS = ".!?…。！？؟"
_END = re.compile(rf"(?<![{_MARKS}])[{_MARKS}]+[\"'»”’)\]]*(?=\s)|\n")
_WORD = re.compile(r"\w+")


class Sentence(NamedTuple):
    """A sentence as it stands in a text."""

    text: str
    start: int
    end: int

    def words(self) -> str:
        """Without regard to white space."""
        return " ".join(self.text.split())


Pair = tuple[Sentence | None, Sentence | None]  # as it was and as it is; None on the side where it is not


class Change(BaseModel):
    """A sentence that came, went or was changed, and where it stands in each of the texts."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["added", "removed", "changed"]
    before: str | None = None
    after: str | None = None
    before_span: Span | None = None
    after_span: Span | None = None


class Difference(BaseModel):
    """How many sentences came, went, were changed and stayed, and the first 50 of the changes in reading order."""

    model_config = ConfigDict(frozen=True)

    added: int
    removed: int
    changed: int
    kept: int
    changes: tuple[Change, ...] = ()


def difference(before: str, after: str) -> Difference:
    """What is different in `after`; white space does not count."""
    old, new = sentences(before), sentences(after)
    first = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if _differ(one, other)), None)
    first = min(len(old), len(new)) if first is None else first
    left = min(len(old), len(new)) - first
    tails = zip(reversed(old), reversed(new), strict=False)
    last = next((place for place, (one, other) in enumerate(tails) if place >= left or _differ(one, other)), left)
    changes = list(_changes(old[first : len(old) - last], new[first : len(new) - last]))
    count = Counter(map(_kind, changes))
    return Difference(
        added=count["added"],
        removed=count["removed"],
        changed=count["changed"],
        kept=len(new) - count["added"] - count["changed"],
        changes=tuple(map(_told, changes[:MOST_CHANGES])),
    )


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; a line is one where no mark ends it."""
    found = []
    for begin, end in pairwise((0, *(match.end() for match in _END.finditer(text)), len(text))):
        told = text[begin:end].strip()
        if told:
            start = text.index(told, begin)
            found.append(Sentence(told, start, start + len(told)))
    return found


def _differ(one: Sentence, other: Sentence) -> bool:
    return one.words() != other.words()


def _changes(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Pair]:
    ours, theirs = _numbered(new), _numbered(old)
    if max(len(old), len(new)) > MOST_SENTENCES:
        there, here = frozenset(theirs), frozenset(ours)
        yield from ((one, None) for one, key in zip(old, theirs, strict=True) if key not in here)
        yield from ((None, one) for one, key in zip(new, ours, strict=True) if key not in there)
        return
    for kind, begin, end, start, stop in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _between(old[begin:end], new[start:stop])


def _numbered(some: Sequence[Sentence]) -> list[tuple[str, int]]:
    """Each sentence with how often it came before: a text that repeats one all over costs no more than another."""
    seen: Counter[str] = Counter()
    keys = []
    for one in some:
        words = one.words()
        keys.append((words, seen[words]))
        seen[words] += 1
    return keys


def _between(gone: Sequence[Sentence], come: Sequence[Sentence]) -> Iterator[Pair]:
    for one, other in zip_longest(gone, come):
        if one is None or other is None or _alike(one, other):
            yield one, other
        else:
            yield one, None
            yield None, other


def _alike(one: Sentence, other: Sentence) -> bool:
    words = [Counter(_WORD.findall(sentence.text.casefold())[:MOST_WORDS]) for sentence in (one, other)]
    both, all_words = sum((words[0] & words[1]).values()), sum((words[0] | words[1]).values())
    return both >= ALIKE * all_words


def _kind(pair: Pair) -> Literal["added", "removed", "changed"]:
    before, after = pair
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _told(pair: Pair) -> Change:
    before, after = pair
    return Change(
        kind=_kind(pair),
        before=before and _shortened(before),
        after=after and _shortened(after),
        before_span=before and Span(start=before.start, end=before.end),
        after_span=after and Span(start=after.start, end=after.end),
    )


def _shortened(one: Sentence) -> str:
    words = one.words()
    return words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"
