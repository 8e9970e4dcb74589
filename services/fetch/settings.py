"""What can be set for fetch: `WIREROOM_FETCH_*`."""

from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import MEBIBYTE, ServiceSettings

WORK_BYTES = 256 * MEBIBYTE


class FetchSettings(ServiceSettings):
    """Settings of fetch and its watched folder."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_FETCH_")

    after: Literal["move", "delete", "leave"] = Field(
        default="move",
        description="What becomes of a taken file: moved to .done, deleted, or left (needs no write access).",
    )
    settle_seconds: float = Field(
        default=1.0, ge=0, description="A file is taken when its size and time have not changed for this long."
    )
    settle_timeout_seconds: float = Field(
        default=3600.0, gt=0, description="A file that changes for longer than this is rejected as never_settled."
    )
    rescan_seconds: float = Field(
        default=5.0,
        gt=0,
        description="How often the whole inbox is looked through, whatever the kernel tells of it; less often where "
        "that takes long, so that a twentieth of the time goes into looking.",
    )
    max_file_bytes: int = Field(
        default=64 * MEBIBYTE, ge=1, description="A larger file is rejected as too_large without being read."
    )
    work_bytes: int = Field(
        default=WORK_BYTES,
        ge=1,
        description="Bytes of files held in memory at once, whatever the concurrency; a larger file goes alone.",
    )
    readers: int = Field(default=1, ge=1, description="Child processes that read documents.")
    reader_memory_bytes: int = Field(
        default=1024 * MEBIBYTE,
        ge=128 * MEBIBYTE,
        description="Address space of a reading child; past it, the document is unreadable.",
    )
    reader_timeout_seconds: float = Field(
        default=20.0, gt=0, description="Longest time for reading one document; past it, it is unreadable."
    )
