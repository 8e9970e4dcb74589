"""What runs inside a child process: its limits, its preparation, and the one way a call is answered."""

import ctypes
import math
import multiprocessing
import os
import pickle
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import Any, TypeVar

from services.chassis import faults
from services.chassis.warming import PR_SET_PDEATHSIG

T = TypeVar("T")


def begin(memory_bytes: int, niceness: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """Before the first call: die with the service, keep to the limits, give way by `niceness`, and `prepare`."""
    _die_with_the_service()
    os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if prepare is not None:
        prepare(*arguments)


def told(function: Callable[..., T], arguments: tuple[Any, ...], most_seconds: float) -> T:
    """What `function` returns; an error that would not survive the way to the parent goes as its text.

    With more than `most_seconds` of processor time, in whole seconds, the kernel ends us (SIGXCPU).
    """
    try:
        with _at_most(most_seconds):
            faults.point("in_child", arguments)
            return function(*arguments)
    except Exception as error:  # whatever it is, it is raised again: as itself, or as its text
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, a moment old
        except Exception:  # noqa: BLE001 - a constructor may raise anything
            raise RuntimeError(repr(error)) from None
        raise


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(spent.ru_utime + spent.ru_stime + seconds)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)  # who starts us may have set one, and only root raises it
    resource.setrlimit(resource.RLIMIT_CPU, (end if most == resource.RLIM_INFINITY else min(end, most), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _die_with_the_service() -> None:
    """The server that we are forked from goes when the service does, and the kernel takes us with it.

    It goes when nobody holds the writing end of its pipe any more. Each child is given one, to fork others by; ours
    would keep it, and so us, alive: also in an endless loop of C, where no thread of ours would ever run.
    """
    os.close(forkserver._forkserver._forkserver_alive_fd)  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    service = multiprocessing.parent_process()
    if service is None or not service.is_alive():  # it died before we asked to die with it
        os._exit(1)
