"""`python -m services.extract`: the service."""

from services.chassis.loading import staying

if __name__ == "__main__":
    # Spawned children import this module too: what the service stands on would cost each of them 60 MB.
    with staying():
        from services.chassis.service import run
        from services.extract.handler import open_service
        from services.extract.settings import ExtractSettings

    run("extract", ExtractSettings, open_service)
