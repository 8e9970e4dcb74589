"""Settings of dedup: `WIREROOM_DEDUP_*`."""

from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class DedupSettings(ServiceSettings):
    """What every service may set for itself; what counts as a duplicate is the same everywhere."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_DEDUP_")
