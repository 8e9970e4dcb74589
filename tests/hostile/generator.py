"""Hostile files from a seed: each number gives one, and no two are alike.

They are the same in every run but for what archives and mails hold of the moment in which they are made.
"""

import hashlib
from collections.abc import Callable, Iterator
from random import Random

from tests.hostile import attacks, damage
from tests.hostile.made import Made

MAKERS: tuple[Callable[[Random], Made], ...] = (
    damage.a_cut_one,
    attacks.a_bomb,
    damage.a_liar,
    attacks.entities,
    damage.a_turned_one,
    attacks.what_is_deep,
    damage.one_without_its_middle,
    attacks.a_strange_name,
    damage.one_with_what_leads_astray,
    attacks.a_long_line,
    damage.a_cut_one,
    attacks.links_in_a_circle,
    damage.a_misnamed_one,
    attacks.what_holds_itself,
    damage.a_liar,
    damage.two_in_one,
    attacks.keys_of_json,
    damage.nothing_but_zeros,
)
GIGABYTE = 1 << 30
PIECE = 1 << 20


def hostile_files(seed: int, count: int, *, first: int = 0, step: int = 1) -> Iterator[Made]:
    """So many of them, or every `step`-th from the `first` on."""
    seen: set[str] = set()
    for number in range(first, first + count * step, step):
        for tried in range(1000):
            made = MAKERS[number % len(MAKERS)](Random(f"{seed} {number} {tried}"))
            digest = hashlib.sha256(made.name.encode() + b"\n" + made.data).hexdigest()
            if digest not in seen:
                break
        seen.add(digest)
        yield made


def endless_lines() -> Iterator[Made]:
    """A gigabyte of one line, in each format that is read piece by piece, and in one that is not."""
    for name in ("a.txt", "a.jsonl", "a.mbox", "a.csv", "a.warc", "a.tar", "a.zip"):
        yield Made("one line", f"a gigabyte as {name}", name, attacks.LINES[name], b"a" * PIECE, GIGABYTE // PIECE)
