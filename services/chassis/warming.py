"""The server that children are forked from, while it loads what they are to share."""

import ctypes
import gc
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver

from services.chassis.loading import staying

PR_SET_PDEATHSIG = 1  # prctl(2)


@contextmanager
def going_with_the_service() -> Iterator[None]:
    """What is loaded in the block is loaded for a service that lives: the server goes as soon as it is gone.

    Until it has loaded all, the server does not look whether anybody is left. The kernel sees to it meanwhile, and only
    meanwhile: it goes by the thread that started the server, which waits for it so long and may end after that.
    """
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if _nobody_is_left():  # the service was gone before we asked
        os._exit(1)
    try:
        with staying():  # and shared: the collector would write into every page of it
            yield
            gc.collect()
    finally:
        prctl(PR_SET_PDEATHSIG, 0)


def _nobody_is_left() -> bool:
    """Whether the pipe is closed by which the server learns that it is needed no more."""
    frame = sys._getframe()  # noqa: SLF001 - the pipe is a local variable of the standard library
    while frame is not None and frame.f_code is not forkserver.main.__code__:
        frame = frame.f_back  # type: ignore[assignment]
    if frame is None:  # somebody loads it for himself
        return False
    looking = select.poll()
    looking.register(frame.f_locals["alive_r"], select.POLLIN)
    return bool(looking.poll(0))
