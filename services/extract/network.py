"""What spaCy's `ner` pipe computes, computed by numpy for many paragraphs at once: the same weights, the same names.

The pipe looks each word up, lets four layers see its neighbours, and walks every paragraph word by word to open and
close names. Here each word is looked up once for good, and the walk is one step for all words: outside of a name, what
comes next rests on the word alone.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_PADS = 4  # rows of nothing between two paragraphs: as far as four layers see
_TINY = np.float32(1e-8)  # what the layers add to a variance
_NONE = -1  # no label, no state
_OUTSIDE, _BEGIN, _INSIDE, _LAST, _UNIT = "OBILU"


class UnknownShape(Exception):
    """Raised for a pipe that is built otherwise than those whose computation is known here."""


class Part(NamedTuple):
    """A stretch of words that the pipe takes for a name: first and last word, both counted in, and its label."""

    first: int
    last: int
    label: str


class _Maxout(NamedTuple):
    """A layer: the largest of some pieces, normalised."""

    weights: Floats  # inputs by pieces times outputs, piece after piece
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    def __call__(self, seen: Floats) -> Floats:
        found = _largest(seen @ self.weights + self.bias, self.pieces)
        found -= found.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", found, found) / np.float32(found.shape[1]) + _TINY
        found *= (variance**-0.5)[:, None] * self.gain
        found += self.shift
        return found


class Network:
    """The weights of a pipe, from the words as they were looked up to names."""

    def __init__(self, pipe: Any) -> None:
        """Take the weights out of a pipe; raises UnknownShape for one that is built otherwise."""
        try:
            self._take(pipe)
        except (AttributeError, IndexError, KeyError, ValueError) as missing:
            raise UnknownShape(f"something is not where it was: {missing}") from missing

    def _take(self, pipe: Any) -> None:
        tokens, lower, upper = pipe.model.layers
        if pipe.model.attrs["unseen_classes"]:
            raise UnknownShape("moves that it never learned")
        self.embed, encode = tokens.layers[0].layers
        self._layers = [_maxout(residual.layers[0]) for residual in encode.layers[0].layers]
        if lower.get_dim("nF") != 3 or len(self._layers) != _PADS or pipe.cfg.get("beam_width") != 1:
            raise UnknownShape("another number of features, layers or beams")
        linear = tokens.layers[2]
        self.width: int = encode.get_dim("nO")
        self._linear = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        self._lower = [_by_piece(weights) for weights in lower.get_param("W")]
        self._nothing = [pad.T.reshape(-1) for pad in lower.get_param("pad")[0]]
        self._lower_bias = lower.get_param("b").T.reshape(-1)
        self._pieces: int = lower.get_dim("nP")
        self._upper = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        self._moves = _Moves([pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)])

    def names(self, words: Floats, blank: NDArray[np.bool_], lengths: Sequence[int]) -> list[list[Part]]:
        """The names in paragraphs of these `lengths`, whose words lie behind each other; `blank` are those of blanks.

        A name's words are counted from the beginning of its paragraph.
        """
        ends = np.cumsum(np.asarray(lengths, dtype=np.int64))
        is_final = np.zeros(len(words), dtype=bool)
        is_final[ends[ends > 0] - 1] = True
        states = self._seen(words, lengths)
        alone = states @ self._lower[0]
        closed = self._scores(alone + (self._nothing[1] + self._nothing[2] + self._lower_bias))
        moves = self._moves.outside(closed, blank, is_final)
        last_of = self._closed(states, alone, moves, is_final)
        found, start = [], 0
        for end in ends.tolist():
            found.append(list(self._walked(moves, last_of, start, end)))
            start = end
        return found

    def _seen(self, words: Floats, lengths: Sequence[int]) -> Floats:
        """The words after each has seen its neighbours, narrowed to what the walk rests on."""
        at, row = np.empty(len(words), dtype=np.int64), _PADS
        begun = 0
        for length in lengths:
            at[begun : begun + length] = np.arange(row, row + length)
            begun, row = begun + length, row + length + _PADS
        seen = np.zeros((row, self.width), dtype=np.float32)
        seen[at] = words
        window = np.zeros((row, 3 * self.width), dtype=np.float32)
        for layer in self._layers:
            window[1:, : self.width] = seen[:-1]
            window[:, self.width : -self.width] = seen
            window[:-1, -self.width :] = seen[1:]
            seen += layer(window)
        weights, bias = self._linear
        narrowed: Floats = seen[at] @ weights + bias
        return narrowed

    def _scores(self, summed: Floats) -> Floats:
        weights, bias = self._upper
        scores: Floats = _largest(summed, self._pieces) @ weights + bias
        return scores

    def _closed(self, states: Floats, alone: Floats, moves: Ints, is_final: NDArray[np.bool_]) -> dict[int, int]:
        """For each word that may begin a name, the last word of it: all names grow a word at a time, together."""
        starts = np.flatnonzero(self._moves.begins[moves])
        opened = states[starts] @ self._lower[1] + self._lower_bias
        inside, last = self._moves.inside[moves[starts]], self._moves.last[moves[starts]]
        at, rows = starts + 1, np.arange(len(starts))
        last_of: dict[int, int] = {}
        while len(rows):
            scores = self._scores(alone[at] + opened[rows] + states[at - 1] @ self._lower[2])
            line = np.arange(len(rows))
            goes_on = (scores[line, inside[rows]] >= scores[line, last[rows]]) & ~is_final[at]
            last_of.update(zip(starts[rows[~goes_on]].tolist(), at[~goes_on].tolist(), strict=True))
            rows, at = rows[goes_on], at[goes_on] + 1
        return last_of

    def _walked(self, moves: Ints, last_of: dict[int, int], start: int, end: int) -> Iterator[Part]:
        """The names of one paragraph: a word inside of one begins no other."""
        free = start
        for offset in np.flatnonzero(moves[start:end] != self._moves.out).tolist():
            word = start + offset
            if word >= free:
                last = last_of.get(word, word)
                yield Part(offset, last - start, self._moves.labels[moves[word]])
                free = last + 1


class _Moves:
    """The moves of a walk by number: out, and of each label begin, inside, last and unit."""

    def __init__(self, names: Sequence[str]) -> None:
        kinds, self.labels = [name[:1] for name in names], [name[2:] for name in names]
        if set(kinds) != {_OUTSIDE, _BEGIN, _INSIDE, _LAST, _UNIT}:
            raise UnknownShape("other moves")
        number = {(kind, label): at for at, (kind, label) in enumerate(zip(kinds, self.labels, strict=True))}
        self.out = number[_OUTSIDE, ""]
        self.begins = np.array([kind == _BEGIN for kind in kinds])
        self.inside = np.array([number.get((_INSIDE, label), _NONE) for label in self.labels])
        self.last = np.array([number.get((_LAST, label), _NONE) for label in self.labels])
        opens = [kind in {_BEGIN, _UNIT} and bool(label) for kind, label in zip(kinds, self.labels, strict=True)]
        self._never = np.flatnonzero([not (one or at == self.out) for at, one in enumerate(opens)])
        self._opens, self._begins = np.flatnonzero(opens), np.flatnonzero(self.begins)

    def outside(self, scores: Floats, blank: NDArray[np.bool_], is_final: NDArray[np.bool_]) -> Ints:
        """The best move at each word outside of a name: blanks open none, and at a paragraph's end none begins."""
        scores[:, self._never] = -np.inf
        scores[np.ix_(blank, self._opens)] = -np.inf
        scores[np.ix_(is_final, self._begins)] = -np.inf
        best: Ints = scores.argmax(axis=1)
        return best


