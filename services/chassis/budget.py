"""How the disk budget is split: JetStream reserves what a stream may hold, so the parts must fit into the whole."""

import shutil
from pathlib import Path

from contracts.topology import ARTICLES, RAW_SHARE, STARTS_MAX_BYTES, STREAMS, Stream
from services.chassis.private import write_private

KEPT = "disk_budget_bytes"
SLACK_BYTES = 1 << 20  # of rounding


def of(stream: Stream, budget_bytes: int) -> int:
    """The bytes that a stream may hold."""
    return int(budget_bytes * stream.share)


def raw(budget_bytes: int) -> int:
    """The bytes that originals may take."""
    return int(budget_bytes * RAW_SHARE)


def services(budget_bytes: int) -> int:
    """What the account of the services may store."""
    own = sum(of(stream, budget_bytes) for stream in STREAMS if stream.account == "WIREROOM")
    return own + raw(budget_bytes) + STARTS_MAX_BYTES + SLACK_BYTES


def total(budget_bytes: int) -> int:
    """What the server may store."""
    return services(budget_bytes) + of(ARTICLES, budget_bytes) + SLACK_BYTES


def keep_budget(home: Path, wanted: int | None) -> int:
    """The budget: as set, else as kept in `home`, else half of what is free now; kept for the next start."""
    path = home / KEPT
    before = path.read_text() if path.exists() else None
    budget_bytes = wanted or (shutil.disk_usage(home).free // 2 if before is None else _number(before, path))
    if str(budget_bytes) != before:
        write_private(path, str(budget_bytes))
    return budget_bytes


def kept(home: Path) -> int | None:
    """The budget that is kept in `home`; None where none is."""
    path = home / KEPT
    return _number(path.read_text(), path) if path.exists() else None


def _number(kept: str, path: Path) -> int:
    try:
        return int(kept)
    except ValueError:
        raise OSError(f"{path} holds no number: set WIREROOM_DISK_BUDGET_BYTES to what it was") from None
