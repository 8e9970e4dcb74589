"""The server's configuration: two accounts, a user for each service, and every acknowledgement on disk."""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.topology import ARTICLES
from services.chassis import budget
from services.chassis.credentials import FILE, read_credentials
from services.chassis.permissions import MONITOR, PUBLIC_INFO, READER, REQUESTER, SYSTEM, USERS_OF, Permissions
from services.chassis.private import write_private

MAX_PAYLOAD = "8MB"
PUBLIC_CONSUMERS = 256
USERS = tuple(user for users in USERS_OF.values() for user in users)
LOCAL_USERS = (*USERS, SYSTEM)
VARIABLE = re.compile(r"\$WIREROOM_\w+_NATS_PASSWORD")  # in a template; a password may begin so as well
ROUTE_USER = "route"  # by which the servers of a cluster know each other


@dataclass(frozen=True)
class Cluster:
    """One server of a cluster, as its configuration names it. Variables (`$NAME`) are written as they are.

    `replicas`: on how many servers each stream lies; an account's limits count every copy, a server's its own alone.
    """

    server_name: str
    listen: str
    routes: str | tuple[str, ...]
    password: str
    replicas: int = 3


def new_credentials() -> dict[str, str]:
    """A fresh password for every user."""
    return {user: secrets.token_urlsafe(24) for user in LOCAL_USERS}


def render(
    passwords: Mapping[str, str],
    *,
    host: str,
    port: int,
    store_dir: str,
    budget_bytes: int,
    anonymous: bool = True,
    sync_interval: str = "always",
    cluster: Cluster | None = None,
) -> str:
    """The text of nats.conf; `passwords` are written as given, so that a template can hold `$VARIABLES`.

    `anonymous`: whether a client without credentials is the reader, as on the embedded server. The user of the system
    account is there where it has a password.
    """
    copies = cluster.replicas if cluster else 1
    return f"""\
# Written by Wireroom from the table of the wire (contracts/topology.py): change that, not this.
server_name: {cluster.server_name if cluster else "wireroom"}
listen: "{host}:{port}"
max_payload: {MAX_PAYLOAD}
write_deadline: "10s"
jetstream {{
  store_dir: {json.dumps(store_dir)}
  max_file_store: {budget.total(budget_bytes)}
  max_memory_store: 16MB
  sync_interval: {sync_interval}
}}
{_cluster(cluster) if cluster else ""}{"system_account: SYS" if SYSTEM in passwords else "# No system account."}
accounts {{
  WIREROOM {{
    jetstream: {{ max_file: {copies * budget.services(budget_bytes)}, max_mem: 0 }}
    imports: [
      {{ service: {{ account: PUBLIC, subject: "articles.>" }} }}
      {{ service: {{ account: PUBLIC, subject: "$JS.API.STREAM.INFO.ARTICLES" }}, to: "{PUBLIC_INFO}" }}
    ]
    exports: [
      {{ stream: "articles.>", accounts: [READERS] }}
{_exported(REQUESTER.publish, "REQUESTERS")}
    ]
    users: [
{_users("WIREROOM", passwords)}
    ]
  }}
  PUBLIC {{
    jetstream: {{
      max_file: {copies * budget.of(ARTICLES, budget_bytes)}
      max_mem: 0
      max_streams: 1
      max_consumers: {PUBLIC_CONSUMERS}
    }}
    exports: [
      {{ service: "articles.>", accounts: [WIREROOM] }}
      {{ service: "$JS.API.STREAM.INFO.ARTICLES", accounts: [WIREROOM, READERS] }}
      {{ stream: "_INBOX.>", accounts: [READERS] }}
{_exported([subject for subject in READER.publish if subject != "$JS.API.STREAM.INFO.ARTICLES"], "READERS")}
    ]
    users: [
{_users("PUBLIC", passwords)}
    ]
  }}
  REQUESTERS {{
    imports: [
{_imported(REQUESTER.publish, "WIREROOM")}
    ]
    users: [
{_users("REQUESTERS", passwords)}
    ]
  }}
  READERS {{
    imports: [
      {{ stream: {{ account: WIREROOM, subject: "articles.>" }} }}
      {{ stream: {{ account: PUBLIC, subject: "_INBOX.>" }} }}
{_imported(READER.publish, "PUBLIC")}
    ]
    users: [
{_users("READERS", passwords)}
    ]
  }}
{_system(passwords)}}}
{"no_auth_user: reader" if anonymous else "# Without credentials nobody is let in: a subscriber is a user of PUBLIC."}
"""


def _cluster(cluster: Cluster) -> str:
    routes = cluster.routes if isinstance(cluster.routes, str) else json.dumps(list(cluster.routes))
    return f"""\
# A route is written "nats-route://{ROUTE_USER}:PASSWORD@HOST:PORT": one for each server of the cluster.
cluster {{
  name: wireroom
  listen: "{cluster.listen}"
  authorization {{ user: {ROUTE_USER}, password: {_shown(cluster.password)} }}
  routes: {routes}
}}
"""


def _system(passwords: Mapping[str, str]) -> str:
    if SYSTEM not in passwords:
        return ""
    return f"  SYS {{\n    users: [\n{_user(SYSTEM, MONITOR, passwords[SYSTEM])}\n    ]\n  }}\n"


def _users(account: str, passwords: Mapping[str, str]) -> str:
    return "\n".join(_user(name, permissions, passwords[name]) for name, permissions in USERS_OF[account].items())


def _exported(subjects: Iterable[str], account: str) -> str:
    """What an account's users may ask; one request may have many answers, as with a pull."""
    return "\n".join(
        f'      {{ service: "{subject}", response_type: Stream, accounts: [{account}] }}' for subject in subjects
    )


def _imported(subjects: Iterable[str], account: str) -> str:
    return "\n".join(f'      {{ service: {{ account: {account}, subject: "{subject}" }} }}' for subject in subjects)


def _user(name: str, permissions: Permissions, password: str) -> str:
    shown = _shown(password)
    if permissions.publish == (">",):
        return f"      {{ user: {name}, password: {shown} }}"
    publish, subscribe = (json.dumps(list(subjects)) for subjects in (permissions.publish, permissions.subscribe))
    return (
        f"      {{ user: {name}, password: {shown}, permissions: {{\n"
        f"          publish: {{ allow: {publish} }}\n"
        f"          subscribe: {{ allow: {subscribe} }} }} }}"
    )


def _shown(password: str) -> str:
    return password if VARIABLE.fullmatch(password) else json.dumps(password, ensure_ascii=False)


def keep_credentials(home: Path) -> dict[str, str]:
    """The home folder's credentials, made at the first call (mode 0600), with new users added as Wireroom grows.

    Raises as `read_credentials` does.
    """
    kept = read_credentials(home)
    credentials = new_credentials() | kept
    if credentials != kept:
        write_private(home / FILE, json.dumps(credentials, indent=2))
    return credentials
