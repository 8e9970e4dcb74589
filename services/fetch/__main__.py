"""`python -m services.fetch`: take documents in."""

from services.chassis.loading import staying

if __name__ == "__main__":
    with staying():
        from services.chassis.service import run
        from services.fetch.handler import open_service
        from services.fetch.settings import FetchSettings

    run("fetch", FetchSettings, open_service)
