"""Whether somebody still has a file open for writing: a pause between two writes is no end."""

import fcntl
import signal


def ignore_lease_breaks() -> None:
    """To be called once, in the main thread: who opens a file while we ask sends us SIGIO, whose default is death."""
    signal.signal(signal.SIGIO, signal.SIG_IGN)


def has_writer(fd: int) -> bool:
    """Whether any process has the file of `fd` (opened for reading) open for writing.

    The kernel grants a read lease only where nobody has (fcntl(2), F_SETLEASE). It says no more where the file is
    another's and we may not ask, or where the file system knows no leases: then False, and time must tell.
    """
    if signal.getsignal(signal.SIGIO) is not signal.SIG_IGN:
        return False
    try:
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
