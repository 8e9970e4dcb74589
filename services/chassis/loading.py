"""What a process imports when it starts: it stays, and brings nothing along that the process never uses."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def staying() -> Iterator[None]:
    """What is imported or loaded in the block stays to the end, so that the collector need not look through it.

    It would do so time and again while it grows, which was up to a sixth of a start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """In the block no collector looks for circles: for what is made in great numbers, and has none."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


@contextmanager
def without(package: str) -> Iterator[None]:
    """To what is imported in the block, `package` is not installed; nothing changes where it is imported already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own word for: it is not to be found
    try:
        yield
    finally:
        del sys.modules[package]


@contextmanager
def unused(module: str, *names: str) -> Iterator[None]:
    """To what is imported in the block, `module` is there with these names, and nothing behind them.

    For what a package only hands on to others. Nothing changes where the module is imported already.
    """
    if module in sys.modules:
        yield
        return
    stub = ModuleType(module)
    vars(stub).update(dict.fromkeys(names))
    sys.modules[module] = stub
    try:
        yield
    finally:
        del sys.modules[module]
