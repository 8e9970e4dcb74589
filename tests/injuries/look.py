"""`python -m tests.injuries.look FOLDER`: the checker on a finished system that you may damage as you like.

The first time it makes one there, brings some of everything to its end and leaves it: `home` and `inbox`, with nothing
running. Every other time it says what it finds, of a copy: exit code 1 where that is anything.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from services.extract.atlas import atlas_path, build
from tests.injuries.checker import judge
from tests.injuries.evidence import gather
from tests.injuries.finished import KNOWN, finish, standing


def main() -> int:
    """Make it, or say what is wrong with it."""
    arguments = argparse.ArgumentParser(prog="python -m tests.injuries.look", description=__doc__)
    arguments.add_argument("folder", type=Path, help="where the system lies, or shall lie")
    folder = arguments.parse_args().folder.resolve()
    if not (folder / KNOWN).exists():
        with tempfile.TemporaryDirectory() as home:
            build(Path(home))
            finish(folder, atlas_path(Path(home)))
        print(f"a finished system lies in {folder}: damage it, and call this again")
        return 0
    with tempfile.TemporaryDirectory() as copy, standing(folder, Path(copy)) as system:
        verdict = judge(system.known.given, asyncio.run(gather(system)), system.known.special)
    print("\n".join([*verdict.findings, f"{len(verdict.findings)} findings in {verdict.given} inputs"]))
    return 1 if verdict.findings else 0


if __name__ == "__main__":
    sys.exit(main())
