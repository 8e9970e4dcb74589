"""What can be set for fetch: `WIREROOM_FETCH_*`."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import MEBIBYTE, ServiceSettings
from services.fetch.core.members import Limits

WORK_BYTES, SPOOL_BYTES = 256 * MEBIBYTE, 4096 * MEBIBYTE


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
        default=512 * MEBIBYTE,
        ge=1,
        description="A larger file is rejected as too_large without being read; what is no container, from 64 MiB on.",
    )
    work_bytes: int = Field(
        default=WORK_BYTES,
        ge=1,
        description="Bytes of files held in memory at once, whatever the concurrency; a larger file goes alone.",
    )
    spool_bytes: int = Field(
        default=SPOOL_BYTES,
        ge=1,
        description="Bytes of files over 8 MiB that are copied to a disk at once instead; a larger file goes alone. "
        "What comes out of two containers may lie beside them.",
    )
    unpack_depth: int = Field(
        default=4, ge=1, le=100, description="A container that lies in so many others is rejected as too_deep."
    )
    unpack_members: int = Field(
        default=50_000, ge=1, le=10_000_000, description="The most that comes out of one file; the rest is too_many."
    )
    unpack_bytes: int = Field(
        default=2048 * MEBIBYTE, ge=1, description="The most that one file is unpacked to; the rest is too_large."
    )
    unpack_member_bytes: int = Field(
        default=256 * MEBIBYTE, ge=1, description="A member that is larger when unpacked is rejected as too_large."
    )
    unpack_ratio: int = Field(
        default=200, ge=1, le=1_000_000, description="What unpacks to more than so many times its size is a bomb."
    )
    unpack_timeout_seconds: float = Field(
        default=180.0, gt=0, description="Longest time for unpacking one container; past it, it is unreadable."
    )
    spool: Path | None = Field(
        default=None,
        description="Folder on a disk for what is unpacked, without names, so that nothing is ever left behind; "
        "else the home folder.",
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

    def limits(self) -> Limits:
        """What may come out of one thing that comes in."""
        return Limits(
            depth=self.unpack_depth,
            members=self.unpack_members,
            total_bytes=self.unpack_bytes,
            ratio=self.unpack_ratio,
            member_bytes=self.unpack_member_bytes,
        )

    def spool_folder(self) -> Path:
        """Where what is too large for memory lies."""
        return self.spool or self.house.home
