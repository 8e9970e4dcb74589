"""Fault points: named places between two steps where a test may hurt the process; nothing where no test does."""

from collections.abc import Callable

Hook = Callable[[str, object], None]

HOOKS: list[Hook] = []  # empty outside of tests: no setting fills it


def point(name: str, about: object = None) -> None:
    """The process has come to `name`, with `about` in its hands."""
    for hook in HOOKS:
        hook(name, about)
