"""Users and passwords of the home folder's own server, as `up` makes them and people may change them."""

import json
from pathlib import Path

from services.chassis.settings import ONE_LINE

FILE = "credentials.json"
ANEW = "move the file away, and all passwords are made anew"


class UnfitCredentials(OSError):
    """What stands in credentials.json is of no use; the text says where and what helps."""


def read_credentials(home: Path) -> dict[str, str]:
    """By user the password; empty where there are none.

    Raises UnfitCredentials where somebody has written what no server could be given, be it half of it up to now.
    """
    path = home / FILE
    try:
        credentials = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        credentials = None
    if not isinstance(credentials, dict):
        raise UnfitCredentials(f'{path} is no JSON object as {{"user": "password"}}: mend it, or {ANEW}')
    for user, password in credentials.items():
        if not isinstance(password, str) or not password or not password.isprintable():
            raise UnfitCredentials(f"{path}: the password of {user} must be {ONE_LINE}: mend it, or {ANEW}")
    return credentials
