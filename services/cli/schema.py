"""`wireroom schema`: what the messages look like, for other programs."""

import json
import re
from importlib.resources import files
from typing import Annotated

import typer

from contracts.topology import MESSAGES, ROUTE_OF
from services.cli.errors import Told
from services.cli.terminal import AsJson, print_json, print_whole, table

app = typer.Typer()

ASYNCAPI = "asyncapi"


@app.command()
def schema(
    name: Annotated[
        str | None, typer.Argument(help="A message (article_enriched, ArticleEnriched), or asyncapi.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print the JSON Schema of a message, or the AsyncAPI document; without NAME list what there is."""
    if name is not None:
        typer.echo(json.dumps(schema_of(name), indent=2, ensure_ascii=False))
    elif as_json:
        print_json({"schemas": [*MESSAGES, ASYNCAPI]})
    else:
        rows = [(key, message.subject, ROUTE_OF[message].stream) for key, message in MESSAGES.items()]
        print_whole(table(("name", "subject", "stream"), [*rows, (ASYNCAPI, "all of them", None)]))


def schema_of(name: str) -> dict[str, object]:
    """The schema by the message's name in either spelling; raises Told where there is none."""
    key = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")
    if key == ASYNCAPI:
        document: dict[str, object] = json.loads(files("contracts").joinpath("schemas", "asyncapi.json").read_text())
        return document
    if key not in MESSAGES:
        raise Told(f"there is no schema {name!r}: choose one of {', '.join([*MESSAGES, ASYNCAPI])}")
    return MESSAGES[key].model_json_schema(mode="serialization")
