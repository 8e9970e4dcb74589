"""How fast it is: `python tests/bench [NAME…]` runs the benches beside it, one after the other."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from tests.bench.report import Row, Skipped, table

PREFIX = "bench_"


def benches() -> list[str]:
    """The names that can be asked for: those of the modules `bench_<name>.py` in this folder."""
    return sorted(path.stem.removeprefix(PREFIX) for path in Path(__file__).parent.glob(f"{PREFIX}*.py"))


def measured(name: str) -> list[Row]:
    """The rows of one bench; none, and a line that says why, where it cannot run."""
    print(f"{name} …", file=sys.stderr, flush=True)
    try:
        return list(importlib.import_module(f"tests.bench.{PREFIX}{name}").rows())
    except Skipped as missing:
        print(f"{name}: skipped, {missing}", flush=True)
        return []


def main() -> None:
    """Print one table of everything that was asked for."""
    arguments = argparse.ArgumentParser(prog="tests/bench", description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(benches())}; all without one")
    names = arguments.parse_args().names or benches()
    if unknown := sorted(set(names) - set(benches())):
        arguments.error(f"no bench called {', '.join(unknown)}: there are {', '.join(benches())}")
    print(table([row for name in names for row in measured(name)]))
    print(f"\n{os.cpu_count()} cores; load of the machine now {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
