"""Settings of language: `WIREROOM_LANGUAGE_*`."""

from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class LanguageSettings(ServiceSettings):
    """What every service may set for itself; language has nothing of its own."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_LANGUAGE_")
