import subprocess
import sys
from pathlib import Path

LEAVES = """
import atexit
from services.chassis.leaving import leave

class Taken:
    def __del__(self):
        print("taken apart")

taken = Taken()
atexit.register(print, "cleared up", end=" ")
print("said", end=" ")
leave(3)
"""


def test_who_leaves_has_said_everything_and_cleared_up_and_takes_nothing_apart() -> None:
    told = subprocess.run([sys.executable, "-c", LEAVES], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (3, "said cleared up ")


def test_where_what_was_said_cannot_be_written_that_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-c", LEAVES], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert told.returncode != 3
    assert "No space left on device" in told.stderr
