"""Settings of extract: `WIREROOM_EXTRACT_*`."""

import os
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import MEBIBYTE, PATIENCE, ServiceSettings, longest_seconds
from services.extract.installed import chosen_points


class ExtractSettings(ServiceSettings):
    """What every service may set for itself, and the children that read."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_EXTRACT_")

    reading_timeout_seconds: float = Field(
        default=60.0,
        gt=0,
        description=f"Longest time a child may compute over one article, or {PATIENCE} times as long wait "
        "for anything but a processor; past it, it is killed.",
    )
    workers: int = Field(
        default=2, ge=1, description="Child processes that read articles at once; they share their models."
    )
    atlas_home: Path | None = Field(
        default=None,
        description="Folder that is there for the atlas of places (30 MB, built once), to be shared by several homes; "
        "else the home.",
    )
    names: Path | None = Field(
        default=None,
        description="Folder with name lists of your own, written like those in `services/extract/data`; heeded first.",
    )
    recognisers: str = Field(
        default="",
        description="Names of installed recognisers (entry points `wireroom.recognisers`) to use, with commas between.",
    )
    child_memory_bytes: int = Field(
        default=3 * 1024 * MEBIBYTE,
        ge=512 * MEBIBYTE,
        description="Address space a child may take before it is killed.",
    )

    def delivery_seconds(self) -> float:
        """What bounds a reading is the child's limit, but an article's time also runs while it waits for a child.

        None may fail for its neighbours, who may all go before it to the one child that killers have.
        """
        return self.handler_timeout_seconds or longest_seconds(self.reading_timeout_seconds) * (self.concurrency + 1)

    @field_validator("recognisers")
    @classmethod
    def _are_installed(cls, recognisers: str) -> str:
        chosen_points(recognisers)
        return recognisers

    @field_validator("atlas_home")
    @classmethod
    def _can_hold_an_atlas(cls, told: Path | None) -> Path | None:
        if told is not None and not os.path.isdir(told):  # noqa: PTH112 - a path that cannot be is no folder either
            raise ValueError("it must be a folder that is there")
        if told is not None and not os.access(told, os.W_OK) and next(told.glob("places-*.db"), None) is None:
            raise ValueError("no atlas is in it, and it cannot be written in: give it another owner, or name another")
        return told

    @field_validator("names")
    @classmethod
    def _is_there(cls, names: Path | None) -> Path | None:
        if names is not None and not os.path.isdir(names):  # noqa: PTH112 - a path that cannot be is no folder either
            raise ValueError("it must be a folder that is there")
        return names
