"""`python -m services.language`: the service."""

from services.chassis.loading import staying

if __name__ == "__main__":
    with staying():
        from services.chassis.service import run
        from services.language.handler import open_service
        from services.language.settings import LanguageSettings

    run("language", LanguageSettings, open_service)
