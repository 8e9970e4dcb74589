"""What is nobody else's business: the files we make, and the secrets that we were told in the environment."""

import os
from pathlib import Path

OWNER_ALONE = 0o077  # the umask under which everything is made that is not the person's own
OWNER_ONLY = 0o600


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all, even if the power fails; raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def forget_secrets(service: str) -> None:
    """Take what has been read out of the environment, so that no process we start, such as a reader, inherits it."""
    read = {f"WIREROOM_{service.upper()}_NATS_PASSWORD", "WIREROOM_NATS_URL", "WIREROOM_DATABASE_URL"}
    for name in [name for name in os.environ if name.upper() in read]:
        del os.environ[name]
