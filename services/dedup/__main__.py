"""`python -m services.dedup`: the service."""

from services.chassis.loading import staying

if __name__ == "__main__":
    with staying():
        from services.chassis.service import run
        from services.dedup.handler import open_service
        from services.dedup.settings import DedupSettings

    run("dedup", DedupSettings, open_service)
