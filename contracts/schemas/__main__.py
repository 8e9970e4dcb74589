"""`python -m contracts.schemas`: writes the schemas beside this file, so that a changed contract shows in the diff."""

import sys
from pathlib import Path

from contracts.schemas.documents import documents

FOLDER = Path(__file__).parent


def main() -> None:
    """Write every document, and remove those that nothing makes any more."""
    wanted = documents()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for path in FOLDER.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
    sys.stdout.write(f"{len(wanted)} documents in {FOLDER.name}\n")


if __name__ == "__main__":
    main()
