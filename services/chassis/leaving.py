"""The last step of a process that has closed all that it had open."""

import atexit
import os
import sys


def leave(code: int) -> None:
    """End with this exit code, at once; raises OSError where what was said cannot be written.

    Python would take every module apart, piece by piece: seconds on a busy machine, while somebody waits for our end.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - multiprocessing removes its folder in one of them
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
