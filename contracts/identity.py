"""How inputs, articles and messages are named: pure functions, so that every retry finds the same name."""

import hashlib
from typing import Annotated

from pydantic import StringConstraints

# A UUIDv7, and one "#n" for every container that the input lay in.
INPUT_ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(#[1-9][0-9]*)*$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"

InputId = Annotated[str, StringConstraints(pattern=INPUT_ID_PATTERN)]
ArticleId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Sha256 = Annotated[str, StringConstraints(pattern=SHA256_PATTERN)]


def article_id(source_uri: str, sha256: str, part: int | None = None) -> str:
    """The 32 hex digits that name the content `sha256` at the place `source_uri`.

    `part` is the number of the article in an original that holds several, else None.
    """
    named = f"{source_uri}\n{sha256}\n{'' if part is None else part}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def parent_input_id(input_id: str) -> str | None:
    """The id of the container that the input came out of; None for an input that arrived by itself."""
    parent, mark, _ = input_id.rpartition("#")
    return parent if mark else None


def message_id(input_id: str, message: str, way: str = "") -> str:
    """The `Nats-Msg-Id` and `ce-id` of `message` (snake case) about an input.

    `way` is the suffix of a replay (`:r<n>`) or a requeue (`:q<n>`), inherited by what is said next.
    """
    return f"{input_id}:{message}{way}"


def way_of(identifier: str) -> str:
    """The suffix that a replay or requeue left on a message id: `:r1`, `:q2`, or nothing."""
    _, _, rest = identifier.partition(":")
    _, mark, way = rest.partition(":")
    return mark + way


def input_id_of(identifier: str) -> str:
    """The input that a message id speaks of."""
    return identifier.partition(":")[0]
