"""A web server on loopback that answers what it is told to, true or not."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 410: "Gone", 503: "Unavailable"}


@dataclass(frozen=True)
class Asked:
    """One request; names of headers in lower case."""

    path: str
    headers: Mapping[str, str]


Answers = Callable[[Asked], bytes]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """An answer with these headers, `_` for a hyphen."""
    told = {"Content-Length": str(len(body)), "Connection": "close"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} {REASONS.get(status, 'Some')}\r\n{lines}\r\n".encode() + body


@dataclass
class Liar:
    """The server, what it answers on each path, and what was asked."""

    port: int = 0
    answers: dict[str, Answers] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def says(self, path: str, *answers: bytes | Answers) -> str:
        """Answer so on this path, one after the other, the last for ever; its URL."""
        left = list(answers)

        def respond(asked: Asked) -> bytes:
            now = left.pop(0) if len(left) > 1 else left[0]
            return now if isinstance(now, bytes) else now(asked)

        self.answers[path] = respond
        return self.url(path)

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        asked = Asked(head[0].split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})
        self.asked.append(asked)
        respond = self.answers.get(asked.path)
        writer.write(respond(asked) if respond is not None else answer(404))
        try:
            await writer.drain()
        except ConnectionError:  # whoever asked has heard enough
            pass
        finally:
            writer.close()


@asynccontextmanager
async def lying() -> AsyncIterator[Liar]:
    """A server that runs until the block ends."""
    liar = Liar()
    server = await asyncio.start_server(liar.serve, "127.0.0.1", 0)
    liar.port = server.sockets[0].getsockname()[1]
    async with server:
        yield liar
