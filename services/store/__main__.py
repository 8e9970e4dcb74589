"""Run the service: `python -m services.store`."""

from services.chassis.service import run
from services.store.handler import open_service
from services.store.settings import StoreSettings

if __name__ == "__main__":
    run("store", StoreSettings, open_service)
