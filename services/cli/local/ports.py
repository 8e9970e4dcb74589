"""Ports on this machine: whether they are free, and who holds one that is not."""

import asyncio
import errno
import os
import socket
from contextlib import ExitStack
from pathlib import Path
from random import SystemRandom

import psutil

from services.cli.errors import Told

GIVEN_AWAY = Path("/proc/sys/net/ipv4/ip_local_port_range")  # to who connects, over IPv6 too
FIRST, TRIES = 10_001, 50  # odd ones: by hand people choose round ones
LEFT_OVER_SECONDS = 2.0  # what a killed system held is free again within moments
ASK_AGAIN_SECONDS = 0.1


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now; raises OSError where it never can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def wrong_with(host: str) -> str | None:
    """Why nothing can listen at this address, and the remedy; None where it can."""
    try:
        any_free(host, 1)
    except OSError as error:
        return f"no address of this machine ({_why(error)}): give one, such as 127.0.0.1 or 0.0.0.0"
    return None


def _why(error: OSError) -> str:
    number = error.errno if not isinstance(error, socket.gaierror) else None
    return (os.strerror(number) if number else error.strerror or str(error)).lower()


def any_free(host: str, count: int) -> list[int]:
    """So many different ports that nobody holds; raises OSError where there can be none."""
    with ExitStack() as held:
        listeners = [held.enter_context(_listener(host)) for _ in range(count)]
        return [int(listener.getsockname()[1]) for listener in listeners]


def _listener(host: str) -> socket.socket:
    """On a port that the kernel gives nobody who connects, where it says which those are.

    Moments pass until its service listens there: whoever were given it meanwhile would keep it while he is connected.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in _not_the_kernels():
        try:
            return socket.create_server((host, port), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    return socket.create_server((host, 0), family=family)


def _not_the_kernels() -> list[int]:
    try:
        lowest = int(GIVEN_AWAY.read_text().split()[0])
    except OSError:  # not Linux
        return []
    known = range(FIRST, lowest, 2)
    return SystemRandom().sample(known, min(TRIES, len(known)))


def holder(port: int) -> str:
    """Who listens on the port, as far as this user may know: name and pid, or `another program`."""
    try:
        for connection in psutil.net_connections("tcp"):
            listens_here = connection.laddr and connection.laddr.port == port
            if connection.status == psutil.CONN_LISTEN and listens_here and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    except psutil.Error:
        pass  # other users' processes are not ours to see
    return "another program"


def _is_free(host: str, port: int, setting: str) -> bool:
    try:
        return is_free(host, port)
    except OSError as error:
        raise Told(f"{host}:{port} is not to be had ({_why(error)}): set {setting} to another") from error


async def claim(host: str, ports: dict[int, str]) -> None:
    """Return when all ports are free; raises Told, naming the holder and the setting that helps, where one stays taken.

    `ports` maps each port to the name of its setting.
    """
    deadline = asyncio.get_running_loop().time() + LEFT_OVER_SECONDS
    while taken := [port for port, setting in ports.items() if not _is_free(host, port, setting)]:
        if asyncio.get_running_loop().time() > deadline:
            raise Told(
                "; ".join(f"port {port} is taken by {holder(port)}: set {ports[port]} to another" for port in taken)
            )
        await asyncio.sleep(ASK_AGAIN_SECONDS)
