"""Texts cut into a spaCy model's words, each looked up once; what stands between blanks is cut alike wherever it is."""

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.extract.network import Floats

_CHUNK = re.compile(r"\S+ ?|\s+")  # as spaCy's tokenizer takes its text: one blank belongs to the word before it
_NO_MORE = (0, (0, 0, 0, sys.maxsize, 0))
_MOST_WORDS, _MOST_CHUNKS = 50_000, 100_000  # 60 MB; then all are forgotten and looked up again


class Chunk(NamedTuple):
    """What stands between two blanks: the numbers of its words, and where each lies in it."""

    rows: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]


class Cut(NamedTuple):
    """A text's words by their numbers, and the chunks that they came in, each with its first word and its place."""

    rows: list[int]
    chunks: list[tuple[int, int, Chunk]]

    def bounds(self, word: int) -> tuple[int, int]:
        """Where a word lies in the text."""
        first, start, chunk = self.chunks[bisect_right(self.chunks, word, key=itemgetter(0)) - 1]
        begun, ended = chunk.bounds[word - first]
        return start + begun, start + ended


class Vocabulary:
    """The words that were met, each with its vector before it sees its neighbours."""

    def __init__(self, nlp: Any, embed: Any, width: int) -> None:
        self._nlp, self._embed = nlp, embed
        self._width = width
        self._forget(_MOST_WORDS)

    def cut(self, texts: Sequence[str]) -> list[Cut]:
        """The texts as words that have been looked up."""
        chunked = [[(match.start(), match.group()) for match in _CHUNK.finditer(text)] for text in texts]
        new = dict.fromkeys(chunk for chunks in chunked for _, chunk in chunks if chunk not in self._chunks)
        if new:
            needed = sum(map(len, new))  # no chunk has more words than characters
            if len(self._rows) + needed > len(self._vectors) or len(self._chunks) > _MOST_CHUNKS:
                self._forget(max(_MOST_WORDS, needed + sum(map(len, texts))))
                new = dict.fromkeys(chunk for chunks in chunked for _, chunk in chunks)
            self._learn(list(new))
        return [self._of(chunks) for chunks in chunked]

    def _forget(self, room: int) -> None:
        self._vectors = np.empty((room, self._width), dtype=np.float32)
        self._blank = np.zeros(room, dtype=bool)
        self._rows: dict[tuple[int, int], int] = {}
        self._chunks: dict[str, Chunk] = {}

    def vectors(self, rows: Sequence[int]) -> tuple[Floats, NDArray[np.bool_]]:
        """The vectors of words, and which of them are blanks."""
        at = np.asarray(rows, dtype=np.int64)
        return self._vectors[at], self._blank[at]

    def _of(self, chunks: list[tuple[int, str]]) -> Cut:
        rows: list[int] = []
        placed = []
        known = self._chunks
        for start, text in chunks:
            chunk = known[text]
            placed.append((len(rows), start, chunk))
            rows += chunk.rows
        return Cut(rows, placed)

    def _learn(self, new: list[str]) -> None:
        """Cut new chunks and look their words up; all at once, since each call has its price."""
        written = [chunk if chunk[-1] == " " else f"{chunk} " for chunk in new if not chunk.isspace()]
        with self._nlp.memory_zone():  # or the words of one article would stay for ever
            if written:
                self._keep(self._nlp.make_doc("".join(written)), written)
            for blanks in filter(str.isspace, new):
                self._keep(self._nlp.make_doc(blanks), [blanks])

    def _keep(self, doc: Any, chunks: list[str]) -> None:
        """Keep the words of a text that holds these chunks and no more."""
        looked_up = self._embed.predict([doc])[0]
        words = enumerate(doc.to_array(["ORTH", "NORM", "IS_SPACE", "IDX", "LENGTH"]).tolist())
        number, (orth, norm, blank, at, length) = next(words)
        begun = 0
        for chunk in chunks:
            rows, bounds = [], []
            while at < begun + len(chunk):
                row = self._rows.setdefault((orth, norm), len(self._rows))
                self._vectors[row], self._blank[row] = looked_up[number], blank
                rows.append(row)
                bounds.append((at - begun, at - begun + length))
                number, (orth, norm, blank, at, length) = next(words, _NO_MORE)
            self._chunks[chunk] = Chunk(tuple(rows), tuple(bounds))
            if not chunk.isspace():
                self._chunks[chunk.removesuffix(" ")] = self._chunks[chunk]
            begun += len(chunk)
