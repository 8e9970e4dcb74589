import numpy as np
import pytest

from services.dedup.core.index import CANDIDATES, ENTRIES, LEAST_SHARED, Index, asked, candidates, entered, neighbours

SMALL = 1 << 26  # hashes up to here are asked for, whatever else a text holds


def strangers(count: int, seed: int, hashes: int = ENTRIES) -> list[bytes]:
    """Sketches of texts that have nothing in common."""
    drawn = np.random.default_rng(seed).choice(SMALL, (count, hashes), replace=False).astype(np.uint32)
    return [np.sort(row).tobytes() for row in drawn]


def mixed(sketch: bytes, other: bytes, common: int) -> bytes:
    """The sketch with so many of the other's hashes in the place of its own."""
    ours, theirs = (np.frombuffer(one, dtype=np.uint32) for one in (sketch, other))
    return np.sort(np.concatenate((theirs[:common], ours[common:]))).tobytes()


def holding(sketches: list[bytes], first: int = 1) -> Index:
    index = Index()
    index.add(np.arange(first, first + len(sketches)), entered(sketches))
    return index


def test_a_text_is_found_by_a_few_shingles_among_thousands() -> None:
    index, texts = Index(), strangers(20_000, 1)
    for start in range(0, 20_000, 5000):
        index.add(np.arange(start, start + 5000) + 1, entered(texts[start : start + 5000]))
    nobody, somebody = strangers(2, 2)

    found = candidates(index, asked([nobody, mixed(somebody, texts[12_345], LEAST_SHARED)]))

    assert found == {1: [12_346]}


@pytest.mark.parametrize(("common", "found"), [(LEAST_SHARED - 1, {}), (LEAST_SHARED, {0: [1]})])
def test_what_strangers_may_share_by_chance_is_nothing_in_common(common: int, found: dict[int, list[int]]) -> None:
    remembered, text = strangers(2, 1)

    assert candidates(holding([remembered]), asked([mixed(text, remembered, common)])) == found


def test_a_long_text_is_asked_for_by_more_than_it_is_entered_under() -> None:
    short, *_ = strangers(1, 1)
    long = np.arange(0, 1 << 32, 1 << 22, dtype=np.uint32)
    holder = np.sort(np.concatenate((long, np.frombuffer(short, dtype=np.uint32)))).tobytes()

    assert len(entered([holder]).hashes) == ENTRIES
    assert candidates(holding([short]), asked([holder])) == {0: [1]}


def test_an_empty_index_knows_nobody_and_a_text_without_words_is_found_by_nobody() -> None:
    texts = strangers(3, 1)

    assert candidates(Index(), asked(texts)) == {}
    assert candidates(holding([*texts, b""]), asked([b"", texts[1]])) == {1: [2]}


def test_those_that_share_most_are_kept_and_the_oldest_come_first() -> None:
    text, *texts = strangers(101, 1)
    texts = [mixed(one, text, 9 if place == 70 else LEAST_SHARED) for place, one in enumerate(texts)]

    found = candidates(holding(texts), asked([text]))[0]

    assert found == [*range(1, CANDIDATES), 71]


def test_numbers_may_leap() -> None:
    index, texts = Index(), strangers(3, 1)
    index.add(np.array([1, 5_000_000, 5_000_001]), entered(texts))

    assert candidates(index, asked(texts)) == {0: [1], 1: [5_000_000], 2: [5_000_001]}


def test_what_everybody_shares_leads_only_to_the_first() -> None:
    text, *texts = strangers(4001, 1)
    texts = [mixed(one, text, LEAST_SHARED) for one in texts]
    index = holding(texts)

    assert 0 < len(candidates(index, asked([text]))[0]) <= CANDIDATES
    assert 4000 in candidates(index, asked(texts[-1:]))[0]  # by its other shingles


@pytest.mark.parametrize("count", [1, 2, 300])
def test_in_a_batch_everyone_looks_back_only(count: int) -> None:
    found = neighbours(strangers(1, 1) * count)

    assert found.get(0) is None
    assert all(0 in found[row] and max(found[row]) < row for row in range(1, count))


def test_in_a_batch_of_one_form_everyone_looks_back_at_few_and_at_those_that_share_most() -> None:
    text, *texts = strangers(701, 1)
    texts = [mixed(one, text, 9 if place in {5, 600} else LEAST_SHARED) for place, one in enumerate(texts)]

    found = neighbours(texts)

    assert max(map(len, found.values())) <= CANDIDATES
    assert 5 in found[600]


def test_in_a_batch_where_all_hashes_are_in_common_few_are_looked_at() -> None:
    texts = [mixed(one, other, 20) for one, other in zip(strangers(120, 1), strangers(1, 2) * 120, strict=True)]

    assert {len(neighbours(texts)[row]) for row in (40, 80, 119)} == {CANDIDATES}
