"""`python -m tests.injuries`: injures running systems in every way there is, and prints what became of every input."""

import argparse
import importlib
import os
import signal
import sys
import time
from pathlib import Path

from tests.injuries import soak
from tests.injuries.fault import Fault
from tests.injuries.programme import Row, everything_held, opened
from tests.injuries.report import remarks, table

FAULTS = Path(__file__).parent / "faults"


def faults() -> dict[str, Fault]:
    """Every fault by its name: one in each file of the folder `faults`."""
    found = [
        importlib.import_module(f"tests.injuries.faults.{path.stem}").FAULT for path in sorted(FAULTS.glob("[a-z]*.py"))
    ]
    return {fault.name: fault for fault in found}


def main() -> int:
    """Print the table; exit code 1 where a promise did not hold."""
    known = faults()
    arguments = argparse.ArgumentParser(prog="make injuries", description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; all without one")
    arguments.add_argument("--seed", type=int, default=int(time.time()) % 100_000, help="plays a programme again")
    arguments.add_argument("--hours", type=float, default=0.0, help="kill at random, under load, for so long")
    arguments.add_argument("--kills", type=int, default=0, help="kill at random, under load, so many times")
    arguments.add_argument("--cluster", action="store_true", help="on three nats-servers")
    arguments.add_argument("--keep", type=Path, help="a folder for what the systems leave, a new one in it each time")
    asked = arguments.parse_args()
    if unknown := sorted(set(asked.names) - known.keys()):
        arguments.error(f"no fault called {', '.join(unknown)}: there are {', '.join(known)}")
    everything = [one for one in known.values() if one.cluster == asked.cluster]
    chosen = [known[name] for name in dict.fromkeys(asked.names)] or everything
    _say(f"seed {asked.seed}: `--seed {asked.seed}` does the same again")
    signal.signal(signal.SIGTERM, _leave)
    rows: list[Row] = []
    try:
        with opened(asked.seed, keep=asked.keep) as programme:
            if asked.hours or asked.kills:
                for row in soak.run(programme, hours=asked.hours, kills=asked.kills, seed=asked.seed, say=_say):
                    rows.append(row)  # noqa: PERF402 - those that came are told, whatever comes after
            else:
                rows += (_told(programme.run(fault)) for fault in chosen)
    finally:
        print(table(rows))
        print("\n".join(["", *remarks(rows), f"{os.cpu_count()} cores; seed {asked.seed}"]))
    return 0 if everything_held(rows) else 1


def _leave(*_: object) -> None:
    """An orderly end: all systems are ended, and what was found so far is told."""
    sys.exit(128 + signal.SIGTERM)


def _told(row: Row) -> Row:
    how = row.skipped or ("held" if not row.findings else "DID NOT HOLD")
    _say("\n".join([f"{row.fault}: {how} ({row.seconds:.0f} s)", *remarks([row])]))
    return row


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
