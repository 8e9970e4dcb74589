"""`wireroom feeds`: which feeds and sitemaps are followed, and how they are."""

import typer

from services.cli.feeds import changing, looking

app = typer.Typer(
    no_args_is_help=True,
    help="""List, add, remove and look at the feeds and sitemaps that are followed.

    They stand in a file, one URL a line, which may be edited by hand as well: fetch reads it again when it changes.
    That file is WIREROOM_FETCH_FEEDS, or feeds.txt in the home folder.""",
)
app.command("list")(looking.list_)
app.command()(changing.add)
app.command()(changing.remove)
app.command("import")(changing.import_)
app.command()(looking.status)
