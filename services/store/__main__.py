"""Run the service: `python -m services.store`."""

from services.chassis.loading import staying

if __name__ == "__main__":
    with staying():
        from services.chassis.service import run
        from services.store.handler import open_service
        from services.store.settings import StoreSettings

    run("store", StoreSettings, open_service)
