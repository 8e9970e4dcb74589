"""Makes the fault points hurt: found by every Python process of an injured system, because its folder is on the path.

Two ways. A file `<service>.<point>` in the folder `WIREROOM_INJURIES` hurts the first process of that service that
comes to that point, once; what is in it says how (see `DEEDS`). And a document whose text has one of `DEEDS` in
brackets hurts every child that reads it, as in `[[segfault]]`, or the children of one service, as in
`[[extract segfault]]`; `[[parent]]` kills the extract service itself, and `[[language unread]]` is no message to that
service. A file `cured` in the folder ends that: as if the defect were mended. `WIREROOM_INJURIES_BACKOFF` (four numbers
of seconds) shortens the waits between tries.
"""

import os
import signal
import sys
import time
from pathlib import Path

from contracts.outcomes import DeadReason, Unfit
from services.chassis import failures, faults

FOLDER = os.environ.get("WIREROOM_INJURIES", "")
BACKOFF = os.environ.get("WIREROOM_INJURIES_BACKOFF", "")
SLOW_SECONDS = 5.0
PARENT = b"[[parent]]"


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _segfault() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _memory() -> None:
    held = [b"\1" * (1 << 20) for _ in range(10 * 1024)]  # 10 GB, a mebibyte at a time, each really written
    del held


def _loop() -> None:
    while True:
        pass


def _slow() -> None:
    time.sleep(SLOW_SECONDS)


def _fail() -> None:
    raise RuntimeError("an injury")


DEEDS = {
    "kill": _kill,
    "stop": _stop,
    "segfault": _segfault,
    "memory": _memory,
    "loop": _loop,
    "slow": _slow,
    "fail": _fail,
}


def _service() -> str:
    """Which service this process is of: `python -m services.<name>`."""
    return Path(sys.argv[0]).parent.name if sys.argv else ""


def _hurt(name: str, about: object) -> None:
    if Path(FOLDER, "cured").exists():
        pass
    elif name == "in_child":
        _hurt_child(about)
    elif name == "heard":
        _hurt_service(b"".join(message.data for message in about))  # type: ignore[attr-defined]
    armed = Path(FOLDER, f"{_service()}.{name}")
    try:
        deed = armed.read_text()
        armed.unlink()  # whoever unlinks it has it
    except FileNotFoundError:
        return
    DEEDS[deed]()


def _hurt_service(heard: bytes) -> None:
    if _service() == "extract" and PARENT in heard:
        _kill()
    if f"[[{_service()} unread]]".encode() in heard:
        raise Unfit("in words that are not known yet", DeadReason.UNDECODABLE)


def _hurt_child(arguments: object) -> None:
    text = _text_of(arguments)
    for deed, do in DEEDS.items():
        if f"[[{deed}]]" in text or f"[[{_service()} {deed}]]" in text:
            do()


def _text_of(arguments: object) -> str:
    """The documents among what a child was called with, whichever reader it is."""
    if isinstance(arguments, tuple | list):
        return "".join(map(_text_of, arguments))
    return arguments.decode("latin-1") if isinstance(arguments, bytes) else getattr(arguments, "text", "")


if FOLDER:
    faults.HOOKS.append(_hurt)
if BACKOFF:
    failures.BACKOFF_SECONDS = tuple(map(float, BACKOFF.split()))  # type: ignore[assignment]
