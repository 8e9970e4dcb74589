"""How far a restore has come, told by what lies in the home: before its databases are caught up no service may hear."""

from pathlib import Path

STAGED, DECIDED = "restore", "restore.next"
PLAN = "plan.json"
TOLD = "told.json"  # beside the plan once the databases know all that came to be since the backup


def holds_back(home: Path) -> bool:
    """Whether there are databases to be put in place, or caught up, before anybody may work on them."""
    staged = home / STAGED
    return (home / DECIDED).exists() or ((staged / PLAN).exists() and not (staged / TOLD).exists())


def why(home: Path) -> str:
    """What to say to who is held back."""
    return f"a restore of {home} is not caught up, and nothing may work on it before: `wireroom up` finishes it"
