import importlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.eval import scores
from tests.eval.annotated import seeds
from tests.eval.report import Row
from tests.eval.scores import Kept, Score, accept, load, losses, lost, of

REACHED = Score("dates", "seeds", "F1", score=95.0)
INVENTED = Score("invented", "seeds", "%", score=0.0, less_is_better=True)


@pytest.mark.parametrize(
    ("kept", "now", "said"),
    [
        (REACHED, replace(REACHED, score=94.0), None),  # a point is what a score may breathe
        (REACHED, replace(REACHED, score=93.99), "dates, seeds (F1): 95.00 was reached, 93.99 is what it does now"),
        (REACHED, replace(REACHED, score=99.0), None),
        (REACHED, replace(REACHED, measure="P"), "dates, seeds (F1): 95.00 was reached, and it is no longer measured"),
        (INVENTED, replace(INVENTED, score=1.0), None),
        (INVENTED, replace(INVENTED, score=2.0), "invented, seeds (%): 0.00 was reached, 2.00 is what it does now"),
    ],
)
def test_what_lost_more_than_a_point_is_named(kept: Score, now: Score, said: str | None) -> None:
    assert lost([kept], [now]) == ([said] if said else [])


def test_a_new_score_is_no_loss() -> None:
    assert lost([], [REACHED]) == []


def test_times_and_counts_are_no_scores() -> None:
    row = Row(task="extract", data_set="seeds", size=3, ours=30.0, measure="articles/CPU s", seconds=1.0)

    assert of([row, replace(row, measure="inputs"), replace(row, measure="%")]) == (
        Score("extract", "seeds", "%", 30.0),
    )


def test_what_is_kept_is_held_against_what_the_same_corpus_gives(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    accept(Kept("one", {"dates": (REACHED,), "body": (INVENTED, REACHED)}), path)
    accept(Kept("one", {"dates": (replace(REACHED, score=96.0),)}), path)

    assert load(path) == Kept("one", {"body": (INVENTED, REACHED), "dates": (replace(REACHED, score=96.0),)})
    assert len(losses(Kept("one", {"dates": (REACHED,)}), path)) == 0
    assert len(losses(Kept("one", {"dates": ()}), path)) == 1
    assert losses(Kept("another", {"dates": ()}), path) == []


def test_scores_of_another_corpus_do_not_stay_beside_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    accept(Kept("one", {"dates": (REACHED,)}), path)
    accept(Kept("another", {"body": (INVENTED,)}), path)

    assert load(path) == Kept("another", {"body": (INVENTED,)})
    assert load(tmp_path / "none.json") == Kept("", {})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["quotations", "dates", "quantities", "body"])
def test_the_seeds_are_read_as_well_as_they_were(name: str) -> None:
    kept = [one for one in load().scores[name] if one.data_set == "seeds"]

    assert kept
    assert lost(kept, scores.of(importlib.import_module(f"tests.eval.eval_{name}").rows_of(seeds()))) == []
