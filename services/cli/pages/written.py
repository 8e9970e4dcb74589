"""Which files are generated, in whole or in part, and what they say now."""

from pathlib import Path

from services.chassis.accounts import ROUTE_USER, USERS, Cluster, render
from services.cli.pages import rooms, settings, wire
from services.cli.pages.marked import fill
from services.store import page as store

ROOT = Path(__file__).parents[3]

# In a container the server listens to all, and its disk is a volume of this size.
TEMPLATE_BUDGET_BYTES = 20 << 30
TEMPLATE_STORE = "/var/lib/nats"


# Of each server its name, and how it reaches all: ["nats-route://route:PASSWORD@HOST:6222", …]
CLUSTER = Cluster(
    "$WIREROOM_NATS_SERVER_NAME",
    "0.0.0.0:6222",
    "$WIREROOM_NATS_ROUTES",
    f"$WIREROOM_{ROUTE_USER.upper()}_NATS_PASSWORD",
)


def written() -> dict[str, str]:
    """Path from the root to text."""
    return {
        "docs/wire.md": fill((ROOT / "docs" / "wire.md").read_text(encoding="utf-8"), wire.parts()),
        "docs/settings.md": settings.page(),
        "docs/store.md": store.page(),
        "docs/map.md": rooms.page(ROOT),
        "deploy/nats/nats.conf.template": template(),
        "deploy/nats/cluster.conf.template": template(CLUSTER),
    }


def template(cluster: Cluster | None = None) -> str:
    """The server's configuration with a variable for each password; nats-server takes it from its environment."""
    passwords = {user: f"${password_variable(user)}" for user in USERS}
    return render(
        passwords,
        host="0.0.0.0",  # noqa: S104 - in a container
        port=4222,
        store_dir=TEMPLATE_STORE,
        budget_bytes=TEMPLATE_BUDGET_BYTES,
        anonymous=False,
        cluster=cluster,
    )


def password_variable(user: str) -> str:
    """The variable that holds a user's password: for a service the setting that the service itself reads."""
    return f"WIREROOM_{user.upper()}_NATS_PASSWORD"
