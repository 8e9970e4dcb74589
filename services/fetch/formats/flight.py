"""What React's servers send to a page's program in rows (Flight), as Next writes them into scripts piece by piece."""

import json
import re
from collections.abc import Iterable
from typing import Any

# A row has a number, unless it says what to load; a long text has one of its own, with its length in bytes.
ROW = re.compile(rb"([0-9a-f]{0,8}):(?:T([0-9a-f]{1,8}),)?")
LEADS_TO = re.compile(r"\$[0-9a-f]{1,8}")
MOST_ROWS = 20_000


def rows(pieces: Iterable[str]) -> list[Any]:
    """The rows that are JSON, with the texts that they lead to."""
    data, at = "".join(pieces).encode("utf-8", "replace"), 0
    texts: dict[str, str] = {}
    written: list[bytes] = []
    while (row := ROW.match(data, at)) is not None and len(written) + len(texts) < MOST_ROWS:
        if row[2] is not None:
            at = row.end() + int(row[2], 16)
            texts[f"${row[1].decode()}"] = data[row.end() : at].decode("utf-8", "replace")
        else:
            end = data.find(b"\n", row.end())
            written.append(data[row.end() : end if end >= 0 else len(data)])
            at = end + 1 if end >= 0 else len(data)
    return [each for line in written if (each := _parsed(line, texts)) is not None]


def _parsed(line: bytes, texts: dict[str, str]) -> Any:
    def with_texts(found: dict[str, Any]) -> dict[str, Any]:
        return {
            key: texts.get(value, value) if isinstance(value, str) and LEADS_TO.fullmatch(value) else value
            for key, value in found.items()
        }

    try:
        return json.loads(line, object_hook=with_texts)
    except (ValueError, RecursionError):  # it names a module, or says how to load something
        return None
