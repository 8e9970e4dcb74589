import numpy as np
import pytest

from services.dedup.core.bands import CANDIDATES, Bands, Index, candidates, neighbours
from services.dedup.core.fingerprints import BANDS


def strangers(count: int, seed: int) -> Bands:
    return np.random.default_rng(seed).integers(0, 2**32, (count, BANDS), dtype=np.uint32)


def test_a_text_is_found_by_a_single_band_among_thousands() -> None:
    index, texts = Index(), strangers(20_000, 1)
    for start in range(0, 20_000, 5000):
        index.add(np.arange(start, start + 5000) + 1, texts[start : start + 5000])
    asked = strangers(2, 2)
    asked[1, 17] = texts[12_345, 17]

    found = candidates(index, asked)

    assert 12_346 in found[1]
    assert len(found.get(0, [])) + len(found[1]) < 5  # strangers' tags meet in one search of two thousand


def test_the_same_value_in_another_band_is_nothing_in_common() -> None:
    index, texts = Index(), strangers(1, 1)
    index.add(np.array([1]), texts)

    assert candidates(index, np.roll(texts, 1, axis=1)) == {}


def test_an_empty_index_knows_nobody() -> None:
    assert candidates(Index(), strangers(3, 1)) == {}


def test_those_that_share_most_bands_are_kept_and_the_oldest_come_first() -> None:
    index, texts = Index(), strangers(100, 1)
    asked = strangers(1, 2)
    texts[:, 0] = asked[0, 0]
    texts[70, :9] = asked[0, :9]
    index.add(np.arange(1, 101), texts)

    found = candidates(index, asked)[0]

    assert found == [*range(1, CANDIDATES), 71]


def test_numbers_may_leap() -> None:
    index, texts = Index(), strangers(3, 1)
    index.add(np.array([1, 5_000_000, 5_000_001]), texts)

    assert candidates(index, texts) == {0: [1], 1: [5_000_000], 2: [5_000_001]}


def test_what_everybody_shares_leads_only_to_the_first() -> None:
    index, texts = Index(), strangers(4000, 1)
    texts[:, 3] = 7
    index.add(np.arange(1, 4001), texts)
    asked = strangers(1, 2)
    asked[0, 3] = 7

    assert 0 < len(candidates(index, asked)[0]) <= CANDIDATES
    assert 4000 in candidates(index, texts[-1:])[0]  # by its other bands


@pytest.mark.parametrize("count", [1, 2, 300])
def test_in_a_batch_everyone_looks_back_only(count: int) -> None:
    bands = np.repeat(strangers(1, 1), count, axis=0)

    found = neighbours(bands)

    assert found.get(0) is None
    assert all(0 in found[row] and max(found[row]) < row for row in range(1, count))
