"""`python -m services.cli.local.migrations`: brings the databases of those who remember up to date, and ends.

A process of its own, so that what it imports does not stay in the memory of `up`.
"""

import sys

from contracts.topology import SERVICES
from services.chassis.beginnings import Gone, gone
from services.chassis.loading import uncollected
from services.chassis.migrations import Newer, bring_up_to_date, is_behind, remembers
from services.chassis.settings import House


def remembering() -> list[str]:
    """The services that have a database of their own."""
    return [service for service in SERVICES if remembers(service)]


def pending(house: House) -> list[str]:
    """Whose database may be behind; not those whose database is gone: nothing is begun in its place."""
    there = [service for service in remembering() if gone(house.home, service) is None]
    return [service for service in there if is_behind(house.database(service), service)]


def main() -> None:
    """Bring each database up to date but those that their services wait for, and say so."""
    house = House()
    with uncollected():
        _bring_up_to_date(house)


def _bring_up_to_date(house: House) -> None:
    for service in pending(house):
        try:
            bring_up_to_date(house.database(service), service)
        except Gone as error:
            sys.stdout.write(f"{error}\n")
        except Newer as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
