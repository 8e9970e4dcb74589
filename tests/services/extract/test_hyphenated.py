"""The pattern that is put together matches what the one that spaCy writes matches, and nothing else."""

import re
from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest

from services.extract.hyphenated import compiled_together, together

LETTERS = "".join(map(chr, range(ord("a"), ord("z") + 1))) + "".join(map(chr, range(0x100, 0x240)))
WORDS = ("demi", "ch[âa]teaux?", "vi(?:ce|eux)")
PATTERN = "(?iu)" + "|".join(
    [f"(?:^{word}[-–][{LETTERS}][-{LETTERS}]*$)" for word in WORDS]
    + [f"(?:^zig[-–]zag[{LETTERS}]*$)", "(?:^ch['’]ti$)"]
    + [f"(?:^[{LETTERS}]+[-–]{word}[-–](?:l['’])?[{LETTERS}]+$)" for word in ("sur", "en", "d[eu]")]
)
READ = ("demi-finale", "Châteaux–forts", "VICE-ROI", "vieux-ā", "zig-zag", "zig-zaguer", "ch’ti", "bar-sur-l’aube")
NOT_READ = ("demi", "demi-", "semi-finale", "demi-7", "vi-ce", "zig-zag-", "ch’tis", "bar-sous-aube", "bar-sur-", "")


def test_words_with_hyphens_are_told_as_by_the_pattern_as_it_is_written() -> None:
    written, put_together = re.compile(PATTERN), re.compile(together(PATTERN))
    assert len(put_together.pattern) < len(PATTERN)
    for pattern in (written, put_together):
        assert [word for word in (*READ, *NOT_READ) if pattern.match(word)] == list(READ)


@pytest.mark.parametrize(
    "other", ["", "a|b", f"(?iu)(?:^a[{LETTERS}]+$)|(?:b[{LETTERS}]+$)", f"(?:^a[{LETTERS}]+$)|(?:^b[{LETTERS}]+$)"]
)
def test_a_pattern_of_another_kind_stays_as_it_is(other: str) -> None:
    assert together(other) == other


def test_only_in_there_are_patterns_put_together_and_short_ones_never(monkeypatch: pytest.MonkeyPatch) -> None:
    as_ever = re.compile
    with compiled_together():
        assert re.compile(PATTERN).pattern == PATTERN
        assert re.compile(b"a").pattern == b"a"
    monkeypatch.setattr("services.extract.hyphenated._LONG", 1000)
    with compiled_together():
        assert re.compile(PATTERN).pattern == together(PATTERN)
    assert re.compile is as_ever


@pytest.mark.slow
def test_spacys_own_pattern_tells_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    as_ever = re.compile

    def seen(pattern: Any, flags: Any = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > 100_000:
            compiled.append(pattern)
            pattern = "a^"
        return as_ever(pattern, flags)

    found = find_spec("spacy.lang.fr.tokenizer_exceptions")
    assert found is not None
    assert found.loader is not None
    with monkeypatch.context() as patched:
        patched.setattr(re, "compile", seen)
        found.loader.exec_module(module_from_spec(found))  # another than the one that everybody has
    [pattern] = compiled
    put_together = together(pattern)
    assert len(put_together) < len(pattern) / 20

    written, other = re.compile(pattern), re.compile(put_together)
    words = [
        f"{first}{between}{last}"
        for first in ("demi", "Saint", "arrière", "a", "burn", "zig", "porte", "vice", "Châlons", "le", "rond", "entr")
        for between in ("-", "–", "’", "'", "-en-", "-sur-l’", "")
        for last in ("finale", "zag", "out", "Denis", "Marne", "point", "ā", "7", "", "a-b", "x’y", "Ж")
    ]
    told = [word for word in words if written.match(word)]
    assert [word for word in words if other.match(word)] == told
    assert 0 < len(told) < len(words)
