"""`make fuzz`: each reader by its name played with by Hypothesis for some minutes, a few of them side by side."""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.hostile.examples import chosen
from tests.hostile.playing import Played

ROOT = Path(__file__).parents[2]
GRACE_SECONDS = 4 * 3600.0  # for the beginning and the last example, where a busy machine gives it next to nothing
HEAD = (
    *("reader", "seconds", "of CPU", "examples", "for it", "inputs", "how they ended", "raised", "stopped", "died"),
    *("slowest s", "memory MiB"),
)


def main() -> int:
    """Print a line for each reader; exit code 1 where a child died, anything has no end, or one hurts a service."""
    arguments = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    arguments.add_argument("readers", nargs="*", help="all of them where none is named")
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--side", type=int, default=2, help="so many side by side")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--kept", type=Path, default=Path("fuzzed"), help="where what is not well is kept")
    asked = arguments.parse_args()
    try:
        readers = chosen(asked.readers)
    except ValueError as error:
        arguments.error(str(error))
    with ThreadPoolExecutor(max_workers=asked.side) as pool:
        played = pool.map(lambda reader: _in_its_process(reader, 60 * asked.minutes, asked.seed, asked.kept), readers)
        print(_line(HEAD), _line("---" for _ in HEAD), sep="\n", flush=True)
        found = []
        for one in played:
            found.append(one)
            print(told(one), flush=True)
    print("\n".join(f"NOT WELL {one.reader}: {words}" for one in found for words in one.unwell))
    return 1 if any(one.unwell for one in found) else 0


def _in_its_process(reader: str, seconds: float, seed: int, kept: Path) -> Played:
    command = [sys.executable, "-m", "tests.hostile.playing", reader, str(seconds), str(seed), str(kept.absolute())]
    try:
        done = subprocess.run(
            command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=seconds + GRACE_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return Played(reader, unwell=[str(error)])
    said = json.loads(done.stdout)
    return Played(**said | {name: Counter(said[name]) for name in ("ends", "raised")})


def told(one: Played) -> str:
    """Its line of the table."""
    numbers = (f"{one.seconds:.0f}", f"{one.cpu_seconds:.0f}", f"{one.examples:,}", f"{one.own:,}")
    words = (f"{one.ends.total():,}", _counted(one.ends), _counted(one.raised) or "nothing")
    cost = (str(one.stopped), str(one.died), f"{one.slowest:.1f}", str(one.memory_bytes >> 20))
    return _line((one.reader, *numbers, *words, *cost))


def _line(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _counted(some: Counter[str]) -> str:
    return ", ".join(f"{word} {number:,}" for word, number in some.most_common())


if __name__ == "__main__":
    sys.exit(main())
