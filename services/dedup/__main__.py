"""`python -m services.dedup`: the service."""

from services.chassis.service import run
from services.dedup.handler import open_service
from services.dedup.settings import DedupSettings

if __name__ == "__main__":
    run("dedup", DedupSettings, open_service)
