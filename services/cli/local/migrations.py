"""`python -m services.cli.local.migrations`: brings the databases of those who remember up to date, and ends.

A process of its own, so that what it imports does not stay in the memory of `up`.
"""

from importlib.resources import files

from contracts.topology import SERVICES
from services.chassis.settings import House


def remembering() -> list[str]:
    """The services that have a database of their own."""
    return [service for service in SERVICES if files("services").joinpath(service, "migrations").is_dir()]


def main() -> None:
    """Bring each database up to date."""
    from services.chassis.database import migrate  # noqa: PLC0415 - heavy, and `up` only wants to know who remembers

    house = House()
    for service in remembering():
        migrate(house.database(service), service)


if __name__ == "__main__":
    main()
