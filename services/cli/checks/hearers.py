"""Every service's consumer gives out what comes, and as it was laid."""

from nats.js.errors import NotFoundError

from services.chassis.asking import told
from services.chassis.pauses import pause_of
from services.chassis.streams import consumer_config, drift, hearers
from services.cli.checks.found import Check
from services.cli.local import history
from services.cli.local.history import Streams


async def compare(streams: Streams, found: Check, *, ack_wait_seconds: float) -> None:
    """What is paused holds up everything behind it, and what was edited may go on in another way than we count on."""
    js, heard = streams.services.jetstream(timeout=history.ANSWER_SECONDS), hearers()
    for stream, service in heard.items():
        name = f"{stream}/{service}"
        try:
            there = (await js.consumer_info(stream, service)).config
        except NotFoundError:
            found.findings.append(
                f"{name} is not there, and {service} hears nothing of {stream}: `wireroom up` lays it"
            )
            continue
        edited = drift(name, consumer_config(service, ack_wait_seconds), there)
        found.findings += [
            f"{one}: `nats consumer edit`, or delete it while `up` runs, which lays it" for one in edited
        ]
        info = await told(streams.services, f"$JS.API.CONSUMER.INFO.{stream}.{service}")
        if (paused := pause_of(info)) is not None:
            found.findings.append(paused)
    found.looked_at.append(f"the services' {len(heard)} consumers: that they are as they were laid, and not paused")
