"""`python -m services.cli.local.migrations`: brings the databases of those who remember up to date, and ends.

A process of its own, so that what it imports does not stay in the memory of `up`.
"""

import sys

from contracts.topology import SERVICES
from services.chassis.migrations import Newer, bring_up_to_date, is_behind, remembers
from services.chassis.settings import House


def remembering() -> list[str]:
    """The services that have a database of their own."""
    return [service for service in SERVICES if remembers(service)]


def pending(house: House) -> list[str]:
    """Whose database may be behind."""
    return [service for service in remembering() if is_behind(house.database(service), service)]


def main() -> None:
    """Bring each database up to date."""
    house = House()
    try:
        for service in remembering():
            bring_up_to_date(house.database(service), service)
    except Newer as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
