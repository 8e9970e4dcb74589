"""What is nobody else's business: the files we make, and the secrets that we were told in the environment."""

import os

OWNER_ALONE = 0o077  # the umask under which everything is made that is not the person's own


def forget_secrets(service: str) -> None:
    """Take what has been read out of the environment, so that no process we start, such as a reader, inherits it."""
    read = {f"WIREROOM_{service.upper()}_NATS_PASSWORD", "WIREROOM_NATS_URL", "WIREROOM_DATABASE_URL"}
    for name in [name for name in os.environ if name.upper() in read]:
        del os.environ[name]
