"""The ordinary words of a language: those of the tables that a spaCy model brings to find lemmas with.

Only French ones are of use: the English tables are WordNet's, with Paris and Martin among the nouns in lower case.
"""

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from services.extract.core.naming.names import no_lexicon
from services.extract.installed import installed_models

_TABLES = MappingProxyType({"fr": ("lemma_exc", "lemma_index")})
_PLURALS = "sx"
_ENDINGS = ("ez", "ons", "ant", "é", "ée", "és", "ées")  # of verbs in -er, of which the tables have the infinitive


@cache
def ordinary_words(language: str) -> Callable[[str], bool]:
    """Tell of a word in lower case whether a language (primary subtag) has it; always no where no lexicon is installed.

    200,000 words are kept as eight bytes each, their hashes, which are the same in whoever is forked from here.
    """
    path = _path(language)
    if path is None:
        return no_lexicon
    keys = np.fromiter(map(hash, _words(path, _TABLES[language])), dtype=np.int64)
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])]  # np.unique does the same by hashes, in thirty times the time

    def is_word(word: str) -> bool:
        forms = [word, word[:-1]] if word[-1:] in _PLURALS else [word]
        forms += [f"{word.removesuffix(ending)}er" for ending in _ENDINGS if word.endswith(ending)]
        if word[:1] == "e":  # capitals are often set without their accents
            forms += [f"é{form[1:]}" for form in forms]
        found = np.searchsorted(keys, wanted := np.array([hash(form) for form in forms], dtype=np.int64))
        return bool((keys[np.minimum(found, len(keys) - 1)] == wanted).any())

    return is_word


def _path(language: str) -> Path | None:
    package, _ = installed_models().get(language, (None, None))
    spec = importlib.util.find_spec(package) if package and language in _TABLES else None
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.glob("*/lemmatizer/lookups/lookups.bin"), None)


def _words(path: Path, tables: tuple[str, ...]) -> Iterator[str]:
    from srsly import msgpack  # noqa: PLC0415 - comes with a model, and so does the file

    lists: list[Iterable[str]] = []
    with path.open("rb") as packed:
        unpacker: Any = msgpack.Unpacker(packed, raw=False)
        for _ in range(unpacker.read_map_header()):
            if unpacker.unpack() not in tables:
                unpacker.skip()
                continue
            for of_one_kind in unpacker.unpack().values():
                lists.append(of_one_kind)
                if isinstance(of_one_kind, dict):
                    lists += of_one_kind.values()
    return chain.from_iterable(lists)
