"""What a child is born with: all that it stands on, for what each imports itself everybody waits for."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

KNOWS = """
import sys

KNOWN = frozenset(sys.modules)

def unknown():
    return sorted(sys.modules.keys() - KNOWN)
"""
TELLS = """
import asyncio
from knows import unknown
from services.chassis.children import Children

async def main():
    async with Children(workers=1, memory_bytes=1 << 30, preload=("knows",)) as children:
        print(*await children.call(unknown, timeout_seconds=30))

asyncio.run(main())
"""


async def test_a_child_imports_nothing_that_all_children_stand_on(tmp_path: Path) -> None:
    (tmp_path / "knows.py").write_text(KNOWS)
    path = f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", TELLS, env=os.environ | {"PYTHONPATH": path}, stdout=PIPE
    )
    async with asyncio.timeout(60):
        told, _ = await process.communicate()
    assert process.returncode == 0
    assert not {name.partition(".")[0] for name in told.decode().split()} & {"pebble", "asyncio", "services"}
