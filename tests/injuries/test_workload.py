"""What is given in is what the checker was told of it."""

import hashlib
import threading
from collections import Counter
from pathlib import Path

import pytest

from contracts.outcomes import State
from services.dedup.core.fingerprints import fingerprint
from services.dedup.core.similarity import similarity
from services.dedup.core.verdict import THRESHOLD
from tests.injuries.workload import Given, Workload

FILES = 150
FAR = 0.1  # from the threshold: no verdict may hang on how texts are measured


class Inbox:
    """Takes everything at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dropped: list[tuple[str, bytes]] = []

    def drop(self, path: str, data: bytes) -> None:
        done = self.folder / ".done" / path
        done.parent.mkdir(parents=True, exist_ok=True)
        done.touch()
        self.dropped.append((path, data))


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def given(inbox: Inbox, seed: object) -> list[Given]:
    workload = Workload(inbox.drop, inbox.folder, seed)
    for _ in range(FILES):
        workload._give_one()
    workload.end()
    return workload.given


def test_one_seed_gives_the_same_and_another_gives_something_else(tmp_path: Path) -> None:
    first, again, other = (given(Inbox(tmp_path / name), seed) for name, seed in (("a", 7), ("b", 7), ("c", 8)))

    assert first == again
    assert not {one.path for one in first} & {one.path for one in other}


def test_versions_and_near_copies_are_more_similar_than_they_need_to_be_and_nothing_else_is(inbox: Inbox) -> None:
    whole = given(inbox, 1)
    texts = {
        (path, hashlib.sha256(data).hexdigest()): fingerprint(data.decode("cp1252", errors="replace"))
        for path, data in inbox.dropped
    }
    articles = [one for one in whole if one.expected is State.STORED and not one.member]
    kin = Counter(one.kin for one in articles)

    assert max(Counter(one.path for one in articles).values()) > 1
    assert max(kin.values()) > 1
    for at, one in enumerate(articles):
        for other in articles[:at]:
            alike = similarity(texts[one.path, one.sha256], texts[other.path, other.sha256])
            if one.kin == other.kin:
                assert alike > THRESHOLD + FAR
            else:
                assert alike < THRESHOLD - FAR


def test_what_two_threads_give_at_once_is_whole(inbox: Inbox) -> None:
    workload = Workload(inbox.drop, inbox.folder, 1)

    def give(number: int) -> None:
        for at in range(FILES):
            workload.give(f"{number}-{at}.txt", workload.article().encode(), State.STORED)

    threads = [threading.Thread(target=give, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workload.end()

    assert [(path, hashlib.sha256(data).hexdigest()) for path, data in inbox.dropped] == [
        (one.path, one.sha256) for one in workload.given
    ]
    assert len({one.sha256 for one in workload.given}) == 2 * FILES
