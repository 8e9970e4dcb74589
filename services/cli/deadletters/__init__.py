"""`wireroom deadletters`: messages that no service could deal with, why, and what becomes of them."""

import typer

from services.cli.deadletters import looking, purge, requeue

app = typer.Typer(
    no_args_is_help=True,
    help="""List, show, send again or throw away the messages that no service could deal with.

    All of it goes by what the store knows: what was buried a moment ago may not be there yet.""",
)
app.command("list")(looking.list_)
app.command()(looking.show)
app.command()(requeue.requeue)
app.command()(purge.purge)
