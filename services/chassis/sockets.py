"""The folder in which the sockets of child processes lie: how long its path may be."""

import os
import tempfile

# An address has 108 bytes (unix(7)) with its end, and multiprocessing puts /pymp-XXXXXXXX/listener-XXXXXXXX behind it.
LONGEST_FOLDER = 107 - 32


def no_room() -> str | None:
    """Why no server can listen in the folder for temporary files, and what to set; none where one can."""
    folder = tempfile.gettempdir()
    if len(os.fsencode(folder)) <= LONGEST_FOLDER:
        return None
    return f"TMPDIR is {folder}, too long for a socket in it: set one of {LONGEST_FOLDER} characters at most"
