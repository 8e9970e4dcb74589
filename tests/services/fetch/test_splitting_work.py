"""How much is done to divide a text: counted, for it is read by a child whose time runs."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.fetch.core import splitting
from services.fetch.core.splitting import divide, evidence, terms
from services.fetch.core.splitting.stretches import Stretches
from services.fetch.core.splitting.threads import Threads
from tests.services.fetch.test_splitting import BRIDGE, HARVEST, LIBRARY, joined

PROSE = "Le conseil du village numéro {0} a voté hier le budget de sa vieille école."
LIST = "".join(f"Le titre {number} de la liste\n\n{PROSE.format(number)}\n\n" for number in range(60))
PIECES = (
    "Der Straßenbau in Ağrı, «l’été» d'Anne: l10n x_y Ünïçödé ＡＢＣＤ",
    "東京で大きな会議が開かれた。Le maire a dit: ok",
    "Words and 東京 more words, 東 one, ﬀﬀﬀﬀ İİİİ",
    "",
)


class Reading:
    """A pattern that counts the characters which it reads."""

    def __init__(self, pattern: Any) -> None:
        self.pattern, self.read = pattern, 0

    def findall(self, text: str) -> list[str]:
        self.read += len(text)
        return list(self.pattern.findall(text))


def test_the_words_of_a_text_are_found_once_however_many_headlines_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(terms._WORD)
    monkeypatch.setattr(terms, "_WORD", reading)
    divide(LIST)
    assert 0 < reading.read <= 2 * len(LIST)


def test_a_text_of_more_headlines_than_are_weighed_stays_whole_and_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed, weigh = list[int](), evidence.weighed

    def counted(sheet: Any, at: int, *rest: Any, **how: Any) -> Any:
        weighed.append(at)
        return weigh(sheet, at, *rest, **how)

    monkeypatch.setattr(splitting, "weighed", counted)
    text = joined(BRIDGE, HARVEST, LIBRARY, between="\n\n***\n\n")
    assert divide(text) is not None
    most = len(weighed)
    monkeypatch.setattr(splitting, "MOST_PLACES", most)
    assert divide(text) is not None
    monkeypatch.setattr(splitting, "MOST_PLACES", most - 1)
    weighed.clear()
    assert divide(text) is None
    assert weighed == []


@pytest.mark.parametrize("text", PIECES)
def test_of_each_stretch_the_same_terms_are_told_as_of_its_text_alone(text: str) -> None:
    stretches = Stretches(text)
    for start, end in _spans(len(text)):
        assert stretches.terms(start, end) == terms.terms(text[start:end]), (start, end)


def _spans(size: int) -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(size + 1) for end in range(size + 3))


def test_what_is_near_a_block_ends_with_the_one_that_fills_it() -> None:
    threads = Threads([{"all"}] * 5, [2000, 1999, 1, 0, 2000])
    assert [max(0, threads._first_near(at)) for at in range(6)] == [0, 0, 0, 0, 0, 1]
    assert [threads._last_near(first) for first in range(5)] == [3, 5, 6, 6, 6]
