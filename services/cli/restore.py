"""`wireroom restore`: the databases of a backup in the place of those that are there, and nothing announced missing."""

import time
from pathlib import Path
from typing import Annotated

import typer

from contracts.outcomes import State
from services.cli import typed
from services.cli.errors import Told
from services.cli.local import home as homes
from services.cli.local import replacing
from services.cli.local.replacing import Account, Plan
from services.cli.options import Home, house
from services.cli.terminal import AsJson, agrees, console, plain, print_json, table

app = typer.Typer()

LOOK_SECONDS = 0.2
MOST_NAMES = 20  # of inputs and files are told; --json has all


@app.command()
def restore(
    file: Annotated[Path, typed.file("FILE", "What `wireroom backup` wrote, or a copy of a database.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Put the databases of a backup in place, and catch up what was announced, buried or taken since.

    FILE is verified before anything is touched, and what is replaced is kept beside. A system that runs stops its
    processes, begins anew with the restored databases, and catches up before it goes on; else the next `up` does.
    A copy of one database takes its place alone; be it there already, what came since is caught up all the same.
    """
    settings = house(home=home)
    with replacing.alone(settings.home):
        _refuse_while_pending(settings.home)
        staged, plan = replacing.stage(settings.home, file)
        try:
            _ask(settings.home, plan, yes=yes)
            runs = homes.is_held(settings.home)
            if runs:
                _refuse_while_pending(settings.home)  # staging took its time, and `up` may have begun meanwhile
                replacing.decide(settings.home, staged)
            else:
                _put_in_place(settings.home, staged)
        finally:
            replacing.discard(staged)
        account = _await_account(settings.home, plan) if runs else None
    if as_json:
        print_json(account.model_dump(mode="json") if account else {"replaced": plan.replaced, "in_place": True})
    elif account is None:
        typer.echo(f"in place; what was there is kept in {settings.home / plan.replaced}")
        typer.echo("the next `wireroom up` catches up what came to be since the backup, before its services start")
    else:
        _show(settings.home, account)
    if account is not None and account.losses():
        raise typer.Exit(1)


def _refuse_while_pending(home: Path) -> None:
    pending = replacing.pending(home)
    if pending is not None and (homes.is_held(home) or replacing.is_staged(home)):
        raise Told(f"the restore of the backup {pending.of} has not come to its end: `wireroom up` finishes it")


def _ask(home: Path, plan: Plan, *, yes: bool) -> None:
    """Only who says so loses what is there, and even that is kept."""
    inputs = sum(plan.ledger.values())
    names = ", ".join(one.name for one in plan.manifest.members if one.revision is not None)
    what = f"{names} in {home} by the backup {plan.of} ({inputs} inputs)"
    if not (yes or agrees(f"Replace {what}?", f"this replaces {what}: say --yes")):
        raise Told("nothing was changed")


def _put_in_place(home: Path, staged: Path) -> None:
    with homes.hold(home):
        if (name := replacing.in_use(home)) is not None:
            raise Told(f"some process has {home / name} open: stop the services that run on {home}")
        replacing.decide(home, staged)
        replacing.put_in_place(home)


def _await_account(home: Path, plan: Plan) -> Account:
    typer.echo("`wireroom up` stops its processes, and begins anew with the restored databases …", err=True)
    while (account := replacing.account_of(home, plan)) is None:
        if not homes.is_held(home) and replacing.account_of(home, plan) is None:
            raise Told("`wireroom up` ended before all was caught up: start it again, and it finishes the restore")
        time.sleep(LOOK_SECONDS)
    return account


def _show(home: Path, account: Account) -> None:
    rows = [(state, account.ledger_of_backup.get(state, 0), account.ledger.get(state, 0)) for state in State]
    console().print(table(("inputs", "in the backup", "now"), rows))
    typer.echo(
        f"caught up: {account.announcements} announcements, {account.dead_letters} dead letters, "
        f"{account.rejected} rejections; {account.waiting} inputs are on their way; "
        f"{account.remembered} verdicts learned again"
    )
    if account.said_again:
        typer.echo(f"{account.said_again} inputs without an end are on their way again")
    if account.purged:
        typer.echo(f"{account.purged} dead letters of the backup were thrown away since, and stay away")
    if account.purged is None:
        typer.echo(
            "the backup has dead letters, and the store that was replaced cannot be read: those that were thrown "
            "away since are there again"
        )
    _list(account.given_back, "files that no input is known of went back into the inbox")
    for line in account.losses():
        typer.echo(line)
    _list(account.without_trace, "inputs to be given in again")
    typer.echo(f"what was there is kept in {home / account.replaced}")


def _list(names: list[str], what: str) -> None:
    if names:
        typer.echo(f"{len(names)} {what}:")
        for name in names[:MOST_NAMES]:
            typer.echo(f"  {plain(name)}")
