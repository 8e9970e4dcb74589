"""What runs inside a child process: its limits, its preparation, and the one way a call is answered."""

import ctypes
import os
import pickle
import resource
import signal
from collections.abc import Callable
from typing import Any, TypeVar

from services.chassis import faults

T = TypeVar("T")

PR_SET_PDEATHSIG = 1  # prctl(2)


def begin(memory_bytes: int, parent: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """Before the first call: die with the parent, keep to the limits, and `prepare`."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked to die with it
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if prepare is not None:
        prepare(*arguments)


def told(function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """What `function` returns; an error that would not survive the way to the parent goes as its text."""
    faults.point("in_child", arguments)
    try:
        return function(*arguments)
    except Exception as error:  # whatever it is, it is raised again: as itself, or as its text
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, a moment old
        except Exception:  # noqa: BLE001 - a constructor may raise anything
            raise RuntimeError(repr(error)) from None
        raise
