"""Nobody but its owner reads or writes what is kept in the home."""

from itertools import islice
from pathlib import Path

from services.cli.checks.found import NAMED, Check
from services.cli.local.modes import lax


def compare(home: Path, found: Check) -> None:
    """Name what others may read or write, each with its mode and the one that it ought to have."""
    open_to_others = lax(home)
    found.findings += [one.told() for one in islice(open_to_others, NAMED)]
    if more := sum(1 for _ in open_to_others):
        found.findings.append(f"{more} more files and folders in {home} are open to others: start `wireroom up`")
    found.looked_at.append(
        f"the home {home}: that it, and what is ours in it, are their owner's alone, as far as that is this user"
    )
