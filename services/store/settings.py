"""What the store lets itself be told."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class StoreSettings(ServiceSettings):
    """`WIREROOM_STORE_*`."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_STORE_")

    count_seconds: float = Field(default=2.0, gt=0, description="How often wireroom_inputs is read from the ledger.")
    settle_seconds: float = Field(
        default=1.0, gt=0, description="Longest time until an announcement that was made is marked as made."
    )
    room_seconds: float = Field(
        default=5.0, gt=0, description="How often is looked whether RAW is so full that originals have to go."
    )
    repeat_messages: int = Field(default=256, ge=1, description="How many are announced again at a time after a crash.")
