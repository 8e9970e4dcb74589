"""`python -m services.language`: the service."""

from services.chassis.service import run
from services.language.handler import open_service
from services.language.settings import LanguageSettings

if __name__ == "__main__":
    run("language", LanguageSettings, open_service)
