"""Pages that are written by hand around parts that are generated: `<!-- generated: name -->` … `<!-- end -->`."""

import re
from collections.abc import Mapping, Sequence

PART = re.compile(r"(<!-- generated: (?P<name>[a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def fill(page: str, parts: Mapping[str, str]) -> str:
    """The page with each part as it is now; raises ValueError where the page and the parts do not name the same."""
    named = [mark["name"] for mark in PART.finditer(page)]
    if sorted(named) != sorted(parts):
        raise ValueError(f"the page has the parts {sorted(named)}, the code makes {sorted(parts)}")
    return PART.sub(lambda mark: f"{mark[1]}{parts[mark['name']].strip()}\n{mark[3]}", page)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
