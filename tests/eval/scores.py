"""The scores that were reached, in `scores.json`: what is measured now is held against them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.eval.report import Row

PATH = Path(__file__).with_name("scores.json")
MOST_LOST_POINTS = 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """A figure that was reached."""

    task: str
    data_set: str
    measure: str
    score: float
    less_is_better: bool = False

    def name(self) -> tuple[str, str, str]:
        """What tells one score from another."""
        return self.task, self.data_set, self.measure


Scores = dict[str, tuple[Score, ...]]  # by evaluation


@dataclass(frozen=True, slots=True)
class Kept:
    """Scores, and the corpus that they were reached on: those of another one say nothing about it."""

    corpus: str
    scores: Scores


def corpus_id(corpus: Path) -> str:
    """What tells one corpus from another: the hash of its gold, cut to what one can compare by eye."""
    with (corpus / "gold.jsonl.gz").open("rb") as gold:
        return hashlib.file_digest(gold, "sha256").hexdigest()[:12]


def of(rows: Iterable[Row]) -> tuple[Score, ...]:
    """The rows that are scores, to two decimals; times and counts are none: another machine has others."""
    return tuple(
        Score(row.task, row.data_set, row.measure, round(row.ours, 2), row.less_is_better)
        for row in rows
        if row.measure == "%" or "F1" in row.measure
    )


def lost(kept: Sequence[Score], now: Sequence[Score]) -> list[str]:
    """A line for each kept score that is gone, or that is worse by more than a point."""
    measured = {one.name(): one for one in now}
    lines = []
    for one in kept:
        other = measured.get(one.name())
        task = f"{one.task}, {one.data_set} ({one.measure})"
        if other is None:
            lines.append(f"{task}: {one.score:.2f} was reached, and it is no longer measured")
        elif _worse_by(one, other) > MOST_LOST_POINTS:
            lines.append(f"{task}: {one.score:.2f} was reached, {other.score:.2f} is what it does now")
    return lines


def _worse_by(kept: Score, now: Score) -> float:
    return round(now.score - kept.score if kept.less_is_better else kept.score - now.score, 2)


def load(path: Path = PATH) -> Kept:
    """The scores that are kept; none of no corpus, where none are."""
    if not path.is_file():
        return Kept("", {})
    held = json.loads(path.read_text(encoding="utf-8"))
    scores = {name: tuple(Score(**entry) for entry in those) for name, those in held["scores"].items()}
    return Kept(held["corpus"], scores)


def accept(now: Kept, path: Path = PATH) -> None:
    """Keep these scores, and beside them those of other evaluations of the same corpus."""
    before = load(path)
    scores = {**(before.scores if before.corpus == now.corpus else {}), **now.scores}
    blocks = []
    for name, those in sorted(scores.items()):
        lines = ",\n".join(f"   {json.dumps(_entry(one), ensure_ascii=False)}" for one in those)
        blocks.append(f"  {json.dumps(name)}: [\n{lines}\n  ]")
    head = f' "corpus": {json.dumps(now.corpus)},\n "scores": {{\n'
    path.write_text("{\n" + head + ",\n".join(blocks) + "\n }\n}\n", encoding="utf-8")


def losses(now: Kept, path: Path = PATH) -> list[str]:
    """A line for everything that the evaluations which ran have lost; nothing, where another corpus was read."""
    kept = load(path)
    if kept.corpus != now.corpus:
        return []
    return [line for name, those in now.scores.items() for line in lost(kept.scores.get(name, ()), those)]


def _entry(one: Score) -> dict[str, object]:
    entry = asdict(one)
    if not one.less_is_better:
        del entry["less_is_better"]
    return entry
