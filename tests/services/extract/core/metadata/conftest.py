"""Reading a text's metadata in one call."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

import pytest

from contracts.document import Claim, Document
from contracts.language import Language
from services.extract.core.metadata import Metadata, read_metadata

RECEIVED = datetime(2024, 5, 1, tzinfo=UTC)


class Read(Protocol):
    def __call__(
        self,
        text: str,
        tag: str = ...,
        *,
        claims: Iterable[tuple[str, str, str]] = ...,
        url: str | None = ...,
        at: datetime = ...,
    ) -> Metadata: ...


@pytest.fixture
def read() -> Read:
    """The metadata of a text in a language, with claims given as (field, value, origin)."""

    def _read(
        text: str,
        tag: str = "fr",
        *,
        claims: Iterable[tuple[str, str, str]] = (),
        url: str | None = None,
        at: datetime = RECEIVED,
    ) -> Metadata:
        document = Document(
            source_uri="inbox:a.txt",
            url=url,
            sha256="0" * 64,
            media_type="text/plain",
            bytes=len(text),
            received_at=at,
            claims=tuple(Claim(field=field, value=value, origin=origin) for field, value, origin in claims),
            text=text,
        )
        return read_metadata(document, Language(tag=tag, script=None, confidence=1.0))

    return _read
