"""The quality report: `python tests/eval [NAME…]` runs the evaluations beside it over the folder in WIREROOM_CORPUS."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from tests.eval import scores
from tests.eval.report import Row, Skipped, table

PREFIX = "eval_"


def evaluations() -> list[str]:
    """The names that can be asked for: those of the modules `eval_<name>.py` in this folder."""
    return sorted(path.stem.removeprefix(PREFIX) for path in Path(__file__).parent.glob(f"{PREFIX}*.py"))


def measured(name: str, corpus: Path) -> list[Row] | None:
    """The rows of one evaluation; None, and a line that says why, where it cannot run."""
    print(f"{name} …", file=sys.stderr, flush=True)
    try:
        return list(importlib.import_module(f"tests.eval.{PREFIX}{name}").rows(corpus))
    except Skipped as missing:
        print(f"{name}: skipped, {missing}", flush=True)
        return None


def main() -> int:
    """Print one table of everything that was asked for; 1 where a task lost more than a point."""
    arguments = argparse.ArgumentParser(prog="tests/eval", description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(evaluations())}; all without one")
    arguments.add_argument("--accept", action="store_true", help=f"keep what is measured in {scores.PATH.name}")
    given = arguments.parse_args()
    names = given.names or evaluations()
    if unknown := sorted(set(names) - set(evaluations())):
        arguments.error(f"no evaluation called {', '.join(unknown)}: there are {', '.join(evaluations())}")
    folder = os.environ.get("WIREROOM_CORPUS")
    if not folder:
        print(f"skipped: {', '.join(names)}. Set WIREROOM_CORPUS to the folder of a corpus with gold.jsonl.gz.")
        return 0
    corpus = Path(folder)
    if not (corpus / "gold.jsonl.gz").is_file():
        arguments.error(f"WIREROOM_CORPUS={folder} holds no gold.jsonl.gz")
    found = {name: rows for name in names if (rows := measured(name, corpus)) is not None}
    print(table([row for rows in found.values() for row in rows]))
    now = scores.Kept(scores.corpus_id(corpus), {name: scores.of(rows) for name, rows in found.items()})
    if given.accept:
        scores.accept(now)
        return 0
    lost = scores.losses(now)
    print("".join(f"LOST {line}\n" for line in lost), end="")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
