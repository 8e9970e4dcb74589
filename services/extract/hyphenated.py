"""spaCy's pattern of French words with hyphens, compiled in a fifteenth of the time.

It is 1.4 million characters long: 266 alternatives, in which all letters there are are written out 482 times, and
Python compiles each of these sets by itself, in half of the time that a French model takes to load. Put together by
what they end in, the same alternatives have 28 such sets.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_LONG = 100_000  # characters; no other pattern of a French model has a fifth of it
_OPENS, _BETWEEN, _CLOSES = "(?iu)(?:^", ")|(?:^", ")"
_LETTERS = re.compile(r"\[[^\]]{200,}\]")


@contextmanager
def compiled_together() -> Iterator[None]:
    """In here `re.compile` puts together what a pattern like that one repeats; others it compiles as they are."""
    compile_as_ever = re.compile

    def compile_together(pattern: Any, flags: Any = 0) -> Any:
        is_long = isinstance(pattern, str) and len(pattern) > _LONG
        return compile_as_ever(together(pattern) if is_long else pattern, flags)

    re.compile = compile_together  # spaCy compiles it as it is imported
    try:
        yield
    finally:
        re.compile = compile_as_ever


def together(pattern: str) -> str:
    """A pattern that matches the same texts, with the alternatives that end alike as one.

    An alternative ends from its first set of letters on; before that stands a word like `demi[-–]`. What is not made of
    such alternatives alone comes back as it is.
    """
    alternatives = pattern.removeprefix(_OPENS).removesuffix(_CLOSES).split(_BETWEEN)
    if not pattern.startswith(_OPENS) or pattern.count(_BETWEEN[:-1]) >= len(alternatives):
        return pattern
    beginnings: dict[str, list[str]] = {}
    for alternative in alternatives:
        letters = _LETTERS.search(alternative)
        at = letters.start() if letters is not None else len(alternative)
        beginnings.setdefault(alternative[at:], []).append(alternative[:at])
    return "(?iu)" + "|".join(f"(?:^(?:{'|'.join(words)}){ending})" for ending, words in beginnings.items())
