"""`python -m tests.injuries`: injures running systems in every way there is, and prints what became of every input."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.injuries import soak
from tests.injuries.fault import Fault
from tests.injuries.faults import faults
from tests.injuries.lanes import Lanes, leave_at_sigterm
from tests.injuries.programme import Programme, Row, everything_held, opened
from tests.injuries.report import remarks, table

LANES = 3  # of faults side by side, on two cores: most of them wait most of the time


def main() -> int:
    """Print the table; exit code 1 where a promise did not hold."""
    known = faults()
    arguments = argparse.ArgumentParser(prog="make injuries", description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; all without one")
    arguments.add_argument("--seed", type=int, default=int(time.time()) % 100_000, help="plays a programme again")
    arguments.add_argument("--hours", type=float, default=0.0, help="kill at random, under load, for so long")
    arguments.add_argument("--kills", type=int, default=0, help="kill at random, under load, so many times")
    arguments.add_argument("--cluster", action="store_true", help="on three nats-servers")
    arguments.add_argument("--lanes", type=int, default=LANES, help="so many faults side by side; %(default)s")
    arguments.add_argument("--keep", type=Path, help="a folder for what the systems leave, a new one in it each time")
    asked = arguments.parse_args()
    if unknown := sorted(set(asked.names) - known.keys()):
        arguments.error(f"no fault called {', '.join(unknown)}: there are {', '.join(known)}")
    everything = [one for one in known.values() if one.cluster == asked.cluster]
    chosen = [known[name] for name in dict.fromkeys(asked.names)] or everything
    _say(f"seed {asked.seed}: `--seed {asked.seed}` does the same again")
    leave_at_sigterm()
    rows: list[Row] = []
    began = time.monotonic()
    try:
        with opened(asked.seed, keep=asked.keep) as programme:
            if asked.hours or asked.kills:
                lanes = Lanes(asked.lanes, asked.seed, programme.atlas, asked.keep)
                for row in soak.run(lanes, hours=asked.hours, kills=asked.kills, say=_say):
                    rows.append(row)  # noqa: PERF402 - those that came are told, whatever comes after
            else:
                for row in _each(programme, chosen, asked):
                    rows.append(_told(row))  # noqa: PERF401 - those that came are told, whatever comes after
    finally:
        rows.sort(key=lambda row: row.fault)
        print(table(rows))
        took = f"{time.monotonic() - began:.0f} s in all; {os.cpu_count()} cores; seed {asked.seed}"
        print("\n".join(["", *remarks(rows), took]))
    return 0 if everything_held(rows) else 1


def _each(programme: Programme, chosen: Sequence[Fault], asked: argparse.Namespace) -> Iterator[Row]:
    """One after the other those that want the machine for themselves; the others side by side, in as many lanes."""
    together = [fault for fault in chosen if not fault.alone and not fault.cluster]
    lanes = min(asked.lanes, len(together))
    alone = chosen if lanes < 2 else [fault for fault in chosen if fault not in together]
    for fault in alone:
        yield programme.run(fault)
    if len(alone) < len(chosen):
        programme.renew()
        names = [fault.name for fault in sorted(together, key=lambda fault: not fault.long)]
        yield from Lanes(lanes, asked.seed, programme.atlas, asked.keep).rows(names)


def _told(row: Row) -> Row:
    how = row.skipped or ("held" if not row.findings else "DID NOT HOLD")
    _say("\n".join([f"{row.fault}: {how} ({row.seconds:.0f} s)", *remarks([row])]))
    return row


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
