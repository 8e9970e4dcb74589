import asyncio
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services.chassis.accounts import ROUTE_USER, USERS, render
from services.chassis.testing import LocalServer, free_port
from services.cli.pages.written import password_variable

ALONE, TOGETHER = "nats.conf.template", "cluster.conf.template"
OF_ONE = {  # of one server of a cluster
    "WIREROOM_NATS_SERVER_NAME": "nats-1",
    "WIREROOM_NATS_ROUTES": '["nats-route://route:wa1@nats-1:6222", "nats-route://route:wa1@nats-2:6222"]',
}
BINARIES = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def test_every_user_gets_a_password_of_its_own(passwords: dict[str, str]) -> None:
    assert set(passwords) == {password_variable(user) for user in (*USERS, ROUTE_USER)}
    assert len(set(passwords.values())) == len(passwords)
    assert all(re.fullmatch(r"w[0-9a-f]{48}", password) for password in passwords.values())


@pytest.mark.parametrize(("template", "users"), [(ALONE, USERS), (TOGETHER, (ROUTE_USER, *USERS))])
def test_the_template_holds_no_password(deploy: Path, template: str, users: tuple[str, ...]) -> None:
    text = (deploy / "nats" / template).read_text(encoding="utf-8")

    assert re.findall(r"password: (\S+?)[,\s]", text) == [f"${password_variable(user)}" for user in users]


@pytest.mark.nats
@pytest.mark.parametrize("template", [ALONE, TOGETHER])
def test_the_server_understands_the_template_as_it_is(deploy: Path, passwords: dict[str, str], template: str) -> None:
    server = shutil.which("nats-server", path=BINARIES)
    assert server is not None
    command = [server, "-t", "-c", str(deploy / "nats" / template)]
    told = {**os.environ, **passwords, **OF_ONE}

    tried = subprocess.run(command, check=False, capture_output=True, text=True, env=told)

    assert "is valid" in tried.stderr, tried.stderr


@pytest.mark.nats
async def test_a_user_comes_in_with_the_password_of_its_variable(
    tmp_path: Path, passwords: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, password in passwords.items():
        monkeypatch.setenv(name, password)
    server = LocalServer(tmp_path)
    server.credentials = {user: passwords[password_variable(user)] for user in USERS}
    server.port = free_port()
    server.url = f"nats://127.0.0.1:{server.port}"
    variables = {user: f"${password_variable(user)}" for user in USERS}
    text = render(variables, host="127.0.0.1", port=server.port, store_dir=str(tmp_path / "nats"), budget_bytes=1 << 30)
    (tmp_path / "nats.conf").write_text(text)

    async with server:
        clients = await asyncio.gather(*(server.connect(user) for user in USERS))
        assert all(client.is_connected for client in clients)
        await asyncio.gather(*(client.close() for client in clients))