def _maxout(layer: Any) -> _Maxout:
    window, maxout, normal, *_ = _flat(layer)
    if (window.name, maxout.name, normal.name) != ("expand_window", "maxout", "layernorm"):
        raise UnknownShape("layers that see otherwise")
    if window.attrs["window_size"] != 1:
        raise UnknownShape("layers that see farther")
    weights, bias = _by_piece(maxout.get_param("W")), maxout.get_param("b").T.reshape(-1)
    return _Maxout(weights, bias, maxout.get_dim("nP"), normal.get_param("G"), normal.get_param("b"))


def _flat(layer: Any) -> list[Any]:
    """The layers of a chain of chains, in the order in which they compute."""
    return [leaf for part in layer.layers for leaf in _flat(part)] if layer.layers else [layer]


def _by_piece(weights: Floats) -> Floats:
    """Weights (outputs, pieces, inputs) as a matrix that gives all first pieces, then all second ones."""
    outputs, pieces, inputs = weights.shape
    return np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).T)


def _largest(summed: Floats, pieces: int) -> Floats:
    """The largest of the pieces that lie behind each other."""
    width = summed.shape[1] // pieces
    found: Floats = summed[:, :width]
    for piece in range(1, pieces):
        found = np.maximum(found, summed[:, piece * width : (piece + 1) * width])
    return found
