"""What is different between two versions of a text, sentence by sentence: for people to read."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from contracts.value import Span

MOST_CHANGES = 50
MOST_CHARACTERS = 500  # of a sentence that is told
MOST_SENTENCES = 1000  # between the first and the last change, above which order is not looked at
ALIKE = 0.5  # of their words: one sentence that was changed, and not one that went and another that came
MOST_WORDS = 200  # of a sentence that are looked at for that

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?…。！？؟]+[\"'»”’)\]]*(?=\s)|(?=\n)|\Z)|\n")
_WORD = re.compile(r"\w+")


class Sentence(NamedTuple):
    """A sentence as it stands in a text."""

    text: str
    start: int
    end: int

    def words(self) -> str:
        """Without regard to white space."""
        return " ".join(self.text.split())


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
    count = Counter(change.kind for change in changes)
    return Difference(
        added=count["added"],
        removed=count["removed"],
        changed=count["changed"],
        kept=len(new) - count["added"] - count["changed"],
        changes=tuple(changes[:MOST_CHANGES]),
    )


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; a line is one where no mark ends it."""
    found = []
    for match in _SENTENCE.finditer(text):
        told = match[0].strip()
        if told:
            start = match.start() + match[0].index(told)
            found.append(Sentence(told, start, start + len(told)))
    return found


def _differ(one: Sentence, other: Sentence) -> bool:
    return one.words() != other.words()


def _changes(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Change]:
    ours, theirs = _numbered(new), _numbered(old)
    if max(len(old), len(new)) > MOST_SENTENCES:
        there, here = frozenset(theirs), frozenset(ours)
        gone = [one for one, key in zip(old, theirs, strict=True) if key not in here]
        come = [one for one, key in zip(new, ours, strict=True) if key not in there]
        yield from (_removed(one) for one in gone)
        yield from (_added(one) for one in come)
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


def _between(gone: Sequence[Sentence], come: Sequence[Sentence]) -> Iterator[Change]:
    for one, other in zip_longest(gone, come):
        if one is not None and other is not None and _alike(one, other):
            yield Change(
                kind="changed",
                before=_told(one),
                after=_told(other),
                before_span=_span(one),
                after_span=_span(other),
            )
            continue
        if one is not None:
            yield _removed(one)
        if other is not None:
            yield _added(other)


def _alike(one: Sentence, other: Sentence) -> bool:
    words = [Counter(_WORD.findall(sentence.text.casefold())[:MOST_WORDS]) for sentence in (one, other)]
    both, all_words = sum((words[0] & words[1]).values()), sum((words[0] | words[1]).values())
    return both >= ALIKE * all_words


def _removed(one: Sentence) -> Change:
    return Change(kind="removed", before=_told(one), before_span=_span(one))


def _added(one: Sentence) -> Change:
    return Change(kind="added", after=_told(one), after_span=_span(one))


def _told(one: Sentence) -> str:
    words = one.words()
    return words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"


def _span(one: Sentence) -> Span:
    return Span(start=one.start, end=one.end)
