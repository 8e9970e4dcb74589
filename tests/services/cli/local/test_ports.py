import os
import socket
from pathlib import Path

import pytest

from services.cli.errors import Told
from services.cli.local import ports


def test_free_ports_are_free_and_different() -> None:
    found = ports.any_free("127.0.0.1", 5)
    assert len(set(found)) == 5
    assert all(ports.is_free("127.0.0.1", port) for port in found)


def test_free_ports_are_none_that_the_kernel_gives_to_who_connects_where_it_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_away = tmp_path / "ip_local_port_range"
    monkeypatch.setattr(ports, "GIVEN_AWAY", given_away)
    for told in ("20000\t60999\n", "1024\t65535\n", None):  # None: another system than Linux
        given_away.write_text(told) if told is not None else given_away.unlink()
        found = ports.any_free("127.0.0.1", 5)
        assert len(set(found)) == 5
        assert told != "20000\t60999\n" or max(found) < 20_000


async def test_a_taken_port_is_told_with_its_holder_and_the_setting_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "LEFT_OVER_SECONDS", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Told, match=rf"port {port} is taken by .*pid {os.getpid()}.*: set WIREROOM_NATS_PORT"):
            await ports.claim("127.0.0.1", {port: "WIREROOM_NATS_PORT"})


async def test_free_ports_are_claimed_in_silence() -> None:
    await ports.claim("127.0.0.1", dict.fromkeys(ports.any_free("127.0.0.1", 3), "WIREROOM_METRICS_PORT_BASE"))
