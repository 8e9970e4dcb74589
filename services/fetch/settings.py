"""What can be set for fetch: `WIREROOM_FETCH_*`."""

import json
import os
import re
import ssl
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from services.chassis.settings import MEBIBYTE, PATIENCE, ServiceSettings
from services.chassis.version import VERSION
from services.fetch.core.members import Limits
from services.fetch.core.web.addresses import Allowed

EMPTY_PART = re.compile(r"^\.|\.\.")  # one dot at the end may be an abbreviation: a column `Abstr.`
AGENT = re.compile(r"[A-Za-z][!-~ ]*")
WORK_BYTES, SPOOL_BYTES = 256 * MEBIBYTE, 4096 * MEBIBYTE


JsonField = Literal[
    "text", "title", "author", "published", "modified", "publisher", "language", "url", "section", "keyword",
    "description", "dateline", "slugline",
]  # fmt: skip


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
        default=180.0,
        gt=0,
        description=f"Longest time that unpacking a container, or a portion of a large one, may compute, or {PATIENCE} "
        "times as long wait for anything but a processor; past it, it is unreadable.",
    )
    spool: Path | None = Field(
        default=None,
        description="Folder that is there, on a disk, for what is unpacked, without names, so that nothing is ever "
        "left behind; else the home folder.",
    )
    json_mapping: Annotated[dict[JsonField, str], NoDecode] = Field(
        default={},
        description="What the fields of an article are called in JSON and tables of your own, as a JSON object from "
        "`text`, `title`, `author`, `published`, … to a name, or to names joined by dots: "
        '`{"text": "payload.body"}`.',
    )
    readers: int = Field(
        default=1,
        ge=1,
        description="Child processes that read documents at once; up to three more where one of them takes long.",
    )
    reader_memory_bytes: int = Field(
        default=1024 * MEBIBYTE,
        ge=128 * MEBIBYTE,
        description="Address space of a reading child; past it, the document is unreadable.",
    )
    reader_timeout_seconds: float = Field(
        default=20.0,
        gt=0,
        description=f"Longest time that reading one document may compute, or {PATIENCE} times as long wait "
        "for anything but a processor; past it, it is unreadable.",
    )

    user_agent: str = Field(
        default="", description="How we name ourselves to web servers; default: Wireroom, its version and the contact."
    )
    contact: str = Field(
        default="", description="An address or page of whoever runs this, for those whose pages are asked for."
    )
    allow_hosts: str = Field(
        default="",
        description="Hosts of private networks that may be asked for pages all the same, with commas between: names "
        "(`intranet.example.org`, `*.example.org`: their name server is trusted), addresses, networks (`10.1.0.0/16`).",
    )
    allow_ports: str = Field(default="", description="Ports besides 80 and 443 that may be asked, with commas between.")
    obey_robots: bool = Field(default=True, description="Whether a site's robots.txt is obeyed.")
    ca_file: Path | None = Field(
        default=None, description="Certificates of authorities to trust besides the usual ones: those of an intranet."
    )
    max_page_bytes: int = Field(
        default=16 * MEBIBYTE, ge=1, description="A page with more bytes than this, unpacked, is rejected as too_large."
    )
    page_timeout_seconds: float = Field(
        default=30.0, gt=0, description="Longest time for one answer of a web server, from the first word to the last."
    )
    max_redirects: int = Field(default=10, ge=0, le=50, description="How many redirects are followed to a page.")
    pages_at_once: int = Field(default=16, ge=1, description="Pages that are asked for at once.")
    host_pages_at_once: int = Field(default=2, ge=1, description="Pages of one host that are asked for at once.")
    host_gap_seconds: float = Field(
        default=1.0, ge=0, description="Time between the beginnings of two pages of one host; more if it asks for more."
    )
    max_waiting_urls: int = Field(
        default=100_000,
        ge=1,
        le=100_000_000,
        description="While so many URLs have no end yet, no more are taken out of their queue.",
    )
    give_up_seconds: float = Field(
        default=48 * 3600.0,
        gt=0,
        description="A URL that its host has us keep for later for longer than this, or would, is rejected.",
    )
    feeds: Path | None = Field(
        default=None,
        description="The file of feeds and sitemaps, one URL a line, read again when it changes; "
        "default: feeds.txt in the home folder.",
    )
    feeds_at_once: int = Field(default=8, ge=1, le=256, description="Feeds that are asked at the same time.")
    feed_least_seconds: float = Field(
        default=300.0, ge=1, description="No feed is asked again by its rhythm sooner than this."
    )
    feed_most_seconds: float = Field(
        default=7200.0,
        ge=1,
        description="No feed is left unasked by its rhythm for longer than this, or than the least where that is "
        "longer; it may ask for that itself.",
    )
    feed_first_entries: int = Field(
        default=1000, ge=1, description="Of a feed that is new to us so many entries become inputs, the latest."
    )
    feed_sitemaps: int = Field(
        default=50, ge=1, description="Sitemaps of one index that are followed, those that changed last."
    )
    feed_memory_seconds: float = Field(
        default=30 * 24 * 3600.0,
        ge=24 * 3600,
        description="How long an entry is known again after it has left its feed.",
    )

    @field_validator("allow_hosts", "allow_ports")
    @classmethod
    def _lists(cls, told: str, rest: ValidationInfo) -> str:
        ports = rest.field_name == "allow_ports"
        Allowed.of("" if ports else told, told if ports else "")
        return told

    @field_validator("json_mapping", mode="before")
    @classmethod
    def _names(cls, told: object) -> object:
        if not isinstance(told, str):
            return told
        try:
            names = json.loads(told)
        except (ValueError, RecursionError):
            names = None
        if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
            raise ValueError('give a JSON object of names, such as {"text": "payload.body"}')
        if not names.keys() <= set(get_args(JsonField)):
            raise ValueError(f"name fields of an article: {', '.join(get_args(JsonField))}")
        if not all(name.strip() for name in names.values()):
            raise ValueError("a name is empty: leave out what is called nothing")
        if unfit := [name for name in names.values() if EMPTY_PART.search(name.strip())]:
            raise ValueError(f"{unfit[0].strip()!r} has nothing between two dots, or before the first: name each part")
        return {field: name.strip() for field, name in names.items()}

    @field_validator("user_agent")
    @classmethod
    def _one_line(cls, told: str) -> str:
        if told and not AGENT.fullmatch(told):
            raise ValueError("give a name and what else there is to say, in plain letters: Name/1.0 (+https://…)")
        return told

    @field_validator("contact")
    @classmethod
    def _plain(cls, told: str) -> str:
        if not re.fullmatch(r"[!-~]*", told) or set(told) & set("()"):
            raise ValueError("give an e-mail address or the address of a page")
        return told

    @field_validator("ca_file")
    @classmethod
    def _is_there(cls, told: Path | None) -> Path | None:
        if told is None:
            return None
        if not os.path.isfile(told):  # noqa: PTH113 - a Path raises where no file can be
            raise ValueError("there is no such file")
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(told)
        except OSError as error:  # those of OpenSSL are too
            why = (
                "no certificate is in it" if isinstance(error, ssl.SSLError) else (error.strerror or str(error)).lower()
            )
            raise ValueError(f"{why}: name a file of certificates in PEM") from error
        return told

    @field_validator("spool")
    @classmethod
    def _can_be_written_in(cls, told: Path | None) -> Path | None:
        if told is not None and not (os.path.isdir(told) and os.access(told, os.W_OK | os.X_OK)):  # noqa: PTH112 - the same
            raise ValueError("it must be a folder that is there and can be written in")
        return told

    @field_validator("feeds")
    @classmethod
    def _can_be_a_file(cls, told: Path | None) -> Path | None:
        """It need not be there yet, but nobody will make the folder that it is to lie in."""
        if told is not None and os.path.isdir(told):  # noqa: PTH112 - a Path raises where no folder can be
            raise ValueError("that is a folder: name a file")
        if told is not None and not os.path.isdir(told.parent):  # noqa: PTH112 - the same
            raise ValueError(f"there is no folder {told.parent}: make it first, or name another file")
        return told

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

    def allowed(self) -> Allowed:
        """What may be contacted besides the public internet."""
        return Allowed.of(self.allow_hosts, self.allow_ports)

    def agent(self) -> str:
        """How we name ourselves."""
        return self.user_agent or f"Wireroom/{VERSION}" + (f" (+{self.contact})" if self.contact else "")

    def feeds_file(self) -> Path:
        """Where the feeds are listed."""
        return self.feeds or self.house.home / "feeds.txt"
