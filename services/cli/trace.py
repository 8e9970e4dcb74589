"""`wireroom trace`: the way of an input, step by step."""

from typing import Annotated

import typer
from rich.text import Text

from contracts.message import Step
from contracts.outcomes import State
from services.cli import kept
from services.cli.errands import unended
from services.cli.errors import Told
from services.cli.options import Home, house
from services.cli.terminal import AsJson, console, plain, print_json
from services.store.traced import TracedInput

app = typer.Typer()

# These names are what other programs rely on.
INPUT_FIELDS = {
    *("input_id", "parent_input_id", "source_uri", "received_at", "ended_at"),
    *("state", "reason", "article_id", "duplicate_of", "children", "original_removed_at"),
}
STEP_FIELDS = {"service", "version", "at", "seconds", "outcome", "reason", "attempts"}
STYLES = {State.STORED: "green", State.DUPLICATE: "cyan", State.EXPANDED: "cyan", State.IN_PROGRESS: "yellow"}


@app.command()
def trace(
    reference: Annotated[
        str, typer.Argument(metavar="FILE|URL|ID", help="A file, a URL, an input_id or an article_id.")
    ],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show every step of an input, or of all inputs of a file, URL or article: times, versions, outcomes."""
    settings = house(home=home)
    with kept.opened(settings) as reading:
        inputs = reading.inputs_of(reference, inbox=settings.inbox)
    known = {one.input_id for one in inputs}
    inputs += [one.traced() for one in unended(settings, reference) if one.input_id not in known]
    if as_json:
        print_json({"inputs": [as_told(one) for one in inputs]})
    if not inputs:
        raise Told(
            f"nothing is known of {plain(reference)}: give a file, a URL, an input_id or an article_id that came in; "
            "of what came just now store may not have heard yet (`wireroom status` says how much that is)"
        )
    if not as_json:
        for one in inputs:
            console().print(picture(one))


def as_told(one: TracedInput) -> dict[str, object]:
    """The input as --json prints it."""
    told = one.model_dump(mode="json", include=INPUT_FIELDS)
    told |= {"unreadable": one.unreadable} if one.unreadable else {}
    return told | {"steps": [step.model_dump(mode="json", include=STEP_FIELDS) for step in one.steps]}


def picture(one: TracedInput) -> Text:
    """The input for people: what became of it, and a line a step."""
    indent = "  " * one.input_id.count("#")
    lines = Text(f"{indent}{plain(one.source_uri or 'unknown source')}", style="bold")
    lines.append(f"  {end_of(one)}\n", style="red" if one.state is None else STYLES.get(one.state, "red"))
    lines.append(
        f"{indent}  input {one.input_id}" + (f"  article {one.article_id}" if one.article_id else "") + "\n",
        style="dim",
    )
    if one.original_removed_at is not None:
        removed = f"{one.original_removed_at:%Y-%m-%d %H:%M:%S}"
        lines.append(f"{indent}  original removed from RAW to make room {removed}\n", style="dim")
    if one.unreadable:
        lines.append(f"{indent}  nobody can read its {', '.join(one.unreadable)} in the ledger\n", style="red")
    for step in one.steps:
        lines.append(f"{indent}  {_step(step)}\n")
    return lines


def end_of(one: TracedInput) -> str:
    """The state with its reason, in words."""
    if one.state is None:
        return "an end that nobody can read"
    particulars = {
        State.DUPLICATE: f" of {one.duplicate_of} ({one.reason})",
        State.REJECTED: f" ({one.reason}: {one.detail})",
        State.DEAD: f" at {one.service} ({one.reason} after {one.attempts} attempts: {one.detail})",
        State.EXPANDED: f" into {one.children}",
        State.IN_PROGRESS: f" ({one.detail})" if one.detail else "",
    }
    return plain(one.state.replace("_", " ") + particulars.get(one.state, ""))


def _step(step: Step) -> str:
    what = f"{step.at:%Y-%m-%d %H:%M:%S.%f} {step.service:<9} {step.outcome:<10} {step.seconds:8.3f} s  {step.version}"
    times = f" attempt {step.attempts}" if step.attempts > 1 else ""
    return what + times + (plain(f" ({step.reason})") if step.reason else "")
