"""Who may say and hear what on the server: derived from the table of the wire, so that the two cannot disagree."""

from dataclasses import dataclass

from contracts.topology import DEAD, RAW_BUCKET, ROUTES, SERVICES, STARTS_BUCKET, STREAMS
from services.chassis.connection import INBOX_ROOT

PUBLIC_INFO = "public.stream_info.ARTICLES"  # how store sees the fill of a stream in the other account


@dataclass(frozen=True)
class Permissions:
    """Subjects that a user may publish to and subscribe to; nothing else."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def of_service(service: str) -> Permissions:
    """Hear its own queue, say its own messages, bury what it heard, count its own lone starts; its own inbox alone."""
    heard = [(service.upper(), route.message.subject) for route in ROUTES if route.heard_by == service]
    publish = [subject for route in ROUTES if service in route.said_by for subject in [_said(route.message.subject)]]
    for stream in (service.upper(), *((DEAD.name,) if service == "store" else ())):
        publish += [
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{service}",
            f"$JS.API.CONSUMER.INFO.{stream}.{service}",
            f"$JS.API.STREAM.INFO.{stream}",
            f"$JS.ACK.{stream}.{service}.>",
        ]
    publish += [f"dead.{subject}" for _, subject in heard]
    publish += [
        f"$KV.{STARTS_BUCKET}.{service}.>",
        f"$JS.API.STREAM.MSG.GET.KV_{STARTS_BUCKET}",
    ]
    bucket = f"OBJ_{RAW_BUCKET}"
    if service == "fetch":  # puts originals, and reads them again after a crash
        publish += [f"$O.{RAW_BUCKET}.>", f"$JS.API.DIRECT.GET.{bucket}", f"$JS.API.DIRECT.GET.{bucket}.>"]
    if service == "store":  # watches how full everything is, and makes room among the originals
        publish += [f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS if stream.account == "WIREROOM"]
        publish += [f"$JS.API.STREAM.INFO.{bucket}", f"$JS.API.STREAM.PURGE.{bucket}", PUBLIC_INFO]
        # Of each original, all that was ever put under its name: a request by subject has the subject in its body.
        publish += [f"$JS.API.DIRECT.GET.{bucket}", f"$JS.API.DIRECT.GET.{bucket}.$O.{RAW_BUCKET}.M.>"]
    return Permissions(tuple(dict.fromkeys(publish)), (f"{INBOX_ROOT}.{service}.>",))


def _said(subject: str) -> str:
    return "articles.>" if subject.startswith("articles.") else subject


OPERATOR = Permissions((">",), (">",))
# Users from outside have accounts of their own, which import what they may use: the server sends an answer to whatever
# subject the asker names as `reply`, asking nobody, and there it stays among them. A direct get is in no list but those
# of services: its answer is even obeyed, where that subject is one of `$JS.API`.
REQUESTER = Permissions(("wireroom.url.requested",), (f"{INBOX_ROOT}.requester.>",))
# No credentials needed on the embedded server: reads the public stream and no more.
READER = Permissions(
    (
        "$JS.API.INFO",
        "$JS.API.STREAM.INFO.ARTICLES",
        "$JS.API.STREAM.NAMES",
        "$JS.API.STREAM.LIST",
        "$JS.API.CONSUMER.CREATE.ARTICLES",
        "$JS.API.CONSUMER.CREATE.ARTICLES.>",
        "$JS.API.CONSUMER.DURABLE.CREATE.ARTICLES.>",
        "$JS.API.CONSUMER.INFO.ARTICLES.>",
        "$JS.API.CONSUMER.MSG.NEXT.ARTICLES.>",
        "$JS.ACK.ARTICLES.>",
        "$JS.FC.>",
    ),
    ("articles.>", "_INBOX.>"),
)
# Of the embedded server alone: `up` asks with it how JetStream is.
SYSTEM = "system"
HEALTH = "$SYS.REQ.SERVER.PING.HEALTHZ"
SYSTEM_INBOX = f"{INBOX_ROOT}.{SYSTEM}.health"
MONITOR = Permissions((HEALTH,), (SYSTEM_INBOX,))
PUBLISHER = Permissions((">",), (">",))  # of PUBLIC: lays and inspects ARTICLES

USERS_OF = {
    "WIREROOM": {"operator": OPERATOR} | {service: of_service(service) for service in SERVICES},
    "PUBLIC": {"publisher": PUBLISHER},
    "REQUESTERS": {"requester": REQUESTER},
    "READERS": {"reader": READER},
}
PRIVATE_INBOXES = {*USERS_OF["WIREROOM"], *USERS_OF["REQUESTERS"]}  # they hear replies under a root of their own
