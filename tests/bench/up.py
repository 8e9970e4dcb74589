"""`wireroom up` with an extract that reads nothing: the program that the bench of 20,000 texts runs."""

import sys
from dataclasses import replace

from services.chassis.settings import House
from services.cli.local import system
from services.cli.local.process import Process
from services.cli.up import app

_table = system.table


def table(house: House, ports: dict[str, int]) -> list[Process]:
    """The processes of the real table, extract's with an identity core."""
    argv = (sys.executable, "-m", "tests.bench.hop", "extract", "databases")
    return [replace(one, argv=argv) if one.name == "extract" else one for one in _table(house, ports)]


if __name__ == "__main__":
    system.table = table
    app()
