"""`make hostile`: generated hostile files through the real way of reading, and how each of them ended."""

import argparse
import asyncio
import itertools
import sys
import tempfile
from pathlib import Path

from tests.hostile.generator import endless_lines, hostile_files
from tests.hostile.running import Ended, ended, told

LONG_SECONDS = 10.0


def main() -> int:
    """Print the table; exit code 1 where one killed its child or has no end."""
    arguments = argparse.ArgumentParser(prog="make hostile", description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=1200)
    arguments.add_argument(
        "--first", type=int, default=0, help="the number of the first one: a single one is played again so"
    )
    arguments.add_argument("--short", action="store_true", help="without the lines of a gigabyte")
    asked = arguments.parse_args()
    files = hostile_files(asked.seed, asked.count, first=asked.first)
    with tempfile.TemporaryDirectory() as folder:
        everything = files if asked.short else itertools.chain(files, endless_lines())
        found = asyncio.run(ended(everything, Path(folder), _say))
        left = list(Path(folder).iterdir())
    print(told(found))
    print(f"seed {asked.seed}; left behind: {len(left)} files")
    return 0 if all(one.is_well for one in found) and not left else 1


def _say(one: Ended) -> None:
    if not one.is_well:
        print(f"not well: {one.made.called}: {one.died or one.ends}", file=sys.stderr, flush=True)
    elif one.seconds > LONG_SECONDS:
        print(f"{one.seconds:.0f} s: {one.made.called} ({one.made.name})", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
