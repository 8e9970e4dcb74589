"""What children are given to do in tests: a child that computes for long is replaced, so importing this is cheap."""

import os
import signal
import threading
import time
from pathlib import Path

from contracts.outcomes import Unfit

GIBIBYTE = 1 << 30


def add(left: int, right: int) -> int:
    return left + right


def refuse() -> None:
    raise Unfit("never right")


def hang() -> None:
    time.sleep(600)  # longer than fifty others take, however busy the machine is


def begin_and_hang(here: Path) -> None:
    here.touch()
    hang()


def eat() -> int:
    return len(bytearray(4 * GIBIBYTE))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def crash_unless(well: Path) -> None:
    if not well.exists():
        crash()


def doze() -> str:
    time.sleep(0.5)
    return "slept"


def begin_to_answer() -> bytes:
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return bytes(
        GIBIBYTE // 4
    )  # which takes longer to be packed than that, and gives way to others no sooner than it must


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def compute_until_behind(others: int) -> tuple[int, int]:
    while niceness() == others:
        pass
    return os.getpid(), niceness() - others


def compute_until_there(file: Path) -> str:
    while not file.exists():
        pass
    return "computed"


def be_alone(here: Path) -> bool:
    here.touch(exist_ok=False)
    time.sleep(0.01)
    here.unlink()
    return True


def be_alone_for_long(here: Path) -> bool:
    here.touch(exist_ok=False)
    time.sleep(0.2)
    here.unlink()
    return True
