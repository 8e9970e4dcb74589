"""A linear classifier of texts, ridge regression on the words, as what can be reached with labels at all."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from services.extract.core.words import words

RIDGE = 0.3
LEAST_TEXTS = 2  # that a word stands in

Matrix = npt.NDArray[np.float32]


def trained(texts: Sequence[str], labels: Sequence[str]) -> Callable[[Sequence[str]], list[str]]:
    """What gives each of other texts one of the labels, by what stood in texts that have them."""
    counts = [Counter(word.key for word in words(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    kept = sorted(word for word, times in spread.items() if times >= LEAST_TEXTS)
    columns = {word: at for at, word in enumerate(kept)}
    rarity = {word: math.log(len(texts) / spread[word]) for word in kept}

    def rows(these: Sequence[Counter[str]]) -> Matrix:
        matrix = np.zeros((len(these), len(kept)), dtype=np.float32)
        for row, count in zip(matrix, these, strict=True):
            for word, times in count.items():
                if word in columns:
                    row[columns[word]] = (1 + math.log(times)) * rarity[word]
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        scaled: Matrix = matrix / np.maximum(lengths, np.float32(1e-6))
        return scaled

    known = rows(counts)
    names = sorted(set(labels))
    wanted = np.array([[1.0 if label == name else -1.0 for name in names] for label in labels], dtype=np.float32)
    similar = known @ known.T + np.float32(RIDGE) * np.eye(len(texts), dtype=np.float32)
    weights = known.T @ np.linalg.solve(similar, wanted)

    def labelled(others: Sequence[str]) -> list[str]:
        scores = rows([Counter(word.key for word in words(text)) for text in others]) @ weights
        return [names[at] for at in scores.argmax(axis=1)]

    return labelled
