"""`python -m services.cli.pages`: writes the generated pages, and the generated parts of those written by hand."""

import sys

from services.cli.pages.written import ROOT, written


def main() -> None:
    """Write what has changed, and name it."""
    for name, text in written().items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
