"""How inputs, articles and messages are named: pure functions, so that every retry finds the same name."""

import hashlib
import re
from typing import Annotated

from pydantic import StringConstraints

# A UUIDv7, and one "#n" for every container that the input lay in.
INPUT_ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(#[1-9][0-9]*)*$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"

InputId = Annotated[str, StringConstraints(pattern=INPUT_ID_PATTERN)]
ArticleId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Sha256 = Annotated[str, StringConstraints(pattern=SHA256_PATTERN)]

_INPUT_ID = re.compile(INPUT_ID_PATTERN)
_NUMBER = "[1-9][0-9]{0,8}"
_WAY = re.compile(f"(?::[rq]{_NUMBER})*")
_LAST_REQUEUE = re.compile(rf":q{_NUMBER}\Z")


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
    """The suffix that a replay or requeue left on a message id: `:r1`, `:q2`, or nothing, where it is none of ours."""
    _, _, rest = identifier.partition(":")
    _, mark, way = rest.partition(":")
    return mark + way if _WAY.fullmatch(mark + way) else ""


def requeued(identifier: str, number: int) -> str:
    """The id of a message that is sent again as its `number`-th requeue: `:q1` gives way to `:q2`, `:r1` stays."""
    return f"{_LAST_REQUEUE.sub('', identifier)}:q{number}"


def requeue_of(identifier: str) -> int:
    """Which requeue a message id is of; 0 where it is of none."""
    found = _LAST_REQUEUE.search(identifier)
    return int(found[0][2:]) if found else 0


def is_message_id(identifier: str, message: str) -> bool:
    """Whether this can be the id of a `message` (snake case) of ours."""
    input_id = input_id_of(identifier)
    return is_input_id(input_id) and identifier == message_id(input_id, message, way_of(identifier))


def is_input_id(identifier: str) -> bool:
    """Whether this can be the id of an input."""
    return _INPUT_ID.fullmatch(identifier) is not None


def input_id_of(identifier: str) -> str:
    """The input that a message id speaks of."""
    return identifier.partition(":")[0]
