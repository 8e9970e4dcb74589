import random

import numpy as np
import pytest

from services.dedup.core.fingerprints import SKETCH_HASHES, fingerprint
from services.dedup.core.index import LEAST_SHARED, asked, entered
from services.dedup.core.similarity import similarity


def words(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(count)]


def text(*runs: list[str]) -> str:
    return " ".join(word for run in runs for word in run)


def exact(one: str, other: str) -> float:
    sets = [{tuple(run[i : i + 3]) for i in range(len(run) - 2)} for run in (one.split(), other.split())]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@pytest.mark.parametrize("common", [0, 10, 100, 300, 400])
def test_the_similarity_of_articles_is_exact(common: int) -> None:
    shared = words(common, 1)
    one, other = text(shared, words(400 - common, 2)), text(shared, words(400 - common, 3))

    assert similarity(fingerprint(one), fingerprint(other)) == pytest.approx(exact(one, other), abs=0.0001)


@pytest.mark.parametrize("common", [2000, 10_000, 18_000])
def test_the_similarity_of_long_texts_is_estimated_within_four_standard_errors(common: int) -> None:
    shared = words(common, 1)
    one, other = text(shared, words(20_000 - common, 2)), text(shared, words(20_000 - common, 3))

    assert similarity(fingerprint(one), fingerprint(other)) == pytest.approx(exact(one, other), abs=4 * 0.016)


def test_a_short_text_inside_a_long_one_is_not_similar() -> None:
    short = words(100, 1)

    assert similarity(fingerprint(text(short)), fingerprint(text(words(20_000, 2), short))) < 0.05


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Les élections de l'été", "les elections de l’ete", 1.0),  # accents and typography are no words
        ("un deux trois quatre", "un deux trois cinq", 0.3333),
        ("Alep", "Alep !", 1.0),
        ("Alep", "Homs", 0.0),
        ("", "", 0.0),
        ("!!! ???", "!!! ???", 0.0),
        ("एक दो तीन", "एक दू तीन", 0.0),  # vowel signs are part of the word
        ("за́мок на горе", "замок на горе", 1.0),  # stress marks are not
    ],
)
def test_short_texts_are_compared_word_by_word(one: str, other: str, alike: float) -> None:
    assert similarity(fingerprint(one), fingerprint(other)) == alike


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (
            "新华社北京电外交部发言人今天在例行记者会上表示中方对此表示关切",
            "新华社北京电外交部发言人昨天在例行记者会上表示中方对此表示关切",
            0.6,
            0.8,
        ),
        (
            "日本の首相は火曜日に記者会見を開き新しい経済対策を発表した",
            "日本の首相は火曜日に記者会見を開き新しい防衛計画を発表した",
            0.5,
            0.8,
        ),
        ("สำนักข่าวรายงานว่านายกรัฐมนตรีเดินทางถึงกรุงเทพ", "ฝนตกหนักทางภาคใต้ทำให้น้ำท่วมหลายจังหวัด", 0.0, 0.1),
    ],
)
def test_scripts_without_spaces_are_compared_by_characters(one: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(fingerprint(one), fingerprint(other)) <= most


def test_equal_texts_have_equal_fingerprints_whatever_ran_before() -> None:
    before = fingerprint(text(words(300, 1)))
    fingerprint(text(words(300, 2)))

    assert fingerprint(text(words(300, 1))) == before


def test_a_fingerprint_is_small_however_long_the_text() -> None:
    found = fingerprint(text(words(50_000, 1)))

    assert found.shingles == pytest.approx(49_998, abs=5)
    assert len(found.sketch) == 4 * SKETCH_HASHES
    assert len(found.places) == 4 * SKETCH_HASHES


def test_a_text_without_words_has_no_shingles() -> None:
    assert fingerprint("… — !").sketch == b""


def shared_entries(asking: str, remembered: str) -> int:
    questions, entries = asked([fingerprint(asking).sketch]), entered([fingerprint(remembered).sketch])
    return len(np.intersect1d(questions.hashes, entries.hashes))


@pytest.mark.parametrize(
    ("common", "ours", "theirs"),
    [
        (200, 100, 100),  # half alike
        (16, 0, 8),
        (150, 0, 300),  # all of ours in one three times as long
        (150, 300, 0),
        (1000, 2000, 0),
        (300, 1200, 200),  # three fifths of theirs
    ],
)
def test_texts_that_have_much_in_common_share_enough_entries(common: int, ours: int, theirs: int) -> None:
    missed = 0
    for seed in range(100):
        shared = words(common, seed)
        asking, remembered = (text(shared, words(own, 1000 * (own + 1) + seed)) for own in (ours, theirs))
        missed += shared_entries(asking, remembered) < LEAST_SHARED

    assert missed <= 1
