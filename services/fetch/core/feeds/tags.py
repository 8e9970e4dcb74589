"""Names of elements, whatever somebody has made of them."""

from typing import Any


def local(tag: Any) -> str:
    """The name without its namespace, in lower case: also of what lxml itself would not take for a name."""
    return str(tag).rpartition("}")[2].lower()
