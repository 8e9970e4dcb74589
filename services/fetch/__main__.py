"""`python -m services.fetch`: take documents in."""

from services.chassis.service import run
from services.fetch.handler import open_service
from services.fetch.settings import FetchSettings

if __name__ == "__main__":
    run("fetch", FetchSettings, open_service)
