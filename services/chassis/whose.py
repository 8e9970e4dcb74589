"""Whose a service is: of two systems that were given the same ports one answers, and it is to be known which."""

import hashlib
from pathlib import Path

HEADER = "Wireroom-Home"
DIGITS = 16


def home_id(home: Path) -> str | None:
    """What tells a home from every other one on this machine, under whatever path; None where there is none.

    It tells nobody where that is.
    """
    try:
        found = home.stat()
    except OSError:
        return None
    return hashlib.sha256(f"{found.st_dev}:{found.st_ino}".encode()).hexdigest()[:DIGITS]
