"""A client as nobody would write it: publishes any bytes as headers, past all that a client checks."""

import asyncio
import json
from collections.abc import Sequence

Frame = tuple[str, bytes, bytes]  # subject, header block (none where empty), body


async def publish_as_bytes(port: int, password: str, frames: Sequence[Frame]) -> None:
    """Publish as operator, and return when the server has read it all; raises AssertionError where it objects."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    who = {"user": "operator", "pass": password, "verbose": True, "headers": True}
    writer.write(f"CONNECT {json.dumps(who)}\r\n".encode())
    for subject, block, body in frames:
        command = f"HPUB {subject} {len(block)}" if block else f"PUB {subject}"
        writer.write(f"{command} {len(block) + len(body)}\r\n".encode() + block + body + b"\r\n")
        await writer.drain()
    left = len(frames) + 1
    while left:
        answer = await reader.readline()
        assert answer in {b"+OK\r\n", b"PING\r\n"}, answer
        left -= answer == b"+OK\r\n"
    writer.close()
