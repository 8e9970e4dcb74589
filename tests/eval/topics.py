"""Topics by lists of words, as a method to be measured: nothing of it is in the services (decision 88)."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from services.extract.core.words import fold, words

LIST = Path(__file__).with_name("topic_words.tsv")
IN_TITLE = 2.0
WEAK = 0.5  # of a word that stands in the news of other subjects too
LEAST_CONFIDENCE = 0.25

Weights = dict[str, float]  # by subject


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject, and its share of all that speaks for any."""

    subject: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that speak for subjects: whole ones, beginnings and ends."""

    whole: dict[str, Weights] = field(default_factory=lambda: defaultdict(dict))
    beginnings: dict[str, Weights] = field(default_factory=lambda: defaultdict(dict))
    ends: dict[str, Weights] = field(default_factory=lambda: defaultdict(dict))
    known: dict[str, Weights] = field(default_factory=dict)  # words that were looked up before

    def weights(self, word: str) -> Weights:
        """What a folded word says: of several subjects, an equal part for each."""
        if word not in self.known:
            cuts = range(1, len(word) + 1)
            found: Weights = {}
            for said in (
                self.whole.get(word, {}),
                *(self.beginnings.get(word[:at], {}) for at in cuts),
                *(self.ends.get(word[at - 1 :], {}) for at in cuts),
            ):
                for subject, weight in said.items():
                    found[subject] = max(weight, found.get(subject, 0.0))
            self.known[word] = {subject: weight / len(found) for subject, weight in found.items()}
        return self.known[word]


def lexicons(path: Path = LIST) -> dict[str, Lexicon]:
    """The lists by language. `*` stands for any letters at a word's beginning or end, a final `?` marks a weak word."""
    found: dict[str, Lexicon] = defaultdict(Lexicon)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            lexicon = found[row["language"]]
            for name in row["names"].split("|"):
                bare = name.removesuffix("?")
                where = lexicon.ends if bare[0] == "*" else lexicon.beginnings if bare[-1] == "*" else lexicon.whole
                where[fold(bare.strip("*"))][row["subject"]] = WEAK if name != bare else 1.0
    return dict(found)


def topic(lexicon: Lexicon, title: str, body: str) -> Topic | None:
    """The subject that most words speak for; None where none does, or none clearly."""
    scores: dict[str, float] = defaultdict(float)
    for text, times in ((title, IN_TITLE), (body, 1.0)):
        for word in words(text):
            for subject, weight in lexicon.weights(word.key).items():
                scores[subject] += weight * times
    if not scores:
        return None
    subject = max(sorted(scores), key=scores.__getitem__)
    confidence = scores[subject] / sum(scores.values())
    return Topic(subject, confidence) if confidence >= LEAST_CONFIDENCE else None


def f1_by_subject(pairs: Sequence[tuple[str, str | None]]) -> Mapping[str, float]:
    """Of pairs of what is right and what was said: the F1 of each subject that is right somewhere."""
    return {subject: _f1(subject, pairs) for subject in sorted({right for right, _ in pairs})}


def macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    """The mean of those, every subject counting alike; 0 where there is nothing."""
    scores = f1_by_subject(pairs).values()
    return sum(scores) / max(1, len(scores))


def _f1(subject: str, pairs: Iterable[tuple[str, str | None]]) -> float:
    both = right = said = 0
    for label, found in pairs:
        both += label == found == subject
        right += label == subject
        said += found == subject
    return 2 * both / (right + said)
