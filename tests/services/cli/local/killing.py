"""A process that dies between any two lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any


class Killed(BaseException):
    """The process is no more."""


@contextmanager
def death_before(line: int, module: ModuleType, function: str | None = None) -> Iterator[None]:
    """Die before coming to this line of the module, or of one function in it, counted as they are run."""
    left, before = line, sys.gettrace()

    def look(frame: FrameType, event: str, _about: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename != module.__file__ or function not in {None, frame.f_code.co_name}:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                raise Killed
        return look

    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


def every_line() -> Iterator[int]:
    """Numbers of lines, up to more than anything here has."""
    yield from range(1000)
    raise AssertionError("it never came to its end")
